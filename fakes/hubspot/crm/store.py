"""Writing contacts: what is computed, what is unique, what history keeps."""

from collections.abc import Iterable, Mapping

from fakes.hubspot.crm import phones
from fakes.hubspot.crm.membership import leave_all
from fakes.hubspot.crm.records import Change, ChangeKind, Channel, Contact, Source
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso

FIRST_CONTACT_ID = 37_700_000_001
"""Contacts' ids are above 2^31, as today's are, so that no client keeps them in 32 bits."""

_COMPUTED = Source(channel=Channel.CALCULATED, label="Calculated")


def create(hub: Hub, portal: Portal, values: Mapping[str, str], source: Source) -> Contact:
    """Return a new contact with ``values``, which have been checked.

    Raises:
        RefusedError: It has no email nor name, or another contact has its email.
    """
    refuse_unfit(portal, values)
    now = hub.now()
    contact = Contact(id=hub.ids.count("contact", FIRST_CONTACT_ID), created_at=now, updated_at=now)
    portal.contacts[contact.id] = contact
    portal.contact_order.append(contact.id)
    given = {"lifecyclestage": "lead", **_first_values(contact), **values}
    before = _apply(hub, portal, contact, given, source)
    _tell(hub, portal, contact, before, source, ChangeKind.CREATED)
    return contact


def refuse_unfit(portal: Portal, values: Mapping[str, str]) -> None:
    """Refuse values that cannot make a new contact.

    Raises:
        RefusedError: They have no email nor name, or another contact has the email.
    """
    if not any(values.get(name) for name in ("email", "firstname", "lastname")):
        raise invalid(
            "At least one of the properties email, firstname or lastname must have a value."
        )
    _refuse_duplicates(portal, None, values)


def update(
    hub: Hub, portal: Portal, contact: Contact, values: Mapping[str, str], source: Source
) -> Contact:
    """Return ``contact`` after ``values``, which have been checked, are written.

    A value that it holds already leaves no version and no change.

    Raises:
        RefusedError: Another contact has its email.
    """
    _refuse_duplicates(portal, contact, values)
    changed = {
        name: value for name, value in values.items() if contact.values.get(name, "") != value
    }
    if changed:
        before = _apply(hub, portal, contact, changed, source)
        _tell(hub, portal, contact, before, source, ChangeKind.CHANGED)
    return contact


def archive(hub: Hub, portal: Portal, contact: Contact, source: Source) -> None:
    """Delete a contact: it leaves lists and searches, and its email is free again."""
    contact.archived_at = hub.now()
    for name, owners in portal.unique_values.items():
        if owners.get(contact.values.get(name, "")) == contact.id:
            owners.pop(contact.values[name])
    leave_all(portal, contact.id)
    _tell(hub, portal, contact, {}, source, ChangeKind.ARCHIVED)


def find(portal: Portal, key: str, id_property: str = "hs_object_id") -> Contact | None:
    """Return the living contact whose ``id_property`` is ``key``, or ``None``.

    Raises:
        RefusedError: The property is not a unique one.
    """
    if id_property == "hs_object_id":
        found = portal.contacts.get(int(key)) if key.isdigit() else None
    elif id_property in portal.unique_values:
        wanted = key.strip().lower() if id_property == "email" else key
        found = portal.contacts.get(portal.unique_values[id_property].get(wanted, 0))
    else:
        raise invalid(f"{id_property} is not a unique identifier of contacts.")
    return found if found is not None and found.archived_at is None else None


def living(portal: Portal) -> Iterable[Contact]:
    """Return the contacts that are not deleted, oldest first."""
    return (
        contact
        for contact in map(portal.contacts.__getitem__, portal.contact_order)
        if contact.archived_at is None
    )


def _apply(
    hub: Hub, portal: Portal, contact: Contact, values: Mapping[str, str], source: Source
) -> dict[str, str | None]:
    now = hub.now()
    before = {name: contact.values.get(name) for name in values}
    for name, value in values.items():
        _index(portal, contact, name, value)
    contact.write(values, now, source)
    computed = {
        name: value
        for name, value in _computed(hub, portal, contact, values).items()
        if contact.values.get(name, "") != value
    }
    if computed:
        before |= {name: contact.values.get(name) for name in computed}
        contact.write(computed, now, _COMPUTED)
    contact.updated_at = now
    contact.values["lastmodifieddate"] = iso(now)
    return before


def _index(portal: Portal, contact: Contact, name: str, value: str) -> None:
    owners = portal.unique_values.get(name)
    if owners is None:
        return
    owners.pop(contact.values.get(name, ""), None)
    if value:
        owners[value] = contact.id


def _first_values(contact: Contact) -> dict[str, str]:
    return {
        "hs_object_id": str(contact.id),
        "createdate": iso(contact.created_at),
        "hs_is_contact": "true",
        "hs_all_contact_vids": str(contact.id),
        "hs_pipeline": "contacts-lifecycle-pipeline",
        "hs_marketable_status": "false",
        "hs_marketable_until_renewal": "false",
    }


def _computed(
    hub: Hub, portal: Portal, contact: Contact, written: Mapping[str, str]
) -> dict[str, str]:
    computed: dict[str, str] = {}
    if "email" in written:
        computed["hs_email_domain"] = written["email"].partition("@")[2]
    if hub.settings.resolves_phones and not phones.WATCHED.isdisjoint(written):
        computed |= phones.compute(contact.values, portal.country)
    return computed


def _refuse_duplicates(portal: Portal, contact: Contact | None, values: Mapping[str, str]) -> None:
    for name, owners in portal.unique_values.items():
        owner = owners.get(values.get(name, ""))
        if owner is not None and (contact is None or owner != contact.id):
            raise RefusedError(
                409, f"Contact already exists. Existing ID: {owner}", Category.CONFLICT
            )


def _tell(
    hub: Hub,
    portal: Portal,
    contact: Contact,
    before: Mapping[str, str | None],
    source: Source,
    kind: ChangeKind,
) -> None:
    hub.event(
        f"contact.{kind}",
        portalId=portal.id,
        contactId=contact.id,
        properties=sorted(before),
        changeSource=source.channel,
        sourceId=source.id,
    )
    hub.changed(
        Change(kind=kind, portal_id=portal.id, contact=contact, before=before, source=source)
    )
