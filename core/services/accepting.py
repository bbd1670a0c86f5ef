"""Accepting the workflow's action: decide, write down, answer; the sending comes afterwards."""

import json
import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from core.domain.compose import Source
from core.domain.errors import SendRefusedError
from core.domain.ids import RefClient
from core.domain.refusals import Refusal
from core.metrics import Metrics
from core.ports import Clock, Database
from core.services.composing import Composing, Order
from core.settings import Settings
from core.stores import inbox, refusals
from core.stores.installs import Install, Installs
from core.stores.refusals import RefusedExecution
from core.wire import hubspot_action
from core.wire.hubspot_action import ActionCall

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Accepting:
    """Takes executions of the workflow action.

    Args:
        database: Where they are written down.
        clock: What o'clock it is.
        installs: Who installed.
        composing: Makes messages of them.
        settings: How long the workflow waits for the outcome.
        metrics: Counts the refusals.
    """

    database: Database
    clock: Clock
    installs: Installs
    composing: Composing
    settings: Settings
    metrics: Metrics

    async def accept(self, raw: bytes) -> str:
        """Return the answer to an execution, as JSON; a repeat is answered as the first time.

        Raises:
            MalformedRequestError: The payload cannot be read.
            UnknownAccountError: The account has not installed the app, or has removed it.
        """
        call = hubspot_action.parse(raw)
        return await self.database.run(lambda tx: self._accept(tx, call))

    def _accept(self, tx: Connection, call: ActionCall) -> str:
        install = self.installs.connected(tx, call.portal_id)
        key = f"hubspot:{call.callback_id}"
        if not inbox.receive(tx, key, call.portal_id, at=self.clock.now()):
            return inbox.find_answer(tx, key) or ""
        try:
            answer = self._promise(tx, install, call)
        except SendRefusedError as exc:
            answer = hubspot_action.refused(exc.refusal.value, exc.text("fr"))
            self._note(tx, call, exc.refusal)
            self.metrics.refusal(exc.refusal.value)
            log.info("action.refused", extra={"callback_id": call.callback_id, "code": exc.refusal})
        else:
            log.info("action.accepted", extra={"callback_id": call.callback_id})
        text = json.dumps(answer, ensure_ascii=False)
        inbox.answer_with(tx, key, text)
        return text

    def _promise(self, tx: Connection, install: Install, call: ActionCall) -> dict[str, Any]:
        """Return the answer "wait for me": until after the moment when the SMS is to go out.

        Raises:
            SendRefusedError: It must not or cannot be sent.
        """
        order = Order(
            contact_id=call.contact_id,
            fields=call.fields,
            properties=call.properties,
            # The execution's own id: people who look at smsmode find the workflow by it.
            ref_client=RefClient(call.callback_id),
            source=Source.WORKFLOW,
            callback_id=call.callback_id,
        )
        at = self.composing.promise(tx, self.composing.compose(tx, install, order))
        return hubspot_action.blocked(self.settings.blocked_for + (at - self.clock.now()))

    def _note(self, tx: Connection, call: ActionCall, refusal: Refusal) -> None:
        refused = RefusedExecution(
            callback_id=call.callback_id,
            portal_id=call.portal_id,
            contact_id=call.contact_id,
            code=refusal,
            at=self.clock.now(),
        )
        refusals.add(tx, refused)
