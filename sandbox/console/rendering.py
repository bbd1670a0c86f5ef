"""Rendering: templates, what they may call, and the headers that every page carries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from sandbox.console.language import Language, choose, texts_in
from sandbox.console.people import shown_number
from sandbox.console.states import counted_in, state_in

LANGUAGE_COOKIE = "console_lang"
"""Remembers the language that a person chose."""
ZONE = ZoneInfo("Europe/Paris")
"""The zone in which times are shown: the demonstration's account is there."""
BODY_SHOWN = 2000
"""How many characters of what an app answered stand on a record."""
LONGEST_WORD = 40
"""How many characters of a part of an address are shown whole where many stand in a list."""
HUES = 7
"""How many colours the chips of causes have."""


class Pages:
    """Makes pages.

    Args:
        form_targets: The origins to which a form may lead, beside the console's own.
    """

    def __init__(self, form_targets: tuple[str, ...]) -> None:
        self._environment = Environment(
            loader=PackageLoader("sandbox.console", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "clock": _clock,
            "day": _day,
            "pretty": _pretty,
            "path": _path,
            "place": _place,
            "shortened": _shortened,
            "hue": _hue,
            "number": shown_number,
        }
        self._texts = {language: texts_in(language) for language in ("fr", "en")}
        self._headers = {
            "cache-control": "no-cache",
            "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
            "connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
            f"form-action 'self' {' '.join(form_targets)}",
            "referrer-policy": "same-origin",
            "x-content-type-options": "nosniff",
            "vary": "accept-language, cookie",
        }

    def render(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page in the language of the request."""
        language = language_of(request)
        html = self._environment.get_template(template).render(
            lang=language,
            t=self._texts[language],
            state=lambda code: state_in(language, code),
            counted=lambda name, count: counted_in(language, name, count),
            here=request.url.path,
            **values,
        )
        answer = Response(html, status, dict(self._headers), media_type="text/html")
        if "lang" in request.query_params:
            answer.set_cookie(LANGUAGE_COOKIE, language, httponly=True, samesite="lax")
        return answer


def language_of(request: Request) -> Language:
    """Return the language of a request: asked for, remembered, or the browser's."""
    return choose(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language"),
    )


def _moment(at: datetime | str) -> datetime:
    return (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(ZONE)


def _clock(at: datetime | str) -> str:
    """Return the hour of a moment, to the second."""
    return f"{_moment(at):%H:%M:%S}"


def _day(at: datetime | str) -> str:
    """Return the day of a moment, as both languages' readers sort it."""
    return f"{_moment(at):%d/%m/%Y}"


def _pretty(value: object) -> str:
    """Return a value, or a body that may be JSON, laid out for people."""
    if isinstance(value, str):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return str(value)
    plain = dict(value) if isinstance(value, Mapping) else value
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2).decode()


def _path(url: str) -> str:
    """Return an address without its host and its query, and tokens in it without their middle."""
    return "/".join(map(_short, urlsplit(url).path.split("/")))


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else f"{word[:12]}…{word[-4:]}"


def _place(url: str) -> str:
    """Return an address without its scheme and its query; all of one that is not an address."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}" or url


def _shortened(body: str) -> str:
    """Return what a page shows of a body that may be long."""
    return body if len(body) <= BODY_SHOWN else f"{body[:BODY_SHOWN]}…"


def _hue(seq: int) -> int:
    """Return the colour of a cause's chip."""
    return seq % HUES
