"""An id that smsmode gives twice, as one whose memory was lost does: each SMS is sent, and followed."""

import json
import logging

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from core.ports import Outcome, Task
from tests.core.builders import report
from tests.core.harness import Harness


@pytest.fixture
async def twice(linked: Harness) -> Harness:
    """Return a core of which two SMS were given the same id."""
    await linked.execute("ap-1")
    await linked.advance(2)
    linked.smsmode.sent.clear()
    await linked.execute("ap-2")
    await linked.advance(2)
    return linked


def posted(harness: Harness) -> list[str]:
    calls: list[httpx.Request] = harness.smsmode.calls_to("POST /sms")
    return [str(json.loads(call.content)["refClient"]) for call in calls]


async def test_both_are_sent_once_and_the_second_is_known_by_its_reference(twice: Harness) -> None:
    first, second = await twice.message("ap-1"), await twice.message("ap-2")
    assert (first.status, first.smsmode_id) == ("sent", "sms-1")
    assert (second.status, second.smsmode_id) == ("sent", None)
    assert "sms-1" in second.detail
    assert posted(twice) == ["ap-1", "ap-2"]
    assert [name for name, _ in twice.hubspot.completions] == ["ap-1", "ap-2"]
    assert twice.hubspot.completions[1][1]["sms_id"] == "sms-1"
    assert (await twice.operate("GET", "/failures")).json()["tasks"] == []


async def test_a_report_is_for_the_one_whose_reference_it_bears(twice: Harness) -> None:
    await twice.call_back("status", report(refClient="ap-2"))
    assert [(await twice.message(name)).status for name in ("ap-1", "ap-2")] == ["sent", "received"]
    await twice.call_back("status", report(refClient="ap-1"))
    assert (await twice.message("ap-1")).status == "received"


async def test_the_log_says_so_with_its_ids_and_without_a_trace(
    linked: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "core")
    await linked.execute("ap-1")
    await linked.settle()
    linked.smsmode.sent.clear()
    await linked.execute("ap-2")
    await linked.settle()
    (told,) = caplog.records
    first, second = await linked.message("ap-1"), await linked.message("ap-2")
    said = {name: vars(told)[name] for name in ("code", "smsmode_id", "message_id", "taken_by")}
    assert said == {
        "code": "smsmode_id_taken",
        "smsmode_id": "sms-1",
        "message_id": second.id,
        "taken_by": first.id,
    }
    assert told.exc_info is None


async def test_what_the_database_refuses_is_given_up_in_words_without_its_statement(
    linked: Harness,
) -> None:
    async def collide(_: Task) -> Outcome:
        raise IntegrityError("UPDATE messages SET smsmode_id=?", {}, ValueError("UNIQUE failed"))

    await linked.database.run(lambda tx: linked.core.queue.enqueue(tx, "any", "1"))
    await linked.core.queue.drain(collide)
    (gone,) = await linked.core.queue.failed()
    assert "IntegrityError" in gone.reason
    assert "UPDATE" not in gone.reason
    assert "task.raised" in gone.reason
