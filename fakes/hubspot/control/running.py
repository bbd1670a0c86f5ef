"""Control routes of a running fake: what it has written down, and what o'clock it is."""

from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.hubspot.bodies import read_object
from fakes.hubspot.errors import RefusedError, invalid
from fakes.hubspot.times import iso
from fakes.kit.answers import json_answer
from fakes.kit.running import advance_of, journal_page


async def read_journal(call: HubCall) -> Response:
    """Answer ``GET …/journal?after=&kind=&limit=&order=``: exchanges and events, page by page."""
    try:
        page = journal_page(call.party.written, call.request.query_params)
    except ValueError as exc:
        raise invalid(str(exc)) from exc
    return json_answer(page)


async def read_clock(call: HubCall) -> Response:
    """Answer ``GET …/clock``."""
    return json_answer({"now": iso(call.party.now())})


async def move_clock(call: HubCall) -> Response:
    """Answer ``POST …/clock``: ``advance_seconds`` pass at once, and what falls due is done.

    Raises:
        RefusedError: The clock is not this fake's own: move it where it is kept (409).
    """
    try:
        by = advance_of(await read_object(call))
    except ValueError as exc:
        raise invalid(str(exc)) from exc
    if call.party.skip is None:
        raise RefusedError(409, "This fake's clock is kept elsewhere: move it there.")
    call.party.skip(by)
    return await read_clock(call)
