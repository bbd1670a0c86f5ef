"""Dispatching: which job sends a message, alone or with others that say the same."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.domain.compose import SendType
from core.domain.phone import calling_code
from core.ports import Clock, Urgency, WorkQueue
from core.services.sending import SEND
from core.stores import messages
from core.stores.messages import Message

CAMPAIGN = "campaign"
"""The kind of the job that sends what waits under one name."""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Promises that a message will be sent: alone, or with others that say the same.

    Args:
        queue: Where the work is promised.
        clock: What o'clock it is.
        wait: How long a promotional message waits for others to go with it.
    """

    queue: WorkQueue
    clock: Clock
    wait: timedelta

    def group(self, message: Message) -> Message:
        """Return ``message`` under the name that it shares with those that say the same.

        The mention, which smsmode writes, differs from country to country; so does the price.
        """
        alike = (
            message.kind,
            message.text,
            message.encoding,
            message.stop,
            message.sender,
            calling_code(message.recipient),
        )
        digest = hashlib.sha256(json.dumps(alike).encode()).hexdigest()
        return replace(message, campaign=f"{message.portal_id}:{digest[:32]}")

    def promise(self, tx: Connection, message: Message, *, at: datetime | None = None) -> None:
        """Promise the job for a message that is written down, not before ``at``."""
        urgency = Urgency.BULK if message.kind is SendType.PROMOTIONAL else Urgency.USUAL
        if message.campaign is None:
            self._send_alone(tx, message, at, urgency)
            return
        name = message.campaign
        if at is not None:
            # What is held back goes out with what is held back until the same moment.
            name = f"{name}:{at.isoformat()}"
            messages.change(tx, message.id, campaign=name)
        self.queue.enqueue(
            tx,
            CAMPAIGN,
            name,
            at=at or self.clock.now() + self.wait,
            lane=name,
            once=name,
            account=message.portal_id,
            urgency=urgency,
        )

    def singly(self, tx: Connection, found: Iterable[Message], *, at: datetime) -> None:
        """Have each message sent by itself, and out of its group."""
        for message in found:
            messages.change(tx, message.id, campaign=None)
            self._send_alone(tx, message, at, Urgency.BULK)

    def _send_alone(
        self, tx: Connection, message: Message, at: datetime | None, urgency: Urgency
    ) -> None:
        account = message.portal_id
        self.queue.enqueue(tx, SEND, message.id, at=at, account=account, urgency=urgency)
