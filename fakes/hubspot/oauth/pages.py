"""Rendering pages: the language, the templates, and refusals that a person reads."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.oauth.scopes import Lang
from fakes.hubspot.oauth.texts import PROBLEMS, TEXTS, Problem
from fakes.kit.answers import page_answer

_TEMPLATES = Environment(loader=PackageLoader("fakes.hubspot", "pages"), autoescape=True)
_NAMES: tuple[tuple[Lang, str], ...] = (("fr", "Français"), ("en", "English"))
_SPOKEN: dict[str, Lang] = {"fr": "fr", "en": "en"}


class PageRefusedError(RefusedError):
    """HubSpot shows a person a page that says why they cannot go on; nobody is redirected.

    Args:
        call: The request.
        status: The HTTP status.
        problem: Why.
        items: What it is about, as a list.
    """

    def __init__(
        self, call: HubCall, status: int, problem: Problem, items: Sequence[str] = ()
    ) -> None:
        super().__init__(status, problem)
        self._page = render(
            call,
            "refusal.html",
            status,
            problem=PROBLEMS[language_of(call)][problem],
            items=items,
        )

    def answer(self, correlation_id: str) -> Response:  # noqa: ARG002 - pages do not show it
        """Return the page."""
        return self._page


def render(call: HubCall, template: str, status: int = 200, **values: Any) -> Response:
    """Return a page in the language of the request."""
    lang = language_of(call)
    languages = [(code, name, address_with(call, lang=code)) for code, name in _NAMES]
    page = _TEMPLATES.get_template(template).render(
        lang=lang, t=TEXTS[lang], languages=languages, **values
    )
    return page_answer(page, status)


def language_of(call: HubCall) -> Lang:
    """Return the language to answer in: ``?lang=``, else ``Accept-Language``, else French."""
    asked = [call.query("lang") or ""]
    ranges = (call.header("accept-language") or "").split(",")
    asked += [part.split(";")[0].strip() for part in sorted(ranges, key=_weight, reverse=True)]
    return next((_SPOKEN[tag[:2].lower()] for tag in asked if tag[:2].lower() in _SPOKEN), "fr")


def address_with(call: HubCall, **changed: str) -> str:
    """Return the path and query of the request with some parameters changed."""
    query = {**call.request.query_params, **changed}
    return f"{call.request.url.path}?{urlencode(query)}"


def _weight(language_range: str) -> float:
    _, _, quality = language_range.partition(";q=")
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0
