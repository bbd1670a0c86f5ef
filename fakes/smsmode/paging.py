"""Paging: the envelope of every list, and the query that asks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.moments import before, read, read_end, written
from fakes.smsmode.party import Party

_LARGEST_PAGE, _USUAL_PAGE = 100, 10
_FURTHEST_PAGE = 1_000_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The dates between which a list looks, both included.

    Args:
        start: The first moment.
        end: The last one.
    """

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        """Return whether ``moment`` is inside."""
        return self.start <= moment <= self.end


def answer_page(
    call: Call[Party],
    found: Sequence[T],
    render: Callable[[T], dict[str, Any]],
    span: Span | None = None,
) -> Response:
    """Answer with the page of ``found`` that the query asks for.

    Raises:
        ServiceError: 400, the page is wrong.

    Source: official client (envelope, page from 1, pageSize from 1 to 100). Assumed: past the last
    page there is an empty one.
    """
    page = _number(call, "page", 1, _FURTHEST_PAGE)
    size = _number(call, "pageSize", _USUAL_PAGE, _LARGEST_PAGE)
    shown = found[(page - 1) * size : page * size]
    zone = call.party.settings.zone
    dates = (
        {"startDate": written(span.start, zone), "endDate": written(span.end, zone)} if span else {}
    )
    return json_answer(
        {
            **dates,
            "page": page,
            "pageSize": size,
            "count": len(shown),
            "totalCount": len(found),
            "links": _links(call, page, size, len(found)),
            "items": [render(item) for item in shown],
        }
    )


def read_span(call: Call[Party], usual: timedelta) -> Span:
    """Return the dates of the query; by default the last ``usual`` time. Days are whole.

    Raises:
        ServiceError: 400, a date is wrong.
    """
    now = call.party.now()
    return Span(
        start=_date(call, "startDate", read) or before(now, usual, call.party.settings.zone),
        end=_date(call, "endDate", read_end) or now,
    )


def sort(
    call: Call[Party], found: list[T], keys: dict[str, Callable[[T], Any]], *, usual: str
) -> None:
    """Sort ``found`` by the query's ``sortBy[...]``, or by ``usual``, newest first.

    Raises:
        ServiceError: 400, the order is neither ASC nor DESC.
    """
    for name, key in keys.items():
        order = call.query(f"sortBy[{name}]")
        if order is not None:
            found.sort(key=key, reverse=_is_descending(order))
            return
    found.sort(key=keys[usual], reverse=True)


def _date(call: Call[Party], name: str, reader: Callable[[str, str], datetime]) -> datetime | None:
    text = call.query(name)
    if text is None:
        return None
    try:
        return reader(text, call.party.settings.zone)
    except (ValueError, OverflowError) as exc:
        raise refused(Code.QUERY, f"{name} is not an ISO 8601 date", f"not {text!r}") from exc


def _number(call: Call[Party], name: str, usual: int, most: int) -> int:
    text = call.query(name)
    if text is None:
        return usual
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else 0
    if not 1 <= number <= most:
        raise refused(Code.QUERY, f"{name} must be from 1 to {most}", f"not {text!r}")
    return number


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
