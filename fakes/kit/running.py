"""What a running fake is asked of itself: what it has written down, and to let time pass."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any

from fakes.kit.journal import Entry
from fakes.kit.routing import Route

_OLDEST, _NEWEST = "oldest-first", "newest-first"
_QUERY = ("after", "kind", "limit", "order")
_USUAL_PAGE, _LARGEST_PAGE = 100, 1000
_LONGEST_NUMBER = 18
_LONGEST = timedelta(days=366)


def journal_page(
    written: Callable[[int], Iterator[Entry]], query: Mapping[str, str]
) -> dict[str, Any]:
    """Return a page of a fake's journal: ``results``, and ``paging.next.after`` if there is more.

    Args:
        written: Gives the fake's entries whose ``seq`` is above a number, oldest first.
        query: ``after``, the last ``seq`` that was read; ``kind``, a beginning as ``route.``;
            ``limit``, from 1 to 1000, 100 by default; ``order``, ``oldest-first`` (the default)
            or ``newest-first``.

    Raises:
        ValueError: The query has another name, or a value that does not fit.
    """
    if unknown := sorted(set(query) - set(_QUERY)):
        msg = f"There is no {', '.join(unknown)}: the journal takes {', '.join(_QUERY)}."
        raise ValueError(msg)
    limit = _number(query, "limit", _USUAL_PAGE, least=1, most=_LARGEST_PAGE)
    kind = query.get("kind", "")
    chosen = (entry for entry in _ordered(written, query) if entry.kind.startswith(kind))
    found = list(islice(chosen, limit + 1))
    page = found[:limit]
    paging = {"paging": {"next": {"after": str(page[-1].seq)}}} if len(found) > limit else {}
    return {"results": [entry.as_json() for entry in page], **paging}


def advance_of(body: Mapping[str, Any]) -> timedelta:
    """Return how much time a body asks to let pass: ``advance_seconds``, from 0 to 366 days.

    Raises:
        ValueError: It is missing or something else, or the body has another field.
    """
    given, most = body.get("advance_seconds"), _LONGEST.total_seconds()
    is_alone = len(body) == 1 and not isinstance(given, bool)
    if is_alone and isinstance(given, int | float) and 0 <= given <= most:
        return timedelta(seconds=given)
    msg = f'The body is {{"advance_seconds": N}}, a number of seconds from 0 to {most:.0f}.'
    raise ValueError(msg)


def listing(routes: Iterable[Route[Any]], takes: Mapping[str, str]) -> dict[str, Any]:
    """Return ``routes`` as JSON-ready values, each with what its body or query has.

    Args:
        routes: What there is.
        takes: What is sent, by ``METHOD /path``; nothing where a route is not named.
    """
    names = (f"{route.method} {route.path}" for route in routes)
    return {"results": [{"route": name, "takes": takes.get(name, "nothing")} for name in names]}


def _ordered(
    written: Callable[[int], Iterator[Entry]], query: Mapping[str, str]
) -> Iterable[Entry]:
    order = query.get("order", _OLDEST)
    after = _number(query, "after", 0, least=0, most=10**_LONGEST_NUMBER)
    if order == _OLDEST:
        return written(after)
    if order != _NEWEST:
        msg = f"order is {_OLDEST} or {_NEWEST}, not '{order}'."
        raise ValueError(msg)
    newest = reversed(list(written(0)))
    return (entry for entry in newest if after == 0 or entry.seq < after)


def _number(query: Mapping[str, str], name: str, usual: int, *, least: int, most: int) -> int:
    text = query.get(name)
    if text is None:
        return usual
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    if not is_number or not least <= int(text) <= most:
        msg = f"{name} is a number from {least} to {most}, not '{text}'."
        raise ValueError(msg)
    return int(text)
