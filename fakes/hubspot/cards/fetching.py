"""``hubspot.fetch``: an app card calls its backend through HubSpot, which signs with v3.

Source: HubSpot developer docs, Fetching data for UI extensions (docs).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson

from fakes.hubspot.calling import Why, signed_call
from fakes.hubspot.calls import Purpose
from fakes.hubspot.errors import RefusedError, invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import App, Portal, User
from fakes.kit.outbound import Outcome, loopback_only

LARGEST_PAYLOAD = 1024 * 1024
"""The most bytes of a body, in either direction."""
MOST_AT_ONCE = 20
"""How many of an account's calls may be under way."""

LONGEST_WAIT = timedelta(seconds=120)
"""The longest that a card may ask to wait. Source: HubSpot developer docs, a newer page (docs)."""

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What a card asks HubSpot to call.

    Args:
        method: The HTTP method.
        url: The absolute address.
        body: What is sent as JSON; ``None`` for nothing.
        timeout: How long to wait; ``None`` leaves it to the settings.
    """

    method: str
    url: str
    body: Any
    timeout: timedelta | None = None


async def proxy(hub: Hub, app: App, portal: Portal, user: User, asked: Fetch) -> dict[str, Any]:
    """Call an app's backend for its card, and return what came back.

    One failed connection or 5xx is tried once more.

    Raises:
        RefusedError: The address is not permitted, the body is too large, or too many calls are
            under way (429).
    """
    _check(app, asked)
    body = b"" if asked.body is None else orjson.dumps(asked.body)
    if len(body) > LARGEST_PAYLOAD:
        raise RefusedError(413, f"The payload exceeds {LARGEST_PAYLOAD} bytes.")
    under_way = hub.state.fetches
    if under_way[portal.id] >= MOST_AT_ONCE:
        raise RefusedError(429, f"At most {MOST_AT_ONCE} calls of an account may be under way.")
    known = {
        "userId": user.id,
        "portalId": portal.id,
        "userEmail": user.email,
        "appId": app.id,
    }
    url = f"{asked.url}{'&' if '?' in asked.url else '?'}{urlencode(known)}"
    under_way[portal.id] += 1
    try:
        outcome = await _call(hub, app, asked, url, body, attempt=1)
        if outcome.status is None or outcome.status >= 500:  # noqa: PLR2004 - the server's side
            outcome = await _call(hub, app, asked, url, body, attempt=2)
    finally:
        under_way[portal.id] -= 1
    return _shown(outcome)


async def _call(
    hub: Hub, app: App, asked: Fetch, url: str, body: bytes, *, attempt: int
) -> Outcome:
    why = Why(app=app, purpose=Purpose.FETCH, attempt=attempt)
    timeout = asked.timeout or hub.settings.fetch_timeout
    made = await signed_call(hub, why, asked.method, url, body, timeout=timeout, is_v3_only=True)
    return made.outcome


def _check(app: App, asked: Fetch) -> None:
    if asked.method not in _METHODS:
        raise invalid(f"The method '{asked.method}' must be among {_METHODS}.")
    # A fake on sockets reaches this machine only, where nobody has a certificate.
    if urlsplit(asked.url).scheme != "https" and not loopback_only(asked.url):
        raise invalid(f"'{asked.url}' is not https.")
    if not any(_is_under(asked.url, permitted) for permitted in app.fetch_urls):
        raise invalid(f"'{asked.url}' is not among the app's permitted URLs.")


def _is_under(url: str, permitted: str) -> bool:
    ours, theirs = urlsplit(url), urlsplit(permitted)
    same = (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)
    return same and ours.path.startswith(theirs.path)


def _shown(outcome: Outcome) -> dict[str, Any]:
    if outcome.status is None:
        return {"status": None, "body": None, "failure": outcome.failure}
    if len(outcome.body) > LARGEST_PAYLOAD:
        return {"status": None, "body": None, "failure": "too_large"}
    text = outcome.body.decode("utf-8", "replace")
    return {"status": outcome.status, "body": text, "failure": None}
