"""Telling HubSpot: what waits for an account goes out in batches, one job an account."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from sqlalchemy import Connection

from core.clients.hubspot import HubSpot
from core.domain.errors import (
    AccessRevokedError,
    OutOfTurnError,
    ProviderError,
    ProviderRefusedError,
)
from core.domain.ids import PortalId
from core.ports import Clock, Database, Done, Outcome, Retry, Task
from core.services.desk import Desk
from core.services.retrying import again
from core.stores import outgoing
from core.stores.outgoing import Outgoing, OutgoingKind
from core.wire import hubspot_action, hubspot_crm
from core.wire.hubspot_paths import Paths
from core.wire.requests import VendorRequest

log = logging.getLogger(__name__)

MANY = 10
"""How many things wait where more are coming."""

_MULTI_STATUS = 207
_UNKNOWN = 404
_ABOUT_THE_INPUTS = frozenset({_MULTI_STATUS, 400, _UNKNOWN, 409, 413, 422})
# Any other refusal (401, 403, 423, ...) would meet the next input as well: burying would lose all.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    kind: OutgoingKind
    rows: Sequence[Outgoing]
    request: VendorRequest


@dataclass(slots=True, kw_only=True)
class _Round:
    """One try to tell what waits for an account when it begins.

    What comes meanwhile goes along where there is room, and otherwise waits for others as it would
    have: told at once, each thing would cost a call, and the first kinds hold up the last.

    Args:
        portal_id: The account.
        begun: When it began.
        got_through: How many calls got somewhere.
    """

    portal_id: PortalId
    begun: datetime
    got_through: int = 0


@dataclass(frozen=True, slots=True)
class Publishing:
    """Empties what waits for an account, batch by batch.

    Args:
        database: Where it waits.
        clock: What o'clock it is.
        hubspot: Who is told.
        paths: The edition's paths.
        templates: Gives HubSpot's id of an event template.
        desk: Where a fresh round is promised.
    """

    database: Database
    clock: Clock
    hubspot: HubSpot
    paths: Paths
    templates: Callable[[Connection, str], str]
    desk: Desk

    async def run(self, task: Task) -> Outcome:
        """Do the job for the account that ``task`` names."""
        portal_id = PortalId(int(task.item))
        this = _Round(portal_id=portal_id, begun=self.clock.now())
        try:
            while (batch := await self._next(this)) is not None:
                await self._tell(this, batch)
        except AccessRevokedError:
            # What waits is kept: it goes out when the account installs again.
            log.warning("publishing.stopped", extra={"portal_id": portal_id})
            return Done()
        except OutOfTurnError as exc:
            return await self._later(this, task, exc)
        except ProviderError as exc:
            log.warning("publishing.delayed", extra={"portal_id": portal_id, "code": exc.code})
            return await self._later(this, task, exc)
        return Done()

    async def _later(self, this: _Round, task: Task, error: ProviderError) -> Outcome:
        """Return when to go on; a round that got somewhere is followed by a fresh one."""
        now = self.clock.now()
        if not this.got_through:
            return again(task, error, now=now)
        outcome = again(replace(task, attempt=0), error, now=now)
        at = outcome.at if isinstance(outcome, Retry) else now
        await self.database.run(lambda tx: self.desk.promise(tx, this.portal_id, at=at))
        return Done()

    async def _tell(self, this: _Round, batch: _Batch) -> None:
        """Tell a batch and strike it out, or have one that is refused told in two halves.

        One bad input fails a whole batch, or HubSpot takes the others (207) without saying in
        every case which one it was. All that is told bears to be told twice.
        """
        ids = [row.id for row in batch.rows]
        settle = partial(outgoing.forget, ids=ids)
        try:
            await self._ask(this.portal_id, batch.request)
        except ProviderRefusedError as exc:
            if exc.status not in _ABOUT_THE_INPUTS:
                raise
            if len(ids) > 1:
                # Written down, since the calls for the halves may have to wait for their turn.
                settle = partial(outgoing.separate, ids=ids, company=(len(ids) + 1) // 2)
            elif not _is_over(batch.kind, exc):
                settle = partial(self._bury, row=batch.rows[0], reason=str(exc))
        await self.database.run(settle)
        this.got_through += 1

    async def _ask(self, portal_id: PortalId, request: VendorRequest) -> None:
        answer = await self.hubspot.as_account(portal_id, request)
        errors = hubspot_crm.parse_batch_errors(answer.body) if answer.body else ()
        if errors:
            raise ProviderRefusedError(_MULTI_STATUS, str(_MULTI_STATUS), "; ".join(errors))

    def _bury(self, tx: Connection, row: Outgoing, reason: str) -> None:
        """Keep what HubSpot will never take for the operator to see."""
        log.error("publishing.buried", extra={"key": row.key, "reason": reason})
        outgoing.bury(tx, row.id, reason)

    async def _next(self, this: _Round) -> _Batch | None:
        """Return the next batch that an account is to be told in a round, or ``None``.

        The job for what is left is promised by whoever wrote it down; it is promised here once
        more, since two processes do not agree to the last on what o'clock it is.
        """
        limit = hubspot_crm.LARGEST_BATCH

        def read(tx: Connection) -> _Batch | None:
            portal_id = this.portal_id
            left = outgoing.waiting(tx, portal_id, limit=limit)
            due = this.begun - self._grace(list(chain(*left.values())), this.begun)
            for kind, rows in left.items():
                if rows and (len(rows) == limit or rows[0].at <= due):
                    return self._batch(tx, kind, _together(rows))
            if any(left.values()):
                self.desk.promise(tx, portal_id)
            return None

        return await self.database.run(read)

    def _grace(self, left: Sequence[Outgoing], now: datetime) -> timedelta:
        """Return how much longer things may wait, since more keep coming that may go with them.

        Where few wait, somebody may be looking at them.
        """
        wait = self.desk.wait
        is_fed = len(left) >= MANY and max(row.at for row in left) > now - wait / 4
        return 2 * wait if is_fed else timedelta()

    def _batch(self, tx: Connection, kind: OutgoingKind, rows: Sequence[Outgoing]) -> _Batch:
        return _Batch(kind=kind, rows=rows, request=self._request(tx, kind, rows))

    def _request(
        self, tx: Connection, kind: OutgoingKind, rows: Sequence[Outgoing]
    ) -> VendorRequest:
        if kind is OutgoingKind.COMPLETION:
            return hubspot_action.complete(self.paths, [(row.key, row.body) for row in rows])
        if kind is OutgoingKind.PROPERTIES:
            return hubspot_crm.update_contacts(self.paths, [_write(row) for row in rows])
        return hubspot_crm.create_events(self.paths, [self._event(tx, row) for row in rows])

    def _event(self, tx: Connection, row: Outgoing) -> hubspot_crm.TimelineEvent:
        return hubspot_crm.TimelineEvent(
            id=row.key,
            template_id=self.templates(tx, row.body["template"]),
            contact_id=row.body["contact"],
            timestamp=row.body["at"],
            tokens=row.body["tokens"],
        )


def _together(rows: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """Return the first of ``rows`` that may go in one batch."""
    largest = len(rows)
    for place, row in enumerate(rows, 1):
        allowed = min(largest, row.company or largest)
        if allowed < place:
            return rows[: place - 1]
        largest = allowed
    return rows[:largest]


def _is_over(kind: OutgoingKind, refusal: ProviderRefusedError) -> bool:
    """Return whether an execution was ended before: by an answer that was lost, or by HubSpot."""
    return kind is OutgoingKind.COMPLETION and refusal.status == _UNKNOWN


def _write(row: Outgoing) -> hubspot_crm.ContactWrite:
    return hubspot_crm.ContactWrite(
        contact_id=row.body["contact"], values=row.body["values"], trace_id=row.body["cause"]
    )
