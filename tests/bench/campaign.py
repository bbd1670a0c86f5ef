"""A workflow campaign of ten thousand contacts: how many calls it takes, and how long it lasts.

Everything is counted by the fakes, on the virtual clock, with the vendors' limits on. Calls are
counted until the last status has come, a day and more later; how fast a campaign drains shows in
its first hour, since afterwards there is little left to tell.

On paper, an integration sends each SMS at the moment of its execution, or as soon after as smsmode's
limit allows, is told of it as soon as this smsmode ever tells, and makes full batches alone, at the
full pace of HubSpot's limit. smsmode publishes no limit: the one here is ours, and the integration is
told it by a setting, or by the 429s alone.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

import orjson

from core.wire.hubspot_crm import LARGEST_BATCH
from fakes.kit.journal import Entry, Exchange
from sandbox.world import World
from tests.soak.crowd import Crowd
from tests.soak.ledgers import STATUSES, check_agreement, read_ledgers

CONTACTS = int(os.environ.get("BENCH_CONTACTS", "10000"))  # noqa: TID251 - a bench is an entry point
SHARED, OWN = "Le salon ouvre demain.", "Bonjour $prenom, le salon ouvre demain."
PACE = timedelta(seconds=0.1)
"""How long HubSpot takes to execute the action a hundred times: faster than it can be told of it."""
FATES = ("delivered",) * 12 + (
    *("spam", "invalid", "blacklisted", "early", "twice", "disordered"),
    *("expired", "delayed"),
)
"""What becomes of the SMS: every status that smsmode documents, those that take a day included."""
HUBSPOT_CALLS, HUBSPOT_SPAN = 110, timedelta(seconds=10)
"""HubSpot's limit for an app in an account. Source: HubSpot developer docs, usage guidelines."""
SMSMODE_CALLS = 50
"""smsmode's limit for a key in a second. Assumed: it publishes none."""
LIMITS = ((None, False), (SMSMODE_CALLS, False), (SMSMODE_CALLS, True))
"""Which limits are met, and whether the integration knows of them beforehand."""
BURST, END = timedelta(hours=1), timedelta(hours=30)
"""When the campaign has drained, and when the last status has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What a campaign took.

    Args:
        size: How many SMS were sent.
        hubspot: How many calls HubSpot had until the last status, by their path.
        smsmode: How many calls smsmode had, by what it answered.
        lasted: From the first execution to the last call of the first hour.
        paper: The same on paper.
    """

    size: int
    hubspot: Counter[str]
    smsmode: Counter[int]
    lasted: timedelta
    paper: timedelta


async def play(
    text: str, size: int, *, limit: int | None = None, is_told: bool = False
) -> Campaign:
    """Return what a campaign takes that sends ``text`` to ``size`` contacts.

    Args:
        text: What is sent.
        size: To how many.
        limit: How many calls smsmode takes from a key in a second; any when ``None``.
        is_told: Whether the integration's settings say so.

    Raises:
        AssertionError: An SMS was lost or doubled.
    """
    changes = {"smsmode_sends": limit} if is_told else None
    async with World(1, changes=changes) as world:
        crowd = Crowd(world, size)
        await crowd.furnish({"type": "promotional", "text": text}, FATES)
        await _tell_limit(world, limit)
        private = f"Bearer {world.parties.identities.access_token}".encode()
        seen, begun = len(world.journal), world.clock.now()
        await crowd.enrol(PACE)
        await world.advance(END)
        ledgers = await read_ledgers(world)
        check_agreement(ledgers, count=size)
        entries = list(world.journal.entries(seen))
        calls = [entry for entry in entries if _is_ours(entry, private)]
        # Of a campaign that goes out in few calls, the limit holds back nothing.
        things = _things_to_tell(entries, None if text is SHARED else limit)
        return Campaign(
            size=size,
            hubspot=Counter(_path(e) for e in calls if e.party == "hubspot"),
            smsmode=Counter(_status(e) for e in calls if e.party == "smsmode"),
            lasted=max(e.at for e in calls if e.at < begun + BURST) - begun,
            paper=on_paper(t for t in things if t < begun + BURST) - begun,
        )


def on_paper(moments: Iterable[datetime]) -> datetime:
    """Return when the last of the things is told that may be told from these moments on.

    As many are told in any time as HubSpot's limit allows in full batches.
    """
    each = HUBSPOT_SPAN / (HUBSPOT_CALLS * LARGEST_BATCH)
    ordered = sorted(moments)
    free = ordered[0]
    for moment in ordered:
        free = max(free, moment) + each
    return free


def figures() -> list[tuple[str, str]]:
    """Return the campaign's figures as (what, how much)."""
    found = []
    for text, (limit, is_told) in product((SHARED, OWN), LIMITS):
        took = asyncio.run(play(text, CONTACTS, limit=limit, is_told=is_told))
        hubspot, smsmode = took.hubspot.total() / took.size, took.smsmode.total() / took.size
        name, goal = ("one text", "0.01") if text is SHARED else ("a text for each", "1")
        met = "no limit" if limit is None else f"{limit} calls a second"
        met += " (a setting says so)" if is_told else ""
        found += [
            (f"{took.size:,} contacts, {name}; smsmode: {met}", ""),
            (f"… smsmode calls per SMS (goal: {goal})", f"{smsmode:.4f}"),
            ("… of which it refused (429)", f"{took.smsmode[429] / took.size:.4f}"),
            ("… HubSpot calls per SMS (goal: 0.05)", f"{hubspot:.4f}"),
            ("… drained after, in virtual time", f"{took.lasted.total_seconds():.1f} s"),
            ("… the limits allow on paper", f"{took.paper.total_seconds():.1f} s"),
            ("… ratio of the two (goal: 1.2)", f"{took.lasted / took.paper:.2f}"),
        ]
    return found


def _is_ours(entry: Entry, private: bytes) -> bool:
    """Return whether an entry is a call of the integration's to a vendor."""
    if entry.party not in {"hubspot", "smsmode"} or not isinstance(entry.data, Exchange):
        return False
    headers = dict(entry.data.request_headers)
    return headers.get(b"authorization") != private


async def _tell_limit(world: World, limit: int | None) -> None:
    url = f"{world.addresses.smsmode_api}/_control/smsmode/settings"
    (await world.http.patch(url, json={"rate_limit": limit})).raise_for_status()


def _status(entry: Entry) -> int:
    assert isinstance(entry.data, Exchange)
    return entry.data.status


def _path(entry: Entry) -> str:
    assert isinstance(entry.data, Exchange)
    return f"{entry.data.url.split('?')[0]} {entry.data.status}"


def _things_to_tell(entries: Iterable[Entry], limit: int | None) -> Iterable[datetime]:
    """Return from when on HubSpot could be told each thing, if SMS were sent as soon as they may be.

    That is of each SMS the end of its execution, that it was sent, and its last status, which
    comes as long after the send as it does here.
    """
    each = timedelta(seconds=0 if limit is None else 1 / limit)
    sent: dict[str, datetime] = {}
    accepted: dict[str, datetime] = {}
    over: set[str] = set()
    free: datetime | None = None
    for entry in entries:
        if isinstance(entry.data, Exchange):
            if entry.data.path == b"/hubspot/action":
                at = entry.at if free is None else max(free, entry.at)
                sent[orjson.loads(entry.data.request_body)["callbackId"]] = at
                free = at + each
                yield from (at, at)
        elif entry.kind == "message.accepted":
            accepted[entry.data["refClient"]] = entry.at
        elif entry.kind == "message.status" and entry.data["value"] in STATUSES:
            name = entry.data["refClient"]
            if name not in over:
                yield sent[name] + (entry.at - accepted[name])
            over.add(name)
