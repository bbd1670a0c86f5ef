"""A contact as the API shows it."""

from collections.abc import Iterable, Sequence
from typing import Any

from fakes.hubspot.choices import EmptyProperty
from fakes.hubspot.crm.associations import shown_associations
from fakes.hubspot.crm.records import Contact, Version
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso

DEFAULT_PROPERTIES = (
    "createdate",
    "email",
    "firstname",
    "hs_object_id",
    "lastmodifieddate",
    "lastname",
)
"""What is shown when nothing is asked. Source: HubSpot developer docs, Contacts (docs)."""

_ALWAYS = ("createdate", "hs_object_id", "lastmodifieddate")


def summary(
    portal: Portal,
    contact: Contact,
    asked: Sequence[str] = (),
    with_history: Sequence[str] = (),
    associated: Sequence[str] = (),
    *,
    empty: EmptyProperty = EmptyProperty.NULL,
) -> dict[str, Any]:
    """Return a contact with the properties asked, or the default ones.

    A property without a value is ``null`` or left out, as ``empty`` says; one that is not defined
    is left out. Source: HubSpot developer docs, Contacts (docs).
    """
    known, held = portal.properties, contact.values
    if asked or with_history:
        names: Iterable[str] = sorted({*(asked or DEFAULT_PROPERTIES), *_ALWAYS, *with_history})
    else:
        names = DEFAULT_PROPERTIES
    of = known if empty is EmptyProperty.NULL else held.keys() & known.keys()
    record = _record(portal, contact, {name: held.get(name) for name in names if name in of})
    if with_history:
        record["propertiesWithHistory"] = {
            name: [_version(version) for version in reversed([*contact.versions(name)])]
            for name in with_history
            if name in known
        }
    if associated and (links := shown_associations(contact, associated)):
        record["associations"] = links
    return record


def whole(portal: Portal, contact: Contact) -> dict[str, Any]:
    """Return a contact with every property that has a value, as writes answer."""
    known, held = portal.properties, contact.values
    return _record(portal, contact, {name: held[name] for name in sorted(held) if name in known})


def page(
    results: Iterable[dict[str, Any]], after: str | None = None, link: str | None = None
) -> dict[str, Any]:
    """Return a page of results, with the way to the next one when there is one."""
    answer: dict[str, Any] = {"results": list(results)}
    if after is not None:
        answer["paging"] = {"next": {"after": after, **({"link": link} if link else {})}}
    return answer


def _record(portal: Portal, contact: Contact, shown: dict[str, str | None]) -> dict[str, Any]:
    record = {
        "id": str(contact.id),
        "properties": shown,
        "createdAt": contact.values["createdate"],
        "updatedAt": contact.values["lastmodifieddate"],
        "archived": contact.archived_at is not None,
        "url": f"https://{portal.ui_domain}/contacts/{portal.id}/record/0-1/{contact.id}",
    }
    if contact.archived_at is not None:
        record["archivedAt"] = iso(contact.archived_at)
    return record


def _version(version: Version) -> dict[str, Any]:
    source = version.source
    optional = {
        "sourceId": source.id,
        "sourceLabel": source.label,
        "updatedByUserId": source.user_id,
    }
    return {
        "value": version.value,
        "timestamp": iso(version.at),
        "sourceType": source.channel,
        **{name: value for name, value in optional.items() if value is not None},
    }
