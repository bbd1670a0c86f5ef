"""The command line: what is asked for, and what goes wrong before anything starts."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from fakes.kit.command import changes, new_parser, refuse, serve_on
from fakes.smsmode import magic
from fakes.smsmode.settings import Settings
from fakes.smsmode.settings_json import as_json, patched


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

    A port that is in use, a setting that does not fit, and arguments that make no sense, are one
    line on standard error and the code 2.
    """
    asked = _parser().parse_args(arguments)
    if asked.command == "magic-numbers":
        sys.stdout.write(magic.page())
        return 0
    options = Options(port=asked.port, seed=asked.seed, as_json=asked.json)
    try:
        default = Settings()
        settings = patched(default, changes(asked.set, as_json(default)))
    except ValueError as exc:
        return refuse(str(exc))
    # Reading the magic numbers, or an argument that is wrong, should not wait for a server.
    from fakes.smsmode.served import run  # noqa: PLC0415 - loads a server

    return serve_on(options.port, lambda bound: run(options, settings, bound))


def _parser() -> argparse.ArgumentParser:
    parser = new_parser("python -m fakes.smsmode", _ABOUT, port=Options().port)
    parser.add_argument(
        "command", nargs="?", choices=["magic-numbers"], help="print the magic numbers and stop"
    )
    return parser


_ABOUT = "A fake smsmode on a loopback port: messages, campaigns, callbacks, replies, accounts."
