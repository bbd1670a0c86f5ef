"""What smsmode answers where nothing can be answered: no route, no JSON, too much of it."""

from difflib import get_close_matches

from starlette.responses import Response

from fakes.kit.answers import json_answer
from fakes.kit.call import Call
from fakes.kit.errors import BodyTooLargeError, MalformedBodyError, ServiceError
from fakes.kit.routing import Match
from fakes.smsmode.errors import Code, error_body, refused
from fakes.smsmode.party import Party
from fakes.smsmode.table import TABLE

_SAMPLES = tuple(dict.fromkeys(f"{route.method} {route.path}" for route in TABLE.routes))


def no_route(call: Call[Party], match: Match[Party]) -> Response:
    """Answer a path or a method that the table does not know, and write down the nearest one."""
    asked = f"{call.request.method} {call.request.url.path}"
    if match.allowed:
        allowed = ", ".join(match.allowed)
        call.party.tell("route.unknown", asked=asked, allowed=list(match.allowed))
        body = error_body(Code.METHOD, "Method not allowed", f"{asked}: use {allowed}")
        return json_answer(body, 405, {"Allow": allowed})
    nearest = next(iter(get_close_matches(asked, _SAMPLES, n=1, cutoff=0)), "")
    call.party.tell("route.unknown", asked=asked, nearest=nearest)
    detail = f"nothing answers {asked}; the nearest is {nearest}"
    return json_answer(error_body(Code.NO_ROUTE, "Not found", detail), 404)


def malformed(_: Call[Party], error: MalformedBodyError) -> ServiceError:
    """Return the refusal of a body that is not JSON."""
    return refused(Code.MALFORMED, "The body is not valid JSON", error.reason)


def oversized(_: Call[Party], error: BodyTooLargeError) -> ServiceError:
    """Return the refusal of a body that is too large."""
    return refused(Code.TOO_LARGE, "The body is too large", f"at most {error.limit} bytes")
