"""A world: repeatable to the byte, closed to the outside, and one of many."""

from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from core.settings import Edition
from fakes.kit.journal import Exchange
from sandbox.furnishing import Furnisher
from sandbox.tutorial import SOURCE, VISITOR
from sandbox.world import World

APIS = ("/crm/", "/automation/", "/account-info/", "/oauth/2", "/oauth/v1/")
"""Where the paths that have editions begin; the consent page has none."""


async def play(seed: int) -> World:
    """Furnish a world, enrol somebody, let ten seconds pass, and answer STOP."""
    world = World(seed)
    furnisher = Furnisher(world.http, world.addresses, world.parties.identities)
    furniture = await furnisher.furnish(world.browser(), seed=seed)
    path = f"/crm/v3/objects/contacts/{furniture.contact_ids[0]}"
    await furnisher.hubspot("PATCH", path, {"properties": {SOURCE: VISITOR}})
    await world.advance(timedelta(seconds=10))
    control = f"{world.addresses.smsmode_api}/_control/smsmode/phones"
    phones = (await world.http.get(control)).json()["phones"]
    await world.http.post(f"{control}/{phones[0]['msisdn']}/reply", json={"text": "STOP"})
    await world.advance(timedelta(hours=1))
    return world


async def test_the_same_seed_gives_the_same_journal_to_the_byte() -> None:
    one, other = await play(7), await play(7)
    assert one.journal.render() == other.journal.render()
    assert one.journal.digest() == other.journal.digest()
    assert len(one.journal) > 80
    await one.parties.close()
    await other.parties.close()


async def test_another_seed_gives_other_ids_and_people() -> None:
    one, other = await play(7), await play(8)
    assert one.journal.digest() != other.journal.digest()
    assert one.parties.identities.client_secret != other.parties.identities.client_secret
    await one.parties.close()
    await other.parties.close()


async def test_worlds_do_not_know_of_each_other() -> None:
    worlds = [World(seed) for seed in range(100)]
    played = await play(0)
    assert all(len(world.journal) == len(worlds[0].journal) for world in worlds)
    assert len(played.journal) > len(worlds[0].journal)
    for world in (*worlds, played):
        await world.parties.close()


async def test_nothing_leaves_a_world() -> None:
    async with World() as world:
        with pytest.raises(httpx.ConnectError, match=r"example\.org is not in this world"):
            await world.http.get("https://example.org/")
        assert [e.kind for e in world.journal.entries()][-1] == "network.refused"


async def test_time_does_not_go_back() -> None:
    async with World() as world:
        with pytest.raises(ValueError, match="time does not go back"):
            await world.advance(timedelta(seconds=-1))


async def test_a_month_without_news_passes_at_once() -> None:
    async with World() as world:
        before = world.clock.now()
        await world.advance(timedelta(days=30))
        assert world.clock.now() - before == timedelta(days=30)
        assert await world.next_due() is None


async def test_an_app_that_breaks_answers_500_to_its_caller() -> None:
    async with World() as world:

        async def broken(*_: object) -> None:
            msg = "bug"
            raise RuntimeError(msg)

        world.network.connect({"broken.example": broken})
        assert (await world.http.get("http://broken.example/")).status_code == 500


async def test_a_way_that_is_cut_is_a_connection_error_until_it_is_mended() -> None:
    async with World() as world:
        url = f"{world.addresses.integration}/health"
        world.network.cut("integration.sandbox.example", "/health")
        with pytest.raises(httpx.ConnectError, match="is cut"):
            await world.http.get(url)
        assert (await world.http.get(f"{world.addresses.integration}/ready")).status_code == 200
        world.network.mend("integration.sandbox.example", "/health")
        assert (await world.http.get(url)).status_code == 200


@pytest.mark.parametrize("edition", Edition)
async def test_the_integration_speaks_the_edition_that_it_is_told_to(edition: Edition) -> None:
    async with World(1, edition=edition) as world:
        furnisher = Furnisher(world.http, world.addresses, world.parties.identities)
        await furnisher.furnish(world.browser(), seed=1)
        private = world.parties.identities.access_token
        asked = [
            urlsplit(entry.data.url).path
            for entry in world.journal.entries()
            if entry.party == "hubspot"
            and isinstance(entry.data, Exchange)
            and private not in str(entry.data.request_headers)
        ]
    has_edition = [path for path in asked if "/timeline/" not in path and path.startswith(APIS)]
    assert has_edition
    dated = [path for path in has_edition if "/2026-03" in path]
    assert dated == (has_edition if edition is Edition.DATED else [])
