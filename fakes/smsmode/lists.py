"""Lists: messages by filter and by page."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode.auth import Caller, identify
from fakes.smsmode.choices import Window
from fakes.smsmode.codes import Direction
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.message import Message
from fakes.smsmode.messages import is_readable
from fakes.smsmode.moments import read, written
from fakes.smsmode.party import Party
from fakes.smsmode.resources import message_resource

_LARGEST_PAGE, _USUAL_PAGE = 100, 10
_FURTHEST_PAGE = 1_000_000


async def index(call: Call[Party]) -> Response:
    """Answer with a page of messages, newest first unless told otherwise.

    Source: smsmode API docs, Messages; official client (envelope, filters).
    """
    caller = identify(call)
    party = call.party
    page = _number(call, "page", 1, _FURTHEST_PAGE)
    size = _number(call, "pageSize", _USUAL_PAGE, _LARGEST_PAGE)
    start, end = _window(call)
    found = [m for m in _candidates(call, caller) if _fits(call, caller, m, start, end)]
    _sort(call, found)
    shown = found[(page - 1) * size : page * size]
    channels = party.state.channels
    zone = party.settings.zone
    return json_answer(
        {
            "startDate": written(start, zone),
            "endDate": written(end, zone),
            "page": page,
            "pageSize": size,
            "count": len(shown),
            "totalCount": len(found),
            "links": _links(call, page, size, len(found)),
            "items": [message_resource(m, channels[m.channel_id], party.settings) for m in shown],
        }
    )


def _candidates(call: Call[Party], caller: Caller) -> Sequence[Message]:
    archive = call.party.traffic.archive
    if (reference := call.query("searchBy[refClient]")) is not None:
        return archive.of_reference(reference)
    if (origin := call.query("searchBy[originMessageId]")) is not None:
        return archive.of_origin(origin)
    if (to := call.query("searchBy[to]")) is not None:
        return archive.of_phone(to.removeprefix("+"))
    return archive.of_channels(caller.reach)


def _fits(
    call: Call[Party], caller: Caller, message: Message, start: datetime, end: datetime
) -> bool:
    to = call.query("searchBy[to]")
    origin = call.query("searchBy[originMessageId]")
    by_sent = call.party.settings.list_window is Window.SENT
    moment = message.sent_date if by_sent else message.accepted_at
    return (
        message.channel_id in caller.reach
        and message.direction == _direction(call)
        and start <= moment <= end
        and (to is None or message.phone == to.removeprefix("+"))
        and (origin is None or message.origin_id == origin)
        and is_readable(call.party, message)
    )


def _direction(call: Call[Party]) -> Direction:
    direction = call.query("searchBy[direction]") or Direction.MT
    if direction not in list(Direction):
        raise refused(Code.QUERY, "searchBy[direction] must be MT or MO", f"not {direction!r}")
    return Direction(direction)


def _window(call: Call[Party]) -> tuple[datetime, datetime]:
    now = call.party.now()
    usual = timedelta(days=call.party.settings.list_days)
    end = _date(call, "endDate", now)
    return _date(call, "startDate", now - usual), end


def _date(call: Call[Party], name: str, usual: datetime) -> datetime:
    text = call.query(name)
    if text is None:
        return usual
    try:
        return read(text, call.party.settings.zone)
    except (ValueError, OverflowError) as exc:
        raise refused(Code.QUERY, f"{name} is not an ISO 8601 date", f"not {text!r}") from exc


def _number(call: Call[Party], name: str, usual: int, most: int) -> int:
    text = call.query(name)
    if text is None:
        return usual
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= most:
        raise refused(Code.QUERY, f"{name} must be from 1 to {most}", f"not {text!r}")
    return number


def _sort(call: Call[Party], found: list[Message]) -> None:
    if (order := call.query("sortBy[refClient]")) is not None:
        found.sort(key=lambda m: m.ref_client or "", reverse=_is_descending(order))
        return
    order = call.query("sortBy[sentDate]") or "DESC"
    found.sort(key=lambda m: m.sent_date, reverse=_is_descending(order))


def _is_descending(order: str) -> bool:
    if order not in {"ASC", "DESC"}:
        raise refused(Code.QUERY, "sortBy must be ASC or DESC", f"not {order!r}")
    return order == "DESC"


def _links(call: Call[Party], page: int, size: int, total: int) -> dict[str, Any]:
    last = max(1, -(-total // size))
    pages = {"first": 1, "last": last}
    if page > 1:
        pages["previous"] = page - 1
    if page < last:
        pages["next"] = page + 1
    return {name: _address(call, number) for name, number in pages.items()}


def _address(call: Call[Party], page: int) -> str:
    query = {**dict(call.request.query_params), "page": str(page)}
    return f"{call.party.settings.base_url}{call.request.url.path}?{urlencode(query)}"
