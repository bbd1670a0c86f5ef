"""The command line: what is asked for, and what goes wrong before anything starts."""

import argparse
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from fakes.smsmode import magic

_WRONG = 2
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for.

    Args:
        port: The loopback port; 0 takes a free one.
        seed: What decides every id, key and chance.
        as_json: Whether the address and the keys come as one line of JSON.
    """

    port: int = 4102
    seed: int = 0
    as_json: bool = False


def main(arguments: Sequence[str]) -> int:
    """Serve until a signal, or print the magic numbers; return the exit code.

    A port that is in use, and arguments that make no sense, are one line on standard error and the
    code 2.
    """
    asked = _parser().parse_args(arguments)
    if asked.command == "magic-numbers":
        sys.stdout.write(magic.page())
        return 0
    options = Options(port=asked.port, seed=asked.seed, as_json=asked.json)
    try:
        bound = bind(options.port)
    except OSError as exc:
        reason = exc.strerror or "no reason given"
        sys.stderr.write(
            f"Port {options.port} cannot be used ({reason}): choose another with --port, or 0.\n"
        )
        return _WRONG
    # Reading the magic numbers, or an argument that is wrong, should not wait for a server.
    from fakes.smsmode.served import serve  # noqa: PLC0415 - loads a server

    with bound:
        serve(options, bound)
    return 0


def bind(port: int) -> socket.socket:
    """Return a socket that is bound to a loopback port.

    Raises:
        OSError: Somebody else has the port.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", port))
    except OSError:
        bound.close()
        raise
    return bound


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fakes.smsmode", description=_ABOUT)
    parser.add_argument(
        "command", nargs="?", choices=["magic-numbers"], help="print the magic numbers and stop"
    )
    parser.add_argument("--port", type=_port, default=Options().port, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=0, help="decides ids, keys and chance")
    parser.add_argument("--json", action="store_true", help="one line of JSON on standard output")
    return parser


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= _LAST_PORT:
        msg = f"{text} is not a port: 0 to {_LAST_PORT}"
        raise argparse.ArgumentTypeError(msg)
    return port


_ABOUT = "A fake smsmode on a loopback port: messages, campaigns, callbacks, replies, accounts."
