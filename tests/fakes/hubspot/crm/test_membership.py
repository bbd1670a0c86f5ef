"""Joining and leaving lists, as workflows and webhooks are told of it."""

from fakes.hubspot.crm.membership import create_list, is_member, join, leave
from fakes.hubspot.crm.records import Channel, Source
from tests.fakes.hubspot.world import World

UI = Source(channel=Channel.UI)


async def test_who_joins_and_who_leaves_is_told(installed: World) -> None:
    hub, portal = installed.hubspot.hub, installed.portal
    contact = int(await installed.contact(email="a@x.fr"))
    black = create_list(hub, portal, "Liste noire")
    assert join(hub, portal, black, [contact, contact, 999], UI) == [contact]
    assert is_member(portal, black.id, contact)
    assert join(hub, portal, black, [contact], UI) == []
    assert leave(hub, portal, black, [contact, 999], UI) == [contact]
    assert not is_member(portal, black.id, contact)
    told = [installed.events(kind)[0]["listId"] for kind in ("contact.listed", "contact.unlisted")]
    assert told == [black.id, black.id]


async def test_a_deleted_contact_is_on_no_list(installed: World) -> None:
    hub, portal = installed.hubspot.hub, installed.portal
    contact = await installed.contact(email="a@x.fr")
    black = create_list(hub, portal, "Liste noire")
    join(hub, portal, black, [int(contact)], UI)
    await installed.api.delete(f"/crm/v3/objects/contacts/{contact}")
    assert not is_member(portal, black.id, int(contact))
