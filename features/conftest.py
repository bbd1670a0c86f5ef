"""Registers the steps, sets the stage, and refuses steps that would never run."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from features.stage import Stage
from features.steps.accounts import *
from features.steps.carding import *
from features.steps.checking import *
from features.steps.composing import *
from features.steps.following import *
from features.steps.installing import *
from features.steps.passing import *
from features.steps.working import *


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.close()


def pytest_bdd_before_step_call(step_func: Callable[..., Any]) -> None:
    """pytest-bdd calls a coroutine function, never awaits it, and calls the scenario passed."""
    if inspect.iscoroutinefunction(step_func):
        pytest.fail(f"{step_func.__name__} is async and would never run: use stage.run(…)")
