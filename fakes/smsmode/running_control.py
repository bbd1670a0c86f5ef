"""Control routes of a running fake: what there is, what it has written down, what o'clock it is."""

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.kit.running import advance_of, journal_page, listing
from fakes.smsmode.control import PREFIX, control_route, read_object, refusal
from fakes.smsmode.control_bodies import TAKES
from fakes.smsmode.party import Party


async def _list_routes(_: Call[Party]) -> Response:
    from fakes.smsmode.table import TABLE  # noqa: PLC0415 - the table holds this very route

    ours = (route for route in TABLE.routes if route.path.startswith(PREFIX))
    return json_answer(listing(ours, TAKES))


async def _read_journal(call: Call[Party]) -> Response:
    try:
        page = journal_page(call.party.written, call.request.query_params)
    except ValueError as exc:
        raise refusal(400, "query", str(exc)) from exc
    return json_answer(page)


async def _read_clock(call: Call[Party]) -> Response:
    return json_answer({"now": call.party.now().isoformat()})


async def _move_clock(call: Call[Party]) -> Response:
    try:
        by = advance_of(await read_object(call))
    except ValueError as exc:
        raise refusal(400, "advance_seconds", str(exc)) from exc
    if call.party.skip is None:
        raise refusal(409, "clock", "This fake's clock is kept elsewhere: move it there.")
    call.party.skip(by)
    return await _read_clock(call)


RUNNING_CONTROL = (
    control_route("GET", "", _list_routes, "control#routes"),
    control_route("GET", "/journal", _read_journal, "control#journal"),
    control_route("GET", "/clock", _read_clock, "control#clock"),
    control_route("POST", "/clock", _move_clock, "control#clock"),
)
"""The control routes of the fake itself."""
