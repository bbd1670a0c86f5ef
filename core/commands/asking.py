"""The commands that ask the core that runs, over its operator's routes."""

import getpass
import json
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from core.clients.running import Running
from core.domain.check_report import as_lines
from core.domain.ids import ContactId, PortalId
from core.environment import MARKETING_KEY, NOTIFICATION_KEY
from core.ports import Thing
from core.stores.vault import mark_of

GivenUp = Mapping[Thing, str]
"""What was given up, each with its reason."""

AT_ONCE = 200
"""How many things are named in one request: the core answers within a second or so."""

Ask = Callable[[Running, Namespace], Awaitable[str]]
"""Asks, and returns what to print."""


class CommandError(Exception):
    """What a command was told cannot be done; the message says why, and what to do."""

    code: str


class KeyNotGivenError(CommandError):
    """An API key is neither in the environment, nor typed, nor piped in.

    Args:
        variable: Where it may stand.
    """

    code = "key_not_given"

    def __init__(self, variable: str) -> None:
        super().__init__(f"an API key is missing: set {variable}, type it, or pipe it in")


class NotGivenUpError(CommandError):
    """What is to be done again was not given up.

    Args:
        item: What it is.
    """

    code = "not_given_up"

    def __init__(self, item: str) -> None:
        super().__init__(f"{item} was not given up: python -m core replay lists what was")


class OtherVaultKeyError(CommandError):
    """The core that runs encrypts with another key than the one that is first here."""

    code = "other_vault_key"

    def __init__(self) -> None:
        super().__init__(
            "the core that runs has another key first in its CORE_VAULT_KEYS than this command: "
            "start it again with both, the new one first, and keep the old one until then"
        )


async def check(running: Running, given: Namespace) -> str:
    """Return why a contact got no SMS, check by check."""
    portal_id, contact_id = PortalId(given.portal), ContactId(str(given.contact))
    language = given.language
    told = await running.checks(portal_id, contact_id, language)
    if given.json:
        return json.dumps({"checks": told}, ensure_ascii=False, indent=2)
    return as_lines(told, language)


async def invite(running: Running, given: Namespace) -> str:
    """Return an install link of an smsmode account's own, good for one installation."""
    told = await running.ask("POST", "/operator/installs", {"account": given.account})
    return str(told["install_url"])


def read_keys(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an account's two API keys, which stand in the environment or are asked for.

    Not on the command line: others on the machine would read them there.

    Raises:
        KeyNotGivenError: One is not there.
    """
    return {
        "marketing": environment.get(MARKETING_KEY) or _typed("marketing", MARKETING_KEY),
        "notification": environment.get(NOTIFICATION_KEY)
        or _typed("notification", NOTIFICATION_KEY),
    }


async def link_keys(running: Running, given: Namespace) -> str:
    """Link an account's two API keys, as ``read_keys`` returns them."""
    told = await running.ask("PUT", f"/operator/accounts/{given.portal}/keys", given.keys)
    said = f"The keys of account {given.portal} are linked: it can send."
    return "\n".join((said, *(f"Warning: {one}." for one in told["warnings"])))


async def replay(running: Running, given: Namespace) -> str:
    """List what was given up, or have one thing of it, or all of it, done again.

    Raises:
        NotGivenUpError: The one thing was not given up.
    """
    found = await _find(running, given)
    if found and given.item is None and not given.all:
        return "\n".join(f"{kind}  {item}  {reason}" for (kind, item), reason in found.items())
    return await _treat(running, found, "requeue", "will be done again now.")


async def dismiss(running: Running, given: Namespace) -> str:
    """Have one thing that was given up, or all of it, forgotten.

    Raises:
        NotGivenUpError: The one thing was not given up.
    """
    return await _treat(running, await _find(running, given), "dismiss", "dismissed.")


async def rotate(running: Running, given: Namespace) -> str:
    """Have every stored secret encrypted with the first of the vault's keys.

    Raises:
        OtherVaultKeyError: The core that runs does not have that key first.
    """
    told = await running.ask("POST", "/operator/vault/reseal")
    if told["key_mark"] != mark_of(given.first_key):
        raise OtherVaultKeyError
    return (
        f"The secrets of {told['accounts']} account(s) are encrypted with the first of "
        "CORE_VAULT_KEYS: the others can be taken out of it."
    )


ASKED: Mapping[str, Ask] = {
    "check": check,
    "dismiss": dismiss,
    "invite": invite,
    "link-keys": link_keys,
    "replay": replay,
    "rotate": rotate,
}
"""Every command that asks, by its name."""


async def _find(running: Running, given: Namespace) -> GivenUp:
    """Return what was given up and is meant."""
    found = {
        (kind, item): reason
        for kind, item, reason in _given_up(await running.ask("GET", "/operator/failures"))
        if given.kind in {None, kind} and given.item in {None, item}
    }
    if given.item is not None and not found:
        raise NotGivenUpError(given.item)
    return found


async def _treat(running: Running, found: GivenUp, how: str, done: str) -> str:
    named = [{"kind": kind, "item": item} for kind, item in found]
    for start in range(0, len(named), AT_ONCE):
        some = {"failures": named[start : start + AT_ONCE]}
        await running.ask("POST", f"/operator/failures/{how}", some)
    return f"{len(found)} {done}" if found else "Nothing was given up."


def _given_up(told: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what was given up, as (kind, item, reason)."""
    for task in told["tasks"]:
        yield task["kind"], task["item"], task["reason"]
    for refused in told["refused_by_hubspot"]:
        yield "hubspot", refused["key"], refused["reason"]


def _typed(name: str, variable: str) -> str:
    """Return a key that somebody types, or the next line of what is piped in."""
    try:
        is_typed = sys.stdin.isatty()
        key = getpass.getpass(f"{name} API key: ") if is_typed else sys.stdin.readline()
    except EOFError:
        key = ""
    if not key.strip():
        raise KeyNotGivenError(variable)
    return key.strip()
