"""A worker that is told to stop while it signs in leaves nothing behind."""

import asyncio
from typing import Any

import pytest
from procrastinate import sql
from procrastinate.connector import BaseAsyncConnector

from core.queue.jobs import Jobs


class SlowDesk(BaseAsyncConnector):
    """A storage whose sign-in is over only when the test says so."""

    def __init__(self) -> None:
        self.signed_in: set[int] = set()
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def execute_query_one_async(self, query: str, **_: Any) -> dict[str, Any]:
        assert query == sql.queries["register_worker"]
        # As in a database's own thread: what has begun goes on when its caller is cancelled.
        self.signed_in.add(7)
        self.asked.set()
        await self.answers.wait()
        return {"worker_id": 7}

    async def execute_query_async(self, query: str, **arguments: Any) -> None:
        assert query == sql.queries["unregister_worker"]
        self.signed_in.remove(arguments["worker_id"])


async def test_a_worker_that_is_stopped_while_it_signs_in_signs_out() -> None:
    desk = SlowDesk()
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        signing_in = group.create_task(Jobs(desk).register_worker())
        await desk.asked.wait()
        signing_in.cancel()
        await asyncio.wait([signing_in], timeout=0)
        desk.answers.set()
        await asyncio.wait([signing_in])
    assert signing_in.cancelled()
    assert desk.signed_in == set()


async def test_a_worker_that_signs_in_gets_its_number() -> None:
    desk = SlowDesk()
    desk.answers.set()
    assert await Jobs(desk).register_worker() == 7
    assert desk.signed_in == {7}


async def test_a_desk_that_does_not_answer_is_the_workers_trouble() -> None:
    class ClosedDesk(SlowDesk):
        async def execute_query_one_async(self, query: str, **_: Any) -> dict[str, Any]:
            msg = f"closed to {query[:8]}"
            raise ConnectionError(msg)

    with pytest.raises(ConnectionError, match="closed"):
        await Jobs(ClosedDesk()).register_worker()
