"""Following an SMS: what each status means for our tables, the timeline and the workflow."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from core.domain.ids import SmsmodeId
from core.domain.phone import region_of
from core.domain.quiet import postponed
from core.domain.status import SmsStatus, is_final, label, means_opted_out, passed_through, step
from core.metrics import Metrics
from core.ports import Clock
from core.services.desk import Desk
from core.services.opting_out import OptingOut
from core.services.watching import Watch
from core.stores import messages
from core.stores.messages import Message
from core.wire import hubspot_action
from core.wire.hubspot_templates import SENT_TEMPLATE

log = logging.getLogger(__name__)

ID_TAKEN = "smsmode_id_taken"
"""The code under which the log tells of an id that smsmode gave to two SMS."""

SHOWN = frozenset(
    {
        SmsStatus.SCHEDULED,
        SmsStatus.SENT,
        SmsStatus.RECEIVED,
        SmsStatus.TEMPORARY_ERROR,
        SmsStatus.PERMANENT_ERROR,
        SmsStatus.UNKNOWN_VALUE,
    }
)
"""The statuses that leave an event on the timeline, one each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What smsmode tells of a message, in its answer or in a report.

    Args:
        smsmode_id: smsmode's id; ``None`` when its first report will tell it.
        status: In our words.
        detail: smsmode's own word for it, or ``""``.
        at: When.
        text: The text as acknowledged, if told.
        characters: As acknowledged, if told.
        parts: As billed, if told.
        is_report: Whether smsmode told it unasked.
    """

    smsmode_id: SmsmodeId | None
    status: SmsStatus
    detail: str
    at: datetime
    text: str | None = None
    characters: int | None = None
    parts: int | None = None
    is_report: bool = False


@dataclass(frozen=True, slots=True)
class Following:
    """Applies what is learnt of a message, in the caller's transaction.

    Args:
        desk: Where HubSpot's news is written down.
        opting_out: Heeds the opt-outs that show in a status alone.
        clock: What o'clock it is.
        watch: Has smsmode asked when the last report does not come.
        metrics: Counts the statuses; a transaction that is undone and done again counts twice.
    """

    desk: Desk
    opting_out: OptingOut
    clock: Clock
    watch: Watch
    metrics: Metrics

    def apply(self, tx: Connection, message: Message, seen: Sighting) -> None:
        """Write down a sighting: the status moves as its table says, and each status shows once."""
        if message.is_erased:
            seen = replace(seen, text="")
        told_id, taken = seen.smsmode_id, self._taken(tx, message, seen)
        if taken:
            seen = replace(seen, smsmode_id=None)
        waited = message.status is SmsStatus.SCHEDULED
        known = replace(
            message,
            smsmode_id=seen.smsmode_id or message.smsmode_id,
            status=step(message.status, seen.status),
            # What it waited for is of no interest once it has left.
            detail=seen.detail or taken or ("" if waited else message.detail),
            text=message.text if seen.text is None else seen.text,
            characters=message.characters if seen.characters is None else seen.characters,
            parts=message.parts if seen.parts is None else seen.parts,
        )
        known = self._watched(tx, known, seen)
        self._save(tx, known)
        for status in passed_through(seen.status):
            if self._is_first(tx, message, status, at=seen.at, detail=seen.detail or taken):
                self._show(tx, known, status, at=seen.at, detail=seen.detail or taken)
        if means_opted_out(seen.detail) and not message.is_erased:
            self.opting_out.heed(
                tx,
                message.portal_id,
                message.recipient,
                contact_id=message.contact_id,
                at=seen.at,
                cause=known.smsmode_id or known.ref_client,
            )
        self._complete_sent(tx, known, known.smsmode_id or told_id)

    def postpone(self, tx: Connection, message: Message, until: datetime) -> None:
        """Write down that a message waits for its hour, and say so on the timeline."""
        detail = postponed(until, region_of(message.recipient)).fr
        waiting = replace(message, status=SmsStatus.SCHEDULED, detail=detail)
        messages.change(tx, message.id, status=SmsStatus.SCHEDULED, detail=detail)
        now = self.clock.now()
        if self._is_first(tx, message, SmsStatus.SCHEDULED, at=now, detail=detail):
            self._show(tx, waiting, SmsStatus.SCHEDULED, at=now, detail=detail)

    def refuse(self, tx: Connection, message: Message, code: str, detail: str) -> None:
        """Write down that a message will not be sent, and say so to the workflow and the timeline."""
        now = self.clock.now()
        refused = replace(message, status=SmsStatus.REFUSED, detail=detail)
        messages.change(tx, message.id, status=SmsStatus.REFUSED, detail=detail)
        if self._is_first(tx, message, SmsStatus.REFUSED, at=now, detail=detail):
            self._show(tx, refused, SmsStatus.PERMANENT_ERROR, at=now, detail=detail)
        self._complete(tx, message, hubspot_action.failed_outputs(code, detail))

    def _taken(self, tx: Connection, message: Message, seen: Sighting) -> str:
        """Return what to say of an id that another SMS has already, or ``""``.

        The SMS went out all the same: it is followed by its reference, without that id. An
        smsmode that lost its memory gives ids again, as a sandbox does that begins anew.
        """
        if seen.smsmode_id is None or seen.smsmode_id == message.smsmode_id:
            return ""
        other = messages.find_by_smsmode_id(tx, seen.smsmode_id)
        if other is None:
            return ""
        told = {
            "code": ID_TAKEN,
            "smsmode_id": seen.smsmode_id,
            "message_id": message.id,
            "taken_by": other.id,
            "todo": "ask smsmode why, or give a sandbox that began anew an empty CORE_DATABASE",
        }
        log.warning("sms.id_taken", extra=told)
        return (
            f"smsmode a donné à ce SMS l'identifiant {seen.smsmode_id}, déjà celui d'un autre : "
            "il est suivi par sa référence."
        )

    def _is_first(
        self, tx: Connection, message: Message, status: SmsStatus, *, at: datetime, detail: str
    ) -> bool:
        """Write down a status, and return whether the message had not come to it before."""
        is_first = messages.record_status(tx, message.id, status, at=at, detail=detail)
        if is_first:
            self.metrics.status(message.kind.value, status.value)
            log.info(
                "sms.status",
                extra={"message_id": message.id, "ref": message.ref_client, "status": status},
            )
        return is_first

    def _watched(self, tx: Connection, message: Message, seen: Sighting) -> Message:
        """Return ``message`` with the moment at which smsmode is asked about it."""
        if is_final(message.status):
            return replace(message, look_at=None)
        if message.look_at is not None and not seen.is_report:
            return message
        at = (self.watch.after_report if seen.is_report else self.watch.next_look)(message)
        if at is not None:
            self.watch.promise(tx, message, at=at)
        return replace(message, look_at=at)

    def _save(self, tx: Connection, message: Message) -> None:
        messages.change(
            tx,
            message.id,
            smsmode_id=message.smsmode_id,
            status=message.status,
            detail=message.detail,
            text=message.text,
            characters=message.characters,
            parts=message.parts,
            campaign=None,
            look_at=message.look_at,
        )

    def _show(
        self, tx: Connection, message: Message, status: SmsStatus, *, at: datetime, detail: str
    ) -> None:
        if status not in SHOWN or message.is_erased:
            return
        tokens = {
            "message": message.text,
            "statut": label(status, "fr"),
            "caracteres": str(message.characters),
            "nombre_sms": str(message.parts),
            "detail": detail,
        }
        self.desk.event(
            tx,
            message.portal_id,
            key=f"{message.ref_client}-{status.value}",
            template=SENT_TEMPLATE,
            contact_id=message.contact_id,
            at=at,
            tokens=tokens,
        )

    def _complete_sent(self, tx: Connection, message: Message, sms_id: SmsmodeId | None) -> None:
        # Of a campaign's messages smsmode tells the ids in their reports: the workflow waits for it.
        if sms_id is None:
            return
        outputs = hubspot_action.sent_outputs(
            sms_id,
            label(message.status, "fr"),
            message.parts,
        )
        self._complete(tx, message, outputs)

    def _complete(self, tx: Connection, message: Message, outputs: Mapping[str, str]) -> None:
        if message.callback_id is None or message.completed:
            return
        messages.change(tx, message.id, completed=True)
        self.desk.completion(tx, message.portal_id, message.callback_id, outputs)
