"""Lists: messages by filter and by page."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    start: datetime
    end: datetime
    direction: Direction
    reference: str | None
    to: str | None
    origin: str | None


async def index(call: Call[Party]) -> Response:
    """Answer with a page of messages, newest first unless told otherwise.

    Source: smsmode API docs, Messages; official client (envelope, filters).
    """
    caller = identify(call)
    party = call.party
    page = _number(call, "page", 1, _FURTHEST_PAGE)
    size = _number(call, "pageSize", _USUAL_PAGE, _LARGEST_PAGE)
    wanted = _wanted(call)
    found = [m for m in _candidates(party, caller, wanted) if _fits(party, caller, m, wanted)]
    _sort(call, found)
    shown = found[(page - 1) * size : page * size]
    channels = party.state.channels
    zone = party.settings.zone
    return json_answer(
        {
            "startDate": written(wanted.start, zone),
            "endDate": written(wanted.end, zone),
            "page": page,
            "pageSize": size,
            "count": len(shown),
            "totalCount": len(found),
            "links": _links(call, page, size, len(found)),
            "items": [message_resource(m, channels[m.channel_id], party.settings) for m in shown],
        }
    )


def _wanted(call: Call[Party]) -> _Wanted:
    start, end = _window(call)
    to = call.query("searchBy[to]")
    return _Wanted(
        start=start,
        end=end,
        direction=_direction(call),
        reference=call.query("searchBy[refClient]"),
        to=to.strip().removeprefix("+") if to else None,
        origin=call.query("searchBy[originMessageId]"),
    )


def _candidates(party: Party, caller: Caller, wanted: _Wanted) -> Sequence[Message]:
    archive = party.traffic.archive
    if wanted.reference is not None:
        return archive.of_reference(wanted.reference)
    if wanted.origin is not None:
        return archive.of_origin(wanted.origin)
    if wanted.to is not None:
        return archive.of_phone(wanted.to)
    return archive.of_channels(caller.reach)


def _fits(party: Party, caller: Caller, message: Message, wanted: _Wanted) -> bool:
    by_sent = party.settings.list_window is Window.SENT
    moment = message.sent_date if by_sent else message.accepted_at
    return (
        message.channel_id in caller.reach
        and message.direction is wanted.direction
        and wanted.start <= moment <= wanted.end
        and wanted.to in {None, message.phone}
        and wanted.origin in {None, message.origin_id}
        and is_readable(party, message)
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
