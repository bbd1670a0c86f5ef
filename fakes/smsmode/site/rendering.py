"""Rendering pages: the language, the template, and what was wrong with a form."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from starlette.responses import Response

from fakes.kit.answers import empty_answer, page_answer
from fakes.kit.call import Call
from fakes.kit.languages import language_of, languages_of
from fakes.smsmode.party import Party
from fakes.smsmode.site.texts import TEXTS

_TEMPLATES = Environment(loader=PackageLoader("fakes.smsmode", "pages"), autoescape=True)


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
    page = _TEMPLATES.get_template(template).render(
        lang=lang, t=texts, problems=said, languages=languages_of(call), **values
    )
    return page_answer(page, status)


def go_to(call: Call[Party], path: str, cookie: str | None = None, **query: str) -> Response:
    """Return a redirection to one of our pages, in the same language."""
    asked = {**({"lang": call.query("lang") or ""} if call.query("lang") else {}), **query}
    headers = {"Location": f"{path}?{urlencode(asked)}" if asked else path}
    if cookie is not None:
        headers["Set-Cookie"] = cookie
    return empty_answer(303, headers)
