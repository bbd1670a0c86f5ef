"""Every step of the tutorial has a scenario, or is known to come later."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEPS = ROOT.parent / "shared" / "tutorial" / "steps.md"

LATER: set[str] = set()
"""Steps whose part of the product is not built yet."""


def tags() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "features").glob("*.feature"))
    return {tag for text in texts for tag in re.findall(r"@(\w+)", text)}


def test_every_step_of_the_tutorial_has_a_scenario() -> None:
    if not STEPS.exists():
        pytest.skip("the tutorial's list of steps is not beside this checkout")
    steps = set(re.findall(r"^\| ([A-F]\d) \|", STEPS.read_text(encoding="utf-8"), re.MULTILINE))
    assert steps - tags() == LATER - tags()
    assert len(steps) > len(LATER)


def test_what_is_said_to_come_later_has_no_scenario_yet() -> None:
    assert not LATER & tags()


def test_every_scenario_says_which_step_it_plays() -> None:
    for path in (ROOT / "features").glob("*.feature"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for above, line in pairwise(lines):
            if line.strip().startswith("Scenario"):
                assert re.search(r"@([A-F]\d|beyond)\b", above), f"{path.name}: {line.strip()}"
