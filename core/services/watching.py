"""Watching over SMS: when smsmode is to be asked about one whose last report does not come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.domain.status import is_final
from core.ports import Clock, WorkQueue
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
        after: How long a report may stay away; later looks come at ever longer intervals.
    """

    queue: WorkQueue
    clock: Clock
    after: timedelta

    def next_look(self, message: Message) -> datetime | None:
        """Return when to ask about ``message``, ``None`` when nothing more can come of it."""
        if is_final(message.status):
            return None
        now = self.clock.now()
        look = now + max(self.after, now - message.created_at)
        return look if look - message.created_at <= GIVEN_UP_AFTER else None

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
            bulk=True,
        )
