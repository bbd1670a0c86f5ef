"""What the tests and the scenarios share: the databases that they run on, and how they are run."""

import gc

import pytest

pytest_plugins = ["tests.databases"]

GARBAGE = 50_000
"""Objects made before Python looks for garbage: by default, tests spend a sixth of their time on it."""
gc.set_threshold(GARBAGE)

LONG = "crash"
"""The folder whose tests wait for processes to die and come back: they start first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left waiting for another's last test."""
    items.sort(key=lambda item: item.path.parent.name != LONG)


def pytest_collection_finish() -> None:
    """Leave what the suite itself is made of out of every search for garbage: it stays."""
    gc.collect()
    gc.freeze()
