"""Wherever the integration is killed while it is installed, another try installs it whole, once."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx

from tests.crash.integration import Deathbed
from tests.crash.rounds import meet_each_commit
from tests.crash.scene import PATIENCE, Scene, a_scene, fork_server
from tests.crash.sights import is_delivered, sent, shown


async def test_a_kill_at_any_commit_of_the_installation_leaves_nothing_half_made(
    lend_database: Callable[[], AbstractContextManager[str]],
) -> None:
    died = await meet_each_commit(install_through, lend_database, by_day=3)
    assert died > 3, "hardly any of them dies: the test proves little"


async def install_through(database: str, deathbed: Deathbed) -> bool:
    """Install through a death, and send one SMS; return whether the process died on the way."""
    async with a_scene(database, fork_server()) as scene:
        await scene.live(deathbed)
        async with asyncio.TaskGroup() as group:
            reviving = group.create_task(scene.revive())
            await insist(scene)
            is_dead = scene.deaths > 0
            if is_dead:
                await scene.enrol()
                await scene.journal.until(lambda: is_delivered(scene), seconds=PATIENCE)
            reviving.cancel()
        if not is_dead:
            return False
        assert len(sent(scene)) == 1, sent(scene)
        assert len(shown(scene)) == 2, "the SMS is sent and received"
        made = Counter(event["property"] for event in scene.events("property.created", "hubspot"))
        assert set(made.values()) == {1}, made
        assert len(scene.events("action.defined", "hubspot")) == 1
        return True


async def insist(scene: Scene) -> None:
    """Install as somebody does whose browser is left without an answer: again."""
    is_installed = False
    while not is_installed:
        try:
            await scene.furnish()
            is_installed = True
        except httpx.TransportError:
            continue
