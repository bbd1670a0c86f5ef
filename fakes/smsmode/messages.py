"""Messages: the routes that send, and that read one message."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.kit.errors import ServiceError
from fakes.smsmode import network
from fakes.smsmode.acceptance import accept, draw_up
from fakes.smsmode.auth import Caller, identify
from fakes.smsmode.choices import Refusal
from fakes.smsmode.errors import Code, refused, shown_in
from fakes.smsmode.message import Message, Order
from fakes.smsmode.orders import read_order
from fakes.smsmode.party import Party
from fakes.smsmode.resources import message_resource
from fakes.smsmode.sight import unseen


async def send(call: Call[Party]) -> Response:
    """Accept one message, or an array of them: 201 and the resource of each.

    Source: smsmode API docs, Send an SMS; four published clients for the 201.
    """
    caller = identify(call)
    request = await call.json()
    if isinstance(request, list):
        return await _send_batch(call.party, caller, request)
    order = read_order(request, call.party.now(), call.party.settings)
    return json_answer(await _send_one(call.party, caller, order), 201)


async def show(call: Call[Party]) -> Response:
    """Answer with one message; 404 while it is too young to be read."""
    caller = identify(call)
    return json_answer(show_message(call.party, find(call, caller)))


def show_message(party: Party, message: Message) -> dict[str, Any]:
    """Return a message's resource."""
    channel = party.state.channels[message.channel_id]
    return message_resource(message, channel, party.settings)


def find(call: Call[Party], caller: Caller) -> Message:
    """Return the message of the path.

    Raises:
        ServiceError: 404, the caller sees no such message, or cannot see it yet.
    """
    message_id = call.params["messageId"]
    message = call.party.traffic.archive.get(message_id)
    if message is None or not _reaches(caller, message):
        detail = f"messageId is {message_id}"
        raise unseen(call.party, "No such message", detail, exists=message is not None)
    if not is_readable(call.party, message):
        raise refused(Code.UNKNOWN, "No such message", f"{message_id} is not reported yet")
    return message


def is_readable(party: Party, message: Message) -> bool:
    """Return whether the reporting lag is over for ``message``."""
    return party.now() - message.accepted_at >= party.settings.reporting_lag


def _reaches(caller: Caller, message: Message) -> bool:
    campaign = caller.campaign
    if campaign is not None and campaign.campaign_id != message.campaign_id:
        return False
    return message.channel_id in caller.reach


async def _send_one(party: Party, caller: Caller, order: Order) -> dict[str, Any]:
    campaign_id = None
    if (campaign := caller.campaign) is not None:
        if campaign.is_cancelled:
            raise refused(Code.NOT_SCHEDULED, "The campaign was cancelled", campaign.campaign_id)
        campaign_id = campaign.campaign_id
        if order.sent_date is None and campaign.sent_date > party.now():
            order = order._replace(sent_date=campaign.sent_date)
    message, early = accept(party, caller.channel, order, campaign_id=campaign_id)
    for step in early:
        await network.report(party, message.message_id, step)
    return message_resource(message, caller.channel, party.settings)


async def _send_batch(party: Party, caller: Caller, requests: Sequence[object]) -> Response:
    most = party.settings.batch_limit
    if not 1 <= len(requests) <= most:
        detail = f"there are {len(requests)}"
        raise refused(Code.MALFORMED, f"A batch has 1 to {most} messages", detail)
    orders = [_read_element(party, caller, request) for request in requests]
    return json_answer([await _element(party, caller, order) for order in orders], 201)


def _read_element(party: Party, caller: Caller, request: object) -> Order | ServiceError:
    try:
        order = read_order(request, party.now(), party.settings)
        # Its text and its sender are tried before anything is sent: one wrong, none sent.
        draw_up(party, caller.channel, order, "")
    except ServiceError as refusal:
        if party.settings.batch_refusal is Refusal.WHOLE:
            raise
        return shown_in(party.settings, refusal)
    return order


async def _element(
    party: Party, caller: Caller, order: Order | ServiceError
) -> Mapping[str, object]:
    if isinstance(order, ServiceError):
        return {"status": order.status, "error": order.body}
    status = {"status": 201} if party.settings.batch_status_shown else {}
    return {**status, "message": await _send_one(party, caller, order)}
