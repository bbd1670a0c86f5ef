"""Refusals, in the shape that smsmode gives them."""

from collections.abc import Mapping
from enum import StrEnum

from fakes.kit.errors import ServiceError
from fakes.smsmode.settings import Settings

_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Payload Too Large",
    429: "Too Many Requests",
    501: "Not Implemented",
}
_DOCS = "https://dev.smsmode.com/sms/status-codes/"


class Code(StrEnum):
    """A refusal's ``errorCode``: the HTTP status, a dot, three digits.

    Source: official client (``400.029`` alone). Assumed: every other number.
    """

    MALFORMED = "400.000"
    MISSING = "400.001"
    UNKNOWN_KEY = "400.002"
    TEXT = "400.010"
    REFERENCE = "400.020"
    RECIPIENT = "400.029"
    DATE = "400.030"
    QUERY = "400.040"
    FIELD = "400.041"
    AMOUNT = "400.042"
    NOT_SCHEDULED_400 = "400.050"
    KEY = "401.001"
    ROLE = "403.001"
    CHANNEL_TYPE = "403.002"
    ADDRESS = "403.003"
    FOREIGN = "403.004"
    UNKNOWN = "404.001"
    NO_ROUTE = "404.002"
    METHOD = "405.001"
    NOT_SCHEDULED = "409.001"
    TOO_LARGE = "413.001"
    RATE = "429.001"
    NOT_BUILT = "501.001"


def refused(
    code: Code, message: str, detail: str = "", headers: Mapping[str, str] | None = None
) -> ServiceError:
    """Return the refusal to raise.

    Args:
        code: Its ``errorCode``, which holds the HTTP status.
        message: What is wrong.
        detail: Where, and what to do about it.
        headers: Sent along.
    """
    return ServiceError(status_of(code), error_body(code, message, detail), headers)


def status_of(code: Code) -> int:
    """Return the HTTP status that ``code`` holds."""
    return int(code[:3])


def error_body(code: Code, message: str, detail: str = "") -> dict[str, str]:
    """Return the structured error. Source: official client, error handling."""
    return {
        "type": _DOCS,
        "title": _TITLES[status_of(code)],
        "message": message,
        "detail": detail or message,
        "errorCode": code,
    }


def shown_in(settings: Settings, refusal: ServiceError) -> ServiceError:
    """Return ``refusal`` as ``settings`` show it: with a code that is ours alone, or ``.000``."""
    body = refusal.body
    if settings.invented_codes:
        return refusal
    if not isinstance(body, Mapping) or body.get("errorCode") in {None, Code.RECIPIENT}:
        return refusal
    plain = {**body, "errorCode": f"{refusal.status}.000"}
    return ServiceError(refusal.status, plain, refusal.headers)
