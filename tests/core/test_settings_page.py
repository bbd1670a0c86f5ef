"""The page of the settings: what is written of each is so, and is generated."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from core.commands.doctor import SHORTEST_TOKEN
from core.commands.settings_page import page, written
from core.environment import (
    VARIABLES,
    from_env,
)
from core.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_documentation_is_what_is_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_setting_says_what_it_is() -> None:
    assert "| |" not in page().replace("  ", " ")


def test_python_may_leave_all_words_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settings, "__doc__", None)
    assert all(variable.name in page() for variable in VARIABLES.values())


def test_the_commands_that_are_shown_make_secrets_that_are_taken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for code in re.findall(r"python -c '(.+)'", page()):
        exec(code, {})  # noqa: S102 - ours, as people paste it
    key, token = capsys.readouterr().out.split()
    assert VARIABLES["vault_keys"].read(key) == (key,)
    assert VARIABLES["operator_token"].read(token) == token
    assert len(token) >= SHORTEST_TOKEN


def test_every_setting_has_one_variable() -> None:
    names = [variable.name for variable in VARIABLES.values()]
    assert list(VARIABLES) == [setting.name for setting in fields(Settings)]
    assert len(names) == len(set(names))


def test_every_example_is_taken_and_is_another_value_than_the_default() -> None:
    settings = from_env({variable.name: variable.example for variable in VARIABLES.values()})
    for setting in fields(Settings):
        assert getattr(settings, setting.name) != setting.default, setting.name


def test_every_default_is_shown_as_it_may_be_written() -> None:
    for setting in fields(Settings):
        if setting.default is not MISSING and (text := written(setting.default)):
            assert VARIABLES[setting.name].read(text) == setting.default
