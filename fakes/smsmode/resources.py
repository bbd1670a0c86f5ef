"""Resources: a message as the API and the callbacks show it."""

from datetime import datetime
from typing import Any

from fakes.smsmode.accounts import Channel
from fakes.smsmode.choices import Orientation
from fakes.smsmode.codes import Direction, is_final
from fakes.smsmode.countries import CURRENCY
from fakes.smsmode.message import Body, Message, Order, Status
from fakes.smsmode.moments import written
from fakes.smsmode.operators import lookup_of
from fakes.smsmode.settings import Settings

_NOT_IN_BARE_REPORTS = ("direction", "acceptedAt", "sentDate")


def message_resource(message: Message, channel: Channel, settings: Settings) -> dict[str, Any]:
    """Return ``message`` as ``GET`` and the answer to a send show it.

    Source: smsmode API docs, Messages; typed clients of the API. Dates carry no zone.
    """
    if message.direction is Direction.MO:
        return reply_resource(message, channel, settings)
    zone = settings.zone
    accepted = written(message.accepted_at, zone)
    at_once = message.sent_date is message.accepted_at
    order = message.order
    shown: dict[str, Any] = {
        "messageId": message.message_id,
        "acceptedAt": accepted,
        "sentDate": accepted if at_once else written(message.sent_date, zone),
        "channel": channel.reference(),
        "type": channel.type,
        "direction": message.direction,
        "recipient": {"to": message.to},
        "from": message.sender,
        "body": _body(message.body),
    }
    if message.campaign_id is not None:
        shown["campaignId"] = message.campaign_id
    if message.price is not None and (settings.price_shown or is_final(message.value or "")):
        shown["price"] = {"amount": float(message.price), "currency": CURRENCY}
    if message.status is not None:
        shown["status"] = _status(message, message.status, zone)
    if message.ref_client is not None:
        shown["refClient"] = message.ref_client
    if order is not None:
        _add_callbacks(shown, order)
    shown["href"] = _href(message, settings)
    return shown


def report_body(
    message: Message, channel: Channel, status: Status, settings: Settings
) -> dict[str, Any]:
    """Return what a delivery report says: the message, with the status that is reported.

    Source: official client, webhooks (written of RCS); real clients read the same fields.
    """
    body = message_resource(message, channel, settings)
    body["status"] = _status(message, status, settings.zone)
    if settings.bare_reports:
        for name in _NOT_IN_BARE_REPORTS:
            del body[name]
    return body


def reply_resource(message: Message, channel: Channel, settings: Settings) -> dict[str, Any]:
    """Return a reply as its callback and ``GET`` show it: no price, no status.

    Source: official client, webhooks. Which side ``from`` names is a setting.
    """
    phone, address = message.sender, message.to
    if settings.reply_orientation is Orientation.REVERSED:
        phone, address = address, phone
    return {
        "messageId": message.message_id,
        "originMessageId": message.origin_id,
        "sentDate": written(message.sent_date, settings.zone),
        **_identity(message, channel),
        "recipient": {"to": address},
        "from": phone,
        "body": _body(message.body),
        **({"refClient": message.ref_client} if message.ref_client is not None else {}),
        "href": _href(message, settings),
    }


def as_request(message: Message, zone: str) -> dict[str, Any]:
    """Return the request that would send a scheduled ``message`` again, for a partial change."""
    order = message.order
    if order is None:
        return {}
    body: dict[str, Any] = {"text": order.text, "encoding": order.encoding, "stop": order.stop}
    optional = {
        "from": order.sender,
        "sentDate": _written_or_none(order.sent_date, zone),
        "refClient": order.ref_client,
        "callbackUrlStatus": order.callback_status,
        "callbackUrlMo": order.callback_mo,
    }
    kept = {name: value for name, value in optional.items() if value is not None}
    return {"recipient": {"to": order.to}, "body": body, **kept}


def _identity(message: Message, channel: Channel) -> dict[str, Any]:
    return {
        "channel": channel.reference(),
        "type": channel.type,
        "direction": message.direction,
    }


def _body(body: Body) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "text": body.text,
        "encoding": body.encoding,
        "messagePartCount": body.parts,
        "length": body.length,
    }
    if body.stop is not None:
        shown["stop"] = body.stop
    return shown


def _status(message: Message, status: Status, zone: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"deliveryDate": written(status.at, zone), "value": status.value}
    if status.detail is not None:
        shown["detail"] = status.detail
    if status.located:
        shown["lookup"] = lookup_of(message.to)
    return shown


def _add_callbacks(shown: dict[str, Any], order: Order) -> None:
    if order.callback_status is not None:
        shown["callbackUrlStatus"] = order.callback_status
    if order.callback_mo is not None:
        shown["callbackUrlMo"] = order.callback_mo


def _written_or_none(moment: datetime | None, zone: str) -> str | None:
    return written(moment, zone) if moment else None


def _href(message: Message, settings: Settings) -> str:
    return f"{settings.base_url}/sms/v1/messages/{message.message_id}"
