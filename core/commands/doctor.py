"""``doctor``: what of the set-up is wrong, found out without changing anything, and what to do."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

import httpx

from core.bootstrap import connect
from core.clients.running import NotAnsweredError, Running
from core.clients.system import SystemClock
from core.commands.findings import Examined, Finding, trouble, warning
from core.commands.hosts import look_at_hosts
from core.commands.vendors import look_at_vendors
from core.environment import SettingsError
from core.ground import Storage
from core.migrations import running
from core.migrations.running import StaleSchemaError
from core.ports import Clock, DatabaseDownError
from core.settings import Settings
from core.stores.database import DatabaseInUseError
from core.stores.installs import Installs
from core.stores.vault import Vault, VaultError

SHORTEST_TOKEN = 24
"""How many characters the operator's token has at least: shorter ones can be guessed."""

MOST_ACCOUNTS = 20
"""Of how many accounts the keys are tried: each takes some calls to smsmode."""

_ACTIVE = "active"
_REMEDIES = {
    "not_answered": "Start it with python -m core serve.",
    "not_operator": "Set CORE_OPERATOR_TOKEN alike for it and for its commands.",
}
"""What to do about a core that does not tell, by the code of its refusal."""
_SETTINGS = "docs/settings.md, or python -m core settings, tells what it may be."


async def examine(
    settings: Settings,
    http: httpx.AsyncClient,
    clock: Clock | None = None,
    misnamed: Sequence[str] = (),
) -> Examined:
    """Return what is found of a set-up whose settings could be read.

    Args:
        settings: The set-up.
        http: The way out, which must not wait long.
        clock: What o'clock it is here; the system's when ``None``.
        misnamed: A sentence for each variable that is none of ours, though it looks like one.
    """
    return Examined(
        [
            Finding("settings", "every variable can be used"),
            *_misnamed(misnamed),
            *_token(settings),
            *look_at_hosts(settings),
            _database(settings),
            *[found async for found in _core(settings, http)],
            *await look_at_vendors(settings, http, clock or SystemClock()),
        ]
    )


def unsettled(error: SettingsError) -> Examined:
    """Return what is found of a set-up whose settings cannot be read: that, and nothing more."""
    return Examined([trouble("settings", problem, _SETTINGS) for problem in error.problems])


def _misnamed(sentences: Sequence[str]) -> Iterator[Finding]:
    for sentence in sentences:
        yield warning("settings", sentence, "Take it out of the environment, or give it its name.")


def _token(settings: Settings) -> Iterator[Finding]:
    length = len(settings.operator_token)
    if length < SHORTEST_TOKEN:
        said = f"{length} characters, which can be guessed"
        todo = f"Set CORE_OPERATOR_TOKEN to {SHORTEST_TOKEN} characters of chance or more."
        yield warning("operator's token", said, todo)


def _database(settings: Settings) -> Finding:
    what = "database"
    try:
        database = connect(settings, inline=True)
    except DatabaseInUseError:
        return Finding(what, "in use by a core that runs")
    except DatabaseDownError as exc:
        return trouble(what, str(exc), "Set CORE_DATABASE to a file that this process may write.")
    try:
        return _tables(settings, database)
    finally:
        database.close()


def _tables(settings: Settings, database: Storage) -> Finding:
    what = "database"
    try:
        if "://" not in settings.database:
            step = database.run_now(running.found_version)
            if step is None:
                return Finding(what, "new: its tables are made at the first start")
            if step < running.HEAD:
                return Finding(what, f"at step {step}: brought to {running.HEAD} at the next start")
        database.run_now(running.check)
        found = database.run_now(Installs(Vault(settings.vault_keys)).all)
    except DatabaseDownError as exc:
        return trouble(what, str(exc), "Start PostgreSQL, or set CORE_DATABASE.")
    except StaleSchemaError as exc:
        return trouble(what, str(exc), f"{exc.todo.capitalize()}.")
    except VaultError as exc:
        todo = "Put the key that was used before behind the first one in CORE_VAULT_KEYS."
        return trouble(what, str(exc), todo)
    said = f"at step {running.HEAD}; {len(found)} account(s), whose secrets can be read"
    return Finding(what, said)


async def _core(settings: Settings, http: httpx.AsyncClient) -> AsyncIterator[Finding]:
    """Yield what the core that runs says of its accounts and, through smsmode, of their keys."""
    what, core = "the core that runs", _running(settings, http)
    try:
        accounts = (await core.ask("GET", "/operator/accounts"))["results"]
        failures = await core.ask("GET", "/operator/failures")
    except NotAnsweredError as exc:
        yield trouble(what, str(exc), _REMEDIES.get(exc.code, "Read its log."))
        return
    yield await _readiness(core, f"answers; {len(accounts)} account(s)")
    if given_up := sum(map(len, failures.values())):
        todo = "Run python -m core replay, which lists them with their reasons."
        yield warning("given up", f"{given_up} things wait for the operator", todo)
    active = [one["portal_id"] for one in accounts if one["state"] == _ACTIVE]
    for portal_id in active[:MOST_ACCOUNTS]:
        yield await _keys(core, portal_id)
    if untried := active[MOST_ACCOUNTS:]:
        yield Finding("keys", f"those of {len(untried)} other account(s) were not tried")


def _running(settings: Settings, http: httpx.AsyncClient) -> Running:
    return Running(http, settings.public_url, settings.operator_token)


async def _readiness(core: Running, said: str) -> Finding:
    what = "the core that runs"
    try:
        await core.ask("GET", "/ready")
    except NotAnsweredError as exc:
        return trouble(what, str(exc), "Read its log, and start it again if it stays so.")
    return Finding(what, said)


async def _keys(core: Running, portal_id: int) -> Finding:
    what = f"keys of account {portal_id}"
    again = f"Run python -m core link-keys --portal {portal_id}."
    try:
        told = await core.ask("GET", f"/operator/accounts/{portal_id}/keys")
    except NotAnsweredError as exc:
        return warning(what, str(exc), "Ask again later.")
    if not told["linked"]:
        return trouble(what, "none are linked: it sends nothing", again)
    if refusals := list(_refusals(told)):
        return trouble(what, "; ".join(refusals), again)
    if told["swapped"]:
        return trouble(what, "each was given for the other", again)
    if told["warnings"]:
        return warning(what, "; ".join(told["warnings"]), again)
    return Finding(what, "smsmode takes both")


def _refusals(told: Mapping[str, Any]) -> Iterator[str]:
    for name in ("marketing", "notification"):
        if refusal := told[name]["refusal"]:
            yield f"smsmode refuses the {name} key ({refusal})"
