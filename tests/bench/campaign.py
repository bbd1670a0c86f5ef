"""A workflow campaign of ten thousand contacts: how many calls it takes, and how long it lasts.

Everything is counted by the fakes, on the virtual clock, with the vendors' limits on.
"""

import asyncio
import os
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from fakes.kit.journal import Entry, Exchange
from sandbox.world import World
from tests.soak.crowd import Crowd
from tests.soak.ledgers import STATUSES, check_agreement, read_ledgers

CONTACTS = int(os.environ.get("BENCH_CONTACTS", "10000"))  # noqa: TID251 - a bench is an entry point
SHARED, OWN = "Le salon ouvre demain.", "Bonjour $prenom, le salon ouvre demain."
PACE = timedelta(seconds=0.1)
"""How long HubSpot takes to execute the action a hundred times: faster than it can be told of it."""
FATES = ("delivered",) * 16 + ("spam", "early", "twice", "disordered")
"""What becomes of the SMS: every status comes up; those that take a day are left to the soak."""
HUBSPOT_CALLS, HUBSPOT_SPAN = 110, timedelta(seconds=10)
"""HubSpot's limit for an app in an account. Source: HubSpot developer docs, usage guidelines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What a campaign took.

    Args:
        size: How many SMS were sent.
        hubspot: How many calls HubSpot had, by their path.
        smsmode: How many calls smsmode had.
        lasted: From the first execution to the last call.
        reported: From the first execution to the last news that smsmode had.
    """

    size: int
    hubspot: Counter[str]
    smsmode: int
    lasted: timedelta
    reported: timedelta

    @property
    def paper(self) -> timedelta:
        """How long these calls take at the pace of HubSpot's limit, or the news that they tell."""
        return max(HUBSPOT_SPAN * self.hubspot.total() / HUBSPOT_CALLS, self.reported)


async def play(text: str, size: int) -> Campaign:
    """Return what a campaign takes that sends ``text`` to ``size`` contacts.

    Raises:
        AssertionError: An SMS was lost or doubled.
    """
    async with World(1) as world:
        crowd = Crowd(world, size)
        await crowd.furnish({"type": "promotional", "text": text}, FATES)
        private = f"Bearer {world.parties.identities.access_token}".encode()
        seen, begun = len(world.journal), world.clock.now()
        await crowd.enrol(PACE)
        await world.advance(timedelta(hours=2))
        ledgers = await read_ledgers(world)
        check_agreement(ledgers, count=size)
        calls = [e for e in world.journal.entries(seen) if _is_ours(e, private)]
        return Campaign(
            size=size,
            hubspot=Counter(_path(e) for e in calls if e.party == "hubspot"),
            smsmode=sum(e.party == "smsmode" for e in calls),
            lasted=calls[-1].at - begun,
            reported=_last_report(world, begun) - begun,
        )


def figures() -> list[tuple[str, str]]:
    """Return the campaign's figures as (what, how much)."""
    found = []
    # What a text for each costs shows with fewer contacts too.
    plays = (("the same text for all", SHARED, CONTACTS), ("a text for each", OWN, CONTACTS // 5))
    for name, text, size in plays:
        took = asyncio.run(play(text, size))
        hubspot, smsmode = took.hubspot.total() / took.size, took.smsmode / took.size
        goal = "0.01" if text is SHARED else "1"
        found += [
            (
                f"{took.size:,} contacts, {name}: smsmode calls per SMS (goal: {goal})",
                f"{smsmode:.4f}",
            ),
            ("… HubSpot calls per SMS (goal: 0.05)", f"{hubspot:.4f}"),
            ("… lasted, in virtual time", f"{took.lasted.total_seconds():.0f} s"),
            ("… the vendors' limits allow on paper", f"{took.paper.total_seconds():.0f} s"),
            ("… ratio of the two (goal: 1.2)", f"{took.lasted / took.paper:.2f}"),
        ]
    return found


def _is_ours(entry: Entry, private: bytes) -> bool:
    """Return whether an entry is a call of the integration's to a vendor."""
    if entry.party not in {"hubspot", "smsmode"} or not isinstance(entry.data, Exchange):
        return False
    headers = dict(entry.data.request_headers)
    return headers.get(b"authorization") != private


def _path(entry: Entry) -> str:
    assert isinstance(entry.data, Exchange)
    return f"{entry.data.url.split('?')[0]} {entry.data.status}"


def _last_report(world: World, otherwise: datetime) -> datetime:
    """Return when smsmode last reported a status for the first time, and before a last one."""
    last, told, over = otherwise, set(), set()
    for entry in world.journal.entries():
        if entry.kind != "message.status" or isinstance(entry.data, Exchange):
            continue
        name, value = entry.data["refClient"], entry.data["value"]
        if name not in over and (name, value) not in told:
            last = entry.at
        told.add((name, value))
        if value in STATUSES:
            over.add(name)
    return last
