"""Sending: once and only once, whatever breaks on the way.

An intent is written down before smsmode is called, and the outcome after it. Where there is an
intent and no outcome, only smsmode can tell: it is asked for our reference, and what it does
not know is sent again once its reporting lag is over.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.clients.smsmode import Smsmode
from core.domain.errors import (
    AccessRevokedError,
    OutcomeUnknownError,
    ProviderDownError,
    ProviderError,
    ProviderRefusedError,
    ThrottledError,
)
from core.domain.ids import MessageId
from core.domain.retry import next_wait
from core.domain.status import SmsStatus, from_smsmode
from core.ports import Clock, Database, Done, Fail, Outcome, Retry, Task
from core.services.clearing import Clearing
from core.services.following import Following, Sighting
from core.services.reporting import Reporting
from core.services.retrying import again
from core.services.turns import channel_key
from core.stores import messages, steps
from core.stores.installs import Install
from core.stores.messages import Message
from core.stores.steps import Step, StepState
from core.variables import Secret
from core.wire import smsmode_send
from core.wire.smsmode_send import SentMessage

log = logging.getLogger(__name__)

SEND = "send"
"""The kind of the job that sends one message."""

_TO_BE_SENT = frozenset({SmsStatus.ACCEPTED, SmsStatus.SCHEDULED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A message that is to be sent now, and what it takes to do so."""

    message: Message
    install: Install
    key: Secret
    step: Step | None


@dataclass(frozen=True, slots=True)
class Sending:
    """Sends the messages that were accepted.

    Args:
        database: Where they are written down.
        clock: What o'clock it is.
        smsmode: Who sends them.
        clearing: Knows what has come in their way.
        following: What becomes of the outcome.
        reporting: Applies the reports that came before the answer.
        public_url: Where smsmode reports to.
        lag: How long smsmode may take to list what it has accepted.
    """

    database: Database
    clock: Clock
    smsmode: Smsmode
    clearing: Clearing
    following: Following
    reporting: Reporting
    public_url: str
    lag: timedelta

    async def run(self, task: Task) -> Outcome:
        """Do the job for the message that ``task`` names."""
        message_id = MessageId(task.item)
        try:
            ready = await self.clearing.prepare(lambda tx: self._prepare(tx, message_id))
            return await self._attempt(ready) if isinstance(ready, _Ready) else ready
        except (AccessRevokedError, ProviderRefusedError) as exc:
            await self._refuse(message_id, str(exc.code), exc.message, step=StepState.DONE)
            return Done()
        except ThrottledError as exc:
            return again(task, exc, now=self.clock.now())
        except ProviderError as exc:
            return await self._later(message_id, task, exc)

    def _wait(self, wait: timedelta) -> Retry:
        return Retry(at=self.clock.now() + wait, counted=False)

    async def _attempt(self, ready: _Ready) -> Outcome:
        """Find out what became of an earlier try, if any, and send what was not sent."""
        if ready.step is not None and ready.step.state is StepState.INTENT:
            outcome = await self._resolve(ready, ready.step)
            if outcome is not None:
                return outcome
            # Much may have come in the way since the earlier try, a STOP above all.
            anew = await self.clearing.prepare(lambda tx: self._prepare(tx, ready.message.id))
            if not isinstance(anew, _Ready):
                return anew
            ready = anew
        await self._record(ready, await self._send(ready))
        return Done()

    def _prepare(self, tx: Connection, message_id: MessageId) -> _Ready | Done | Retry:
        """Return what is to be sent, with the intent written down, or the outcome without a send.

        Raises:
            AccountUnheardError: HubSpot is to be asked first; nothing is written down.
        """
        message = messages.find(tx, message_id)
        if message is None or message.smsmode_id or message.status not in _TO_BE_SENT:
            return Done()
        step = steps.find(tx, message.id, SEND)
        install = self.clearing.installs.find(tx, message.portal_id)
        undecided = step is not None and step.state is StepState.INTENT
        key = None if install is None else channel_key(install, message.kind)
        # What may have gone out is refused only where nobody is left to be asked about it.
        if (key is None or not undecided) and self.clearing.is_refused(tx, message, install):
            return Done()
        if install is None or key is None:
            return Done()
        turns = self.clearing.turns
        # A retry may come after the hours have closed.
        if not undecided and (closed := turns.closed_for(message)):
            return self._wait(closed)
        if not undecided:
            self.clearing.check_heard(message, install)
        if wait := turns.take(tx, key):
            return self._wait(wait)
        if not undecided:
            steps.save(tx, message.id, SEND, StepState.INTENT, at=self.clock.now())
        return _Ready(message=message, install=install, key=key, step=step)

    async def _resolve(self, ready: _Ready, step: Step) -> Outcome | None:
        """Find out what became of an earlier try; ``None`` when it is to be sent again."""
        asking = self.smsmode.find(ready.key, ready.message.ref_client)
        found = await self.clearing.turns.obey(ready.key, asking)
        if found is not None:
            await self._record(ready, found)
            return Done()
        known_by = step.at + self.lag
        if self.clock.now() < known_by:
            return Retry(at=known_by, counted=False)
        await self._mark(ready, StepState.RELEASED)
        return None

    async def _send(self, ready: _Ready) -> SentMessage:
        message, hooks = ready.message, f"{self.public_url}/smsmode/{ready.install.callback_key}"
        body = smsmode_send.request_body(
            to=message.recipient,
            text=message.text,
            encoding=message.encoding,
            stop=message.stop,
            sender=message.sender,
            ref_client=message.ref_client,
            callback_status=f"{hooks}/status",
            callback_inbound=f"{hooks}/inbound",
        )
        try:
            return await self.clearing.turns.obey(ready.key, self.smsmode.send(ready.key, body))
        except (ProviderDownError, ThrottledError):
            await self._mark(ready, StepState.RELEASED)
            raise

    async def _record(self, ready: _Ready, sent: SentMessage) -> None:
        def record(tx: Connection) -> None:
            now = self.clock.now()
            steps.save(tx, ready.message.id, SEND, StepState.DONE, at=now)
            message = messages.find(tx, ready.message.id)
            if message is not None:
                self.following.apply(tx, message, _sighting(sent, now))
                self.reporting.apply_parked(tx, message.portal_id, sent.id)

        await self.database.run(record)

    async def _refuse(
        self, message_id: MessageId, code: str, reason: str, *, step: StepState | None = None
    ) -> None:
        def refuse(tx: Connection) -> None:
            if step is not None:
                steps.save(tx, message_id, SEND, step, at=self.clock.now())
            # Its recipient may have been forgotten while smsmode was asked.
            message = messages.find(tx, message_id)
            if message is not None and not message.is_erased:
                self.following.refuse(tx, message, code, reason)

        log.warning("send.refused", extra={"message_id": message_id, "code": code})
        await self.database.run(refuse)

    async def _later(self, message_id: MessageId, task: Task, error: ProviderError) -> Outcome:
        wait = next_wait(task.attempt, task.item)
        log.warning("send.delayed", extra={"message_id": task.item, "code": error.code})
        if wait is None:
            # How far the last try went stays written down: a replay goes on from there.
            await self._refuse(message_id, str(error.code), error.message)
            return Fail(reason=error.message)
        if isinstance(error, OutcomeUnknownError):
            wait = max(wait, timedelta(seconds=1))
        return Retry(at=self.clock.now() + wait)

    async def _mark(self, ready: _Ready, state: StepState) -> None:
        await self.database.run(
            lambda tx: steps.save(tx, ready.message.id, SEND, state, at=self.clock.now())
        )


def _sighting(sent: SentMessage, now: datetime) -> Sighting:
    return Sighting(
        smsmode_id=sent.id,
        status=from_smsmode(sent.value, sent.detail),
        detail=sent.detail or "",
        at=now,
        text=sent.text,
        characters=sent.length,
        parts=sent.parts,
    )
