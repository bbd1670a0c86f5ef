"""The whole loop on PostgreSQL: what the services write there is what they read back."""

from collections.abc import AsyncIterator

import pytest

from core.ports import DatabaseDownError
from tests.core.builders import PORTAL, Harness, reply, report
from tests.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture
async def shared(postgres_url: str) -> AsyncIterator[Harness]:
    """A core on PostgreSQL that one account has installed, with its keys."""
    async with Harness(database=postgres_url) as harness:
        assert (await harness.install()).status_code == 200
        assert (await harness.link()).status_code == 200
        await harness.advance(2)
        yield harness


async def test_an_sms_goes_out_once_and_all_is_told_once(shared: Harness) -> None:
    answers = [await shared.execute("ap-1"), await shared.execute("ap-1")]
    await shared.advance(2)
    for _ in range(2):
        await shared.call_back("status", report())
    await shared.advance(2)
    assert answers[0] == answers[1]
    assert len(shared.smsmode.sent) == 1
    assert [callback for callback, _ in shared.hubspot.completions] == ["ap-1"]
    assert set(shared.hubspot.events) == {"ap-1-sent", "ap-1-received"}
    assert await shared.count("outgoing") == 0


async def test_an_early_report_is_parked_and_applied(shared: Harness) -> None:
    await shared.call_back("status", report())
    await shared.execute("ap-1")
    await shared.advance(2)
    assert (await shared.message()).status == "received"


async def test_a_stop_is_heard_and_refuses_the_next_promotion(shared: Harness) -> None:
    await shared.execute("ap-1")
    await shared.advance(2)
    for _ in range(2):
        await shared.call_back("inbound", reply("STOP", originMessageId="sms-1"))
    await shared.advance(2)
    assert (await shared.execute("ap-2"))["hs_execution_state"] == "FAIL_CONTINUE"
    assert len(shared.smsmode.sent) == 1


async def test_an_unknown_outcome_is_asked_about_and_not_repeated(shared: Harness) -> None:
    shared.smsmode.trouble("POST", 500, done=True)
    await shared.execute("ap-1")
    await shared.advance(3600)
    assert len(shared.smsmode.sent) == 1
    assert (await shared.message()).status == "sent"


async def test_installing_again_keeps_the_keys(shared: Harness) -> None:
    before = await shared.install_of(PORTAL)
    await shared.install()
    after = await shared.install_of(PORTAL)
    assert after.linked
    assert after.callback_key == before.callback_key


async def test_each_key_sends_at_its_pace(shared: Harness) -> None:
    shared.restart(smsmode_sends=4)
    for number in range(12):
        await shared.execute(f"ap-{number}", type="notification")
    await shared.settle()
    assert len(shared.smsmode.sent) == 1
    await shared.advance(1)
    assert len(shared.smsmode.sent) == 4
    await shared.advance(4)
    assert len(shared.smsmode.sent) == 12


async def test_a_key_that_is_told_to_wait_waits_for_all_its_sends(shared: Harness) -> None:
    shared.restart(smsmode_sends=4)
    shared.smsmode.trouble("POST", 429, headers={"retry-after": "30"})
    for number in range(3):
        await shared.execute(f"ap-{number}", type="notification")
    await shared.advance(29)
    assert len(shared.smsmode.calls_to("POST")) == 1
    await shared.advance(3)
    assert len(shared.smsmode.sent) == 3


async def test_what_was_given_up_is_listed_with_its_reason_and_done_again(shared: Harness) -> None:
    await shared.database.run(
        lambda tx: shared.core.queue.enqueue(tx, "dance", "1", account=PORTAL)
    )
    await shared.settle()
    (listed,) = (await shared.operate("GET", "/failures")).json()["tasks"]
    assert (listed["kind"], listed["item"]) == ("dance", "1")
    assert listed["reason"] == "nobody does 'dance'"
    answer = await shared.operate("POST", "/failures/requeue", {"kind": "dance", "item": "1"})
    assert answer.status_code == 204
    assert (await shared.operate("GET", "/failures")).json()["tasks"] == []
    missing = await shared.operate("POST", "/failures/requeue", {"kind": "dance", "item": "2"})
    assert missing.status_code == 404


async def test_a_database_that_does_not_answer_is_told_as_such(
    shared: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: object) -> None:
        raise DatabaseDownError

    monkeypatch.setattr(shared.database, "run", fail)
    answer = await shared.request("GET", "/ready")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "database_down"
