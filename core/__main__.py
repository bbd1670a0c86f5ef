"""``python -m core``: the integration as processes, and its operator's commands."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper

import httpx

from core.clients.running import NotAnsweredError, Running
from core.commands import processes
from core.commands.asking import ASKED, CommandError, read_keys
from core.commands.doctor import examine, unsettled
from core.commands.findings import Examined
from core.commands.settings_page import page
from core.environment import (
    MARKETING_KEY,
    NOTIFICATION_KEY,
    SettingsError,
    from_env,
    misnamed,
    read_some,
)
from core.logs import LogForm, LogLevel, configure
from core.migrations.running import StaleSchemaError
from core.ports import DatabaseDownError
from core.settings import Settings
from core.stores.database import DatabaseInUseError
from core.stores.vault import VaultError

log = logging.getLogger("core")

_ABOUT = (
    "The integration of smsmode with HubSpot: its processes, and what its operator asks of them. "
    "Environment variables set it up, and each wrong one is named; `settings`, or "
    "docs/settings.md, tells them all."
)
_HOST, _PORT, _LAST_PORT = "127.0.0.1", 8080, 65535
_WHERE = "at which address of this machine"
_WAY_IN = ("public_url", "operator_token")
"""The settings that lead to a core that runs: all that most of what asks it needs."""
_INTERRUPTED = 130
"""The exit code of what Ctrl-C ends, as shells have it."""
_PATIENCE = 20
"""Seconds to wait for an answer: the core that runs may ask a vendor first."""
_EXPLAINED = (
    SettingsError,
    DatabaseInUseError,
    DatabaseDownError,
    StaleSchemaError,
    VaultError,
    NotAnsweredError,
    CommandError,
    processes.AddressTakenError,
    processes.NoSuchHostError,
)
"""What says by itself what is wrong, and what to do."""


def main(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    configure_logs: Callable[[LogForm, LogLevel], object] | None = None,
) -> int:
    """Run a command of the core's, and return its exit code.

    Args:
        arguments: The command line.
        environment: Sets it up.
        configure_logs: Decides how this process logs; ``None`` where that is another's affair.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal of another alphabet is shown what it can show.
        sys.stdout.reconfigure(errors="replace")
    given = _parser().parse_args(arguments)
    try:
        if given.command == "settings":
            sys.stdout.write(page())
            return 0
        if given.command == "doctor":
            return _report(asyncio.run(_examine(environment)), as_json=given.json)
        if given.command in ASKED:
            _ask(environment, given)
            return 0
        settings = from_env(environment)
        if configure_logs is not None:
            configure_logs(settings.log_form, settings.log_level)
        _run(settings, given, environment)
    except _EXPLAINED as exc:
        sys.stderr.write(f"{exc.code}: {exc}\n")
        return 2
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


def _report(examined: Examined, *, as_json: bool) -> int:
    """Print what was found, and return the exit code that it gives."""
    sys.stdout.write(examined.as_json() if as_json else examined.as_lines())
    return 0 if examined.is_sound else 1


def _run(settings: Settings, given: argparse.Namespace, environment: Mapping[str, str]) -> None:
    """Do what a process of the core's own does, until it ends."""
    if given.command == "migrate":
        processes.migrate(settings)
    else:
        for problem in misnamed(environment):
            log.warning("settings.misnamed", extra={"problem": problem})
        run = processes.serve if given.command == "serve" else processes.work
        asyncio.run(run(settings, given.host, given.port))


def _ask(environment: Mapping[str, str], given: argparse.Namespace) -> None:
    """Print what the core that runs answers to a command, which needs to know little of it."""
    is_rotating = given.command == "rotate"
    known = read_some(environment, {*_WAY_IN, "vault_keys"} if is_rotating else _WAY_IN)
    if is_rotating:
        given.first_key = known["vault_keys"][0]
    if given.command == "link-keys":
        # Before there is a loop, which would make Ctrl-C wait for what is typed.
        given.keys = read_keys(environment)
    said = asyncio.run(_answer(given, *(known[name] for name in _WAY_IN)))
    sys.stdout.write(f"{said}\n")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _LAST_PORT:
        msg = f"a port is a number from 0 to {_LAST_PORT}, not {text!r}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core", description=_ABOUT)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    def add(name: str, told: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")

    serve = add("serve", "answer HTTP and do the work, until stopped")
    serve.add_argument("--host", default=_HOST, help=f"{_WHERE} ({_HOST})")
    serve.add_argument("--port", type=_port, default=_PORT, help=f"on which port ({_PORT})")
    worker = add("worker", "do the work alone, beside others that share PostgreSQL")
    worker.add_argument("--host", default=_HOST, help=f"{_WHERE} ({_HOST})")
    worker.add_argument(
        "--port", type=_port, help="where to tell health, readiness and metrics (nowhere)"
    )
    add("settings", "list the environment variables, with what each may be")
    add("migrate", "bring the database's tables to this release")
    doctor = add("doctor", "say what is wrong with the set-up, and what to do")
    doctor.add_argument("--json", action="store_true", help="as JSON")
    invite = add("invite", "make an install link for an smsmode account")
    invite.add_argument("--account", required=True, help="the smsmode account's name")
    keys = f"from {MARKETING_KEY} and {NOTIFICATION_KEY}, or typed, or piped in, one a line"
    link = add("link-keys", f"link an account's two API keys, {keys}")
    link.add_argument("--portal", type=int, required=True, help="the HubSpot account")
    replay = add("replay", "list what was given up, or have it done again")
    _add_given_up(replay, "do {} again", must_say_which=False)
    dismiss = add("dismiss", "forget what was given up")
    _add_given_up(dismiss, "forget {}", must_say_which=True)
    add("rotate", "encrypt all secrets with the first of the vault's keys")
    check = add("check", "say why a contact got no SMS")
    check.add_argument("--portal", type=int, required=True, help="the HubSpot account")
    check.add_argument("--contact", type=int, required=True, help="the contact's record")
    check.add_argument("--language", choices=("fr", "en"), default="en")
    check.add_argument("--json", action="store_true", help="as JSON")
    return parser


def _add_given_up(command: argparse.ArgumentParser, told: str, *, must_say_which: bool) -> None:
    """Let a command say which of the things that were given up it means."""
    command.add_argument("--kind", help="of what kind; any, when it is left out")
    which = command.add_mutually_exclusive_group(required=must_say_which)
    which.add_argument("--item", help=told.format("this one"))
    which.add_argument("--all", action="store_true", help=told.format("all of it"))


async def _answer(given: argparse.Namespace, url: str, token: str) -> str:
    async with httpx.AsyncClient(timeout=_PATIENCE) as http:
        return await ASKED[given.command](Running(http, url, token), given)


async def _examine(environment: Mapping[str, str]) -> Examined:
    try:
        settings = from_env(environment)
    except SettingsError as exc:
        return unsettled(exc)
    async with httpx.AsyncClient(timeout=_PATIENCE) as http:
        return await examine(settings, http, misnamed=misnamed(environment))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ, configure))  # noqa: TID251 - the one reading of the environment
