"""When a message may go out: within its hours, with a key whose turn it is."""

import hashlib
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from core.domain.compose import SendType
from core.domain.errors import ThrottledError
from core.domain.phone import region_of
from core.domain.quiet import SendingHours
from core.ports import Clock, Database
from core.stores import limiter
from core.stores.installs import Install
from core.stores.limiter import Pace
from core.stores.messages import Message
from core.variables import Secret

T = TypeVar("T")

_UNTOLD = timedelta(seconds=60)
"""How long a key rests where smsmode does not say. Source: official client, which waits as long."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Says how long a message has to wait.

    Args:
        database: Where turns are written down.
        clock: What o'clock it is.
        pace: How often each key may be used.
        hours: When promotional SMS may go out; at any time when ``None``.
    """

    database: Database
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

    async def obey(self, key: Secret, asking: Awaitable[T]) -> T:
        """Return what smsmode answers when it is asked with ``key``.

        Raises:
            ThrottledError: It asks us to wait: ``key`` rests for so long, in every process, and is
                used less often afterwards.
        """
        try:
            return await asking
        except ThrottledError as exc:
            wait = exc.retry_after or _UNTOLD
            await self.database.run(lambda tx: self._hold(tx, key, wait))
            raise ThrottledError(wait) from exc

    def _hold(self, tx: Connection, key: Secret, wait: timedelta) -> None:
        now = self.clock.now()
        limiter.slow_down(tx, _limit(key), self.pace, now=now, until=now + wait)


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
