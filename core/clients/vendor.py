"""One vendor over HTTP: what httpx raises and what HTTP says become the domain's errors here."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import httpx

from core.domain.errors import (
    OutcomeUnknownError,
    ProviderDownError,
    ProviderRefusedError,
    ThrottledError,
)
from core.metrics import Metrics
from core.wire.requests import VendorRequest

log = logging.getLogger(__name__)

_MEANT_IN_MILLISECONDS = 1000
_LONGEST_NUMBER = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A vendor's answer.

    Args:
        status: The HTTP status.
        body: The bytes.
    """

    status: int
    body: bytes


class Vendor:
    """Asks one vendor.

    Args:
        name: For errors and logs.
        base_url: Where its API is.
        http: The client, shared for the life of the process; its transport is the network.
        metrics: Where the calls are counted.
        timeout: How long to wait for an answer.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        http: httpx.AsyncClient,
        metrics: Metrics,
        *,
        timeout: timedelta = timedelta(seconds=15),
    ) -> None:
        self._name = name
        self._base_url = base_url
        self._http = http
        self._metrics = metrics
        self._timeout = timeout.total_seconds()

    async def ask(self, request: VendorRequest, credentials: Mapping[str, str]) -> Answer:
        """Return the vendor's answer, whatever its status but 429 and 5xx.

        A 501 is an answer too: the vendor does no such thing, and did nothing.

        Raises:
            ProviderDownError: It could not be reached, so that nothing was done.
            ThrottledError: It asks us to wait (429).
            OutcomeUnknownError: It may have been done: no answer came, or none that can be one
                (5xx, a redirect, bytes that cannot be decoded).
        """
        headers = dict(credentials)
        if request.body is not None:
            headers["content-type"] = request.content_type
        try:
            with self._metrics.call(self._name) as timed:
                answer = await self._http.request(
                    request.method,
                    self._base_url + request.target,
                    content=request.body,
                    headers=headers,
                    timeout=self._timeout,
                )
                timed.outcome = str(answer.status_code)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as exc:
            raise ProviderDownError(f"{self._name} cannot be reached: {exc!r}") from exc
        except httpx.RequestError as exc:
            msg = f"{self._name} did not answer {request.method} {request.path}: {exc!r}"
            raise OutcomeUnknownError(msg) from exc
        self._refuse_trouble(request, answer)
        return Answer(status=answer.status_code, body=answer.content)

    def refused(self, answer: Answer, code: str, reason: str) -> ProviderRefusedError:
        """Return the error that a 4xx stands for.

        Args:
            answer: The answer.
            code: The vendor's own code, ``""`` when it gives none.
            reason: What the vendor says.
        """
        msg = f"{self._name} refused ({answer.status}): {reason}"
        return ProviderRefusedError(answer.status, code or str(answer.status), msg)

    def _refuse_trouble(self, request: VendorRequest, answer: httpx.Response) -> None:
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            log.warning("vendor.throttled", extra={"vendor": self._name, "path": request.path})
            raise ThrottledError(_retry_after(answer.headers.get("retry-after")))
        is_trouble = answer.is_server_error or answer.is_redirect
        if is_trouble and answer.status_code != httpx.codes.NOT_IMPLEMENTED:
            msg = f"{self._name} answered {answer.status_code} to {request.method} {request.path}"
            raise OutcomeUnknownError(msg)


def _retry_after(value: str | None) -> timedelta | None:
    """Return the wait that a ``Retry-After`` header asks for, when it is a sensible number."""
    try:
        number = float(value or "")
    except ValueError:
        return None
    if not 0 <= number <= _LONGEST_NUMBER:
        return None
    return (
        timedelta(milliseconds=number)
        if number >= _MEANT_IN_MILLISECONDS
        else timedelta(seconds=number)
    )
