"""``doctor``: what of the set-up is wrong, found out without changing anything, and what to do."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from core.bootstrap import connect
from core.clients.running import NotAnsweredError, Running
from core.clients.system import SystemClock
from core.ground import Storage
from core.migrations import running
from core.migrations.running import StaleSchemaError
from core.ports import Clock, DatabaseDownError
from core.settings import Settings
from core.stores.database import DatabaseInUseError
from core.stores.installs import Installs
from core.stores.vault import Vault, VaultError

MOST_SKEW = timedelta(minutes=1)
"""How far this machine's clock may be from the vendors': signatures are good for five minutes."""

_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing.

    Args:
        what: The thing.
        said: What was found.
        todo: What to do about it; empty when it is as it should be.
    """

    what: str
    said: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that was found, in order."""

    findings: Sequence[Finding]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not any(found.todo for found in self.findings)

    def as_lines(self) -> str:
        """Return it for people: a line each, and what to do below what is wrong."""
        lines = []
        for found in self.findings:
            lines.append(f"[{'trouble' if found.todo else 'fine'}] {found.what}: {found.said}")
            lines += [f"    {found.todo}"] if found.todo else []
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """Return it for machines, on one line."""
        body = {"sound": self.is_sound, "findings": [asdict(found) for found in self.findings]}
        return json.dumps(body, ensure_ascii=False) + "\n"


async def examine(
    settings: Settings, http: httpx.AsyncClient, clock: Clock | None = None
) -> Examined:
    """Return what is found of a set-up whose settings could be read.

    Args:
        settings: The set-up.
        http: The way out, which must not wait long.
        clock: What o'clock it is here; the system's when ``None``.
    """
    findings = [Finding("settings", "every variable can be used")]
    findings += [_database(settings), _address(settings), await _core(settings, http)]
    now = clock or SystemClock()
    for name, url in (("HubSpot", settings.hubspot_api), ("smsmode", settings.smsmode_api)):
        findings += [found async for found in _vendor(name, url, http, now)]
    return Examined(findings)


def _database(settings: Settings) -> Finding:
    what = "database"
    try:
        database = connect(settings, inline=True)
    except DatabaseInUseError:
        return Finding(what, "in use by a core that runs")
    except DatabaseDownError as exc:
        return Finding(what, str(exc), "Set CORE_DATABASE to a file that this process may write.")
    try:
        return _tables(settings, database)
    finally:
        database.close()


def _tables(settings: Settings, database: Storage) -> Finding:
    what = "database"
    try:
        if "://" not in settings.database and database.run_now(running.found_version) is None:
            return Finding(what, "new: its tables are made at the first start")
        database.run_now(running.check)
        found = database.run_now(Installs(Vault(settings.vault_keys)).all)
    except DatabaseDownError as exc:
        return Finding(what, str(exc), "Start PostgreSQL, or set CORE_DATABASE.")
    except StaleSchemaError as exc:
        return Finding(what, str(exc), "Run python -m core migrate.")
    except VaultError as exc:
        todo = "Put the key that was used before behind the first one in CORE_VAULT_KEYS."
        return Finding(what, str(exc), todo)
    said = f"at step {running.HEAD}; {len(found)} account(s), whose secrets can be read"
    return Finding(what, said)


def _address(settings: Settings) -> Finding:
    parts = urlsplit(settings.public_url)
    if parts.scheme == "https" or parts.hostname in _LOOPBACK:
        return Finding("public address", settings.public_url)
    todo = "Set CORE_PUBLIC_URL to an https address: HubSpot and smsmode call no other."
    return Finding("public address", f"{settings.public_url} is not https", todo)


async def _core(settings: Settings, http: httpx.AsyncClient) -> Finding:
    what = "the core that runs"
    try:
        accounts = (await Running(http, settings).ask("GET", "/operator/accounts"))["results"]
    except NotAnsweredError as exc:
        return Finding(what, str(exc), "Start it with python -m core serve.")
    unlinked = [str(one["portal_id"]) for one in accounts if not one["linked"]]
    if unlinked:
        todo = f"Run python -m core link-keys --portal {unlinked[0]}."
        return Finding(what, f"without keys: account {', '.join(unlinked)}", todo)
    return Finding(what, f"answers; {len(accounts)} account(s), all with keys")


async def _vendor(
    name: str, url: str, http: httpx.AsyncClient, clock: Clock
) -> AsyncIterator[Finding]:
    try:
        answer = await http.get(f"{url}/")
    except httpx.RequestError as exc:
        todo = f"Let this machine out to {url}, or set {name.upper()}_API_URL."
        yield Finding(name, f"{url} does not answer ({exc!r})", todo)
        return
    yield Finding(name, f"{url} answers")
    theirs = _moment(answer.headers.get("date"))
    if theirs is None:
        return
    skew = abs(clock.now() - theirs)
    todo = "" if skew <= MOST_SKEW else "Set this machine's clock, as with NTP."
    said = f"{skew.total_seconds():.0f} s from this machine's"
    yield Finding(f"{name}'s clock", said, todo)


def _moment(date: str | None) -> datetime | None:
    try:
        return None if date is None else parsedate_to_datetime(date).astimezone(UTC)
    except ValueError:
        return None
