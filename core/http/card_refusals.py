"""What a person at the card is told when a page cannot be shown."""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.card import CARD_TEXTS, CardFault, CardLinkError
from core.domain.errors import (
    CoreError,
    ProviderError,
    SendRefusedError,
    UnknownAccountError,
    UnknownContactError,
)
from core.domain.hubspot_texts import NOT_INSTALLED, told_of_hubspot
from core.domain.language import Language, Words
from core.http.card_pages import CardPages, language_of
from core.http.card_words import WORDS
from core.http.errors import headers_of, on_database_down, status_of
from core.ports import DatabaseDownError

_TROUBLE = 500
_TYPED = "typed"

Handler = Callable[[Request], Awaitable[Response]]


def keep_typed(request: Request, form: Mapping[str, str], *typed: str) -> None:
    """Have what was posted given back, should a page about it not be shown.

    Args:
        request: What posts it.
        form: All of it, to be posted again.
        typed: What its author wrote, to be read meanwhile.
    """
    setattr(request.state, _TYPED, (form, tuple(filter(None, typed))))


def on_paper(pages: CardPages, handler: Handler) -> Handler:
    """Return ``handler``, whose refusals a person sees as a page."""

    def draw(request: Request, message: str, status: int, *, is_ours: bool = True) -> Response:
        nothing: tuple[Mapping[str, str], tuple[str, ...]] = ({}, ())
        posted, kept = getattr(request.state, _TYPED, nothing) if is_ours else nothing
        again = status >= _TROUBLE and (request.method == "GET" or bool(posted))
        context = {"message": message, "again": again, "posted": posted, "kept": kept}
        return pages.draw("refused", language_of(request), context, status=status)

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except CoreError as exc:
            is_forged = isinstance(exc, CardLinkError) and exc.fault is CardFault.FORGED_LINK
            message = told(exc, language_of(request))
            page = draw(request, message, status_of(exc), is_ours=not is_forged)
            page.headers.update(headers_of(exc))
            return page
        except DatabaseDownError as exc:
            logged = await on_database_down(request, exc)
            message = WORDS["database_down"].spoken_in(language_of(request))
            return draw(request, message, logged.status_code)

    return answer


def in_words(handler: Handler) -> Handler:
    """Return ``handler``, whose refusals the script of a page shows there."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except CoreError as exc:
            message = told(exc, language_of(request))
            body = {"error": {"code": str(exc.code), "message": message}}
            return JSONResponse(body, status_of(exc), headers_of(exc))

    return answer


def told(error: CoreError, language: Language) -> str:
    """Return what a person is told of an error, and what to do next."""
    if isinstance(error, SendRefusedError):
        return error.text(language)
    words = told_of_hubspot(error) if isinstance(error, ProviderError) else _of_the_visit(error)
    return error.message if words is None else words.spoken_in(language)


def _of_the_visit(error: CoreError) -> Words | None:
    if isinstance(error, CardLinkError):
        return CARD_TEXTS[error.fault]
    if isinstance(error, UnknownContactError):
        return WORDS["no_contact"]
    return NOT_INSTALLED if isinstance(error, UnknownAccountError) else None
