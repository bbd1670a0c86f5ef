"""What a person at the card is told when a page cannot be shown."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.card import CARD_TEXTS, CardLinkError, LateFormError
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

Handler = Callable[[Request], Awaitable[Response]]


def on_paper(pages: CardPages, handler: Handler) -> Handler:
    """Return ``handler``, whose refusals a person sees as a page."""

    def draw(request: Request, message: str, status: int, **more: object) -> Response:
        # A page that was asked for may be asked for again; what was posted is gone.
        again = request.method == "GET" and status >= _TROUBLE
        context = {"message": message, "again": again, "kept": (), **more}
        return pages.draw("refused", language_of(request), context, status=status)

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except CoreError as exc:
            kept = exc.kept if isinstance(exc, LateFormError) else ()
            message = told(exc, language_of(request))
            page = draw(request, message, status_of(exc), kept=kept)
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
