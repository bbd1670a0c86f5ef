"""smsmode's inbound messages: what recipients reply.

Source: smsmode API docs, inbound callback (single).
"""

import re
from dataclasses import dataclass
from datetime import datetime

from core.domain.consent import is_stop
from core.domain.errors import MalformedRequestError
from core.domain.ids import RefClient, SmsmodeId
from core.wire.smsmode_fields import Fields

_INTERNATIONAL = re.compile(r"\+?([1-9][0-9]{7,14})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One reply; smsmode may send it twice.

    Args:
        id: smsmode's name for the reply.
        origin_id: smsmode's name for the SMS replied to, or ``None``.
        phone: Who replied, in E.164 with its ``+``.
        text: What they wrote.
        stop: Whether they want no more promotional SMS: smsmode says so, or the text does.
        at: When, in UTC, or ``None``.
        ref_client: Our reference of the SMS replied to, or ``None``.
    """

    id: SmsmodeId
    origin_id: SmsmodeId | None
    phone: str
    text: str
    stop: bool
    at: datetime | None
    ref_client: RefClient | None


def parse(raw: bytes) -> Inbound:
    """Return the reply in an inbound callback's body.

    The docs put the phone in ``from`` and the short code in ``recipient.to``; live bodies of a
    sister product have them the other way round. So the phone is whichever looks like one:
    8 to 15 digits in international form, which no short code or lettered sender does. When
    both do, the docs are followed.

    Raises:
        MalformedRequestError: It is no JSON object, has no ``messageId``, neither field holds a
            phone, or a field is of another type; unknown fields do not matter.
    """
    fields = Fields.parse(raw)
    body = fields.inside("body")
    text = body.text("text") or ""
    origin, ref_client = fields.text("originMessageId"), fields.text("refClient")
    return Inbound(
        id=SmsmodeId(fields.required_text("messageId")),
        origin_id=None if origin is None else SmsmodeId(origin),
        phone=_find_phone(fields.text("from"), fields.inside("recipient").text("to")),
        text=text,
        stop=body.flag("stop") or is_stop(text),
        at=fields.moment("sentDate"),
        ref_client=None if ref_client is None else RefClient(ref_client),
    )


def _find_phone(*places: str | None) -> str:
    for place in places:
        match = _INTERNATIONAL.fullmatch(place or "")
        if match is not None:
            return "+" + match[1]
    raise MalformedRequestError("neither from nor recipient.to holds an international number")
