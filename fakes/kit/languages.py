"""The languages of the pages that people read, and which one a request asks for."""

from typing import Any, Literal
from urllib.parse import urlencode

from fakes.kit.call import Call

Lang = Literal["fr", "en"]
"""A language of the pages."""

_NAMES: tuple[tuple[Lang, str], ...] = (("fr", "Français"), ("en", "English"))
_SPOKEN: dict[str, Lang] = {code: code for code, _ in _NAMES}


def language_of(call: Call[Any]) -> Lang:
    """Return the language to answer in: ``?lang=``, else ``Accept-Language``, else French."""
    asked = [call.query("lang") or ""]
    ranges = (call.header("accept-language") or "").split(",")
    asked += [part.split(";")[0].strip() for part in sorted(ranges, key=_weight, reverse=True)]
    return next((_SPOKEN[tag[:2].lower()] for tag in asked if tag[:2].lower() in _SPOKEN), "fr")


def languages_of(call: Call[Any]) -> list[tuple[Lang, str, str]]:
    """Return each language's code, its own name, and where the same page is in it."""
    return [(code, name, address_with(call, lang=code)) for code, name in _NAMES]


def address_with(call: Call[Any], **changed: str) -> str:
    """Return the path and query of the request with some parameters changed."""
    query = {**call.request.query_params, **changed}
    return f"{call.request.url.path}?{urlencode(query)}"


def _weight(language_range: str) -> float:
    _, _, quality = language_range.partition(";q=")
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0
