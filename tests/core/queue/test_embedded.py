"""What the embedded database adds: one process, restarts, and crashes at any commit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from procrastinate.exceptions import ConnectorException
from sqlalchemy import Connection

from core.ports import Done, Outcome, Task
from core.queue.sqlite import SqliteConnector
from tests.core.queue.rig import Hands, Rig


class Crash(BaseException):
    """The process dies here."""


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path / "core.sqlite")
    yield rig
    rig.stop()


async def die(_: Task) -> Outcome:
    raise Crash


def jobs_kept(tx: Connection) -> int:
    return int(tx.exec_driver_sql("SELECT count(*) FROM procrastinate_jobs").scalar_one())


async def crash_and_restart(rig: Rig) -> None:
    with pytest.raises(Crash):
        await rig.queue.drain(die)
    rig.stop()
    rig.start()


async def test_what_is_done_takes_no_room(filed: Rig) -> None:
    await filed.put("send", "1")
    await filed.queue.drain(Hands())
    assert await filed.database.run(jobs_kept) == 0


async def test_what_waits_survives_a_restart(filed: Rig) -> None:
    hands = Hands()
    await filed.put("send", "1")
    await filed.put("send", "2", after=60)
    filed.stop()
    filed.start()
    assert await filed.drain_all(hands) == 2
    assert hands.items == ["1", "2"]


async def test_what_was_being_done_is_put_back_at_the_start(filed: Rig) -> None:
    hands = Hands()
    await filed.put("send", "1", lane="a")
    await filed.put("send", "2", lane="a")
    await crash_and_restart(filed)
    assert await filed.queue.drain(hands) == 2
    assert hands.items == ["1", "2"]
    assert hands.attempts == [0, 0]


async def test_what_was_being_done_gives_way_to_the_same_task_that_waits(filed: Rig) -> None:
    async def enqueue_and_die(_: Task) -> Outcome:
        await filed.put("flush", "2", once="account-1")
        raise Crash

    hands = Hands()
    await filed.put("flush", "1", once="account-1")
    with pytest.raises(Crash):
        await filed.queue.drain(enqueue_and_die)
    filed.stop()
    filed.start()
    assert await filed.queue.drain(hands) == 1
    assert hands.items == ["2"]
    assert await filed.database.run(jobs_kept) == 0


async def test_what_was_given_up_survives_a_restart(filed: Rig) -> None:
    await filed.put("send", "1")
    await filed.queue.drain(Hands([ValueError("a mistake")]))
    filed.stop()
    filed.start()
    assert await filed.given_up() == [Task(kind="send", item="1")]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("commits", range(1, 12))
async def test_no_task_is_lost_by_a_crash_at_any_commit(
    filed: Rig, moment: str, commits: int
) -> None:
    done: list[str] = []
    left = commits

    def crash() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Crash

    async def handle(task: Task) -> Outcome:
        if task.kind == "send":
            await filed.put("report", task.item, lane="b")
        done.append(f"{task.kind} {task.item}")
        return Done()

    await filed.put("send", "1", lane="a")
    await filed.put("send", "2", lane="a")
    filed.database.observe(**{moment: crash})
    with pytest.raises(Crash):
        await filed.queue.drain(handle)
    filed.stop()
    filed.start()
    await filed.queue.drain(handle)
    assert set(done) == {"send 1", "send 2", "report 1", "report 2"}
    assert await filed.queue.next_due() is None


async def test_a_query_that_is_not_answered_is_refused_by_name(filed: Rig) -> None:
    connector = SqliteConnector(filed.database, filed.clock)

    def ask(tx: Connection) -> None:
        connector.execute_query_all_with_connection(tx, "SELECT of_another_version")

    with pytest.raises(ConnectorException, match="of_another_version"):
        await filed.database.run(ask)
