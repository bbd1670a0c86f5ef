"""Two workers on PostgreSQL that write about the same thing at once: nothing is lost, nobody fails."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event

from core.bootstrap import open_database
from core.domain.ids import PortalId
from core.ports import Done, Task
from core.services.dispatching import CAMPAIGN
from core.services.sending import SEND
from tests.core.builders import PORTAL, report
from tests.core.harness import Harness
from tests.core.stages import Stage

IN_TIME, MOMENT = 20, 0.01
_WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


class Crossing:
    """Lets a second transaction look before a first one writes, and write once that one is over.

    Args:
        harness: Whose transactions cross; its database gives each a thread.
        writes: How the statement begins before which they cross.
    """

    def __init__(self, harness: Harness, writes: str) -> None:
        self._writes = writes
        self._url = harness.settings.database
        self._first: int | None = None
        self.first_looked, self.second_looked = threading.Event(), threading.Event()
        self._first_is_over = threading.Event()
        harness.database.observe(after=self._end)

    def before(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """Hold back whoever is about to write."""
        if not statement.startswith(self._writes):
            return
        if self._first is None:
            self._first = threading.get_ident()
            self.first_looked.set()
            self._await_the_second()
        elif self._first != threading.get_ident():
            self.second_looked.set()
            assert self._first_is_over.wait(IN_TIME)

    def _await_the_second(self) -> None:
        """Return when the second has looked, or cannot before the first is over."""
        with psycopg.connect(self._url, autocommit=True) as watcher:
            while not self.second_looked.wait(MOMENT):
                if watcher.execute(_WAITING).fetchone() != (0,):
                    return

    def _end(self) -> None:
        if threading.get_ident() == self._first:
            self._first_is_over.set()


@pytest.fixture
async def shared(postgres_url: str, stages: tuple[Stage, Stage]) -> AsyncIterator[Harness]:
    """A core that sends, whose transactions run side by side."""
    async with Harness(database=postgres_url) as harness:
        harness.resume(stages[1])
        harness.database.close()
        harness.database = open_database(harness.settings)
        harness.restart()
        yield harness


async def cross(
    harness: Harness, first: Any, second: Any, *, writes: str = "UPDATE messages"
) -> tuple[Any, Any]:
    """Do two things whose transactions cross, and return what came of each."""
    crossing = Crossing(harness, writes)

    async def follow() -> Any:
        done = await second
        crossing.second_looked.set()  # who only writes has nothing to look at
        return done

    event.listen(Engine, "before_cursor_execute", crossing.before)
    try:
        async with asyncio.timeout(IN_TIME), asyncio.TaskGroup() as group:
            begun = group.create_task(first)
            await asyncio.to_thread(crossing.first_looked.wait, IN_TIME)
            after = group.create_task(follow())
    finally:
        event.remove(Engine, "before_cursor_execute", crossing.before)
    return begun.result(), after.result()


async def test_an_id_given_twice_at_once_is_the_firsts_and_both_are_sent(shared: Harness) -> None:
    shared.smsmode.forgets = True
    sends = []
    for name in ("ap-1", "ap-2"):
        await shared.execute(name, type="notification")
        message = await shared.message(name)
        sends.append(shared.core.handle(Task(kind=SEND, item=message.id)))
    assert await cross(shared, *sends) == (Done(), Done())
    first, second = await shared.message("ap-1"), await shared.message("ap-2")
    assert (first.smsmode_id, second.smsmode_id) == ("sms-1", None)
    assert (first.status, second.status) == ("sent", "sent")
    assert "sms-1" in second.detail


async def test_an_early_report_that_crosses_the_last_takes_nothing_back(shared: Harness) -> None:
    await shared.execute("ap-1", type="notification")
    await shared.advance(0)
    reports = [
        shared.call_back("status", report(value, refClient="ap-1"))
        for value in ("DELIVERED", "ENROUTE")
    ]
    answers = await cross(shared, *reports)
    assert [answer.status_code for answer in answers] == [204, 204]
    assert (await shared.message("ap-1")).status == "received"


async def a_campaign(harness: Harness) -> Task:
    """Have two SMS that say the same wait, and return the job that sends them."""
    for number in range(2):
        phone = f"+3361111110{number}"
        await harness.execute(f"ap-{number}", text="Bonjour", properties={"phone": phone})
    group = (await harness.message("ap-0")).campaign
    assert group is not None
    return Task(kind=CAMPAIGN, item=group)


async def test_a_report_on_one_sms_of_a_campaign_waits_until_all_are_written_down(
    shared: Harness,
) -> None:
    sending = shared.core.handle(await a_campaign(shared))
    reporting = shared.call_back("status", report(message_id="sms-2", refClient="ap-1"))
    outcome, answer = await cross(shared, sending, reporting)
    assert (outcome, answer.status_code) == (Done(), 204)
    found = [(await shared.message(name)).status for name in ("ap-0", "ap-1")]
    assert found == ["sent", "received"]


@pytest.mark.parametrize("kind", ["promotional", "notification"])
async def test_a_job_that_two_workers_do_at_once_sends_once(shared: Harness, kind: str) -> None:
    """One of them was taken for dead, and is not."""
    if kind == "promotional":
        task = await a_campaign(shared)
    else:
        await shared.execute("ap-0", type=kind)
        task = Task(kind=SEND, item=(await shared.message("ap-0")).id)
    doing = [shared.core.handle(task) for _ in range(2)]
    await cross(shared, *doing, writes="INSERT INTO steps")
    await shared.advance(600)
    sent = [sms["refClient"] for sms in shared.smsmode.sent]
    assert sorted(sent) == (["ap-0", "ap-1"] if kind == "promotional" else ["ap-0"])


async def test_tokens_renewed_while_secrets_are_encrypted_anew_are_kept(shared: Harness) -> None:
    until = shared.clock.now() + timedelta(hours=1)
    renewing = shared.database.run(
        lambda tx: shared.installs.save_tokens(tx, PortalId(PORTAL), "fresh", "rotated", until)
    )
    await cross(shared, shared.core.lifecycle.reseal(), renewing, writes="INSERT INTO installs")
    install = await shared.install_of()
    assert (install.access_token, install.refresh_token) == ("fresh", "rotated")


async def test_keys_linked_while_an_account_installs_again_are_kept(shared: Harness) -> None:
    install = replace(await shared.install_of(), marketing_key=None, notification_key=None)
    keys = {"marketing": "marketing-2", "notification": "notification-2"}
    await cross(
        shared,
        shared.database.run(lambda tx: shared.installs.save(tx, install)),
        shared.database.run(lambda tx: shared.installs.save_keys(tx, PortalId(PORTAL), **keys)),
        writes="INSERT INTO installs",
    )
    linked = await shared.install_of()
    assert (linked.marketing_key, linked.notification_key) == tuple(keys.values())
