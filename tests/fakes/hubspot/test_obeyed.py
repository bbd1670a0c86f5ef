"""Settings that other tests leave at their defaults are obeyed in another position too."""

import re
from dataclasses import fields
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from fakes.hubspot.choices import RetryAfterUnit, UriSigned
from fakes.hubspot.settings import Settings
from fakes.hubspot.signing import decode_uri, sign_v2, sign_v3
from fakes.kit.outbound import Outbound
from tests.fakes.hubspot.timeline import template
from tests.fakes.hubspot.webhooks.listening import TARGET, listen, subscribe
from tests.fakes.hubspot.world import World

SEARCH = "/crm/v3/objects/contacts/search"
EVENTS = "/integrators/timeline/v3/events"
ADDRESS = "https://app.example/hubspot/action?who=a%40b"


def test_every_setting_is_tried_in_another_position_than_its_default() -> None:
    here = Path(__file__).parent
    tests = "\n".join(path.read_text("utf-8") for path in here.rglob("test_*.py"))
    named = {field.name for field in fields(Settings)}
    assert {name for name in named if not re.search(rf'\b{name}("?: |=)', tests)} == set()


async def installed_with(**chosen: Any) -> World:
    world = World(Settings(**chosen))
    await world.install()
    return world


async def running(**chosen: Any) -> World:
    """Return a world whose action is called for one contact as soon as its clock moves."""
    world = await installed_with(**chosen)
    await world.publish_flow(await world.define_action(actionUrl=ADDRESS))
    await world.contact(firstname="Ada", city="Lyon")
    return world


def gaps(world: World) -> list[int]:
    """Return the seconds between the calls of the app."""
    stamps = [int(r.headers["x-hubspot-request-timestamp"]) for r, _ in world.backend.asked]
    return [round((after - before) / 1000) for before, after in pairwise(stamps)]


@pytest.mark.parametrize(("form", "hours"), [({}, 2), ({"remember": "true"}, 3)])
async def test_a_sign_in_lasts_as_long_as_is_set(form: dict[str, str], hours: int) -> None:
    short, long = timedelta(hours=2), timedelta(hours=3)
    async with World(Settings(session_lifetime=short, remembered_lifetime=long)) as world:
        await world.sign_in(**form)
        where = f"/oauth/{world.portal.id}/authorize"
        for wait, shown in ((hours * 60 - 1, "decision"), (1, "password")):
            await world.clock.advance(timedelta(minutes=wait))
            page = await world.browser.get(where, params=world.asking())
            assert f'name="{shown}"' in page.text


async def test_an_event_for_nobody_known_may_be_refused() -> None:
    async with await installed_with(timeline_creates_contacts=False) as world:
        event = {"eventTemplateId": await template(world), "email": "new@x.fr", "tokens": {}}
        assert (await world.api.post(EVENTS, json=event)).status_code == 404
        assert world.portal.contacts == {}


async def test_an_event_of_no_known_form_is_refused_with_the_status_that_is_set() -> None:
    async with await installed_with(timeline_unknown_template=400) as world:
        event = {"eventTemplateId": "1", "email": "new@x.fr", "tokens": {}}
        assert (await world.api.post(EVENTS, json=event)).status_code == 400


async def test_calls_may_take_as_long_as_is_set() -> None:
    waited: dict[str, float] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        waited[request.url.path] = request.extensions["timeout"]["read"]
        return httpx.Response(200)

    second = timedelta(seconds=1)
    chosen: Any = {
        "action_timeout": second,
        "fetch_timeout": 2 * second,
        "webhook_timeout": 3 * second,
    }
    async with World(Settings(**chosen)) as world:
        way = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        world.hubspot.hub.outbound = Outbound(way, lambda _: True)
        await world.install()
        world.app.fetch_urls = ("https://app.example/",)
        await listen(world)
        await subscribe(world, "contact.creation")
        await world.publish_flow(await world.define_action())
        await world.contact(firstname="Ada", city="Lyon")
        await world.clock.run_due()
        where = f"/_control/hubspot/portals/{world.portal.id}/apps/{world.app.id}/fetch"
        for name, wait in (("fetched", {}), ("asked", {"timeout": 4000})):
            await world.api.post(where, json={"url": f"https://app.example/{name}", **wait})
        await way.aclose()
    assert waited == {"/hubspot/action": 1, "/hubspot/webhooks": 3, "/fetched": 2, "/asked": 4}


async def test_an_action_is_tried_again_after_the_gaps_that_are_set() -> None:
    chosen: Any = {
        "action_retry_first": timedelta(seconds=10),
        "action_retry_cap": timedelta(seconds=30),
        "action_retry_span": timedelta(seconds=100),
    }
    async with await running(**chosen) as world:
        world.backend.replies = [(500, b"")] * 100
        await world.clock.advance(timedelta(hours=1))
        assert gaps(world) == [10, 20, 30, 30]
        assert (await world.only_step())["state"] == "failed"


async def test_a_block_lasts_as_long_as_is_set() -> None:
    async with await running(action_wait=timedelta(hours=1)) as world:
        world.backend.replies = [(200, {"outputFields": {"hs_execution_state": "BLOCK"}})]
        await world.clock.advance(timedelta(minutes=59))
        assert (await world.only_step())["state"] == "blocked"
        await world.clock.advance(timedelta(minutes=1))
        assert (await world.only_step())["state"] == "expired"


@pytest.mark.parametrize(
    ("unit", "gap", "read"),
    [
        (RetryAfterUnit.GUESS, 7, "milliseconds"),
        (RetryAfterUnit.SECONDS, 7000, "seconds"),
        (RetryAfterUnit.MILLISECONDS, 7, "milliseconds"),
    ],
)
async def test_a_retry_after_is_read_in_the_unit_that_is_set_and_the_journal_says_which(
    unit: RetryAfterUnit, gap: int, read: str
) -> None:
    async with await running(retry_after_unit=unit) as world:
        world.backend.replies = [(429, b"")]
        await world.clock.advance(timedelta(hours=3))
        assert gaps(world) == [gap]
        [retrying] = world.events("action.retrying")
        assert retrying["message"].endswith(f"Retry-After of 7000 was read as {read}")


async def test_inputs_without_a_value_may_be_sent_empty() -> None:
    async with await running(omit_empty_fields=False) as world:
        await world.clock.run_due()
        [body] = world.backend.bodies()
        assert body["inputFields"]["vers"] == body["typedInputs"]["vers"]["value"] == ""


@pytest.mark.parametrize("v2", list(UriSigned))
@pytest.mark.parametrize("v3", list(UriSigned))
async def test_each_signature_covers_the_form_of_the_address_that_is_set(
    v2: UriSigned, v3: UriSigned
) -> None:
    async with await running(signs_v2_uri=v2, signs_v3_uri=v3) as world:
        await world.clock.run_due()
        [(request, body)] = world.backend.asked
        signed = {UriSigned.RAW: ADDRESS, UriSigned.DECODED: decode_uri(ADDRESS)}
        stamp = int(request.headers["x-hubspot-request-timestamp"])
        secret, headers = world.app.client_secret, request.headers
        assert headers["x-hubspot-signature"] == sign_v2(secret, "POST", signed[v2], body)
        assert headers["x-hubspot-signature-v3"] == sign_v3(secret, "POST", signed[v3], body, stamp)


async def test_actions_may_be_signed_with_v3_alone() -> None:
    async with await running(sends_v2=False) as world:
        await world.clock.run_due()
        [(request, _)] = world.backend.asked
        assert "x-hubspot-signature" not in request.headers
        assert request.headers["x-hubspot-signature-v3"]


async def test_webhooks_are_gathered_tried_again_and_moved_as_is_set() -> None:
    chosen: Any = {
        "webhook_batch_wait": timedelta(seconds=5),
        "webhook_retries": 2,
        "webhook_retry_span": timedelta(minutes=1),
        "webhook_cache": timedelta(),
    }
    async with await installed_with(**chosen) as world:
        await listen(world, "https://app.example/former")
        await listen(world, TARGET)
        await subscribe(world, "contact.creation")
        world.backend.replies = [(500, b"")] * 10
        for name in ("Ada", "Grace"):
            await world.contact(firstname=name)
        await world.clock.advance(timedelta(seconds=4))
        assert world.backend.asked == []
        await world.clock.advance(timedelta(seconds=1))
        assert [len(events) for events in world.backend.bodies()] == [2]
        await world.clock.advance(timedelta(minutes=1))
        attempts = [event["attemptNumber"] for many in world.backend.bodies() for event in many]
        assert sorted(attempts) == [0, 0, 1, 1, 2, 2]
        assert {str(request.url) for request, _ in world.backend.asked} == {TARGET}
        await world.clock.advance(timedelta(days=1))
        assert len(world.events("webhook.abandoned")) == 2


@pytest.mark.parametrize(("matches", "total"), [(True, 1), (False, 0)])
async def test_a_negation_may_leave_out_those_without_a_value(*, matches: bool, total: int) -> None:
    async with await installed_with(search_negations_match_unknown=matches) as world:
        await world.contact(firstname="Ada")
        asked = {"propertyName": "city", "operator": "NEQ", "value": "Lyon"}
        found = await world.api.post(SEARCH, json={"filterGroups": [{"filters": [asked]}]})
        assert found.json()["total"] == total


async def test_private_apps_and_searches_have_the_limits_that_are_set() -> None:
    async with await installed_with(private_calls_per_window=2, searches_per_second=1) as world:
        private = world.private()
        calls = [await world.api.get("/account-info/v3/details", headers=private) for _ in "123"]
        searches = [await world.api.post(SEARCH, json={}) for _ in "12"]
        assert [one.status_code for one in (*calls, *searches)] == [200, 200, 429, 200, 429]


@pytest.mark.parametrize(("computes", "number"), [(True, "+33612345678"), (False, None)])
async def test_phones_may_stay_as_they_are_typed(*, computes: bool, number: str | None) -> None:
    async with await installed_with(resolves_phones=computes) as world:
        contact = await world.contact(firstname="Ada", phone="06 12 34 56 78")
        query = {"properties": "hs_calculated_phone_number"}
        shown = await world.api.get(f"/crm/v3/objects/contacts/{contact}", params=query)
        assert shown.json()["properties"]["hs_calculated_phone_number"] == number


@pytest.mark.parametrize(("back", "stage"), [(False, "customer"), (True, "lead")])
async def test_a_stage_may_go_back(*, back: bool, stage: str) -> None:
    async with await installed_with(stage_goes_back=back) as world:
        contact = await world.contact(firstname="Ada", lifecyclestage="customer")
        changed = await world.api.patch(
            f"/crm/v3/objects/contacts/{contact}", json={"properties": {"lifecyclestage": "lead"}}
        )
        assert changed.json()["properties"]["lifecyclestage"] == stage
