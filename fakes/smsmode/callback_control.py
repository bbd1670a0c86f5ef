"""Control routes of the callbacks: the ledger, and hands on the valve."""

from typing import Any

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode.callbacks import duplicate, promise, redeliver, release
from fakes.smsmode.control import control_route, read_object, refusal
from fakes.smsmode.ledger import Callback, Progress
from fakes.smsmode.party import Party

_OLDEST, _NEWEST = "oldest-first", "newest-first"


async def _index(call: Call[Party]) -> Response:
    wanted = call.query("messageId")
    found = call.party.traffic.callbacks.values()
    shown = [c.as_json() for c in found if wanted in {None, c.ids["messageId"]}]
    return json_answer({"callbacks": shown})


async def _redeliver(call: Call[Party]) -> Response:
    callback = _of_path(call)
    await redeliver(call.party, callback)
    return json_answer(callback.as_json())


async def _duplicate(call: Call[Party]) -> Response:
    copy = duplicate(call.party, _of_path(call))
    promise(call.party, copy.callback_id)
    return json_answer(copy.as_json(), 201)


async def _drop(call: Call[Party]) -> Response:
    callback = _of_path(call)
    if callback.progress not in {Progress.WAITING, Progress.HELD}:
        message = f"{callback.callback_id} is {callback.progress}: nothing is left to drop"
        raise refusal(409, "progress", message)
    _unhold(call.party, callback)
    if callback.retry is not None:
        callback.retry.cancel()
        callback.retry = None
    callback.progress = Progress.LOST
    call.party.tell("callback.lost", callbackId=callback.callback_id, **callback.ids)
    return json_answer(callback.as_json())


async def _show_valve(call: Call[Party]) -> Response:
    return json_answer(call.party.traffic.valve.as_json())


async def _change_valve(call: Call[Party]) -> Response:
    asked = await read_object(call)
    valve = call.party.traffic.valve
    holds = asked.get("holds", valve.holds)
    drops, duplicates = asked.get("drops", valve.drops), asked.get("duplicates", valve.duplicates)
    if not isinstance(holds, bool) or not _is_count(drops) or not _is_count(duplicates):
        raise refusal(400, "valve", "holds is a boolean; drops and duplicates are counts from 0")
    valve.holds, valve.drops, valve.duplicates = holds, drops, duplicates
    return json_answer(valve.as_json())


async def _release(call: Call[Party]) -> Response:
    order = (await read_object(call)).get("order", _OLDEST)
    valve = call.party.traffic.valve
    held = list(valve.held)
    chosen = {_OLDEST: held, _NEWEST: held[::-1]}.get(order) if isinstance(order, str) else order
    if not isinstance(chosen, list) or len(set(map(str, chosen)) & set(held)) != len(chosen):
        message = (
            f"order is {_OLDEST}, {_NEWEST}, or a list of held ids: {', '.join(held) or 'none now'}"
        )
        raise refusal(400, "order", message)
    valve.holds = False
    release(call.party, chosen)
    return json_answer(valve.as_json())


def _of_path(call: Call[Party]) -> Callback:
    callback = call.party.traffic.callbacks.get(call.params["callbackId"])
    if callback is None:
        raise refusal(404, "callback", f"there is no {call.params['callbackId']}")
    return callback


def _unhold(party: Party, callback: Callback) -> None:
    if callback.callback_id in party.traffic.valve.held:
        party.traffic.valve.held.remove(callback.callback_id)


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


CALLBACK_CONTROL = (
    control_route("GET", "/callbacks", _index, "control#callbacks"),
    control_route("GET", "/callbacks/valve", _show_valve, "control#valve"),
    control_route("PATCH", "/callbacks/valve", _change_valve, "control#valve"),
    control_route("POST", "/callbacks/release", _release, "control#valve"),
    control_route("POST", "/callbacks/{callbackId}/redeliver", _redeliver, "control#callback"),
    control_route("POST", "/callbacks/{callbackId}/duplicate", _duplicate, "control#callback"),
    control_route("POST", "/callbacks/{callbackId}/drop", _drop, "control#callback"),
)
"""The control routes about callbacks."""
