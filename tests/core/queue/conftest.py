"""The storages that every test of the contract runs on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.queue import dispatch
from tests.core.queue.rig import Rig


@pytest.fixture(params=["memory", "file", "postgresql"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """A queue on each storage in turn; all but memory are worked on by other threads."""
    place: Path | str | None = None
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres_url")
    elif request.param == "file":
        place = tmp_path / "core.sqlite"
    rig = Rig(place, inline=place is None)
    yield rig
    rig.stop()


@pytest.fixture
def never_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that starts nothing unless it is told of news."""
    monkeypatch.setattr(dispatch, "POLL", 3600.0)
