"""The way out of a fake: its calls to other people's addresses, and what came of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a call: an answer, or the reason why there was none.

    Args:
        status: The answer's HTTP status; ``None`` when there was no answer.
        body: The answer's bytes.
        headers: The answer's headers.
        failure: ``timeout``, ``unreachable`` or ``forbidden``; ``None`` when there was an answer.
        detail: The failure in words.
    """

    status: int | None
    body: bytes = b""
    headers: httpx.Headers | None = None
    failure: str | None = None
    detail: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the answer was a 2xx."""
        return self.status is not None and httpx.codes.is_success(self.status)


def loopback_only(url: str) -> bool:
    """Return whether ``url`` points at this machine's loopback interface."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Outbound:
    """Calls addresses that apps registered with a fake.

    Args:
        http: The client; its transport decides what the network is.
        allows: Which URLs may be called; a fake on real sockets calls loopback only.
    """

    def __init__(self, http: httpx.AsyncClient, allows: Callable[[str], bool]) -> None:
        self._http = http
        self._allows = allows

    async def call(
        self,
        method: str,
        url: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        timeout: timedelta,  # noqa: ASYNC109 - it is handed to httpx, which has its own clock
        connect_timeout: timedelta | None = None,
    ) -> Outcome:
        """Call ``url`` once and return what came of it; it never raises for the other side's faults.

        Args:
            method: The HTTP method.
            url: The absolute address.
            body: The exact bytes to send.
            headers: Sent along.
            timeout: How long to wait for the answer.
            connect_timeout: How long to wait for a connection; as long, when ``None``.
        """
        if not _is_address(url):
            return Outcome(status=None, failure="unreachable", detail=f"{url!r} is no address")
        if not self._allows(url):
            detail = f"{url} is not on this machine, and this fake calls nobody else"
            return Outcome(status=None, failure="forbidden", detail=detail)
        connect = (connect_timeout or timeout).total_seconds()
        waits = httpx.Timeout(timeout.total_seconds(), connect=connect)
        try:
            answer = await self._http.request(
                method, url, content=body, headers=headers, timeout=waits
            )
        except httpx.TimeoutException as exc:
            return Outcome(status=None, failure="timeout", detail=repr(exc))
        except (httpx.TransportError, httpx.InvalidURL) as exc:
            return Outcome(status=None, failure="unreachable", detail=repr(exc))
        return Outcome(status=answer.status_code, body=answer.content, headers=answer.headers)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
