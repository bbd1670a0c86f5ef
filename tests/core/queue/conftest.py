"""The storages that every test of the contract runs on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.queue.rig import Rig


@pytest.fixture(params=["memory", "file"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """A queue on each storage in turn; a file is worked on by a thread of its own."""
    path = tmp_path / "core.sqlite" if request.param == "file" else None
    rig = Rig(path, inline=path is None)
    yield rig
    rig.stop()
