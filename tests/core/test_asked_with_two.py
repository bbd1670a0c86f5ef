"""What the commands that ask a core that runs need to be set: its address and its token."""

from collections.abc import Mapping

import pytest

from core.__main__ import main
from tests.core.builders import OPERATOR, VAULT_KEY
from tests.core.environment import REQUIRED

NOBODY = {"CORE_PUBLIC_URL": "http://127.0.0.1:9", "CORE_OPERATOR_TOKEN": OPERATOR}
"""Where no core answers."""
KEYS = {"SMSMODE_MARKETING_KEY": "a", "SMSMODE_NOTIFICATION_KEY": "b"}
COMMANDS: Mapping[str, Mapping[str, str]] = {
    "check --portal 1 --contact 2": {},
    "dismiss --all": {},
    "invite --account Demo": {},
    "link-keys --portal 1": KEYS,
    "replay": {},
    "rotate": {"CORE_VAULT_KEYS": VAULT_KEY},
}
"""Each command, and what it needs beside the two."""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_asks_needs_the_address_and_the_token_of_the_core(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command.split(), {**NOBODY, **COMMANDS[command]}) == 2
    told = capsys.readouterr().err
    assert told.startswith("not_answered: no core answers at http://127.0.0.1:9")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_such_a_command_misses_is_named_and_nothing_else(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command.split(), {**KEYS, "CORE_PUBLC_URL": "http://127.0.0.1:9"}) == 2
    told = capsys.readouterr().err.splitlines()
    needed = [*NOBODY, *(COMMANDS[command].keys() & REQUIRED.keys())]
    missing = {f"- {name} is missing" for name in needed}
    mistyped = "- CORE_PUBLC_URL is unknown: is CORE_PUBLIC_URL meant?"
    assert {line for line in told if line.startswith("-")} == {*missing, mistyped}
