"""Campaigning: promotional SMS that say the same thing go to smsmode in one call.

They wait a short while for each other. The rule of every send holds for each of them: an intent
is written down before the call; where its outcome is not known, each SMS is handed over to the
job that asks smsmode for its reference before it sends anything.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

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
from core.domain.status import SmsStatus
from core.ports import Clock, Database, Done, Fail, Outcome, Retry, Task
from core.services.clearing import Clearing
from core.services.dispatching import Dispatch
from core.services.following import Following, Sighting
from core.services.retrying import again
from core.services.sending import SEND
from core.services.turns import channel_key
from core.stores import messages, steps
from core.stores.installs import Install
from core.stores.messages import Message
from core.stores.steps import StepState
from core.variables import Secret
from core.wire import smsmode_campaign
from core.wire.smsmode_campaign import Launched

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """Messages that are to be sent now in one call, and what it takes to do so."""

    messages: Sequence[Message]
    install: Install
    key: Secret


@dataclass(frozen=True, slots=True)
class Campaigning:
    """Sends what waits under one name.

    Args:
        database: Where messages are written down.
        clock: What o'clock it is.
        smsmode: Who sends them.
        clearing: Knows what has come in a message's way.
        following: What becomes of the outcome.
        dispatch: Sends singly what cannot go together.
        public_url: Where smsmode reports to.
        largest: How many messages go out in one call.
    """

    database: Database
    clock: Clock
    smsmode: Smsmode
    clearing: Clearing
    following: Following
    dispatch: Dispatch
    public_url: str
    largest: int

    async def run(self, task: Task) -> Outcome:
        """Send what waits under the name that ``task`` names, call by call."""
        while True:
            try:
                ready = await self.clearing.prepare(lambda tx: self._prepare(tx, task.item))
            except ProviderError as exc:
                return await self._later(task, exc)
            if not isinstance(ready, _Ready):
                return ready
            if (outcome := await self._attempt(ready, task)) is not None:
                return outcome

    async def _later(self, task: Task, error: ProviderError) -> Outcome:
        """Return when to go on; what could not be cleared in all that time goes on by itself."""
        outcome = again(task, error, now=self.clock.now())
        if not isinstance(outcome, Fail):
            return outcome
        await self.database.run(lambda tx: self._disband(tx, task.item))
        return Done()

    def _disband(self, tx: Connection, group: str) -> None:
        while waiting := messages.of_campaign(tx, group, limit=self.largest):
            self.dispatch.singly(tx, waiting, at=self.clock.now())

    def _prepare(self, tx: Connection, group: str) -> _Ready | Done | Retry:
        """Return what goes out in the next call, with its intents written down, or the outcome.

        Raises:
            AccountUnheardError: HubSpot is to be asked first; nothing is written down.
        """
        while waiting := messages.of_campaign(tx, group, limit=self.largest):
            # An intent that nobody ended is of a call that a crash cut short: ask for each.
            begun = steps.with_intent(tx, [message.id for message in waiting], SEND)
            self.dispatch.singly(tx, [m for m in waiting if m.id in begun], at=self.clock.now())
            ready = self._clear(tx, [m for m in waiting if m.id not in begun])
            if ready is not None:
                return ready
        return Done()

    def _clear(self, tx: Connection, found: Sequence[Message]) -> _Ready | Retry | None:
        """Return the messages that nothing stands in the way of, if they are worth a campaign.

        Who waits keeps what is written down: the turn that was booked above all.
        """
        install = self.clearing.installs.find(tx, found[0].portal_id) if found else None
        clear: list[Message] = []
        for message in found:
            if self.clearing.is_refused(tx, message, install):
                messages.change(tx, message.id, campaign=None)
            else:
                clear.append(message)
        key = None if install is None or not clear else channel_key(install, clear[0].kind)
        if install is None or key is None or len(clear) == 1:
            self.dispatch.singly(tx, clear, at=self.clock.now())
            return None
        turns = self.clearing.turns
        # A retry may come after the hours have closed; all of them are in one country.
        if closed := turns.closed_for(clear[0]):
            return self._wait(closed)
        self.clearing.check_heard(clear[-1], install)
        if wait := turns.take(tx, key):
            return self._wait(wait)
        self._mark(tx, clear, StepState.INTENT)
        return _Ready(messages=clear, install=install, key=key)

    def _wait(self, wait: timedelta) -> Retry:
        return Retry(at=self.clock.now() + wait, counted=False)

    async def _attempt(self, ready: _Ready, task: Task) -> Outcome | None:
        """Make one call; ``None`` when all of its messages are settled or handed over."""
        try:
            launched = await self._launch(ready)
        except (ProviderDownError, ThrottledError) as exc:
            await self._release(ready)
            outcome = again(task, exc, now=self.clock.now())
            if not isinstance(outcome, Fail):
                return outcome
            await self._hand_over(ready)
        except (ProviderRefusedError, AccessRevokedError) as exc:
            # One recipient may be at fault: alone, each has an answer of its own.
            log.warning("campaign.refused", extra={"group": task.item, "code": exc.code})
            await self._release(ready)
            await self._hand_over(ready)
        except OutcomeUnknownError as exc:
            log.warning("campaign.unknown", extra={"group": task.item, "code": exc.code})
            await self._hand_over(ready)
        else:
            await self.database.run(lambda tx: self._record(tx, ready, launched))
        return None

    async def _launch(self, ready: _Ready) -> Launched:
        first, hooks = ready.messages[0], f"{self.public_url}/smsmode/{ready.install.callback_key}"
        body = smsmode_campaign.request_body(
            recipients=[(message.recipient, message.ref_client) for message in ready.messages],
            text=first.text,
            encoding=first.encoding,
            stop=first.stop,
            sender=first.sender,
            callback_status=f"{hooks}/status",
            callback_inbound=f"{hooks}/inbound",
        )
        launching = self.smsmode.launch(ready.key, body)
        return await self.clearing.turns.obey(ready.key, launching)

    def _record(self, tx: Connection, ready: _Ready, launched: Launched) -> None:
        now, ids = self.clock.now(), [message.id for message in ready.messages]
        self._mark(tx, ready.messages, StepState.DONE)
        for message in messages.find_all(tx, ids):
            self.following.apply(tx, message, _sighting(message, launched, now))
        log.info("campaign.sent", extra={"count": len(ready.messages)})

    async def _release(self, ready: _Ready) -> None:
        """Write down that nothing was sent."""
        release = partial(self._mark, found=ready.messages, state=StepState.RELEASED)
        await self.database.run(release)

    async def _hand_over(self, ready: _Ready) -> None:
        at = self.clock.now()
        await self.database.run(lambda tx: self.dispatch.singly(tx, ready.messages, at=at))

    def _mark(self, tx: Connection, found: Sequence[Message], state: StepState) -> None:
        ids = [message.id for message in found]
        steps.save_all(tx, ids, SEND, state, at=self.clock.now())


def _sighting(message: Message, launched: Launched, now: datetime) -> Sighting:
    """Return what a launch tells of one message; a report that came first has told more."""
    if message.smsmode_id is not None:
        return Sighting(smsmode_id=message.smsmode_id, status=SmsStatus.SENT, detail="", at=now)
    return Sighting(
        smsmode_id=None,
        status=SmsStatus.SENT,
        detail="",
        at=now,
        text=launched.text,
        characters=launched.length,
        parts=launched.parts,
    )
