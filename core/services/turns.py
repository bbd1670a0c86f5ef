"""When a message may go out: within its hours, with a key whose turn it is."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.domain.compose import SendType
from core.domain.phone import region_of
from core.domain.quiet import SendingHours
from core.ports import Clock
from core.stores import limiter
from core.stores.installs import Install
from core.stores.limiter import Pace
from core.stores.messages import Message
from core.variables import Secret


@dataclass(frozen=True, slots=True)
class Turns:
    """Says how long a message has to wait, in the caller's transaction.

    Args:
        clock: What o'clock it is.
        pace: How often each key may be used.
        hours: When promotional SMS may go out; at any time when ``None``.
    """

    clock: Clock
    pace: Pace
    hours: SendingHours | None

    def closed_for(self, message: Message) -> timedelta:
        """Return how long the hours keep a message back: nothing (zero) when it may go out now."""
        now = self.clock.now()
        return opening(self.hours, message.kind, message.recipient, now) - now

    def take(self, tx: Connection, key: Secret) -> timedelta:
        """Return nothing (zero) when ``key`` may be used now, which is counted, else how long to wait.

        Who waits is told of a turn that no other waits for.
        """
        return limiter.book_turn(tx, _limit(key), self.pace, now=self.clock.now())

    def hold(self, tx: Connection, key: Secret, wait: timedelta) -> None:
        """Let ``key`` rest, as smsmode asked."""
        limiter.hold(tx, _limit(key), self.pace, until=self.clock.now() + wait)


def _limit(key: Secret) -> str:
    # The key itself is never written down in clear.
    return f"smsmode:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def opening(hours: SendingHours | None, kind: SendType, number: str, moment: datetime) -> datetime:
    """Return when an SMS may go out: at ``moment``, or when promotional SMS next may.

    Args:
        hours: When promotional SMS may go out; at any time when ``None``.
        kind: What the SMS is for.
        number: The recipient, in E.164.
        moment: The moment wanted, aware.
    """
    if hours is None or kind is SendType.NOTIFICATION:
        return moment
    return hours.next_opening(moment, region_of(number))


def channel_key(install: Install, kind: SendType) -> Secret | None:
    """Return the API key of the channel that a kind of SMS goes through, when it is linked."""
    promotional = kind is SendType.PROMOTIONAL
    return install.marketing_key if promotional else install.notification_key
