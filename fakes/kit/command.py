"""The command line that every fake has: a port, a seed, settings, and what may be wrong with them."""

import argparse
import json
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fakes.kit.sockets import bind

WRONG = 2
"""The exit code of what cannot be done as asked."""

_LAST_PORT = 65535


def new_parser(prog: str, about: str, *, port: int) -> argparse.ArgumentParser:
    """Return a parser of ``--port``, ``--seed``, ``--json`` and ``--set``.

    Args:
        prog: How the command is typed.
        about: What it does, in a sentence.
        port: The port where nothing is said.
    """
    parser = argparse.ArgumentParser(prog=prog, description=about)
    parser.add_argument("--port", type=_port, default=port, metavar="N", help="0 takes a free one")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="decides ids, keys and chance"
    )
    parser.add_argument("--json", action="store_true", help="one line of JSON on standard output")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=_setting,
        metavar="NAME=VALUE",
        help="change a setting; may be repeated (the fidelity page names them all)",
    )
    return parser


def changes(given: Iterable[tuple[str, str]], present: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that ``--set`` changes: texts where they are texts, and JSON elsewhere.

    Args:
        given: Names and values, as typed.
        present: Every setting as it stands.
    """
    return {
        name: value if isinstance(present.get(name), str) else _as_json(value)
        for name, value in given
    }


def serve_on(port: int, serve: Callable[[socket.socket], None]) -> int:
    """Serve on a loopback port, and return the exit code; a port that is in use is one line."""
    try:
        bound = bind(port)
    except OSError as exc:
        reason = exc.strerror or "no reason given"
        return refuse(f"Port {port} cannot be used ({reason}): choose another with --port, or 0.")
    with bound:
        serve(bound)
    return 0


def refuse(line: str) -> int:
    """Say in one line what cannot be done, and return the exit code for it."""
    sys.stderr.write(f"{line}\n")
    return WRONG


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= _LAST_PORT:
        msg = f"{text} is not a port: 0 to {_LAST_PORT}"
        raise argparse.ArgumentTypeError(msg)
    return port


def _setting(text: str) -> tuple[str, str]:
    name, is_given, value = text.partition("=")
    if not is_given:
        msg = f"{text} is not NAME=VALUE"
        raise argparse.ArgumentTypeError(msg)
    return name, value


def _as_json(value: str) -> Any:
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
