"""The house rules that a script can check."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in ("core", "fakes", "features", "sandbox")
    for path in (ROOT / folder).rglob("*.py")
)
LONGEST_FILE = 250


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """Each source's text, by its path."""
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in SOURCES}


def test_files_are_short(sources: dict[str, str]) -> None:
    assert [path for path, text in sources.items() if text.count("\n") > LONGEST_FILE] == []


def test_files_say_their_idea_in_their_first_line(sources: dict[str, str]) -> None:
    ideas = {path: ast.get_docstring(ast.parse(text)) for path, text in sources.items()}
    said = {path: (idea or "").partition("\n")[0] for path, idea in ideas.items()}
    assert [path for path, first in said.items() if not first.endswith((".", ":"))] == []


def test_package_files_hold_a_docstring_only(sources: dict[str, str]) -> None:
    packages = {path: text for path, text in sources.items() if path.endswith("__init__.py")}
    assert [path for path, text in packages.items() if len(ast.parse(text).body) != 1] == []


def test_names_say_what_things_are() -> None:
    vague = {"utils", "helpers", "common", "manager", "base", "data", "misc"}
    assert not {path.stem for path in SOURCES} & vague
