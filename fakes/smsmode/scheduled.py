"""Scheduled messages: changing one, and calling one off, before it leaves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.call import Call
from fakes.smsmode import network
from fakes.smsmode.acceptance import draw_up
from fakes.smsmode.auth import identify
from fakes.smsmode.codes import Detail, Value
from fakes.smsmode.delivery import Step
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.message import Message, Status
from fakes.smsmode.messages import find
from fakes.smsmode.orders import read_order
from fakes.smsmode.party import Party
from fakes.smsmode.resources import as_request, message_resource

_NESTED = ("recipient", "body")
_CANCELLED = Step(after=timedelta(), value=Value.UNDELIVERABLE, detail=Detail.CANCELLED)


async def change(call: Call[Party]) -> Response:
    """Change a scheduled message: what is absent stays, an empty text removes an optional field.

    Source: official client (written of RCS). Assumed: 200 with the resource, and its conflicts.
    """
    caller = identify(call)
    message = find(call, caller)
    party = call.party
    _require_scheduled(party, message)
    changes = await call.json()
    if not isinstance(changes, Mapping):
        raise refused(Code.MALFORMED, "The changes are a JSON object")
    channel = party.state.channels[message.channel_id]
    request = _merged(as_request(message, party.settings.zone), changes)
    order = read_order(request, party.now(), party.settings)
    if order.sent_date is None:
        detail = f"keep it {party.settings.immediate_within} ahead, or cancel the message"
        raise refused(Code.DATE, "sentDate is too near", detail)
    drawn = draw_up(party, channel, order, message.message_id)
    changed = replace(drawn, accepted_at=message.accepted_at, status=message.status)
    network.withdraw(party, message.message_id)
    party.traffic.archive.replace(changed)
    network.schedule(party, changed)
    party.tell("message.changed", **changed.ids(), fields=sorted(changes))
    return json_answer(message_resource(changed, channel, party.settings))


async def cancel(call: Call[Party]) -> Response:
    """Call a scheduled message off: 204, and a report whose detail is ``CANCELLED``.

    Source: official client (the detail). Assumed: the status, and that it is reported.
    """
    caller = identify(call)
    message = find(call, caller)
    party = call.party
    _require_scheduled(party, message)
    network.withdraw(party, message.message_id)
    status = Status(value=_CANCELLED.value, at=party.now(), detail=_CANCELLED.detail)
    party.traffic.archive.replace(replace(message, status=status))
    network.promise(party, message.message_id, _CANCELLED)
    return empty_answer()


def _require_scheduled(party: Party, message: Message) -> None:
    left = message.sent_date - party.now()
    if message.value == Value.SCHEDULED and left >= party.settings.immediate_within:
        return
    usual = party.settings.unscheduled_status
    code = Code.NOT_SCHEDULED if usual == 409 else Code.NOT_SCHEDULED_400  # noqa: PLR2004 - HTTP
    detail = f"it is {message.value}, for {message.sent_date.isoformat()}"
    raise refused(code, "The message can no longer be changed", detail)


def _merged(request: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(request)
    for name, value in changes.items():
        if name in _NESTED and isinstance(value, Mapping):
            merged[name] = {**request[name], **value}
        elif value == "":
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged
