"""Calling an app as a vendor does, and keeping what was said on both sides."""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx

_EXCERPT, _WHOLE = 500, 4096
"""How much of an answer is shown, and of a body that is to be sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A call to the app and what came of it.

    Args:
        url: The address.
        headers: What was sent with it.
        body: The exact bytes that were sent.
        status: The HTTP status; ``None`` when no answer came.
        answer: The bytes of the answer.
        failure: Why no answer came, in words; empty when one did.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None
    answer: bytes = b""
    failure: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the app took it: a 2xx."""
        return self.status is not None and httpx.codes.is_success(self.status)

    @property
    def is_refused(self) -> bool:
        """Whether the app refused it as the caller's mistake: a 4xx."""
        return self.status is not None and httpx.codes.is_client_error(self.status)

    @property
    def outcome(self) -> str:
        """What came of it, in one line."""
        return self.failure or f"{self.status} {_shown(self.answer, _EXCERPT)}".strip()

    def as_curl(self) -> str:
        """Return the command that makes the call again, long bodies shortened."""
        words = ["curl", "-i", "-X", "POST", self.url]
        for name, value in self.headers.items():
            words += ["-H", f"{name}: {value}"]
        return shlex.join([*words, "--data-raw", _shown(self.body, _WHOLE)])


class Caller:
    """Posts to an app; an answer that does not come is an outcome too.

    Args:
        http: The way to the app.
        now: What o'clock it is where the vendors are.
    """

    def __init__(self, http: httpx.AsyncClient, now: Callable[[], datetime]) -> None:
        self._http = http
        self.now = now

    async def post(
        self, url: str, body: bytes, headers: Mapping[str, str], *, patience: float
    ) -> Exchange:
        """Return what came of a POST of JSON.

        Args:
            url: The app's address.
            body: The exact bytes.
            headers: What goes with them, beside the content type.
            patience: Seconds that the vendor waits for an answer.
        """
        sent = {"Content-Type": "application/json", **headers}
        try:
            answer = await self._http.post(url, content=body, headers=sent, timeout=patience)
        except httpx.TimeoutException:
            failure = f"no answer within {patience:g} s"
        except httpx.ConnectError as exc:
            failure = f"nobody answers at {url}: {exc}"
        except httpx.HTTPError as exc:
            failure = f"the connection ended without an answer: {exc}"
        except httpx.InvalidURL as exc:
            failure = f"{url} is no address ({exc})"
        else:
            return Exchange(
                url=url, headers=sent, body=body, status=answer.status_code, answer=answer.content
            )
        return Exchange(url=url, headers=sent, body=body, status=None, failure=failure)


def _shown(body: bytes, most: int) -> str:
    text = body.decode("utf-8", "replace")
    return text if len(text) <= most else f"{text[:most]}… ({len(body)} bytes)"
