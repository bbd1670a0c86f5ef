"""A core at three stages of its life: new, installed, and ready to send."""

from collections.abc import AsyncIterator

import pytest

from tests.core.builders import Harness


@pytest.fixture
async def bare() -> AsyncIterator[Harness]:
    """A core that nobody has installed."""
    async with Harness() as harness:
        yield harness


@pytest.fixture
async def installed(bare: Harness) -> Harness:
    """A core that one account has installed, without its keys."""
    page = await bare.install()
    assert page.status_code == 200, page.text
    return bare


@pytest.fixture
async def linked(installed: Harness) -> Harness:
    """A core that one account has installed, with its keys: it sends."""
    answer = await installed.link()
    assert answer.status_code == 200, answer.text
    await installed.advance(2)
    return installed
