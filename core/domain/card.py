"""What the custom card shows of a contact, and who looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from core.domain.compose import SendType
from core.domain.errors import CallerError
from core.domain.ids import ContactId, PortalId
from core.domain.language import Words
from core.domain.refusals import Refusal
from core.domain.status import LABELS, SmsStatus

SHOWN = 5
"""How many SMS the card shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody at a contact's record.

    Args:
        portal_id: The account.
        contact_id: The contact.
        user: Who it is, as HubSpot names them: their email, or their id.
    """

    portal_id: PortalId
    contact_id: ContactId
    user: str


class Tone(StrEnum):
    """How good the news of a status is; the values are HubSpot's own.

    Source: HubSpot developer docs, "CRM cards", status options.
    """

    DEFAULT = "DEFAULT"
    SUCCESS = "SUCCESS"
    WARNING = "WARNING"
    DANGER = "DANGER"
    INFO = "INFO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One SMS exchanged with a contact, either way.

    Args:
        id: Ours for what was sent, smsmode's for what was received.
        is_reply: Whether the contact wrote it.
        at: When it was asked for, or received.
        kind: Its channel; ``None`` for a reply to no SMS of ours.
        text: The text.
        status: What people read of it.
        tone: How good that is.
        detail: What is said beside the status.
    """

    id: str
    is_reply: bool
    at: datetime
    kind: SendType | None
    text: str
    status: Words
    tone: Tone
    detail: str = ""


REPLY, OPT_OUT = (
    Words(fr="Réponse du destinataire", en="Reply from the recipient"),
    Words(fr="Opt-out demandé", en="Opt-out asked for"),
)
"""What a reply is called. Source: smsmode HubSpot tutorial (single)."""

TONES: Mapping[SmsStatus, Tone] = MappingProxyType(
    {
        SmsStatus.ACCEPTED: Tone.INFO,
        SmsStatus.SCHEDULED: Tone.INFO,
        SmsStatus.SENT: Tone.INFO,
        SmsStatus.UNKNOWN_VALUE: Tone.DEFAULT,
        SmsStatus.RECEIVED: Tone.SUCCESS,
        SmsStatus.TEMPORARY_ERROR: Tone.WARNING,
        SmsStatus.PERMANENT_ERROR: Tone.DANGER,
        SmsStatus.REFUSED: Tone.DANGER,
    }
)
"""How good each status is."""


def sent(
    *, message_id: str, at: datetime, kind: SendType, text: str, status: SmsStatus, detail: str
) -> Exchange:
    """Return an SMS of ours as the card shows it."""
    return Exchange(
        id=message_id,
        is_reply=False,
        at=at,
        kind=kind,
        text=text,
        status=LABELS[status],
        tone=TONES[status],
        detail=detail,
    )


def received(
    *, reply_id: str, at: datetime, kind: SendType | None, text: str, stop: bool
) -> Exchange:
    """Return a reply as the card shows it."""
    return Exchange(
        id=reply_id,
        is_reply=True,
        at=at,
        kind=kind,
        text=text,
        status=OPT_OUT if stop else REPLY,
        tone=Tone.WARNING if stop else Tone.DEFAULT,
    )


_SENDER = (Refusal.INVALID_SENDER, Refusal.SENDER_NOT_TAKEN, Refusal.SENDER_NOT_DECLARED)
_TEXT = (
    Refusal.EMPTY_TEXT,
    Refusal.TEXT_TOO_LONG,
    Refusal.UNKNOWN_TOKEN,
    Refusal.MISSING_TOKEN_VALUE,
)
_TO = (Refusal.NO_NUMBER, Refusal.INVALID_NUMBER, Refusal.NOT_A_MOBILE)


def field_of(refusal: Refusal) -> str:
    """Return the field of the form that a refusal is shown beside.

    What concerns the account, the consent or the type of send stands beside the type: another
    type may be the way out.
    """
    if refusal in _SENDER:
        return "sender"
    if refusal in _TEXT:
        return "text"
    if refusal in _TO:
        return "to"
    return "encoding" if refusal is Refusal.UNKNOWN_ENCODING else "type"


class CardFault(StrEnum):
    """Why a page of the card cannot be shown."""

    FORGED_LINK = "forged_link"
    """The link was not made by us, or for another page."""
    EXPIRED_LINK = "expired_link"
    """Too much time passed since the card was shown."""


CARD_TEXTS: Mapping[CardFault, Words] = MappingProxyType(
    {
        CardFault.FORGED_LINK: Words(
            fr="Ce lien ne vient pas de la carte smsmode : rouvrez la fiche du contact.",
            en="This link does not come from the smsmode card: open the contact record again.",
        ),
        CardFault.EXPIRED_LINK: Words(
            fr="Cette page est restée ouverte trop longtemps : rouvrez la fiche du contact.",
            en="This page was left open too long: open the contact record again.",
        ),
    }
)
"""What is told, and what to do next."""


class CardLinkError(CallerError):
    """The request's link does not let it in.

    Args:
        fault: What is wrong with it.
    """

    def __init__(self, fault: CardFault) -> None:
        super().__init__(fault, CARD_TEXTS[fault].en)
        self.fault = fault
