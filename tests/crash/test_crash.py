"""Wherever the integration is killed, each SMS goes out once and every status is shown once."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count, islice

import pytest

from core.wire.hubspot_definitions import STATUS
from tests.crash.integration import Deathbed
from tests.crash.rounds import IS_NIGHTLY
from tests.crash.scene import LIVES_ON, PATIENCE, Scene, a_scene, fork_server

AT_ONCE = 10
"""Scenes that play at the same time."""


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_a_kill_at_any_commit_loses_and_doubles_nothing(
    before: bool, lend_database: Callable[[], AbstractContextManager[str]]
) -> None:
    # By day each commit is met once: the odd ones before they are made, the even ones after.
    commits = count(1) if IS_NIGHTLY else count(1 if before else 2, step=2)

    async def play(commit: int) -> bool:
        with lend_database() as database:
            return await die_and_come_back(database, Deathbed(commit=commit, before=before))

    # Signs of life are commits too, and a slow machine gives more of them: only a play that ends
    # before its death shows that none is left to die at.
    died: list[bool] = []
    while all(died):
        died += await asyncio.gather(*map(play, islice(commits, AT_ONCE)))
    assert died[0], "the first of them kills nobody: the test proves nothing"


async def die_and_come_back(database: str, deathbed: Deathbed) -> bool:
    """Play one SMS through a death; return whether the process died on the way."""
    async with a_scene(database, fork_server()) as scene:
        await scene.live(LIVES_ON)
        await scene.furnish()
        await scene.live(deathbed)
        await scene.enrol()
        async with asyncio.TaskGroup() as group:
            reviving = group.create_task(scene.revive())
            await scene.journal.until(lambda: is_delivered(scene), seconds=PATIENCE)
            await scene.answer("STOP")
            await scene.journal.until(lambda: is_stopped(scene), seconds=PATIENCE)
            reviving.cancel()
        accepted = scene.events("message.accepted", "smsmode")
        assert len(accepted) == 1, [message["refClient"] for message in accepted]
        assert len(shown(scene)) == 3, "the SMS is sent, received, and answered"
        return scene.deaths > 0


def shown(scene: Scene) -> set[str]:
    return {event["eventId"] for event in scene.events("timeline.written", "hubspot")}


def is_delivered(scene: Scene) -> bool:
    return len(shown(scene)) >= 2 and bool(scene.events("action.completed", "hubspot"))


def is_stopped(scene: Scene) -> bool:
    changes = scene.events("contact.changed", "hubspot")
    return len(shown(scene)) >= 3 and any(STATUS in change["properties"] for change in changes)
