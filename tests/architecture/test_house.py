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


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_says_its_idea(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    first = (ast.get_docstring(ast.parse(text)) or "").splitlines()[0]
    assert first.endswith((".", ":"))


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.name == "__init__.py"],
    ids=lambda path: str(path.parent.relative_to(ROOT)),
)
def test_a_package_file_holds_a_docstring_only(path: Path) -> None:
    assert len(ast.parse(path.read_text(encoding="utf-8")).body) == 1


def test_names_say_what_things_are() -> None:
    vague = {"utils", "helpers", "common", "manager", "base", "data", "misc"}
    assert not {path.stem for path in SOURCES} & vague
