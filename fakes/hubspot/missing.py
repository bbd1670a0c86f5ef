"""Paths and methods that HubSpot does not answer, and which route was probably meant."""

from difflib import get_close_matches

from starlette.responses import Response

from fakes.hubspot.answering import CONTROL
from fakes.hubspot.errors import RefusedError, not_found
from fakes.hubspot.hub import Hub
from fakes.kit.answers import empty_answer, page_answer
from fakes.kit.call import Call
from fakes.kit.routing import Match, RouteTable

_NOT_FOUND = (
    '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>\n'
    "<title>Error 404 Not Found</title>\n</head>\n<body>\n<h2>HTTP ERROR 404</h2>\n"
    "<p>Resource not found</p>\n</body>\n</html>\n"
)


def answer_missing(table: RouteTable[Hub], call: Call[Hub], match: Match[Hub]) -> Response:
    """Return a 404 page, or a 405 when the path has other methods, and write down the nearest route.

    Source: a probe of a real account (single). Ours: control routes say which route is nearest.
    """
    hub, method, path = call.party, call.request.method, call.request.url.path
    nearest = nearest_route(table, method, path)
    hub.event("route.unknown", method=method, path=path, nearest=nearest)
    if path.startswith(CONTROL):
        refusal = _refusal(method, path, match, nearest)
        answer = refusal.answer(hub.ids.uuid7(hub.now()))
    else:
        answer = empty_answer(405) if match.allowed else page_answer(_NOT_FOUND, 404)
    if match.allowed:
        answer.headers["Allow"] = ", ".join(match.allowed)
    return answer


def _refusal(method: str, path: str, match: Match[Hub], nearest: str | None) -> RefusedError:
    if match.allowed:
        return RefusedError(405, f"{path} does not take {method}: use {', '.join(match.allowed)}.")
    return not_found(
        f"Nothing answers {method} {path}: the nearest is {nearest}. "
        f"GET {CONTROL} lists the control routes."
    )


def nearest_route(table: RouteTable[Hub], method: str, path: str) -> str | None:
    """Return the known route that looks most like ``method path``, or ``None``."""
    known = [f"{route.method} {route.path}" for route in table.routes]
    found = get_close_matches(f"{method} {path}", known, n=1, cutoff=0.4)
    return found[0] if found else None
