"""Accepting the workflow's action: decide, write down, answer; the sending comes afterwards."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from core.domain.compose import Draft, SendType, compose, read_encoding, read_type
from core.domain.consent import ConsentPolicy, decide
from core.domain.errors import SendRefusedError, UnknownAccountError
from core.domain.ids import MessageId, RefClient
from core.domain.phone import Phone, parse_recipient
from core.domain.refusals import Refusal
from core.domain.status import SmsStatus
from core.domain.tokens import MissingPolicy
from core.ports import Clock, Database, IdSource, WorkQueue
from core.services.sending import SEND
from core.stores import inbox, messages
from core.stores.installs import Install, Installs, InstallState
from core.stores.messages import Message
from core.wire import hubspot_action, hubspot_definitions
from core.wire.hubspot_action import ActionCall
from core.wire.hubspot_definitions import CONSENT, STATUS

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Accepting:
    """Takes executions of the workflow action.

    Args:
        database: Where they are written down.
        clock: What o'clock it is.
        ids: Names for messages.
        queue: Where the sending is promised.
        installs: Who installed.
        blocked_for: How long the workflow waits for the outcome.
        consent: How a consent that nobody has filled in is read.
        missing: What a token becomes when the contact has no such name.
    """

    database: Database
    clock: Clock
    ids: IdSource
    queue: WorkQueue
    installs: Installs
    blocked_for: timedelta
    consent: ConsentPolicy
    missing: MissingPolicy

    async def accept(self, raw: bytes) -> str:
        """Return the answer to an execution, as JSON; a repeat is answered as the first time.

        Raises:
            MalformedRequestError: The payload cannot be read.
            UnknownAccountError: The account has not installed the app, or has removed it.
        """
        call = hubspot_action.parse(raw)
        return await self.database.run(lambda tx: self._accept(tx, call, raw))

    def _accept(self, tx: Connection, call: ActionCall, raw: bytes) -> str:
        install = self.installs.find(tx, call.portal_id)
        if install is None or install.state is not InstallState.ACTIVE:
            raise UnknownAccountError(call.portal_id)
        key = f"hubspot:{call.callback_id}"
        if not inbox.receive(tx, key, call.portal_id, raw, at=self.clock.now()):
            return inbox.find_answer(tx, key) or ""
        try:
            message = self._compose(tx, install, call)
        except SendRefusedError as exc:
            answer = hubspot_action.refused(exc.refusal.value, exc.text("fr"))
            log.info("action.refused", extra={"callback_id": call.callback_id, "code": exc.refusal})
        else:
            messages.add(tx, message)
            bulk = message.kind is SendType.PROMOTIONAL
            self.queue.enqueue(tx, SEND, message.id, account=message.portal_id, bulk=bulk)
            answer = hubspot_action.blocked(self.blocked_for)
            log.info("action.accepted", extra={"callback_id": call.callback_id})
        text = json.dumps(answer, ensure_ascii=False)
        inbox.answer_with(tx, key, text)
        return text

    def _compose(self, tx: Connection, install: Install, call: ActionCall) -> Message:
        """Return the message that an execution asks for.

        Raises:
            SendRefusedError: It must not or cannot be sent.
        """
        if not install.linked:
            raise SendRefusedError(Refusal.KEYS_NOT_LINKED)
        draft = _draft(call.fields)
        phone = _recipient(call, install.country)
        opted_out = inbox.has_opted_out(tx, call.portal_id, phone.e164)
        properties = call.properties
        decide(
            draft.type,
            consent=properties.get(CONSENT),
            smsmode_status=properties.get(STATUS),
            marketing_status=properties.get("hs_marketable_status"),
            opted_out_locally=opted_out,
            policy=self.consent,
        )
        sms = compose(
            draft,
            lastname=properties.get("lastname"),
            firstname=properties.get("firstname"),
            missing=self.missing,
        )
        return Message(
            id=MessageId(self.ids.uuid()),
            portal_id=call.portal_id,
            contact_id=call.contact_id,
            callback_id=call.callback_id,
            # The execution's own id: people who look at smsmode find the workflow by it.
            ref_client=RefClient(call.callback_id),
            kind=draft.type,
            recipient=phone.e164,
            sender=sms.sender,
            text=sms.text,
            encoding=sms.encoding,
            stop=sms.stop,
            characters=sms.characters,
            parts=sms.parts,
            created_at=self.clock.now(),
            status=SmsStatus.ACCEPTED,
        )


def _draft(fields: Mapping[str, str]) -> Draft:
    return Draft(
        type=read_type(fields.get(hubspot_definitions.KIND, "")),
        text=fields.get(hubspot_definitions.TEXT, ""),
        sender=fields.get(hubspot_definitions.SENDER),
        stop=fields.get(hubspot_definitions.STOP) == "true",
        encoding=read_encoding(fields.get(hubspot_definitions.ENCODING, "")),
    )


def _recipient(call: ActionCall, country: str) -> Phone:
    chosen = call.fields.get(hubspot_definitions.TO)
    text = chosen or call.properties.get("phone") or call.properties.get("mobilephone") or ""
    return parse_recipient(text, country)
