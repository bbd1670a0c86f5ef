"""The way out of a fake: its calls to other people's addresses, and what came of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from fakes.kit.failures import Failure, explain
from fakes.kit.journal import Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a call sent, or was to send.

    Args:
        method: The HTTP method.
        url: The address.
        headers: All of them, as they are written.
        body: The exact bytes.
    """

    method: str
    url: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a call: an answer, or the reason why there was none.

    Args:
        sent: The call.
        status: The answer's HTTP status; ``None`` when there was no answer.
        body: The answer's bytes.
        headers: The answer's headers.
        failure: Why there was no answer; ``None`` when there was one.
        detail: The failure in words.
    """

    sent: Sent
    status: int | None = None
    body: bytes = b""
    headers: httpx.Headers | None = None
    failure: Failure | None = None
    detail: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the answer was a 2xx."""
        return self.status is not None and httpx.codes.is_success(self.status)


Witness = Callable[[Outcome], None]
"""Told of every call as soon as something has come of it."""


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
        witness: Told of every call; nobody when ``None``.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        allows: Callable[[str], bool],
        witness: Witness | None = None,
    ) -> None:
        self._http = http
        self._allows = allows
        self._witness = witness

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
        connect = (connect_timeout or timeout).total_seconds()
        waits = httpx.Timeout(timeout.total_seconds(), connect=connect)
        outcome = await self._call(method, url, body, headers or {}, waits)
        if self._witness is not None:
            self._witness(outcome)
        return outcome

    async def _call(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str], waits: httpx.Timeout
    ) -> Outcome:
        written = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        sent = Sent(method=method, url=url, headers=written, body=body)
        if not _is_address(url):
            detail = f"{url!r} is no address"
            return Outcome(sent=sent, failure=Failure.UNREACHABLE, detail=detail)
        if not self._allows(url):
            detail = f"{url} is not on this machine, and this fake calls nobody else"
            return Outcome(sent=sent, failure=Failure.FORBIDDEN, detail=detail)
        try:
            request = self._http.build_request(
                method, url, content=body, headers=headers, timeout=waits
            )
            sent = Sent(method=method, url=url, headers=request.headers.raw, body=body)
            answer = await self._http.send(request)
        except httpx.InvalidURL as exc:
            detail = f"{url!r} is no address: {exc}"
            return Outcome(sent=sent, failure=Failure.UNREACHABLE, detail=detail)
        except httpx.RequestError as exc:
            failure, detail = explain(exc, url, waits)
            return Outcome(sent=sent, failure=failure, detail=detail)
        return Outcome(
            sent=sent, status=answer.status_code, body=answer.content, headers=answer.headers
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
