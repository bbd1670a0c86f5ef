"""``link-keys``: the two keys of an account, from the environment, a pipe or a keyboard."""

import io
from argparse import Namespace

import pytest

from core.__main__ import main
from core.clients.running import NotAnsweredError
from core.commands.asking import (
    KeyNotGivenError,
    link_keys,
    read_keys,
)
from core.environment import MARKETING_KEY, NOTIFICATION_KEY
from tests.core.builders import MARKETING, NOTIFICATION, PORTAL
from tests.core.environment import ENVIRONMENT
from tests.core.harness import Harness
from tests.core.operating import core_of

KEYS = {MARKETING_KEY: MARKETING, NOTIFICATION_KEY: NOTIFICATION}


ACCOUNT = Namespace(portal=PORTAL, keys=read_keys(KEYS))


async def test_the_keys_of_an_account_are_linked_from_the_environment(bare: Harness) -> None:
    await bare.install()
    said = await link_keys(core_of(bare), ACCOUNT)
    assert said == f"The keys of account {PORTAL} are linked: it can send."
    assert (await bare.install_of()).linked


async def test_a_key_of_a_channel_for_other_sms_is_linked_with_a_warning(bare: Harness) -> None:
    await bare.install()
    bare.smsmode.flows = {MARKETING: "MARKETING", NOTIFICATION: "MARKETING"}
    said = (await link_keys(core_of(bare), ACCOUNT)).splitlines()
    assert said[0] == f"The keys of account {PORTAL} are linked: it can send."
    assert said[1].startswith("Warning: the notification key's channel is for MARKETING SMS")


async def test_keys_that_are_given_for_each_other_are_refused_in_words(bare: Harness) -> None:
    await bare.install()
    bare.smsmode.flows = {MARKETING: "TRANSACTIONAL", NOTIFICATION: "MARKETING"}
    with pytest.raises(NotAnsweredError, match="swapped"):
        await link_keys(core_of(bare), ACCOUNT)
    assert not (await bare.install_of()).linked


@pytest.mark.parametrize(
    ("typed", "named"), [("", MARKETING_KEY), (f"{MARKETING}\n", NOTIFICATION_KEY)]
)
def test_a_key_that_is_not_given_is_named(
    monkeypatch: pytest.MonkeyPatch, typed: str, named: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    with pytest.raises(KeyNotGivenError, match=named):
        read_keys({})


class Keyboard(io.StringIO):
    """Somebody at a terminal, who may press Ctrl-D or Ctrl-C."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("pressed", "code", "said"),
    [
        (EOFError, 2, f"key_not_given: an API key is missing: set {MARKETING_KEY}"),
        (KeyboardInterrupt, 130, ""),
    ],
)
def test_a_key_that_nobody_types_ends_the_command_in_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pressed: type[BaseException],
    code: int,
    said: str,
) -> None:
    def press(_: str) -> str:
        raise pressed

    monkeypatch.setattr("sys.stdin", Keyboard())
    monkeypatch.setattr("getpass.getpass", press)
    assert main(["link-keys", "--portal", str(PORTAL)], ENVIRONMENT) == code
    assert capsys.readouterr().err.startswith(said)


async def test_keys_may_be_piped_in_line_by_line(
    bare: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bare.install()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{MARKETING}\n{NOTIFICATION}\n"))
    await link_keys(core_of(bare), Namespace(portal=PORTAL, keys=read_keys({})))
    assert (await bare.install_of()).notification_key == NOTIFICATION


async def test_keys_of_an_account_that_is_not_there_are_refused_in_words(bare: Harness) -> None:
    with pytest.raises(NotAnsweredError, match="has not installed the application"):
        await link_keys(core_of(bare), ACCOUNT)
