"""Reconciling: what smsmode knows of the SMS whose last report did not come."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from core.clients.smsmode import Smsmode
from core.domain.errors import (
    AccessRevokedError,
    OutOfTurnError,
    ProviderError,
    ProviderRefusedError,
)
from core.domain.ids import PortalId
from core.domain.status import from_smsmode
from core.ports import Clock, Database, Done, Outcome, Retry, Task
from core.services.following import Following, Sighting
from core.services.reporting import Reporting
from core.services.retrying import again
from core.services.turns import Turns, channel_key
from core.services.watching import Watch
from core.stores import messages
from core.stores.installs import Installs
from core.stores.messages import Message
from core.variables import Secret
from core.wire.smsmode_send import SentMessage

log = logging.getLogger(__name__)

AT_ONCE = 50
"""How many SMS one run looks at; the next run follows at once when more are due."""


@dataclass(frozen=True, slots=True)
class Reconciling:
    """Asks smsmode about SMS that have had no final status for too long.

    Args:
        database: Where they are written down.
        clock: What o'clock it is.
        smsmode: Who is asked.
        installs: With which keys.
        following: What becomes of the answer.
        reporting: Applies the reports that waited for an SMS to be known.
        watch: When each is looked at again.
        turns: When a key may be used.
    """

    database: Database
    clock: Clock
    smsmode: Smsmode
    installs: Installs
    following: Following
    reporting: Reporting
    watch: Watch
    turns: Turns

    async def run(self, task: Task) -> Outcome:
        """Look at the SMS of the account that ``task`` names, and promise the next look."""
        portal_id = PortalId(int(task.item))
        for message in await self.database.run(lambda tx: self._due(tx, portal_id)):
            try:
                await self._look(message)
            except ProviderError as exc:
                if not isinstance(exc, OutOfTurnError):
                    told = {"portal_id": portal_id, "code": exc.code}
                    log.warning("reconcile.delayed", extra=told)
                # Nothing is given up: the account's SMS are looked at until they are too old.
                outcome = again(
                    replace(task, attempt=min(task.attempt, 8)), exc, now=self.clock.now()
                )
                return replace(outcome, counted=False) if isinstance(outcome, Retry) else outcome
        due = await self.database.run(lambda tx: messages.next_look(tx, portal_id))
        return Done() if due is None else Retry(at=self.watch.rest(due), counted=False)

    def _due(self, tx: Connection, portal_id: PortalId) -> list[Message]:
        return messages.to_look_at(tx, portal_id, now=self.clock.now(), limit=AT_ONCE)

    async def _look(self, message: Message) -> None:
        """Ask about one SMS and apply the answer.

        Raises:
            ProviderError: smsmode cannot be asked now.
        """
        key, wait = await self.database.run(lambda tx: self._turn(tx, message))
        if wait:
            raise OutOfTurnError(wait)
        found = None
        if key is not None:
            try:
                found = await self.turns.obey(key, self._ask(key, message))
            except (AccessRevokedError, ProviderRefusedError) as exc:
                log.warning("reconcile.refused", extra={"message_id": message.id, "code": exc.code})
        await self.database.run(lambda tx: self._apply(tx, message, found))

    def _turn(self, tx: Connection, message: Message) -> tuple[Secret | None, timedelta]:
        """Return the key to ask with, ``None`` where there is none, and how long it has to wait."""
        install = self.installs.find(tx, message.portal_id)
        key = None if install is None else channel_key(install, message.kind)
        return key, timedelta() if key is None else self.turns.take(tx, key)

    async def _ask(self, key: Secret, message: Message) -> SentMessage | None:
        if message.smsmode_id is None:
            return await self.smsmode.find(key, message.ref_client)
        return await self.smsmode.read(key, message.smsmode_id)

    def _apply(self, tx: Connection, asked: Message, found: SentMessage | None) -> None:
        """Write down what smsmode said, if anything, and when to look again."""
        message = messages.find(tx, asked.id)
        if message is not None and found is not None:
            log.info("reconcile.found", extra={"message_id": message.id, "value": found.value})
            self.following.apply(tx, message, self._sighting(found))
            self.reporting.apply_parked(tx, message.portal_id, found.id)
            message = messages.find(tx, asked.id)
        if message is not None:
            messages.change(tx, message.id, look_at=self.watch.next_look(message))

    def _sighting(self, found: SentMessage) -> Sighting:
        return Sighting(
            smsmode_id=found.id,
            status=from_smsmode(found.value, found.detail),
            detail=found.detail or "",
            at=self.clock.now(),
            text=found.text,
            characters=found.length,
            parts=found.parts,
        )
