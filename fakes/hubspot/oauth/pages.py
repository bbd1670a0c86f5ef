"""Rendering pages: the language, the templates, and refusals that a person reads."""

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.oauth.texts import PROBLEMS, TEXTS, Problem
from fakes.kit.answers import page_answer
from fakes.kit.languages import language_of, languages_of

_TEMPLATES = Environment(loader=PackageLoader("fakes.hubspot", "pages"), autoescape=True)


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
    page = _TEMPLATES.get_template(template).render(
        lang=lang, t=TEXTS[lang], languages=languages_of(call), **values
    )
    return page_answer(page, status)
