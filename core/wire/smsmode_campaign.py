"""Campaigns of smsmode: one text to many phones in one call.

Source: smsmode API docs, ``/sms/v1/campaigns`` (single); official client (limits).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from core.domain.errors import MalformedRequestError, OutcomeUnknownError
from core.domain.gsm import Encoding
from core.domain.ids import RefClient
from core.wire.smsmode_fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Launched:
    """What smsmode says of a campaign that it took; its messages get their ids in their reports.

    Args:
        text: The text as acknowledged, with the opt-out mention.
        length: The size that is billed for each, or ``None``.
        parts: How many SMS are billed for each, or ``None``.
    """

    text: str | None = None
    length: int | None = None
    parts: int | None = None


def request_body(
    *,
    recipients: Iterable[tuple[str, RefClient]],
    text: str,
    encoding: Encoding,
    stop: bool,
    sender: str | None,
    callback_status: str,
    callback_inbound: str,
) -> bytes:
    """Return the body of a launch, as JSON.

    Args:
        recipients: At most 1,000 pairs of a number in E.164 and our reference for its SMS.
        text: The text, without the mention.
        encoding: How it travels.
        stop: Whether smsmode is to append the opt-out mention.
        sender: 1 to 11 letters and digits, or ``None`` for the channel's own.
        callback_status: Where reports go, at most 255 characters.
        callback_inbound: Where replies go, the same.
    """
    body: dict[str, object] = {
        "recipients": [
            {"to": to.removeprefix("+"), "refClient": reference} for to, reference in recipients
        ],
        "body": {"text": text, "encoding": encoding.value, "stop": stop},
        "callbackUrlStatus": callback_status,
        "callbackUrlMo": callback_inbound,
    }
    return orjson.dumps(body if sender is None else body | {"from": sender})


def parse_launched(body: bytes) -> Launched:
    """Return what the answer to a launch says.

    Raises:
        OutcomeUnknownError: It cannot be read: the SMS may be on their way, so search for their
            references before sending them again.
    """
    try:
        fields = Fields.parse(body)
        fields.required_text("campaignId")
        told = fields.inside("body")
        return Launched(
            text=told.text("text"),
            length=told.count("length"),
            parts=told.count("messagePartCount"),
        )
    except MalformedRequestError as error:
        raise OutcomeUnknownError(
            f"smsmode accepted the campaign but its answer is unreadable ({error.message}):"
            " search for the refClient of each SMS"
        ) from error
