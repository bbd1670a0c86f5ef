"""What smsmode answers where nothing can be answered: no route, no JSON, too much of it."""

from difflib import get_close_matches

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.kit.errors import BodyTooLargeError, MalformedBodyError, ServiceError
from fakes.kit.routing import Match
from fakes.smsmode.control import PREFIX, refusal
from fakes.smsmode.errors import Code, refused, shown_in
from fakes.smsmode.party import Party
from fakes.smsmode.table import TABLE

_SAMPLES = tuple(dict.fromkeys(f"{route.method} {route.path}" for route in TABLE.routes))


def no_route(call: Call[Party], match: Match[Party]) -> Response:
    """Answer a path or a method that the table does not know, and write down the nearest one."""
    asked = f"{call.request.method} {call.request.url.path}"
    if match.allowed:
        allowed = ", ".join(match.allowed)
        call.party.tell("route.unknown", asked=asked, allowed=list(match.allowed))
        detail = f"{asked}: use {allowed}"
        return _answer(call, refused(Code.METHOD, "Method not allowed", detail, {"Allow": allowed}))
    nearest = next(iter(get_close_matches(asked, _SAMPLES, n=1, cutoff=0)), "")
    call.party.tell("route.unknown", asked=asked, nearest=nearest)
    detail = f"nothing answers {asked}; the nearest is {nearest}"
    return _answer(call, refused(Code.NO_ROUTE, "Not found", detail))


def malformed(call: Call[Party], error: MalformedBodyError) -> ServiceError:
    """Return the refusal of a body that cannot be read."""
    if _is_ours(call):
        return refusal(400, "body", f"the body cannot be read: {error.reason}")
    return _shown(call, refused(Code.MALFORMED, "The body is not valid JSON", error.reason))


def oversized(call: Call[Party], error: BodyTooLargeError) -> ServiceError:
    """Return the refusal of a body that is too large."""
    detail = f"at most {error.limit} bytes"
    if _is_ours(call):
        return refusal(413, "body", f"the body is too large: {detail}")
    return _shown(call, refused(Code.TOO_LARGE, "The body is too large", detail))


def _answer(call: Call[Party], error: ServiceError) -> Response:
    shown = _shown(call, error)
    return json_answer(shown.body, shown.status, shown.headers)


def _shown(call: Call[Party], error: ServiceError) -> ServiceError:
    return shown_in(call.party.settings, error)


def _is_ours(call: Call[Party]) -> bool:
    return call.request.url.path.startswith(PREFIX)
