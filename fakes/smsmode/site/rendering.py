"""Rendering pages: the language, the template, and what was wrong with a form."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from starlette.responses import Response

from fakes.kit.answers import empty_answer, page_answer
from fakes.kit.call import Call
from fakes.smsmode.party import Party
from fakes.smsmode.site.texts import TEXTS, Lang

_TEMPLATES = Environment(loader=PackageLoader("fakes.smsmode", "pages"), autoescape=True)
_NAMES: tuple[tuple[Lang, str], ...] = (("fr", "Français"), ("en", "English"))
_SPOKEN: Mapping[str, Lang] = {"fr": "fr", "en": "en"}


def render(
    call: Call[Party],
    template: str,
    *,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
    **values: Any,
) -> Response:
    """Return a page in the language of the request.

    Args:
        call: The request.
        template: The file.
        problems: By field, the name of the text that says what is wrong with it.
        status: The HTTP status.
        values: What the template shows.
    """
    lang = language_of(call)
    texts = TEXTS[lang]
    said = {field: texts[name] for field, name in (problems or {}).items()}
    languages = [(code, name, _address(call, lang=code)) for code, name in _NAMES]
    page = _TEMPLATES.get_template(template).render(
        lang=lang, t=texts, problems=said, languages=languages, **values
    )
    return page_answer(page, status)


def language_of(call: Call[Party]) -> Lang:
    """Return the language to answer in: ``?lang=``, else ``Accept-Language``, else French."""
    asked = [call.query("lang") or ""]
    asked += [part.split(";")[0].strip() for part in _preferred(call)]
    return next((_SPOKEN[tag[:2].lower()] for tag in asked if tag[:2].lower() in _SPOKEN), "fr")


def go_to(call: Call[Party], path: str, cookie: str | None = None, **query: str) -> Response:
    """Return a redirection to one of our pages, in the same language."""
    asked = {**({"lang": call.query("lang") or ""} if call.query("lang") else {}), **query}
    headers = {"Location": f"{path}?{urlencode(asked)}" if asked else path}
    if cookie is not None:
        headers["Set-Cookie"] = cookie
    return empty_answer(303, headers)


def _preferred(call: Call[Party]) -> list[str]:
    ranges = (call.header("accept-language") or "").split(",")
    return sorted(ranges, key=_weight, reverse=True)


def _weight(language_range: str) -> float:
    _, _, quality = language_range.partition(";q=")
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0


def _address(call: Call[Party], **changed: str) -> str:
    query = {**call.request.query_params, **changed}
    return f"{call.request.url.path}?{urlencode(query)}"
