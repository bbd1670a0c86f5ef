"""Wherever the integration is killed, each SMS goes out once and every status is shown once."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count

from core.wire.hubspot_definitions import STATUS
from tests.crash.integration import Deathbed
from tests.crash.rounds import IS_NIGHTLY
from tests.crash.scene import LIVES_ON, PATIENCE, Scene, a_scene, fork_server

AT_ONCE = 8
"""Scenes that play at the same time."""


def deathbeds() -> Iterator[Deathbed]:
    """Yield where to die: by day each commit is met once, odd ones before they are made."""
    for commit in count(1):
        for before in (True, False) if IS_NIGHTLY else (commit % 2 == 1,):
            yield Deathbed(commit=commit, before=before)


async def test_a_kill_at_any_commit_loses_and_doubles_nothing(
    lend_database: Callable[[], AbstractContextManager[str]],
) -> None:
    to_meet, died = deathbeds(), list[bool]()

    # Signs of life are commits too, and a slow machine gives more of them: only a play that ends
    # before its death shows that none is left to die at.
    async def play_on() -> None:
        while all(died):
            with lend_database() as database:
                died.append(await die_and_come_back(database, next(to_meet)))

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(play_on())
    assert died.count(True) > AT_ONCE, "hardly any of them kills: the test proves little"


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
