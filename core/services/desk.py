"""The desk: what HubSpot is to be told is written down here, with the promise that it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from core.domain.ids import ContactId, PortalId
from core.ports import Clock, Urgency, WorkQueue
from core.stores import outgoing
from core.stores.outgoing import OutgoingKind

PUBLISH = "publish"
"""The kind of the job that empties what waits for an account."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes down what HubSpot is to be told, in the caller's transaction.

    Args:
        queue: Where the job that tells it is promised.
        clock: What o'clock it is.
        wait: How long one thing may wait for others to go with it.
    """

    queue: WorkQueue
    clock: Clock
    wait: timedelta

    def event(
        self,
        tx: Connection,
        portal_id: PortalId,
        *,
        key: str,
        template: str,
        contact_id: ContactId,
        at: datetime,
        tokens: Mapping[str, str],
    ) -> None:
        """Promise an event on a contact's timeline; ``key`` becomes its id at HubSpot."""
        body = {
            "template": template,
            "contact": contact_id,
            "at": at.isoformat(),
            "tokens": dict(tokens),
        }
        self._add(tx, portal_id, OutgoingKind.EVENT, key, body)

    def completion(
        self, tx: Connection, portal_id: PortalId, callback_id: str, outputs: Mapping[str, str]
    ) -> None:
        """Promise the end of an execution that waits."""
        self._add(tx, portal_id, OutgoingKind.COMPLETION, callback_id, outputs)

    def properties(
        self,
        tx: Connection,
        portal_id: PortalId,
        *,
        contact_id: ContactId,
        cause: str,
        values: Mapping[str, str],
    ) -> None:
        """Promise new values of a contact's properties; ``cause`` is the id of what led to it."""
        body = {"contact": contact_id, "cause": cause, "values": dict(values)}
        self._add(tx, portal_id, OutgoingKind.PROPERTIES, f"{contact_id}:{cause}", body)

    def promise(self, tx: Connection, portal_id: PortalId, *, at: datetime | None = None) -> None:
        """Promise the job that empties what waits, unless it is promised already."""
        lane = f"{PUBLISH}:{portal_id}"
        at = at or self.clock.now() + self.wait
        self.queue.enqueue(
            tx,
            PUBLISH,
            str(portal_id),
            at=at,
            lane=lane,
            once=lane,
            account=portal_id,
            urgency=Urgency.TELLING,
        )

    def _add(
        self,
        tx: Connection,
        portal_id: PortalId,
        kind: OutgoingKind,
        key: str,
        body: Mapping[str, Any],
    ) -> None:
        outgoing.add(tx, portal_id, kind, key, body, at=self.clock.now())
        self.promise(tx, portal_id)
