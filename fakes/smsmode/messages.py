"""Messages: the routes that send, and that read one message."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.kit.errors import ServiceError
from fakes.smsmode import network
from fakes.smsmode.acceptance import accept
from fakes.smsmode.auth import Caller, identify
from fakes.smsmode.choices import Refusal
from fakes.smsmode.delivery import Step
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.message import Message, Order
from fakes.smsmode.orders import read_order
from fakes.smsmode.party import Party
from fakes.smsmode.resources import message_resource

LARGEST_BATCH = 1000
"""The messages that one request may hold. Source: official client (written of RCS)."""


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
    message = find(call, caller)
    channel = call.party.state.channels[message.channel_id]
    return json_answer(message_resource(message, channel, call.party.settings))


def find(call: Call[Party], caller: Caller) -> Message:
    """Return the message of the path.

    Raises:
        ServiceError: 404, the caller sees no such message, or cannot see it yet.
    """
    message_id = call.params["messageId"]
    message = call.party.traffic.archive.get(message_id)
    if message is None or message.channel_id not in caller.reach:
        raise refused(Code.UNKNOWN, "No such message", f"messageId is {message_id}")
    if not is_readable(call.party, message):
        raise refused(Code.UNKNOWN, "No such message", f"{message_id} is not reported yet")
    return message


def is_readable(party: Party, message: Message) -> bool:
    """Return whether the reporting lag is over for ``message``."""
    return party.now() - message.accepted_at >= party.settings.reporting_lag


async def _send_one(party: Party, caller: Caller, order: Order) -> dict[str, Any]:
    message, early = accept(party, caller.channel, order)
    await _report_early(party, message, early)
    return message_resource(message, caller.channel, party.settings)


async def _send_batch(party: Party, caller: Caller, requests: Sequence[object]) -> Response:
    if not 1 <= len(requests) <= LARGEST_BATCH:
        detail = f"there are {len(requests)}"
        raise refused(Code.MALFORMED, f"A batch has 1 to {LARGEST_BATCH} messages", detail)
    orders = [_read_element(party, request) for request in requests]
    return json_answer([await _element(party, caller, order) for order in orders], 201)


def _read_element(party: Party, request: object) -> Order | ServiceError:
    try:
        return read_order(request, party.now(), party.settings)
    except ServiceError as refusal:
        if party.settings.batch_refusal is Refusal.WHOLE:
            raise
        return refusal


async def _element(
    party: Party, caller: Caller, order: Order | ServiceError
) -> Mapping[str, object]:
    if isinstance(order, ServiceError):
        return {"status": order.status, "error": order.body}
    return {"status": 201, "message": await _send_one(party, caller, order)}


async def _report_early(party: Party, message: Message, early: Sequence[Step]) -> None:
    for step in early:
        await network.report(party, message.message_id, step)
