"""How hard the crash tests try: kills at random, and kills at one commit after the other."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count

from tests.crash.integration import Deathbed

BY_DAY = 10

ROUNDS = int(os.environ.get("CRASH_ROUNDS", BY_DAY))  # noqa: TID251 - the nightly's one setting
"""Kills at random on each database."""

IS_NIGHTLY = ROUNDS > BY_DAY

AT_ONCE = 3
"""Scenes that play at the same time; as many are played in vain, once no commit is left."""


def deathbeds(*, is_counting: bool, by_day: int) -> Iterator[Deathbed]:
    """Yield where to die: at night, at each commit before it is made and after.

    By day each, or one in ``by_day``, is met once: odd ones before they are made.
    """
    for commit in count(1, step=1 if IS_NIGHTLY else by_day):
        for before in (True, False) if IS_NIGHTLY else (commit % 2 == 1,):
            yield Deathbed(commit=commit, before=before, is_counting=is_counting)


async def meet_each_commit(
    play: Callable[[str, Deathbed], Awaitable[bool]],
    lend_database: Callable[[], AbstractContextManager[str]],
    *,
    is_counting: bool = True,
    by_day: int = 1,
) -> int:
    """Play a scene for each commit to die at, until none is left, and return how many died.

    Args:
        play: What is played on a database; it tells whether the process died on the way.
        lend_database: Where an integration keeps its memory for one scene.
        is_counting: Whether the process counts its commits from its start on, or once it is told.
        by_day: One commit in how many is met, but at night.
    """
    to_meet, died = deathbeds(is_counting=is_counting, by_day=by_day), list[bool]()

    # Signs of life are commits too, and a slow machine gives more of them: only a play that ends
    # before its death shows that none is left to die at.
    async def play_on() -> None:
        while all(died):
            with lend_database() as database:
                died.append(await play(database, next(to_meet)))

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(play_on())
    return died.count(True)
