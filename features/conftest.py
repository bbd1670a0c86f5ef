"""Registers the steps, sets the stage, and refuses steps that would never run."""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.settings import Edition
from features.stage import Stage
from features.steps.accounts import *
from features.steps.carding import *
from features.steps.checking import *
from features.steps.composing import *
from features.steps.extending import *
from features.steps.following import *
from features.steps.forgetting import *
from features.steps.in_place import *
from features.steps.installing import *
from features.steps.linking import *
from features.steps.passing import *
from features.steps.setting import *
from features.steps.templating import *
from features.steps.working import *
from features.steps.writing import *

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"


def pytest_configure(config: pytest.Config) -> None:
    """Let scenarios be tagged with the tutorial's steps, and with no step that it does not have."""
    steps = re.findall(r"^\| ([A-F]\d) \| (.+?) \|", TUTORIAL.read_text("utf-8"), re.MULTILINE)
    for number, step in steps:
        config.addinivalue_line("markers", f"{number}: {step}")


@pytest.fixture(autouse=True)
def edition(request: pytest.FixtureRequest) -> Edition:
    """Which of HubSpot's editions the integration speaks in a scenario."""
    found: Edition = getattr(request, "param", Edition.LEGACY)
    return found


@pytest.fixture(autouse=True)
def database(kept_in: str) -> str:
    """Where the integration keeps its memory in a scenario."""
    return kept_in


@pytest.fixture
def stage(edition: Edition, database: str) -> Iterator[Stage]:
    stage = Stage(edition, database)
    yield stage
    stage.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-editions", action="store_true", help="play every scenario in both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play what is tagged so in both of HubSpot's editions, and everything when asked to."""
    is_scenario = "_pytest_bdd_example" in metafunc.fixturenames
    is_tagged = metafunc.definition.get_closest_marker("both_editions") is not None
    if is_scenario and (is_tagged or metafunc.config.getoption("all_editions", default=False)):
        metafunc.parametrize("edition", list(Edition), indirect=True)


def pytest_bdd_before_step_call(step_func: Callable[..., Any]) -> None:
    """pytest-bdd calls a coroutine function, never awaits it, and calls the scenario passed."""
    if inspect.iscoroutinefunction(step_func):
        pytest.fail(f"{step_func.__name__} is async and would never run: use stage.run(…)")
