"""Control routes of a running fake: what it has written down, and what o'clock it is."""

from datetime import timedelta

from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.hubspot.bodies import read_object, whole_number
from fakes.hubspot.errors import RefusedError, missing_fields
from fakes.hubspot.shapes import number_in, number_of
from fakes.hubspot.times import iso
from fakes.kit.answers import json_answer

_LARGEST_PAGE = 1000
_LONGEST = timedelta(days=366)


async def read_journal(call: HubCall) -> Response:
    """Answer ``GET …/journal?after=&kind=&limit=``: exchanges and events, oldest first.

    ``after`` is the last ``seq`` that was read, and ``kind`` a beginning, as ``route.``.
    """
    after, kind = number_of(call.query("after") or "0") or 0, call.query("kind") or ""
    limit = whole_number(call, "limit", 100, _LARGEST_PAGE)
    found = []
    for entry in call.party.written(after):
        if entry.kind.startswith(kind):
            found.append(entry.as_json())
        if len(found) == limit:
            break
    return json_answer({"results": found})


async def read_clock(call: HubCall) -> Response:
    """Answer ``GET …/clock``."""
    return json_answer({"now": iso(call.party.now())})


async def move_clock(call: HubCall) -> Response:
    """Answer ``POST …/clock``: ``advance_seconds`` pass at once, and what falls due is done.

    Raises:
        RefusedError: The clock is not this fake's own: move it where it is kept (409).
    """
    seconds = number_in(
        await read_object(call), "advance_seconds", least=0, most=int(_LONGEST.total_seconds())
    )
    if seconds is None:
        raise missing_fields(["advance_seconds"])
    if call.party.skip is None:
        raise RefusedError(409, "This fake's clock is kept elsewhere: move it there.")
    call.party.skip(timedelta(seconds=seconds))
    return await read_clock(call)
