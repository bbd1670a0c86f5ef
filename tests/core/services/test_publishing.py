"""Telling HubSpot: in batches, in order, for each account apart."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import Connection

from core.domain.ids import PortalId
from core.services.desk import Desk
from tests.core.builders import OTHER_PORTAL, PORTAL, reply, report
from tests.core.harness import Harness
from tests.core.vendors import PowerCutError


async def send_many(harness: Harness, count: int) -> None:
    for number in range(count):
        await harness.execute(f"ap-{number}")
    await harness.settle()


async def test_what_happens_within_the_wait_goes_out_together(linked: Harness) -> None:
    await send_many(linked, 7)
    assert linked.hubspot.batches == []
    await linked.advance(1)
    assert linked.hubspot.batches == [("completions", 7), ("events", 7)]


async def test_the_wait_is_a_setting(linked: Harness) -> None:
    linked.restart(batch_wait=timedelta(seconds=30))
    await send_many(linked, 2)
    await linked.advance(29)
    assert linked.hubspot.batches == []
    await linked.advance(1)
    assert linked.hubspot.batches == [("completions", 2), ("events", 2)]


async def test_what_happens_later_goes_out_later(linked: Harness) -> None:
    await send_many(linked, 1)
    await linked.advance(5)
    await linked.call_back("status", report())
    await linked.advance(1)
    assert linked.hubspot.batches == [("completions", 1), ("events", 1), ("events", 1)]


async def trickle(harness: Harness, seconds: int, *, each_second: int) -> float:
    """Have SMS sent evenly for some time; return how many batches each takes."""
    for number in range(seconds * each_second):
        await harness.execute(f"ap-{number}", type="notification")
        await harness.advance(1 / each_second)
    await harness.advance(1)
    assert len(harness.hubspot.completions) == seconds * each_second
    return len(harness.hubspot.batches) / (seconds * each_second)


async def test_while_many_keep_coming_they_wait_longer_for_others(linked: Harness) -> None:
    assert await trickle(linked, 9, each_second=25) <= 0.05


async def test_where_few_come_they_wait_no_longer(linked: Harness) -> None:
    assert await trickle(linked, 9, each_second=1) == 2


async def test_what_is_to_be_told_does_not_wait_for_the_sends_behind_it(linked: Harness) -> None:
    for number in range(50):
        await linked.execute(f"ap-{number}", type="notification")
    await linked.core.queue.drain(linked.core.handle, limit=3)
    linked.clock.jump(linked.clock.now() + timedelta(seconds=1))
    await linked.core.queue.drain(linked.core.handle, limit=1)
    assert linked.hubspot.batches == [("completions", 3), ("events", 3)]


async def test_a_batch_never_holds_more_than_a_hundred(linked: Harness) -> None:
    await send_many(linked, 101)
    await linked.advance(1)
    sizes = [size for what, size in linked.hubspot.batches if what == "events"]
    assert sizes == [100, 1]
    assert len(linked.hubspot.events) == len(linked.hubspot.completions) == 101


async def test_executions_end_first_then_values_are_written_then_events(
    linked: Harness,
) -> None:
    await linked.execute()
    await linked.settle()
    await linked.call_back("inbound", reply("STOP"))
    await linked.advance(1)
    assert [what for what, _ in linked.hubspot.batches] == ["completions", "properties", "events"]


async def test_each_account_is_told_its_own_news_with_its_own_token(linked: Harness) -> None:
    await linked.install(OTHER_PORTAL)
    await linked.link(OTHER_PORTAL)
    await linked.execute("ap-1")
    await linked.execute("ap-2", portal_id=OTHER_PORTAL)
    await linked.advance(1)
    calls = linked.hubspot.calls_to("/callbacks/complete")
    portals = [call.headers["authorization"].split("-")[1] for call in calls]
    assert sorted(portals) == [str(PORTAL), str(OTHER_PORTAL)]


async def test_to_wait_for_our_own_turn_is_no_trouble_to_warn_of(
    linked: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    linked.restart(hubspot_calls=10)
    await send_many(linked, 1)
    await linked.advance(1)
    assert linked.hubspot.batches == [("completions", 1)]
    await linked.advance(2)
    assert linked.hubspot.batches == [("completions", 1), ("events", 1)]
    assert [record for record in caplog.records if record.name.startswith("core")] == []


async def test_an_account_with_no_news_costs_no_call(linked: Harness) -> None:
    linked.hubspot.calls.clear()
    await linked.advance(86400)
    assert linked.hubspot.calls == []


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("where", ["/callbacks/complete", "/events/batch", "/contacts/batch"])
async def test_after_a_power_cut_all_is_told_again_under_the_same_ids(
    linked: Harness, where: str, *, done: bool
) -> None:
    await linked.execute()
    await linked.settle()
    await linked.call_back("inbound", reply("STOP"))
    linked.hubspot.trouble(where, PowerCutError, done=done)
    with pytest.raises(PowerCutError):
        await linked.advance(1)
    linked.restart()
    await linked.advance(60)
    assert set(linked.hubspot.events) == {"ap-1-sent", "mo-1"}
    assert {callback_id for callback_id, _ in linked.hubspot.completions} == {"ap-1"}
    assert linked.hubspot.contacts["512"]["smsmode_consent"] == ""
    assert await linked.count("outgoing") == 0


async def test_what_comes_while_hubspot_is_told_waits_for_others_to_go_with_it(
    linked: Harness,
) -> None:
    while_told = iter(range(2, 5))
    answer = linked.hubspot.answer

    def answer_meanwhile(request: httpx.Request) -> httpx.Response:
        number = next(while_told, None) if request.url.path.endswith("/complete") else None
        if number is not None:
            linked.clock.jump(linked.clock.now() + timedelta(seconds=0.3))
            linked.database.run_now(lambda tx: complete(linked, tx, f"ap-{number}"))
        return answer(request)

    linked.hubspot.answer = answer_meanwhile  # type: ignore[method-assign]  # as a slow HubSpot would
    await linked.execute("ap-1")
    await linked.advance(1.1)
    assert linked.hubspot.batches == [("completions", 1), ("events", 1)]
    linked.database.run_now(lambda tx: complete(linked, tx, "ap-9"))
    await linked.advance(1)
    assert linked.hubspot.batches[2:] == [("completions", 2)]


def complete(harness: Harness, tx: Connection, callback_id: str) -> None:
    """Promise the end of an execution, as whoever writes it down does."""
    desk = Desk(harness.core.queue, harness.clock, harness.settings.batch_wait)
    desk.completion(tx, PortalId(PORTAL), callback_id, {"hs_execution_state": "SUCCESS"})
