"""A console over a furnished world in process."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from sandbox.console.app import Console
from sandbox.feed import Feed
from sandbox.furnishing import Furnisher, Furniture
from sandbox.world import World
from tests.sandbox.hurried import HurriedClock

A_WHILE = timedelta(seconds=30)
"""Long enough for an SMS to be delivered and told of."""


@dataclass
class Visitor:
    """A person who looks at the console of a world, in English."""

    world: World
    http: httpx.AsyncClient
    clock: HurriedClock
    furnisher: Furnisher

    async def furnish(self) -> Furniture:
        return await self.furnisher.furnish(self.world.browser(), seed=1)

    async def populate(self) -> Furniture:
        return await self.furnisher.populate(seed=1)

    async def read(self, path: str = "/", **headers: str) -> str:
        answer = await self.http.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def press(self, path: str, **form: Any) -> httpx.Response:
        answer = await self.http.post(path, data=form)
        await self.world.advance(A_WHILE)
        return answer


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with World(seed=1) as world:
        furnisher = Furnisher(world.http, world.addresses, world.parties.identities)
        clock = HurriedClock(world.clock)
        person = Visitor(world, httpx.AsyncClient(), clock, furnisher)
        console = Console(
            http=world.http,
            addresses=world.addresses,
            identities=world.parties.identities,
            feed=Feed(world.journal),
            time=clock,
            furnish=person.furnish,
            populate=person.populate,
        )
        person.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=console.routes())),
            base_url=world.addresses.console,
            headers={"accept-language": "en"},
        )
        yield person


@pytest.fixture
async def furniture(visitor: Visitor) -> Furniture:
    return await visitor.furnish()
