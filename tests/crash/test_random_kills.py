"""Workers are killed at random under load: each SMS goes out once, and every status is shown once."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

import pytest

from core.bootstrap import IN_MEMORY
from sandbox.tutorial import SOURCE, VISITOR
from tests.crash.rounds import ROUNDS
from tests.crash.scene import LIVES_ON, Scene, a_scene, fork_server
from tests.crash.sights import completed, sent, shown

LOAD = 6
"""Contacts that enter the workflow in each round."""
LARGEST_BATCH = 100
FARTHEST = 60
"""How many things happen at most between the load and the kill."""
PATIENCE = 60.0
"""Seconds without news after which what is missing counts as lost."""


class Gang:
    """Integrations that share a socket and a database, of which any may be killed.

    Args:
        scene: Where they work.
        size: How many there are; on SQLite, one.
    """

    def __init__(self, scene: Scene, size: int) -> None:
        self._scene = scene
        self._members: list[ForkServerProcess] = [
            scene.fork(LIVES_ON, is_hurried=True) for _ in range(size)
        ]

    async def replace(self, chance: Random) -> None:
        """Kill -9 one of them, and put another in its place."""
        place = chance.randrange(len(self._members))
        await self._end(self._members[place])
        self._members[place] = self._scene.fork(LIVES_ON, is_hurried=True)

    async def end(self) -> None:
        """Kill them all."""
        for member in self._members:
            await self._end(member)

    async def _end(self, member: ForkServerProcess) -> None:
        member.kill()
        await asyncio.to_thread(member.join)


@pytest.fixture
def database(kept_in: str, tmp_path: Path) -> str:
    return str(tmp_path / "integration.sqlite3") if kept_in == IN_MEMORY else kept_in


async def test_kills_at_random_under_load_lose_and_double_nothing(database: str) -> None:
    chance = Random(ROUNDS)
    async with a_scene(database, fork_server()) as scene:
        gang = Gang(scene, size=1 if "://" not in database else 3)
        try:
            await scene.furnish()
            crowd = await make_contacts(scene, ROUNDS * LOAD)
            for start in range(0, len(crowd), LOAD):
                seen = len(scene.journal)
                await enrol(scene, crowd[start : start + LOAD])
                far = seen + chance.randint(LOAD, FARTHEST)
                await scene.journal.until(lambda: len(scene.journal) >= far, seconds=PATIENCE)  # noqa: B023 - awaited here
                await gang.replace(chance)
            await wait_for_all(scene, len(crowd))
        finally:
            await gang.end()
        check(scene, len(crowd))


async def make_contacts(scene: Scene, size: int) -> list[str]:
    made: list[str] = []
    numbers: Iterator[int] = count(20_000_000)
    while len(made) < size:
        phones = [f"336{next(numbers)}" for _ in range(min(LARGEST_BATCH, size - len(made)))]
        inputs = [
            {"properties": {"email": f"{phone}@crowd.example", "phone": f"+{phone}"}}
            for phone in phones
        ]
        answer = await scene.furnisher.hubspot(
            "POST", "/crm/v3/objects/contacts/batch/create", {"inputs": inputs}
        )
        made += [str(one["id"]) for one in answer["results"]]
    for contact_id in made:
        await scene.furnisher.set_marketing(contact_id)
    return made


async def enrol(scene: Scene, contact_ids: list[str]) -> None:
    inputs = [{"id": one, "properties": {SOURCE: VISITOR}} for one in contact_ids]
    await scene.furnisher.hubspot(
        "POST", "/crm/v3/objects/contacts/batch/update", {"inputs": inputs}
    )


async def wait_for_all(scene: Scene, size: int) -> None:
    """Return once all is told; what is missing is lost when nothing more has come for a while.

    Raises:
        TimeoutError: Something is lost.
    """
    while (told := progress(scene)) < 3 * size:
        await scene.journal.until(lambda: progress(scene) > told, seconds=PATIENCE)


def progress(scene: Scene) -> int:
    """Return how much has been told: of each SMS two statuses, and the end of its execution."""
    return len(shown(scene)) + len(completed(scene))


def check(scene: Scene, size: int) -> None:
    accepted = Counter(sent(scene))
    assert len(accepted) == size
    assert accepted.most_common(1)[0][1] == 1, "an SMS went out twice"
    statuses = Counter(event.rpartition("-")[0] for event in shown(scene))
    assert set(statuses.values()) == {2}, "a status is missing, or there is one too many"
    assert len(completed(scene)) == size
