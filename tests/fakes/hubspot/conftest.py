"""One HubSpot with an account, an app, a person, and a backend that the app answers with."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.fakes.hubspot.world import World


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as made:
        yield made


@pytest.fixture
async def installed(world: World) -> World:
    await world.install()
    return world


@pytest.fixture
def api(installed: World) -> httpx.AsyncClient:
    return installed.api
