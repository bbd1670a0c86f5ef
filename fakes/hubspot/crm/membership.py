"""Who is on which list, and who is told when somebody joins or leaves."""

from collections.abc import Iterable

from fakes.hubspot.crm.contact_lists import ContactList, Processing
from fakes.hubspot.crm.records import Change, ChangeKind, Source
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal

FIRST_LIST_ID = 101


def create_list(
    hub: Hub, portal: Portal, name: str, processing: Processing = Processing.MANUAL
) -> ContactList:
    """Return a new list, empty, kept in ``portal.lists``."""
    now = hub.now()
    made = ContactList(
        id=hub.ids.count(f"list:{portal.id}", FIRST_LIST_ID),
        name=name,
        processing=processing,
        created_at=now,
        updated_at=now,
        filters_updated_at=now,
    )
    portal.lists[made.id] = made
    return made


def is_member(portal: Portal, list_id: int, contact_id: int) -> bool:
    """Return whether a contact is on a list; nobody is on a list that is not there."""
    found = portal.lists.get(list_id)
    return found is not None and found.archived_at is None and contact_id in found.members


def join(
    hub: Hub, portal: Portal, to: ContactList, contact_ids: Iterable[int], source: Source
) -> list[int]:
    """Return those of ``contact_ids`` that joined: living contacts that were not on the list.

    The hub's observers are told of each as a ``Change`` of kind ``LISTED``.
    """
    joined = [
        number
        for number in dict.fromkeys(contact_ids)
        if number not in to.members and _lives(portal, number)
    ]
    for number in joined:
        to.members[number] = hub.now()
        _tell(hub, portal, to, number, source, ChangeKind.LISTED)
    return joined


def leave(
    hub: Hub, portal: Portal, of: ContactList, contact_ids: Iterable[int], source: Source
) -> list[int]:
    """Return those of ``contact_ids`` that left the list, having been on it.

    The hub's observers are told of each as a ``Change`` of kind ``UNLISTED``.
    """
    gone = [number for number in dict.fromkeys(contact_ids) if number in of.members]
    for number in gone:
        del of.members[number]
        _tell(hub, portal, of, number, source, ChangeKind.UNLISTED)
    return gone


def leave_all(portal: Portal, contact_id: int) -> None:
    """Take a contact that is no more off every list; nobody is told, as its end is told apart."""
    for one in portal.lists.values():
        one.members.pop(contact_id, None)


def _lives(portal: Portal, contact_id: int) -> bool:
    found = portal.contacts.get(contact_id)
    return found is not None and found.archived_at is None


def _tell(
    hub: Hub,
    portal: Portal,
    which: ContactList,
    contact_id: int,
    source: Source,
    kind: ChangeKind,
) -> None:
    hub.event(f"contact.{kind}", portalId=portal.id, contactId=contact_id, listId=which.id)
    hub.changed(
        Change(
            kind=kind,
            portal_id=portal.id,
            contact=portal.contacts[contact_id],
            before={},
            source=source,
            list_id=which.id,
        )
    )
