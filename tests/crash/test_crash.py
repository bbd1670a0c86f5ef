"""Wherever the integration is killed, each SMS goes out once and every status is shown once."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.integration import Deathbed
from tests.crash.rounds import IS_NIGHTLY
from tests.crash.scene import LIVES_ON, PATIENCE, Scene, a_scene, fork_server

COMMITS = range(1, 21)
"""Deaths that are tried, counted from the process's start; the last ones find nothing left."""

AT_ONCE = 20
"""Scenes that play at the same time."""


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
async def test_a_kill_at_any_commit_loses_and_doubles_nothing(before: bool, tmp_path: Path) -> None:
    # By day each commit is met once: the odd ones before they are made, the even ones after.
    commits = COMMITS if IS_NIGHTLY else COMMITS[not before :: 2]
    turns = asyncio.Semaphore(AT_ONCE)

    async def play(commit: int) -> bool:
        async with turns:
            folder = tmp_path / str(commit)
            folder.mkdir()
            return await die_and_come_back(folder, Deathbed(commit=commit, before=before))

    died = await asyncio.gather(*map(play, commits))
    assert died[0], "the first of them kills nobody: the test proves nothing"
    assert died.count(True) > len(commits) // 2, "too few commits were met on the way of an SMS"


async def die_and_come_back(folder: Path, deathbed: Deathbed) -> bool:
    """Play one SMS through a death; return whether the process died on the way."""
    async with a_scene(str(folder / "integration.sqlite3"), fork_server()) as scene:
        await scene.live(LIVES_ON)
        await scene.furnish()
        await scene.live(deathbed)
        await scene.enrol()
        async with asyncio.TaskGroup() as group:
            reviving = group.create_task(scene.revive())
            await scene.journal.until(lambda: is_over(scene), seconds=PATIENCE)
            reviving.cancel()
        check(scene)
        return scene.deaths > 0


def is_over(scene: Scene) -> bool:
    shown = Counter(event["eventId"] for event in scene.events("timeline.written", "hubspot"))
    return len(shown) >= 2 and bool(scene.events("action.completed", "hubspot"))


def check(scene: Scene) -> None:
    accepted = scene.events("message.accepted", "smsmode")
    assert len(accepted) == 1, [message["refClient"] for message in accepted]
    timeline = {event["eventId"] for event in scene.events("timeline.written", "hubspot")}
    assert len(timeline) == 2
