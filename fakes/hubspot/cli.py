"""The command line: what is asked for, and what goes wrong before anything starts."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

_WRONG = 2
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for.

    Args:
        port: The loopback port; 0 takes a free one.
        seed: What decides every id, token and chance.
        redirect_urls: Where the app's consent may lead.
        scopes: What the app needs; the defaults are those of an app for contacts and workflows.
        as_json: Whether the address and the keys come as one line of JSON.
    """

    port: int = 4101
    seed: int = 0
    redirect_urls: tuple[str, ...] = ("http://localhost:3000/oauth/callback",)
    scopes: tuple[str, ...] = (
        "crm.objects.contacts.read",
        "crm.objects.contacts.write",
        "crm.schemas.contacts.read",
        "crm.schemas.contacts.write",
        "automation",
        "timeline",
    )
    as_json: bool = False


def main(arguments: Sequence[str]) -> int:
    """Serve until a signal; return the exit code.

    A port that is in use, and arguments that make no sense, are one line on standard error and the
    code 2.
    """
    options = _read(arguments)
    # An argument that is wrong should not wait for a server to be loaded.
    from fakes.hubspot.served import run  # noqa: PLC0415 - loads a server
    from fakes.kit.serving import bind  # noqa: PLC0415 - the same

    try:
        bound = bind(options.port)
    except OSError as exc:
        reason = exc.strerror or "no reason given"
        sys.stderr.write(
            f"Port {options.port} cannot be used ({reason}): choose another with --port, or 0.\n"
        )
        return _WRONG
    with bound:
        run(options, bound)
    return 0


def _read(arguments: Sequence[str]) -> Options:
    default = Options()
    parser = argparse.ArgumentParser(prog="python -m fakes.hubspot", description=_ABOUT)
    parser.add_argument("--port", type=_port, default=default.port, help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=0, help="decides ids, tokens and chance")
    parser.add_argument("--json", action="store_true", help="one line of JSON on standard output")
    parser.add_argument(
        "--redirect-url",
        action="append",
        default=[],
        help="where the app's consent may lead; may be repeated",
    )
    parser.add_argument(
        "--scope", action="append", default=[], help="what the app needs; may be repeated"
    )
    asked = parser.parse_args(arguments)
    return Options(
        port=asked.port,
        seed=asked.seed,
        as_json=asked.json,
        redirect_urls=tuple(asked.redirect_url) or default.redirect_urls,
        scopes=tuple(asked.scope) or default.scopes,
    )


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= _LAST_PORT:
        msg = f"{text} is not a port: 0 to {_LAST_PORT}"
        raise argparse.ArgumentTypeError(msg)
    return port


_ABOUT = "A fake HubSpot on a loopback port: OAuth, contacts, workflows, timeline, cards, webhooks."
