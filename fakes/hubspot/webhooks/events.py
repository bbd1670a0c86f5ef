"""What webhooks tell of a change to a contact."""

from collections.abc import Iterator, Mapping
from typing import Any

from fakes.hubspot.crm.records import Change, ChangeKind

PROPERTY_CHANGE = "contact.propertyChange"
"""The event of one property that has changed."""

UNTOLD = frozenset(("num_unique_conversion_events", "hs_lastmodifieddate"))
"""Properties that cannot be subscribed to. Source: HubSpot developer docs, Webhooks (docs)."""

_PLAIN: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.CREATED: ("contact.creation", "CREATED"),
    ChangeKind.ARCHIVED: ("contact.deletion", "DELETED"),
    ChangeKind.RESTORED: ("contact.restore", "RESTORED"),
    ChangeKind.ERASED: ("contact.privacyDeletion", "DELETED"),
}


def events_of(change: Change) -> Iterator[dict[str, Any]]:
    """Return what happened, as events without the ids of who is told.

    A new contact is told of, and so is each property that it came with. A contact that is erased
    is told of twice, as erased and as deleted.
    Source: HubSpot developer docs, Webhooks (docs); captures (many). Assumed: the properties of
    a new contact; the flags of restores and erasures.
    """
    if change.kind in _PLAIN:
        kind, flag = _PLAIN[change.kind]
        yield {"subscriptionType": kind, "objectId": change.contact.id, "changeFlag": flag}
    if change.kind is ChangeKind.MERGED:
        yield _merge(change)
    if change.kind in (ChangeKind.ASSOCIATED, ChangeKind.DISSOCIATED):
        yield _association(change)
    for name in change.before:
        if name not in UNTOLD:
            yield {
                "subscriptionType": PROPERTY_CHANGE,
                "objectId": change.contact.id,
                "propertyName": name,
                "propertyValue": change.contact.values.get(name, ""),
            }


def origin_of(change: Change) -> dict[str, str]:
    """Return who made a change, as events say it."""
    source = change.source
    known = {"changeSource": source.channel.value, "sourceId": source.id}
    return {name: value for name, value in known.items() if value is not None}


def _merge(change: Change) -> dict[str, Any]:
    primary, *others = change.merged_ids
    return {
        "subscriptionType": "contact.merge",
        "objectId": change.contact.id,
        "changeFlag": "MERGED",
        "primaryObjectId": primary,
        "mergedObjectIds": others,
        "newObjectId": change.contact.id,
        "numberOfPropertiesMoved": len(change.before),
    }


def _association(change: Change) -> dict[str, Any]:
    link = change.association
    return {
        "subscriptionType": "contact.associationChange",
        "associationType": "" if link is None else link.label.upper(),
        "fromObjectId": change.contact.id,
        "toObjectId": None if link is None else link.to_id,
        "associationRemoved": change.kind is ChangeKind.DISSOCIATED,
        "isPrimaryAssociation": False,
    }
