"""Who may press the console's buttons: its own pages, opened at its own address."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import Request


def own_hosts(console: str) -> frozenset[str]:
    """Return the hosts at which the console is itself: its address', and ``localhost``'s."""
    parts = urlsplit(console)
    return frozenset({parts.netloc, parts.netloc.replace(parts.hostname or "", "localhost")})


def is_own(request: Request, hosts: Collection[str]) -> bool:
    """Return whether a request was made at one of ``hosts`` and, if by a page, by one of theirs.

    Any page on the web can have a browser call this machine: such a call names the page's origin,
    or a host that is not ours.
    """
    if request.headers.get("host", "") not in hosts:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc in hosts
