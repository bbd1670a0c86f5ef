"""Watching over SMS: when smsmode is to be asked about one whose last report does not come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.domain.status import is_final
from core.ports import Clock, Urgency, WorkQueue
from core.stores.messages import Message

RECONCILE = "reconcile"
"""The kind of the job that asks smsmode about the SMS of an account that wait too long."""

GIVEN_UP_AFTER = timedelta(days=10)
"""How old an SMS may be and still be asked about.

Source: smsmode API docs, lists go back ten days by default (many); no validity is longer.
"""


@dataclass(frozen=True, slots=True)
class Watch:
    """Decides when to look at an SMS again, and promises it.

    Args:
        queue: Where the look is promised.
        clock: What o'clock it is.
        after: How long the first report may stay away; later looks come at ever longer intervals.
        reported_after: How long the last report may, where an earlier one has come: smsmode
            knows the way, and a phone that is off is no reason to ask.
    """

    queue: WorkQueue
    clock: Clock
    after: timedelta
    reported_after: timedelta

    def next_look(self, message: Message) -> datetime | None:
        """Return when to ask about ``message``, ``None`` when nothing more can come of it."""
        if is_final(message.status):
            return None
        now = self.clock.now()
        return _in_time(message, now + max(self.after, now - message.created_at))

    def after_report(self, message: Message) -> datetime | None:
        """Return when to ask about ``message``, of which a report that is not the last has come now."""
        look = self.clock.now() + self.reported_after
        return _in_time(message, look if message.look_at is None else max(look, message.look_at))

    def rest(self, due: datetime) -> datetime:
        """Return when to look for what is due next at ``due``.

        What is sent meanwhile may be due before: of the account's looks, one is promised at a time.
        """
        now = self.clock.now()
        return min(max(due, now), now + self.after)

    def promise(self, tx: Connection, message: Message, *, at: datetime) -> None:
        """Promise a look at an account's SMS, unless one is promised already."""
        lane = f"{RECONCILE}:{message.portal_id}"
        self.queue.enqueue(
            tx,
            RECONCILE,
            str(message.portal_id),
            at=at,
            lane=lane,
            once=lane,
            account=message.portal_id,
            urgency=Urgency.BULK,
        )


def _in_time(message: Message, look: datetime) -> datetime | None:
    return look if look - message.created_at <= GIVEN_UP_AFTER else None
