"""Rate limits: who is turned away, when, with which words, and what is left."""

from datetime import datetime, timedelta

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import World

DETAILS = "/account-info/v3/details"
SEARCH = "/crm/v3/objects/contacts/search"


async def small(*, calls_per_window: int) -> World:
    world = World(Settings(calls_per_window=calls_per_window))
    await world.install()
    return world


async def calls(world: World, count: int) -> list[httpx.Response]:
    return [await world.api.get(DETAILS) for _ in range(count)]


async def test_an_app_has_110_calls_in_ten_seconds_and_sees_how_many_are_left(
    installed: World,
) -> None:
    answers = await calls(installed, 111)
    assert [answer.status_code for answer in answers] == [200] * 110 + [429]
    assert answers[0].headers["x-hubspot-ratelimit-max"] == "110"
    assert answers[0].headers["x-hubspot-ratelimit-remaining"] == "109"
    assert answers[0].headers["x-hubspot-ratelimit-interval-milliseconds"] == "10000"
    assert answers[109].headers["x-hubspot-ratelimit-remaining"] == "0"
    assert "x-hubspot-ratelimit-daily" not in answers[0].headers


async def test_the_refusal_has_the_words_that_clients_read() -> None:
    async with await small(calls_per_window=1) as world:
        refusal = (await calls(world, 2))[1]
        body = refusal.json()
        assert body["message"] == "You have reached your ten_secondly_rolling limit."
        assert (body["errorType"], body["policyName"]) == ("RATE_LIMIT", "TEN_SECONDLY_ROLLING")
        assert body["requestId"] == body["correlationId"]
        assert refusal.headers["x-hubspot-correlation-id"] == body["correlationId"]
        assert "retry-after" not in refusal.headers


async def test_the_window_rolls() -> None:
    async with await small(calls_per_window=2) as world:
        await calls(world, 1)
        await world.clock.advance(timedelta(seconds=6))
        assert [a.status_code for a in await calls(world, 2)] == [200, 429]
        await world.clock.advance(timedelta(seconds=4))
        assert [a.status_code for a in await calls(world, 2)] == [200, 429]


async def test_two_apps_of_one_account_do_not_share_a_limit() -> None:
    async with await small(calls_per_window=1) as world:
        await calls(world, 1)
        assert (await world.api.get(DETAILS, headers=world.private())).status_code == 200


async def test_a_private_app_sees_its_day() -> None:
    async with World(Settings(private_calls_per_day=1)) as world:
        headers = world.private()
        first = await world.api.get(DETAILS, headers=headers)
        assert first.headers["x-hubspot-ratelimit-daily-remaining"] == "0"
        refused = await world.api.get(DETAILS, headers=headers)
        assert refused.json()["message"] == "You have reached your daily limit."
        await world.clock.advance(timedelta(days=1))
        assert (await world.api.get(DETAILS, headers=headers)).status_code == 200


async def test_an_account_has_five_searches_a_second_and_no_headers(installed: World) -> None:
    answers = [await installed.api.post(SEARCH, json={}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "x-hubspot-ratelimit-max" not in answers[0].headers
    assert answers[5].json()["policyName"] == "SECONDLY"
    await installed.clock.advance(timedelta(seconds=1))
    assert (await installed.api.post(SEARCH, json={})).status_code == 200


async def test_without_limits_nobody_is_turned_away() -> None:
    async with World(Settings(limits_calls=False, calls_per_window=1)) as world:
        await world.install()
        assert {answer.status_code for answer in await calls(world, 3)} == {200}


async def test_the_developers_and_the_control_routes_do_not_count() -> None:
    async with await small(calls_per_window=1) as world:
        key = {"hapikey": world.app.developer_key}
        templates = f"/integrators/timeline/v3/{world.app.id}/event-templates"
        for _ in range(3):
            world.api.headers.pop("Authorization", None)
            assert (await world.api.get(templates, params=key)).status_code == 200
            assert (await world.api.get("/_control/hubspot/apps")).status_code == 200


@given(gaps=st.lists(st.integers(0, 4000), min_size=1, max_size=25), most=st.integers(1, 5))
@settings(deadline=None, max_examples=30)
async def test_no_ten_seconds_ever_hold_more_calls_than_allowed(gaps: list[int], most: int) -> None:
    async with await small(calls_per_window=most) as world:
        admitted: list[datetime] = []
        for gap in gaps:
            await world.clock.advance(timedelta(milliseconds=gap))
            [answer] = await calls(world, 1)
            now = world.clock.now()
            recent = [at for at in admitted if at > now - timedelta(seconds=10)]
            assert (answer.status_code == 200) is (len(recent) < most)
            if answer.status_code == 200:
                admitted.append(now)
