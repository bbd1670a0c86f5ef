"""How contacts end, and come back: deleted, restored, erased for ever."""

from datetime import timedelta

from fakes.hubspot.crm import ownership
from fakes.hubspot.crm.membership import leave_all
from fakes.hubspot.crm.records import ChangeKind, Contact, Source
from fakes.hubspot.crm.store import tell
from fakes.hubspot.errors import invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import Portal

RESTORABLE = timedelta(days=90)
"""How long a deleted contact may come back. Source: HubSpot developer docs, Contacts (docs)."""


def archive(hub: Hub, portal: Portal, contact: Contact, source: Source) -> None:
    """Delete a contact: it leaves lists and searches, and its email is free again."""
    retire(hub, portal, contact)
    tell(hub, portal, contact, ChangeKind.ARCHIVED, source, {})


def is_restorable(hub: Hub, contact: Contact) -> bool:
    """Return whether a contact is deleted and still kept."""
    gone = contact.archived_at
    if gone is None or contact.merged_into is not None or not contact.writes:
        return False
    return hub.now() - gone <= RESTORABLE


def find_archived(hub: Hub, portal: Portal, key: str) -> Contact | None:
    """Return the deleted contact with the id ``key`` that is still kept, or ``None``."""
    found = portal.contacts.get(number_of(key) or 0)
    return found if found is not None and is_restorable(hub, found) else None


def restore(hub: Hub, portal: Portal, contact: Contact, source: Source) -> Contact:
    """Return a deleted contact, brought back.

    Raises:
        RefusedError: It is not deleted or no longer kept, or its email is another's now.
    """
    if not is_restorable(hub, contact):
        raise invalid(f"The contact {contact.id} cannot be restored.")
    ownership.refuse_duplicates(portal, contact, contact.values)
    contact.archived_at = None
    reinstate(portal, contact)
    tell(hub, portal, contact, ChangeKind.RESTORED, source, {})
    return contact


def erase(hub: Hub, portal: Portal, contact: Contact, source: Source) -> None:
    """Delete a contact for ever, with all that it held and had held.

    Those who watch are told of the erasure and, unless it was deleted before, of the deletion.
    """
    was_living = contact.archived_at is None
    if was_living:
        retire(hub, portal, contact)
    contact.values.clear()
    contact.writes.clear()
    contact.associations = ()
    tell(hub, portal, contact, ChangeKind.ERASED, source, {})
    if was_living:
        tell(hub, portal, contact, ChangeKind.ARCHIVED, source, {})


def retire(hub: Hub, portal: Portal, contact: Contact) -> None:
    """Take a contact out of searches and lists, and free what it owns; nobody is told."""
    contact.archived_at = hub.now()
    ownership.release(portal, contact)
    portal.indexes.follow(contact.id, contact.values, {})
    leave_all(portal, contact.id)


def reinstate(portal: Portal, contact: Contact) -> None:
    """Let searches find a contact by what it holds, and let it own that; nobody is told."""
    for name in portal.unique_values:
        ownership.own(portal, name, contact)
    portal.indexes.follow(contact.id, dict.fromkeys(contact.values), contact.values)
