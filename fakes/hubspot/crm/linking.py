"""Linking a contact to other records, and telling of it."""

from collections.abc import Iterable

from fakes.hubspot.crm.associations import CONTACTS
from fakes.hubspot.crm.records import Association, Change, ChangeKind, Contact, Source
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal


def link(
    hub: Hub, portal: Portal, contact: Contact, links: Iterable[Association], source: Source
) -> None:
    """Make ``links``; one to another contact stands on both of them."""
    for one in links:
        _add(hub, portal, contact, one, source)
        if one.to_type == CONTACTS:
            back = Association(CONTACTS, contact.id, one.label)
            _add(hub, portal, portal.contacts[one.to_id], back, source)


def _add(hub: Hub, portal: Portal, contact: Contact, one: Association, source: Source) -> None:
    contact.associations = (*contact.associations, one)
    hub.event(
        f"contact.{ChangeKind.ASSOCIATED}",
        portalId=portal.id,
        contactId=contact.id,
        toType=one.to_type,
        toId=one.to_id,
    )
    hub.changed(
        Change(
            kind=ChangeKind.ASSOCIATED,
            portal_id=portal.id,
            contact=contact,
            before={},
            source=source,
            association=one,
        )
    )
