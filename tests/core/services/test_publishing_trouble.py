"""Telling HubSpot when it does not listen: nothing is lost, and what it refuses is shown."""

import itertools
from typing import Any

import httpx
import pytest

from tests.core.builders import OTHER_PORTAL, PORTAL, report
from tests.core.harness import Harness

DAY = 86400
PATHS = ["/callbacks/complete", "/events/batch"]


async def failures(harness: Harness) -> dict[str, Any]:
    answer = await harness.operate("GET", "/failures")
    return dict(answer.json())


async def send(harness: Harness, *callback_ids: str) -> None:
    for callback_id in callback_ids:
        await harness.execute(callback_id)
    await harness.settle()


async def check_all_told(harness: Harness) -> None:
    assert [callback_id for callback_id, _ in harness.hubspot.completions] == ["ap-1"]
    assert set(harness.hubspot.events) == {"ap-1-sent"}
    assert await harness.count("outgoing") == 0
    assert await failures(harness) == {"tasks": [], "refused_by_hubspot": []}


async def test_429_is_obeyed(linked: Harness) -> None:
    linked.hubspot.trouble("/callbacks/complete", 429, headers={"retry-after": "10"})
    await send(linked, "ap-1")
    await linked.advance(10)
    assert len(linked.hubspot.calls_to("/callbacks/complete")) == 1
    await linked.advance(2)
    await check_all_told(linked)


async def test_429_of_one_account_does_not_hold_the_others_back(linked: Harness) -> None:
    await linked.install(OTHER_PORTAL)
    await linked.link(OTHER_PORTAL)
    await linked.advance(10)
    linked.hubspot.trouble("/callbacks/complete", 429, headers={"retry-after": "30"})
    await send(linked, "ap-1")
    await linked.advance(2)
    assert linked.hubspot.completions == []
    await linked.execute("ap-2", portal_id=OTHER_PORTAL)
    await linked.advance(2)
    assert [callback_id for callback_id, _ in linked.hubspot.completions] == ["ap-2"]


async def test_429_does_not_count_however_often_it_comes(linked: Harness) -> None:
    linked.hubspot.trouble("/callbacks/complete", 429, times=100)
    await send(linked, "ap-1")
    await linked.advance(3600)
    await check_all_told(linked)


@pytest.mark.parametrize("where", PATHS)
@pytest.mark.parametrize(
    "trouble", [500, 502, 503, 302, httpx.ReadTimeout, httpx.ConnectError, httpx.DecodingError]
)
async def test_trouble_at_hubspot_delays_what_waits_and_loses_nothing(
    linked: Harness, where: str, trouble: int | type[Exception]
) -> None:
    linked.hubspot.trouble(where, trouble, times=3)
    await send(linked, "ap-1")
    await linked.advance(3600)
    await check_all_told(linked)


@pytest.mark.parametrize("status", [401, 403, 408, 423, 477])
async def test_a_refusal_that_is_not_about_what_was_told_buries_nothing(
    linked: Harness, status: int
) -> None:
    linked.hubspot.trouble("/events/batch", status, times=4)
    await send(linked, "ap-1")
    await linked.advance(3600)
    await check_all_told(linked)


async def test_an_hubspot_that_stays_away_is_given_up_on_and_listed(linked: Harness) -> None:
    linked.hubspot.trouble("/callbacks/complete", 500, times=1000)
    await send(linked, "ap-1")
    await linked.advance(2 * DAY)
    tasks = (await failures(linked))["tasks"]
    assert [(task["kind"], task["item"]) for task in tasks] == [("publish", str(PORTAL))]
    assert await linked.count("outgoing") == 2


async def test_what_was_given_up_on_goes_out_with_the_next_news(linked: Harness) -> None:
    linked.hubspot.trouble("/callbacks/complete", 500, times=30)
    await send(linked, "ap-1")
    await linked.advance(2 * DAY)
    assert linked.hubspot.completions == []
    await linked.call_back("status", report())
    await linked.advance(1)
    assert [callback_id for callback_id, _ in linked.hubspot.completions] == ["ap-1"]
    assert linked.labels() == ["Transmis", "Reçu"]


@pytest.mark.parametrize("partial", [True, False])
async def test_one_bad_input_is_buried_and_listed_and_the_others_are_told(
    linked: Harness, *, partial: bool
) -> None:
    linked.hubspot.partial = partial
    linked.hubspot.refuses.add("ap-2-sent")
    await send(linked, "ap-1", "ap-2", "ap-3")
    await linked.advance(10)
    listed = (await failures(linked))["refused_by_hubspot"]
    assert set(linked.hubspot.events) == {"ap-1-sent", "ap-3-sent"}
    assert [row["key"] for row in listed] == ["ap-2-sent"]
    assert "ap-2-sent is not valid" in listed[0]["reason"]


@pytest.mark.parametrize("partial", [True, False])
async def test_a_single_bad_input_is_buried_without_a_second_call(
    linked: Harness, *, partial: bool
) -> None:
    linked.hubspot.partial = partial
    linked.hubspot.refuses.add("ap-1-sent")
    await send(linked, "ap-1")
    await linked.advance(3600)
    assert len(linked.hubspot.calls_to("/events/batch")) == 1
    assert len((await failures(linked))["refused_by_hubspot"]) == 1


async def test_what_is_buried_does_not_hold_up_what_comes_after(linked: Harness) -> None:
    linked.hubspot.refuses.add("ap-1-sent")
    await send(linked, "ap-1")
    await linked.advance(1)
    await linked.call_back("status", report())
    await linked.advance(1)
    assert linked.labels() == ["Reçu"]


async def test_trouble_among_the_single_tries_loses_nothing(linked: Harness) -> None:
    linked.hubspot.refuses.add("ap-1-sent")
    await send(linked, "ap-1", "ap-2")
    linked.hubspot.trouble("/events/batch", 400)
    linked.hubspot.trouble("/events/batch", 429)
    linked.hubspot.trouble("/events/batch", 500)
    await linked.advance(3600)
    assert set(linked.hubspot.events) == {"ap-2-sent"}
    assert len((await failures(linked))["refused_by_hubspot"]) == 1


async def test_a_revoked_account_keeps_what_waits_and_is_told_it_when_it_installs_again(
    linked: Harness,
) -> None:
    linked.hubspot.revoke(PORTAL)
    await send(linked, "ap-1")
    await linked.advance(DAY)
    assert await linked.count("outgoing") == 2
    assert await failures(linked) == {"tasks": [], "refused_by_hubspot": []}
    await linked.install()
    await linked.advance(1)
    await check_all_told(linked)


async def test_a_template_that_is_not_in_place_is_waited_for(linked: Harness) -> None:
    def forget(tx: Any) -> None:
        tx.exec_driver_sql("DELETE FROM provisions")

    await linked.database.run(forget)
    await send(linked, "ap-1")
    await linked.advance(60)
    assert linked.hubspot.events == {}
    await linked.install()
    await linked.advance(3600)
    await check_all_told(linked)


async def test_one_bad_input_among_a_hundred_is_found_in_few_calls(linked: Harness) -> None:
    for number in range(100):
        await linked.execute(f"ap-{number}", type="notification")
    await linked.settle()
    linked.hubspot.refuses = {"ap-42-sent"}
    await linked.advance(10)
    assert len(linked.hubspot.events) == 99
    assert len(linked.hubspot.calls_to("/events/batch")) <= 2 * 7 + 1


async def test_a_batch_that_is_refused_is_told_again_half_by_half(
    linked: Harness,
) -> None:
    for number in range(8):
        await linked.execute(f"ap-{number}", type="notification")
    await linked.settle()
    linked.hubspot.trouble("/events/batch", 400, body={"message": "one is bad"})
    linked.hubspot.refuses = {"ap-7-sent"}
    await linked.advance(60)
    sizes = [size for what, size in linked.hubspot.batches if what == "events"]
    assert sizes == [4, 4, 2, 2, 1, 1]


async def test_an_execution_that_ended_before_is_no_failure(linked: Harness) -> None:
    linked.hubspot.trouble("/callbacks/complete", 404, done=True)
    await send(linked, "ap-1")
    await linked.advance(60)
    assert (await failures(linked))["refused_by_hubspot"] == []
    assert await linked.count("outgoing") == 0


async def test_rounds_that_get_somewhere_never_run_out_of_tries(linked: Harness) -> None:
    names = [f"ap-{number}" for number in range(90)]
    for name in names:
        await linked.execute(name, type="notification")
    await linked.settle()
    linked.hubspot.refuses = set(names)
    handle, calls = linked.hubspot.handle, itertools.count(1)

    def fail_now_and_then(request: httpx.Request) -> httpx.Response:
        return httpx.Response(500) if next(calls) % 9 == 0 else handle(request)

    vars(linked.hubspot)["handle"] = fail_now_and_then
    await linked.advance(DAY)
    found = await failures(linked)
    assert found["tasks"] == []
    assert [one["key"] for one in found["refused_by_hubspot"]] == names
    assert len(linked.hubspot.events) == 90
