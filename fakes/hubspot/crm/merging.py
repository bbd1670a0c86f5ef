"""Two contacts that become one."""

from collections.abc import Iterable
from datetime import datetime

from fakes.hubspot.crm.endings import reinstate, retire
from fakes.hubspot.crm.hubspot_options import STAGES
from fakes.hubspot.crm.records import ChangeKind, Contact, Source, Write
from fakes.hubspot.crm.store import apply, keep, next_id, tell
from fakes.hubspot.errors import invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal

_OWN = frozenset(("email", "hs_additional_emails", "hs_object_id", "lastmodifieddate"))


def merge(hub: Hub, portal: Portal, primary: Contact, other: Contact, source: Source) -> Contact:
    """Return what two contacts become: the primary's values, and the other's where it has none.

    The other's emails stay with it as additional ones, the later lifecycle stage and the earlier
    creation win, and lists keep their members. Source: HubSpot developer docs, Merge records
    (docs); whether it gets a new id is a setting.

    Raises:
        RefusedError: They are the same contact.
    """
    if primary is other:
        raise invalid("A contact cannot be merged with itself.")
    ids, values = (primary.id, other.id), _joined(primary, other)
    since = _memberships(portal, ids)
    writes = sorted([*primary.writes, *other.writes], key=lambda write: write.at)
    retire(hub, portal, other)
    target = _successor(hub, portal, primary) if hub.settings.merge_gives_new_id else primary
    other.merged_into = target.id
    target.created_at = min(primary.created_at, other.created_at)
    target.writes = writes
    target.associations = tuple(dict.fromkeys((*primary.associations, *other.associations)))
    for list_id, first in since.items():
        portal.lists[list_id].members[target.id] = first
    gained = {"hs_object_id": str(target.id), **values}
    gained = {**_confirmed(writes, {**target.values, **gained}), **gained}
    before = apply(hub, portal, target, gained, source)
    tell(hub, portal, target, ChangeKind.MERGED, source, before, merged_ids=ids)
    return target


def _successor(hub: Hub, portal: Portal, primary: Contact) -> Contact:
    retire(hub, portal, primary)
    made = Contact(
        id=next_id(hub),
        created_at=primary.created_at,
        updated_at=hub.now(),
        values=dict(primary.values),
    )
    keep(portal, made)
    reinstate(portal, made)
    primary.merged_into = made.id
    return made


def _joined(primary: Contact, other: Contact) -> dict[str, str]:
    """Return what the primary contact gains."""
    ours, theirs = primary.values, other.values
    gained = {name: theirs[name] for name in theirs if name not in ours and name not in _OWN}
    emails = [*_all(ours, "email", "hs_additional_emails")]
    emails += [*_all(theirs, "email", "hs_additional_emails")]
    first, *more = [*dict.fromkeys(emails), ""] if emails else [""]
    more = [email for email in more if email]
    if first != ours.get("email", ""):
        gained["email"] = first
    if more:
        gained["hs_additional_emails"] = ";".join(more)
    merged = (*_all(ours, "hs_merged_object_ids"), *_all(theirs, "hs_merged_object_ids"))
    gained["hs_merged_object_ids"] = ";".join((*merged, str(primary.id), str(other.id)))
    vids = (*_all(ours, "hs_all_contact_vids"), *_all(theirs, "hs_all_contact_vids"))
    gained["hs_all_contact_vids"] = ";".join(dict.fromkeys(vids))
    gained["lifecyclestage"] = max(
        (values["lifecyclestage"] for values in (ours, theirs) if "lifecyclestage" in values),
        key=_stage,
        default="",
    )
    if other.created_at < primary.created_at:
        gained["createdate"] = theirs["createdate"]
    return {name: value for name, value in gained.items() if ours.get(name, "") != value}


def _confirmed(writes: Iterable[Write], held: dict[str, str]) -> dict[str, str]:
    """Return the values that the common history would otherwise seem to end without."""
    last: dict[str, str] = {}
    for write in writes:
        last |= write.values
    return {name: held.get(name, "") for name in last if last[name] != held.get(name, "")}


def _stage(value: str) -> int:
    return STAGES.index(value) if value in STAGES else -1


def _all(values: dict[str, str], *names: str) -> Iterable[str]:
    return (one for name in names for one in values.get(name, "").split(";") if one)


def _memberships(portal: Portal, ids: tuple[int, int]) -> dict[int, datetime]:
    found = {}
    for one in portal.lists.values():
        joined = [one.members[number] for number in ids if number in one.members]
        if joined:
            found[one.id] = min(joined)
    return found
