"""Writing contacts: what is computed, what is unique, what history keeps."""

from collections.abc import Iterable, Mapping

from fakes.hubspot.choices import ContactIds
from fakes.hubspot.crm import ownership, phones
from fakes.hubspot.crm.hubspot_options import STAGES
from fakes.hubspot.crm.records import Change, ChangeKind, Channel, Contact, Source
from fakes.hubspot.errors import invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso

FIRST_CONTACT_ID = 37_700_000_001
"""Contacts' ids are above 2^31, as today's are, so that no client keeps them in 32 bits."""

_COMPUTED = Source(channel=Channel.CALCULATED, label="Calculated")
_NAMING = ("email", "firstname", "lastname")
_FIRST_STAGE = "lead"
_OTHER_EMAILS = "hs_additional_emails"
_EVENTS = {kind: f"contact.{kind}" for kind in ChangeKind}


def create(hub: Hub, portal: Portal, values: Mapping[str, str], source: Source) -> Contact:
    """Return a new contact with ``values``, which have been checked.

    Raises:
        RefusedError: It has no email nor name, or another contact has its email.
    """
    refuse_unfit(portal, values)
    now = hub.now()
    contact = Contact(id=next_id(hub), created_at=now, updated_at=now)
    keep(portal, contact)
    given = {**_first_values(portal, contact, source), **values}
    before = apply(hub, portal, contact, given, source)
    tell(hub, portal, contact, ChangeKind.CREATED, source, before)
    return contact


def refuse_unfit(portal: Portal, values: Mapping[str, str]) -> None:
    """Refuse values that cannot make a new contact.

    Raises:
        RefusedError: They have no email nor name, or another contact has the email.
    """
    if not any(map(values.get, _NAMING)):
        raise invalid(
            "At least one of the properties email, firstname or lastname must have a value."
        )
    ownership.refuse_duplicates(portal, None, values)


def update(
    hub: Hub, portal: Portal, contact: Contact, values: Mapping[str, str], source: Source
) -> Contact:
    """Return ``contact`` after ``values``, which have been checked, are written.

    A value that it holds already leaves no version and no change.

    Raises:
        RefusedError: Another contact has its email.
    """
    ownership.refuse_duplicates(portal, contact, values)
    held = contact.values
    changed = {
        name: value
        for name, value in values.items()
        if held.get(name, "") != value and not _goes_back(hub, name, held.get(name), value)
    }
    if changed:
        before = apply(hub, portal, contact, changed, source)
        tell(hub, portal, contact, ChangeKind.CHANGED, source, before)
    return contact


def find(portal: Portal, key: str, id_property: str = "hs_object_id") -> Contact | None:
    """Return the living contact whose ``id_property`` is ``key``, or ``None``.

    The id of a contact that was merged leads to what it became. Assumed.

    Raises:
        RefusedError: The property is not a unique one.
    """
    if id_property == "hs_object_id":
        found = portal.contacts.get(number_of(key) or 0)
        while found is not None and found.merged_into is not None:
            found = portal.contacts[found.merged_into]
    else:
        found = ownership.owner(portal, id_property, key)
    return found if found is not None and found.archived_at is None else None


def living(portal: Portal) -> Iterable[Contact]:
    """Return the contacts that are not deleted, oldest first."""
    return (
        contact
        for contact in map(portal.contacts.__getitem__, portal.contact_order)
        if contact.archived_at is None
    )


def next_id(hub: Hub) -> int:
    """Return the number of the next contact."""
    is_large = hub.settings.contact_ids is ContactIds.LARGE
    return hub.ids.count("contact", FIRST_CONTACT_ID if is_large else 1)


def keep(portal: Portal, contact: Contact) -> None:
    """Put a new contact into its account."""
    portal.contacts[contact.id] = contact
    portal.contact_order.append(contact.id)


def apply(
    hub: Hub, portal: Portal, contact: Contact, values: Mapping[str, str], source: Source
) -> dict[str, str | None]:
    """Write ``values`` and what is computed from them; return what these properties held before."""
    now, held = hub.now(), contact.values
    before = {name: held.get(name) for name in values} if held else _nothing(values)
    contact.write(values, now, source)
    computed = {
        name: value
        for name, value in _computed(hub, portal, contact, values).items()
        if held.get(name, "") != value
    }
    if computed:
        before |= {name: held.get(name) for name in computed}
        contact.write(computed, now, _COMPUTED)
    stamp = held.get("lastmodifieddate")
    contact.updated_at = now
    held["lastmodifieddate"] = iso(now)
    ownership.follow(portal, contact, before)
    portal.indexes.follow(contact.id, before, held)
    portal.indexes.follow(contact.id, {"lastmodifieddate": stamp}, held)
    return before


def tell(
    hub: Hub,
    portal: Portal,
    contact: Contact,
    kind: ChangeKind,
    source: Source,
    before: Mapping[str, str | None],
    merged_ids: tuple[int, ...] = (),
) -> None:
    """Write down what happened to a contact, and tell those who watch."""
    merged = {"mergedIds": list(merged_ids)} if merged_ids else {}
    traced = {"traceId": source.trace_id} if source.trace_id else {}
    hub.event(
        _EVENTS[kind],
        portalId=portal.id,
        contactId=contact.id,
        properties=list(before),
        changeSource=source.channel,
        sourceId=source.id,
        **merged,
        **traced,
    )
    hub.changed(Change(kind, portal.id, contact, before, source, merged_ids))


def _nothing(names: Iterable[str]) -> dict[str, str | None]:
    return dict.fromkeys(names)


def _first_values(portal: Portal, contact: Contact, source: Source) -> dict[str, str]:
    number = str(contact.id)
    values = {
        "lifecyclestage": _FIRST_STAGE,
        "hs_object_id": number,
        "createdate": iso(contact.created_at),
        "hs_is_contact": "true",
        "hs_all_contact_vids": number,
        "hs_pipeline": "contacts-lifecycle-pipeline",
        "hs_marketable_status": "false",
        "hs_marketable_until_renewal": "false",
    }
    if source.app_id in portal.marketing_apps:
        values["hs_marketable_status"] = "true"
        values["hs_marketable_reason_type"] = "INTEGRATOR_SET"
        values["hs_marketable_reason_id"] = str(source.app_id)
    return values


def _computed(
    hub: Hub, portal: Portal, contact: Contact, written: Mapping[str, str]
) -> dict[str, str]:
    computed: dict[str, str] = {}
    if "email" in written:
        computed["hs_email_domain"] = written["email"].partition("@")[2]
        if others := contact.values.get(_OTHER_EMAILS):
            # The first email is not among the others: one of these may have taken its place.
            kept = (one for one in others.split(";") if one != written["email"])
            computed[_OTHER_EMAILS] = ";".join(kept)
    if hub.settings.resolves_phones and not phones.WATCHED.isdisjoint(written):
        computed |= phones.compute(contact.values, portal.country)
    return computed


def _goes_back(hub: Hub, name: str, held: str | None, value: str) -> bool:
    if name != "lifecyclestage" or hub.settings.stage_goes_back or not held or not value:
        return False
    return held in STAGES and value in STAGES and STAGES.index(value) < STAGES.index(held)
