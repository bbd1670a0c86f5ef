"""Sending through smsmode: the request, its answer, the search for it, and refusals.

Source: smsmode API docs, ``/sms/v1/messages`` (many).
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import orjson

from core.domain.errors import MalformedRequestError, OutcomeUnknownError, ProviderDownError
from core.domain.gsm import Encoding
from core.domain.ids import RefClient, SmsmodeId
from core.wire.smsmode_fields import Fields

_ON_ITS_WAY = "ENROUTE"
_LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """What smsmode says of an SMS that it took.

    Args:
        id: smsmode's name for it.
        ref_client: Our reference, or ``None`` when smsmode does not echo it.
        text: The text as acknowledged, with the opt-out mention.
        length: The size that is billed, or ``None``.
        parts: How many SMS are billed, or ``None``.
        value: The status, ``ENROUTE`` when smsmode gives none.
        detail: The status' detail.
        price: What it costs, or ``None`` when it is not priced yet.
        currency: Of the price, ISO 4217.
    """

    id: SmsmodeId
    ref_client: RefClient | None = None
    text: str | None = None
    length: int | None = None
    parts: int | None = None
    value: str = _ON_ITS_WAY
    detail: str | None = None
    price: Decimal | None = None
    currency: str | None = None


class ApiRefusal(NamedTuple):
    """Why smsmode refused a call.

    Args:
        code: smsmode's ``errorCode``, or the HTTP status when the body has none.
        message: In words, at most 300 characters.
    """

    code: str
    message: str


def request_body(
    *,
    to: str,
    text: str,
    encoding: Encoding,
    stop: bool,
    sender: str | None,
    ref_client: RefClient,
    callback_status: str | None,
    callback_inbound: str | None,
) -> bytes:
    """Return the body of a send, as JSON.

    Args:
        to: The recipient in E.164; it travels without its ``+``, as the docs write it.
        text: The text, without the mention.
        encoding: How it travels.
        stop: Whether smsmode is to append the opt-out mention.
        sender: 1 to 11 letters and digits, or ``None`` for the channel's own.
        ref_client: Our reference, 3 to 140 characters.
        callback_status: Where reports go, at most 255 characters; ``None`` for the channel's.
        callback_inbound: Where replies go, the same.
    """
    body: dict[str, object] = {
        "recipient": {"to": to.removeprefix("+")},
        "body": {"text": text, "encoding": encoding.value, "stop": stop},
        "refClient": ref_client,
    }
    optional = {
        "from": sender,
        "callbackUrlStatus": callback_status,
        "callbackUrlMo": callback_inbound,
    }
    return orjson.dumps(body | {name: value for name, value in optional.items() if value})


def parse_sent(body: bytes) -> SentMessage:
    """Return the SMS that an accepted send's answer describes.

    Raises:
        OutcomeUnknownError: The answer cannot be read: the SMS may be on its way, so search for
            its reference before sending it again.
    """
    try:
        return _message(Fields.parse(body))
    except MalformedRequestError as error:
        raise OutcomeUnknownError(
            f"smsmode accepted the send but its answer is unreadable ({error.message}):"
            " search for its refClient"
        ) from error


def parse_read(body: bytes) -> SentMessage:
    """Return the SMS that the answer to a question about it describes.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    try:
        return _message(Fields.parse(body))
    except MalformedRequestError as error:
        raise ProviderDownError(
            f"smsmode's message is unreadable ({error.message}): ask again"
        ) from error


def parse_found(body: bytes) -> tuple[SentMessage, ...]:
    """Return the SMS that a search's answer lists, none when smsmode knows none.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    try:
        return tuple(_message(item) for item in Fields.parse(body).each("items"))
    except MalformedRequestError as error:
        raise ProviderDownError(
            f"smsmode's list of messages is unreadable ({error.message}): ask again"
        ) from error


def parse_error(status: int, body: bytes) -> ApiRefusal:
    """Return why smsmode refused a call; never raises.

    Source: official client, the structured error body (many).
    """
    try:
        fields = Fields.parse(body)
        code, message = fields.text("errorCode"), fields.text("message")
        detail = fields.text("detail")
    except MalformedRequestError:
        code = message = detail = None
    if code is None or message is None:
        return ApiRefusal(str(status), f"smsmode answered HTTP {status} without an error body")
    words = message if detail is None else f"{message}: {detail}"
    return ApiRefusal(code, words[:_LONGEST_MESSAGE])


def _message(fields: Fields) -> SentMessage:
    body, status, price = fields.inside("body"), fields.inside("status"), fields.inside("price")
    ref_client = fields.text("refClient")
    return SentMessage(
        id=SmsmodeId(fields.required_text("messageId")),
        ref_client=None if ref_client is None else RefClient(ref_client),
        text=body.text("text"),
        length=body.count("length"),
        parts=body.count("messagePartCount"),
        value=status.text("value") or _ON_ITS_WAY,
        detail=status.text("detail"),
        price=price.money("amount"),
        currency=price.text("currency"),
    )
