"""smsmode's delivery reports: what became of an SMS.

Source: smsmode API docs, status callback: the whole message resource (many).
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import orjson

from core.domain.ids import RefClient, SmsmodeId
from core.wire.smsmode_fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One status of one SMS; smsmode may send it twice, late, or out of order.

    Args:
        message_id: smsmode's name for the SMS.
        ref_client: Our reference, or ``None`` when it is not echoed.
        value: The status as smsmode spells it, known to us or not.
        detail: Why, for a failure.
        at: When it came to that, in UTC, or ``None``.
        text: The text as sent, with the opt-out mention.
        length: The size that is billed.
        parts: How many SMS are billed.
        price: What it costs, or ``None`` when it is not priced yet.
        currency: Of the price, ISO 4217.
    """

    message_id: SmsmodeId
    ref_client: RefClient | None
    value: str
    detail: str | None
    at: datetime | None
    text: str | None
    length: int | None
    parts: int | None
    price: Decimal | None
    currency: str | None


def parse(raw: bytes) -> Report:
    """Return the report in a status callback's body.

    Raises:
        MalformedRequestError: It is no JSON object, has no ``messageId`` or ``status.value``, or
            a field is of another type; unknown fields do not matter.
    """
    fields = Fields.parse(raw)
    body, status, price = fields.inside("body"), fields.inside("status"), fields.inside("price")
    ref_client = fields.text("refClient")
    return Report(
        message_id=SmsmodeId(fields.required_text("messageId")),
        ref_client=None if ref_client is None else RefClient(ref_client),
        value=status.required_text("value"),
        detail=status.text("detail"),
        at=status.moment("deliveryDate"),
        text=body.text("text"),
        length=body.count("length"),
        parts=body.count("messagePartCount"),
        price=price.money("amount"),
        currency=price.text("currency"),
    )


def without_person(report: Report) -> bytes:
    """Return a report as ``parse`` reads it, but for the text; and nobody's number is in it.

    For what is kept until its SMS is known: the answer that makes it known tells the text.
    """
    price = None if report.price is None else str(report.price)
    told = {
        "messageId": report.message_id,
        "refClient": report.ref_client,
        "status": {
            "value": report.value,
            "detail": report.detail,
            "deliveryDate": None if report.at is None else report.at.isoformat(),
        },
        "body": {"length": report.length, "messagePartCount": report.parts},
        "price": {"amount": price, "currency": report.currency},
    }
    return orjson.dumps(told)
