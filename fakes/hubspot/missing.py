"""Paths and methods that HubSpot does not answer, and which route was probably meant."""

from difflib import get_close_matches

from starlette.responses import Response

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

    Source: a probe of a real account (single).
    """
    method, path = call.request.method, call.request.url.path
    call.party.event(
        "route.unknown", method=method, path=path, nearest=nearest_route(table, method, path)
    )
    if match.allowed:
        return empty_answer(405, {"Allow": ", ".join(match.allowed)})
    return page_answer(_NOT_FOUND, 404)


def nearest_route(table: RouteTable[Hub], method: str, path: str) -> str | None:
    """Return the known route that looks most like ``method path``, or ``None``."""
    known = [f"{route.method} {route.path}" for route in table.routes]
    found = get_close_matches(f"{method} {path}", known, n=1, cutoff=0.4)
    return found[0] if found else None
