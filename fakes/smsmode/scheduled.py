"""Scheduled messages: changing one, and calling one off, before it leaves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.call import Call
from fakes.smsmode import network
from fakes.smsmode.acceptance import draw_up, link
from fakes.smsmode.auth import identify
from fakes.smsmode.codes import Detail, Value
from fakes.smsmode.delivery import Step
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.message import Message, Order, Status
from fakes.smsmode.messages import find
from fakes.smsmode.moments import written
from fakes.smsmode.orders import read_order
from fakes.smsmode.party import Party
from fakes.smsmode.resources import as_request, message_resource

_NESTED = ("recipient", "body")
_CANCELLED = Step(timedelta(), Value.UNDELIVERABLE, Detail.CANCELLED)


async def change(call: Call[Party]) -> Response:
    """Change a scheduled message: what is absent stays, an empty text removes an optional field.

    Source: official client (written of RCS). Assumed: 200 with the resource, and its conflicts.
    """
    caller = identify(call)
    message = find(call, caller)
    party = call.party
    require_scheduled(party, message.value, message.sent_date)
    changes = await call.json()
    if not isinstance(changes, Mapping):
        raise refused(Code.MALFORMED, "The changes are a JSON object")
    channel = party.state.channels[message.channel_id]
    request = merged(as_request(message, party.settings.zone), changes)
    order = read_order(request, party.now(), party.settings)
    if order.sent_date is None:
        detail = f"keep it {party.settings.immediate_within} ahead, or cancel the message"
        raise refused(Code.DATE, "sentDate is too near", detail)
    furthest = party.settings.furthest_change
    if "sentDate" in changes and order.sent_date > party.now() + furthest:
        raise refused(Code.DATE, f"sentDate is more than {furthest.days} days ahead")
    changed = rewrite(party, message, order)
    party.tell("message.changed", **changed.ids(), fields=sorted(changes))
    if party.settings.change_status == 204:  # noqa: PLR2004 - HTTP
        return empty_answer()
    return json_answer(message_resource(changed, channel, party.settings))


def rewrite(party: Party, message: Message, order: Order) -> Message:
    """Return a scheduled ``message`` as ``order`` now has it, promised for its new date.

    Raises:
        ServiceError: 400, the text or the sender is refused.
    """
    channel = party.state.channels[message.channel_id]
    drawn = draw_up(party, channel, order, message.message_id, campaign_id=message.campaign_id)
    changed = drawn._replace(accepted_at=message.accepted_at, status=message.status)
    network.withdraw(party, message.message_id)
    party.traffic.archive.replace(changed)
    link(party, changed)
    network.schedule(party, changed)
    return changed


async def cancel(call: Call[Party]) -> Response:
    """Call a scheduled message off: 204, and a report whose detail is ``CANCELLED``.

    Source: official client (the detail). Assumed: the status, and that it is reported.
    """
    caller = identify(call)
    message = find(call, caller)
    party = call.party
    require_scheduled(party, message.value, message.sent_date)
    cancelled = call_off(party, message)
    if party.settings.cancel_status == 204:  # noqa: PLR2004 - HTTP
        return empty_answer()
    channel = party.state.channels[message.channel_id]
    return json_answer(message_resource(cancelled, channel, party.settings))


def call_off(party: Party, message: Message) -> Message:
    """Return a scheduled ``message`` as cancelled; a report will say so."""
    network.withdraw(party, message.message_id)
    status = Status(value=_CANCELLED.value, at=party.now(), detail=_CANCELLED.detail)
    cancelled = message._replace(status=status)
    party.traffic.archive.replace(cancelled)
    network.promise(party, message.message_id, (_CANCELLED,), party.now())
    return cancelled


def require_scheduled(party: Party, value: str | None, sent_date: datetime) -> None:
    """Let a change pass while there is time: it is ``SCHEDULED``, and not about to leave.

    Raises:
        ServiceError: 409 or 400, it is too late.
    """
    left = sent_date - party.now()
    if value == Value.SCHEDULED and left >= party.settings.immediate_within:
        return
    usual = party.settings.unscheduled_status
    code = Code.NOT_SCHEDULED if usual == 409 else Code.NOT_SCHEDULED_400  # noqa: PLR2004 - HTTP
    detail = f"it is {value}, for {written(sent_date, party.settings.zone)}"
    raise refused(code, "It can no longer be changed", detail)


def merged(request: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``request`` with ``changes``: an empty text removes a field, an object adds to one."""
    whole = dict(request)
    for name, value in changes.items():
        if name in _NESTED and isinstance(value, Mapping):
            whole[name] = {**whole.get(name, {}), **value}
        elif value == "":
            whole.pop(name, None)
        else:
            whole[name] = value
    return whole
