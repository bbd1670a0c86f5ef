"""State: all that a fake smsmode remembers."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from fakes.kit.scheduler import Handle
from fakes.smsmode.accounts import Channel, Credential, Organisation
from fakes.smsmode.archive import Archive
from fakes.smsmode.campaigns.campaign import Campaign
from fakes.smsmode.commons.transfer import Transfer
from fakes.smsmode.ledger import Callback
from fakes.smsmode.site.member import Member, Session
from fakes.smsmode.valve import Valve


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An SMS that smsmode itself sends to a phone: the confirmation of an opt-out.

    Args:
        at: When.
        sender: The short code.
        text: What it says.
        origin_id: The message that the phone answered.
    """

    at: datetime
    sender: str
    text: str
    origin_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A line of the blacklist.

    Args:
        number: The phone that opted out.
        scope: The organisation, or channel, that may no longer write to it.
        at: Since when.
        origin_id: The message that it answered, if any.
        reason: ``reply``, ``page`` or ``control``.
    """

    number: str
    scope: str
    at: datetime
    origin_id: str | None
    reason: str


class Use(NamedTuple):
    """The last use of a key; a tuple, since one is made for each request.

    Args:
        at: When.
        address: From where.
    """

    at: datetime
    address: str


@dataclass(slots=True)
class Traffic:
    """What passed, as opposed to who is who.

    Args:
        archive: The messages.
        notices: By phone, what smsmode itself sent.
        blacklist: By (scope, number).
        callbacks: By id, in order.
        releases: By message, what is promised for a scheduled one.
        fates: By phone, a fate that somebody chose for it.
        links: By opt-out code, the message that carries it.
        requests: By key, the second of its last request and how many fell in it.
        campaigns: By id, in order.
        billed: By message, what was paid for it, in euros.
        spent: By (channel, day), what it spent, in euros.
        valve: What becomes of callbacks on their way.
    """

    archive: Archive = field(default_factory=Archive)
    notices: defaultdict[str, list[Notice]] = field(default_factory=lambda: defaultdict(list))
    blacklist: dict[tuple[str, str], Listing] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    releases: dict[str, Handle] = field(default_factory=dict)
    fates: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    requests: dict[str, tuple[int, int]] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    billed: dict[str, Decimal] = field(default_factory=dict)
    spent: defaultdict[tuple[str, str], Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )
    valve: Valve = field(default_factory=Valve)


@dataclass(slots=True)
class State:
    """Who is who, and what passed.

    Args:
        organisations: By id.
        balances: By organisation, in euros.
        channels: By id.
        credentials: By id.
        keys: Credential ids by the key itself.
        uses: By credential, its last use.
        transfers: By id, in order.
        members: By e-mail address, who may sign in to the pages.
        sessions: By cookie, who signed in.
        captchas: By id, the letters to copy.
        traffic: What passed.
    """

    organisations: dict[str, Organisation] = field(default_factory=dict)
    balances: dict[str, Decimal] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    credentials: dict[str, Credential] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    uses: dict[str, Use] = field(default_factory=dict)
    transfers: dict[str, Transfer] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    captchas: dict[str, str] = field(default_factory=dict)
    traffic: Traffic = field(default_factory=Traffic)
