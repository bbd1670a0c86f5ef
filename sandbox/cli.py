"""``python -m sandbox``: HubSpot, smsmode and the integration on this machine, with one command."""

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, cast

from sandbox.greeting import Language, not_started, not_understood, port_taken
from sandbox.sockets import LAST_PORT, PARTIES, PortTakenError, bind
from sandbox.terminal import speak_any_alphabet

DEFAULT_PORT = 4100
FASTEST = 366 * 24 * 3600
"""The highest rate: a year in a second. The calendar's end is then hours away."""
REFUSED = 2
"""The exit code of a command that could not be done as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for.

    Args:
        as_json: Print one line of JSON instead of words.
        port: The first of four ports; 0 for any.
        seed: What decides every id, name and key.
        is_empty: Leave out the installation, the contacts and the workflow.
        rate: Seconds that pass in the world for each real one; 0 is paused.
        quiet_hours: Hold promotional SMS back at night and on Sundays, as the law wants it.
        language: What the terminal and the integration's card speak.
    """

    as_json: bool
    port: int
    seed: int
    is_empty: bool
    rate: float
    quiet_hours: bool
    language: Language


class UsageError(Exception):
    """The command line cannot be understood; the message says what of it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def read_options(arguments: Sequence[str], environment: Mapping[str, str]) -> Options:
    """Return what a command line asks for.

    Raises:
        UsageError: It cannot be understood.
        SystemExit: Help was asked for, and given.
    """
    given = _parser().parse_args(arguments)
    return Options(
        as_json=given.json,
        port=given.port,
        seed=given.seed,
        is_empty=given.empty,
        rate=given.rate,
        quiet_hours=given.quiet_hours,
        language=given.lang or read_language(environment),
    )


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m sandbox",
        description="HubSpot, smsmode and the integration on this machine, with one command.",
        epilog='Through make: make sandbox ARGS="--port 0 --seed 7"',
    )
    parser.add_argument(
        "--json", action="store_true", help="print one line of JSON when ready, and nothing else"
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=DEFAULT_PORT,
        metavar="N",
        help="take ports N to N+3 (default %(default)s); 0 takes free ones",
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="the same seed gives the same people, keys"
    )
    parser.add_argument(
        "--empty", action="store_true", help="install nothing: no contacts and no workflow"
    )
    parser.add_argument(
        "--rate",
        type=_rate,
        default=1.0,
        metavar="X",
        help="seconds that pass in the world for each real one, a year at most; 0 is paused (default 1)",
    )
    parser.add_argument(
        "--quiet-hours",
        action="store_true",
        help="hold promotional SMS back at night and on Sundays, as in production",
    )
    parser.add_argument(
        "--lang",
        choices=("fr", "en"),
        help="what the terminal and the card speak (default: from LANG, else en)",
    )
    return parser


def read_language(environment: Mapping[str, str]) -> Language:
    """Return the terminal's language: French where its locale says so, English elsewhere."""
    asked = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in asked if value), "")
    return "fr" if locale[:2] == "fr" else "en"


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Serve a world until it is stopped, and return the exit code."""
    try:
        options = read_options(arguments, environment)
    except UsageError as exc:
        return _refuse(not_understood(read_language(environment), str(exc)))
    try:
        sockets = bind(options.port)
    except PortTakenError as exc:
        return _refuse(port_taken(options.language, exc.port, exc.reason))
    try:
        # A refusal must not wait for what only a world needs.
        from sandbox.serve import serve  # noqa: PLC0415

        serve(options, sockets)
    except KeyboardInterrupt:
        return 0
    except Exception as exc:  # noqa: BLE001 - a person at a terminal is told, whatever it was
        return _refuse(not_started(options.language, _reason(exc)))
    return 0


def main() -> int:
    """Run the command line of this process, and return its exit code."""
    # Nothing that a start makes is garbage: looking for some costs a tenth of it.
    gc.disable()
    speak_any_alphabet()
    return run(sys.argv[1:], os.environ)  # noqa: TID251 - the one reading of the environment


def _port(text: str) -> int:
    highest = LAST_PORT - len(PARTIES) + 1
    if not text.isdecimal() or int(text) > highest:
        msg = f"{text!r} is not a port from 0 to {highest}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _rate(text: str) -> float:
    msg = f"{text!r} is not a number from 0 to {FASTEST}"
    try:
        rate = float(text)
    except ValueError as exc:
        raise argparse.ArgumentTypeError(msg) from exc
    if not 0 <= rate <= FASTEST:
        raise argparse.ArgumentTypeError(msg)
    return rate


def _reason(exc: BaseException) -> str:
    """Return the first thing that went wrong, in words."""
    while isinstance(exc, BaseExceptionGroup):
        exc = cast("BaseException", exc.exceptions[0])
    return f"{type(exc).__name__}: {exc}"


def _refuse(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return REFUSED
