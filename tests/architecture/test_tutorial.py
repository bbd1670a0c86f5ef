"""Every step of the tutorial has a scenario, and every scenario names its step or goes beyond."""

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
STEPS = ROOT / "docs" / "tutorial.md"
LINK = re.compile(r"\[(\w+)\]\(\.\./features/\1\.feature\)")
FEATURES = sorted((ROOT / "features").glob("*.feature"))


def listed() -> dict[str, list[str]]:
    """Return each step of the tutorial, with the features that are said to play it."""
    rows = re.findall(r"^\| ([A-F]\d) \| .+ \| (.*) \|$", STEPS.read_text("utf-8"), re.MULTILINE)
    return {step: LINK.findall(features) for step, features in rows}


def tagged() -> dict[str, list[str]]:
    """Return each step that a scenario is tagged with, and the features that hold one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in FEATURES:
        for step in sorted(set(re.findall(r"@([A-F]\d)\b", path.read_text("utf-8")))):
            found[step].append(path.stem)
    return dict(found)


def test_the_tutorial_has_34_steps_in_order() -> None:
    parts = {"A": 3, "B": 6, "C": 7, "D": 6, "E": 6, "F": 5}
    whole = [f"{part}{n}" for part, last in parts.items() for n in range(1, last + 1)]
    assert list(listed()) == [*whole[:16], "D0", *whole[16:]]


def test_every_step_of_the_tutorial_has_a_scenario() -> None:
    without = sorted(set(listed()) - set(tagged()))
    assert not without, f"without a scenario: {', '.join(without)}"


def test_the_page_names_the_features_that_play_each_step() -> None:
    assert listed() == tagged()


def test_every_scenario_says_which_step_it_plays() -> None:
    for path in FEATURES:
        for above, line in pairwise(path.read_text("utf-8").splitlines()):
            if line.strip().startswith("Scenario"):
                assert re.search(r"@([A-F]\d|beyond)\b", above), f"{path.name}: {line.strip()}"
