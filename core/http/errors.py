"""The domain's errors as HTTP answers: the right status, a clear body, never a trace."""

import logging
from enum import StrEnum

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.domain.card import CardLinkError
from core.domain.errors import (
    AccessRevokedError,
    CallerError,
    Code,
    CoreError,
    MalformedRequestError,
    ProviderDownError,
    ProviderRefusedError,
    SendRefusedError,
    ThrottledError,
    UnknownAccountError,
    UnknownContactError,
)
from core.domain.installing import InstallRefusedError
from core.domain.signature_errors import BadSignatureError
from core.domain.templates import StaleEditError, TemplateRefusedError
from core.migrations.running import StaleSchemaError
from core.ports import DatabaseDownError

log = logging.getLogger(__name__)


class HttpFault(StrEnum):
    """What is wrong with a request before anybody looks at what it asks."""

    BODY_TOO_LARGE = "body_too_large"
    NOT_OPERATOR = "not_operator"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    WORKER_STOPPED = "worker_stopped"
    INTERNAL = "internal"


class BodyTooLargeError(CallerError):
    """The body is larger than the core reads.

    Args:
        limit: The largest body read, in bytes.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(HttpFault.BODY_TOO_LARGE, f"the body is larger than {limit} bytes")


class NotOperatorError(CallerError):
    """The request does not carry the operator's token."""

    def __init__(self) -> None:
        msg = "this route is the operator's: send Authorization: Bearer with the operator's token"
        super().__init__(HttpFault.NOT_OPERATOR, msg)


class UnknownCallbackError(CallerError):
    """The callback's address was not made by this core."""

    def __init__(self) -> None:
        super().__init__(Code.NOT_FOUND, "no account has this callback address")


# The most telling ancestor comes first: the table is read from the top.
_STATUSES: tuple[tuple[type[CoreError], int], ...] = (
    (BodyTooLargeError, 413),
    (NotOperatorError, 401),
    (BadSignatureError, 401),
    (UnknownCallbackError, 404),
    (UnknownAccountError, 404),
    (UnknownContactError, 404),
    (MalformedRequestError, 400),
    (InstallRefusedError, 400),
    (CardLinkError, 401),
    (StaleEditError, 409),
    (TemplateRefusedError, 422),
    (CallerError, 400),
    (SendRefusedError, 422),
    (AccessRevokedError, 409),
    (ProviderRefusedError, 502),
    (ThrottledError, 503),
    (ProviderDownError, 503),
    (CoreError, 502),
)


def status_of(error: CoreError) -> int:
    """Return the HTTP status that ``error`` is answered with."""
    return next(status for kind, status in _STATUSES if isinstance(error, kind))


def headers_of(error: CoreError) -> dict[str, str]:
    """Return the headers that ``error`` is answered with."""
    wait = error.seconds if isinstance(error, ThrottledError) else None
    return {} if wait is None else {"retry-after": str(wait)}


def place_of(request: Request) -> str:
    """Return the request's path with each value in it named, not told: some are secrets."""
    values = {value: name for name, value in request.path_params.items()}
    parts = request.url.path.split("/")
    return "/".join(f"{{{values[part]}}}" if part in values else part for part in parts)


async def on_core_error(request: Request, exc: Exception) -> Response:
    """Answer an error of ours: its code, its sentence, its ids."""
    if not isinstance(exc, CoreError):
        return await on_bug(request, exc)
    log.info("request.refused", extra={"path": place_of(request), "code": str(exc.code)})
    body = {"error": {"code": str(exc.code), "message": exc.message, **exc.details}}
    return JSONResponse(body, status_of(exc), headers_of(exc))


async def on_no_route(request: Request, exc: Exception) -> Response:
    """Answer a path that leads nowhere, or a method that it does not take."""
    if not isinstance(exc, HTTPException):
        return await on_bug(request, exc)
    code, message = Code.NOT_FOUND.value, "nothing is at this path"
    if exc.headers is not None and "Allow" in exc.headers:
        code, message = HttpFault.METHOD_NOT_ALLOWED, f"this path takes {exc.headers['Allow']}"
    body = {"error": {"code": code, "message": message}}
    return JSONResponse(body, exc.status_code, exc.headers)


async def on_database_down(request: Request, exc: Exception) -> Response:
    """Answer that the database does not: whoever asks may ask again."""
    log.error("request.failed", exc_info=exc, extra={"path": place_of(request)})
    message = "the database does not answer: try again later"
    return JSONResponse({"error": {"code": DatabaseDownError.code, "message": message}}, 503)


async def on_stale_schema(request: Request, exc: Exception) -> Response:
    """Answer that the tables are of another release: the operator migrates, or starts another."""
    log.error("request.failed", exc_info=exc, extra={"path": place_of(request)})
    message = "the database's tables are of another release"
    return JSONResponse({"error": {"code": StaleSchemaError.code, "message": message}}, 503)


async def on_bug(request: Request, exc: Exception) -> Response:
    """Answer what nobody foresaw: the trace goes to the log, not to the caller."""
    log.error("request.failed", exc_info=exc, extra={"path": place_of(request)})
    message = "the request could not be served; the operator's log says why"
    return JSONResponse({"error": {"code": HttpFault.INTERNAL, "message": message}}, 500)
