"""A core at three stages of its life: new, installed, and ready to send."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.core.harness import Harness
from tests.core.stages import Stage


@pytest.fixture(scope="session")
def stages() -> tuple[Stage, Stage]:
    """Where an installation leads, and where linking does; reached once, since both take calls."""

    async def reach() -> tuple[Stage, Stage]:
        async with Harness() as harness:
            page = await harness.install()
            assert page.status_code == 200, page.text
            installed = await harness.stage()
            answer = await harness.link()
            assert answer.status_code == 200, answer.text
            await harness.advance(2)
            return installed, await harness.stage()

    return asyncio.run(reach())


@pytest.fixture
async def bare(kept_in: str) -> AsyncIterator[Harness]:
    """A core that nobody has installed."""
    async with Harness(database=kept_in) as harness:
        yield harness


@pytest.fixture
async def installed(bare: Harness, stages: tuple[Stage, Stage]) -> Harness:
    """A core that one account has installed, without its keys."""
    bare.resume(stages[0])
    return bare


@pytest.fixture
async def linked(bare: Harness, stages: tuple[Stage, Stage]) -> Harness:
    """A core that one account has installed, with its keys: it sends."""
    bare.resume(stages[1])
    return bare
