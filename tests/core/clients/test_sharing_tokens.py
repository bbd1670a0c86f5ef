"""Two processes on one database: one renewal for both, and turns that they share."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from core.bootstrap import Core, build, open_database
from core.ports import Done, Retry, Task
from tests.core.builders import PORTAL
from tests.core.harness import Harness

TOKEN = "/oauth/v1/token"  # noqa: S105 - a path
IN_TIME = 20


class SlowGrants(httpx.AsyncBaseTransport):
    """A network on which a renewal is held back until it is let through."""

    def __init__(self, network: httpx.AsyncBaseTransport) -> None:
        self.network = network
        self.asked, self.let = asyncio.Event(), asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == TOKEN:
            self.asked.set()
            await self.let.wait()
        return await self.network.handle_async_request(request)


class Pair:
    """A core, and another on the same database with a network of its own."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.slow = SlowGrants(harness.http._transport)
        self.http = httpx.AsyncClient(transport=self.slow)
        self.database = open_database(harness.settings, inline=True)
        self.other: Core = build(
            harness.settings,
            clock=harness.clock,
            ids=harness.ids,
            http=self.http,
            database=self.database,
        )

    async def news(self, number: int) -> Task:
        await self.harness.call_back("inbound", {"messageId": f"m{number}", "from": "33611111111"})
        return Task(kind="identify", item=f"m{number}")

    def refreshes(self) -> int:
        calls = self.harness.hubspot.calls_to(TOKEN)
        return sum(b"grant_type=refresh_token" in call.content for call in calls)

    async def close(self) -> None:
        self.slow.let.set()
        await self.http.aclose()
        self.database.close()


@pytest.fixture
async def pair(postgres_url: str) -> AsyncIterator[Pair]:
    async with Harness(database=postgres_url) as harness:
        await harness.install()
        await harness.link()
        await harness.advance(2)
        both = Pair(harness)
        yield both
        await both.close()


async def meanwhile(pair: Pair, task: Task, do: Callable[[], Awaitable[Any]]) -> tuple[Any, Any]:
    """Do something while the other core waits for its new token; return both outcomes."""
    async with asyncio.timeout(IN_TIME), asyncio.TaskGroup() as group:
        renewing = group.create_task(_outcome(pair.other.handle(task)))
        await pair.slow.asked.wait()
        done = await do()
        pair.slow.let.set()
    return renewing.result(), done


async def _outcome(doing: Awaitable[Any]) -> Any:
    return await doing


async def test_two_processes_make_one_renewal_of_a_dead_token(pair: Pair) -> None:
    first, second = await pair.news(1), await pair.news(2)
    pair.harness.hubspot.kill_access(PORTAL)
    pair.harness.hubspot.rotates = True
    _, outcome = await meanwhile(pair, first, lambda: pair.harness.core.handle(second))
    assert isinstance(outcome, Retry)
    assert not outcome.counted
    await pair.harness.core.handle(second)
    assert pair.refreshes() == 1
    assert (await pair.harness.install_of()).state == "active"


async def test_a_token_that_still_lives_is_used_while_another_process_renews_it(
    pair: Pair,
) -> None:
    first, second = await pair.news(1), await pair.news(2)
    end = (await pair.harness.install_of()).access_expires_at
    pair.harness.clock.jump(end - timedelta(seconds=1))
    before = len(pair.harness.hubspot.calls_to("/search"))
    await meanwhile(pair, first, lambda: pair.harness.core.handle(second))
    assert len(pair.harness.hubspot.calls_to("/search")) == before + 2
    assert pair.refreshes() == 1


async def test_a_process_that_died_while_renewing_blocks_the_others_for_a_minute_at_most(
    pair: Pair,
) -> None:
    first, second = await pair.news(1), await pair.news(2)
    pair.harness.hubspot.kill_access(PORTAL)
    renewing = asyncio.ensure_future(pair.other.handle(first))  # noqa: TID251 - it is let hang
    await pair.slow.asked.wait()
    assert isinstance(await pair.harness.core.handle(second), Retry)
    await pair.harness.advance(60)
    assert pair.refreshes() == 1
    renewing.cancel()


async def test_turns_are_shared_by_all_processes(pair: Pair) -> None:
    tasks = [await pair.news(number) for number in range(40)]
    cores = [pair.harness.core, pair.other] * 20
    outcomes = [await core.handle(task) for core, task in zip(cores, tasks, strict=True)]
    made = sum(isinstance(outcome, Done) for outcome in outcomes)
    assert 3 <= made <= 5
    waits = [outcome for outcome in outcomes if isinstance(outcome, Retry)]
    assert all(wait.at > pair.harness.clock.now() and not wait.counted for wait in waits)


async def test_a_429_holds_back_the_account_in_every_process(pair: Pair) -> None:
    pair.harness.hubspot.trouble("/search", 429, headers={"retry-after": "30"})
    await pair.other.handle(await pair.news(1))
    calls = len(pair.harness.hubspot.calls)
    outcome = await pair.harness.core.handle(await pair.news(2))
    assert isinstance(outcome, Retry)
    assert (outcome.at - pair.harness.clock.now()).total_seconds() == 30
    assert len(pair.harness.hubspot.calls) == calls


async def test_a_429_of_smsmode_holds_back_the_key_in_every_process(pair: Pair) -> None:
    harness = pair.harness
    harness.smsmode.trouble("POST", 429, headers={"retry-after": "30"})
    outcomes = []
    for number, core in enumerate((pair.other, harness.core)):
        await harness.execute(f"ap-{number}", type="notification")
        message = await harness.message(f"ap-{number}")
        outcomes.append(await core.handle(Task(kind="send", item=message.id)))
    assert len(harness.smsmode.calls_to("POST")) == 1
    waits = [
        (outcome.at - harness.clock.now()).total_seconds()
        for outcome in outcomes
        if isinstance(outcome, Retry)
    ]
    assert waits == [30, pytest.approx(30, abs=0.1)]
