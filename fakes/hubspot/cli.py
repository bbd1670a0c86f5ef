"""The command line: what is asked for, and what goes wrong before anything starts."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from fakes.hubspot.settings import Settings
from fakes.kit.command import changes, new_parser, refuse, serve_on


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

    A port that is in use, a setting or a redirect address that does not fit, and arguments that
    make no sense, are told on standard error, with the code 2.
    """
    options, given = read(arguments)
    # An argument that is wrong should not wait for a server to be loaded.
    from fakes.hubspot.control.settings import settings_json, settings_with  # noqa: PLC0415 - much
    from fakes.hubspot.errors import RefusedError  # noqa: PLC0415 - the same
    from fakes.hubspot.seeding import refuse_misleading  # noqa: PLC0415 - the same
    from fakes.hubspot.served import run  # noqa: PLC0415 - the same

    try:
        default = Settings()
        settings = settings_with(default, changes(given, settings_json(default)))
        for url in options.redirect_urls:
            refuse_misleading(url)
    except RefusedError as exc:
        return refuse(exc.message)
    return serve_on(options.port, lambda bound: run(options, settings, bound))


def read(arguments: Sequence[str]) -> tuple[Options, list[tuple[str, str]]]:
    """Return what a command line asks for, and the settings it changes, as typed.

    Raises:
        SystemExit: It cannot be understood, or help was asked for, and given.
    """
    default = Options()
    parser = new_parser("python -m fakes.hubspot", _ABOUT, port=default.port)
    parser.add_argument(
        "--redirect-url",
        action="append",
        default=[],
        metavar="URL",
        help="where the app's consent may lead; may be repeated",
    )
    parser.add_argument(
        "--scope",
        action="append",
        default=[],
        type=_scope,
        metavar="SCOPE",
        help="what the app needs; may be repeated",
    )
    parser.add_argument(
        "--scopes",
        action="extend",
        dest="scope",
        type=str.split,
        metavar="SCOPES",
        help="the same, several at once: as in an install link, with spaces between",
    )
    asked = parser.parse_args(arguments)
    options = Options(
        port=asked.port,
        seed=asked.seed,
        as_json=asked.json,
        redirect_urls=tuple(asked.redirect_url) or default.redirect_urls,
        scopes=tuple(asked.scope) or default.scopes,
    )
    return options, asked.set


def _scope(text: str) -> str:
    if text.split() != [text]:
        msg = f"'{text}' is not one scope: repeat --scope for each"
        raise argparse.ArgumentTypeError(msg)
    return text


_ABOUT = "A fake HubSpot on a loopback port: OAuth, contacts, workflows, timeline, cards, webhooks."
