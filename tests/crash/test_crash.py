"""Wherever the integration is killed, each SMS goes out once and every status is shown once."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.crash.integration import Deathbed
from tests.crash.rounds import meet_each_commit
from tests.crash.scene import PATIENCE, a_scene, fork_server
from tests.crash.sights import is_delivered, is_stopped, sent, shown


async def test_a_kill_at_any_commit_loses_and_doubles_nothing(
    lend_database: Callable[[], AbstractContextManager[str]],
) -> None:
    died = await meet_each_commit(die_and_come_back, lend_database, is_counting=False)
    assert died > 10, "hardly any of them dies: the test proves little"


async def die_and_come_back(database: str, deathbed: Deathbed) -> bool:
    """Play one SMS through a death; return whether the process died on the way."""
    async with a_scene(database, fork_server()) as scene:
        await scene.live(deathbed)
        await scene.furnish()
        scene.count()
        await scene.enrol()
        async with asyncio.TaskGroup() as group:
            reviving = group.create_task(scene.revive())
            await scene.journal.until(lambda: is_delivered(scene), seconds=PATIENCE)
            await scene.answer("STOP")
            await scene.journal.until(lambda: is_stopped(scene), seconds=PATIENCE)
            reviving.cancel()
        assert len(sent(scene)) == 1, sent(scene)
        assert len(shown(scene)) == 3, "the SMS is sent, received, and answered"
        return scene.deaths > 0
