"""Rate limits: so many calls per app and account, searches per account, and calls per day."""

from collections import deque
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from fakes.hubspot.errors import RefusedError
from fakes.hubspot.hub import Hub
from fakes.hubspot.oauth.records import AccessToken, Holder
from fakes.hubspot.state import Portal

_WINDOW = timedelta(seconds=10)
_SECOND = timedelta(seconds=1)


class Policy(StrEnum):
    """The limit that a call met.

    Source: HubSpot developer docs, Usage guidelines (docs); bodies seen in many clients' logs.
    """

    TEN_SECONDS = "TEN_SECONDLY_ROLLING"
    SECOND = "SECONDLY"
    DAY = "DAILY"


_SENTENCES = {
    Policy.TEN_SECONDS: "You have reached your ten_secondly_rolling limit.",
    Policy.SECOND: "You have reached your secondly limit.",
    Policy.DAY: "You have reached your daily limit.",
}


class RateLimitedError(RefusedError):
    """HubSpot turns a call away because there were too many.

    Source: HubSpot developer docs, Usage guidelines (docs); no ``Retry-After`` is documented.

    Args:
        policy: Which limit.
        group: What HubSpot calls the limited group.
        headers: Sent along.
    """

    def __init__(
        self, policy: Policy, group: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(429, _SENTENCES[policy])
        self.policy = policy
        self._group = group
        self._headers = dict(headers or {})

    def envelope(self, correlation_id: str) -> dict[str, Any]:
        """Return the body of the answer."""
        return {
            "status": "error",
            "message": self.message,
            "errorType": "RATE_LIMIT",
            "correlationId": correlation_id,
            "policyName": self.policy,
            "requestId": correlation_id,
            "groupName": self._group,
        }

    def answer(self, correlation_id: str) -> Response:
        """Return the whole answer."""
        response = super().answer(correlation_id)
        response.headers.update(self._headers)
        return response


def admit(hub: Hub, token: AccessToken | None, path: str) -> dict[str, str]:
    """Count a call and return the headers that tell how many are left; none on searches.

    A call that is turned away does not count, and neither does one without an account's token.

    Raises:
        RateLimitedError: There were too many.
    """
    if token is None or token.portal_id is None or not hub.settings.limits_calls:
        return {}
    if path.endswith("/search"):
        _admit_search(hub, token.portal_id)
        return {}
    return _admit_call(hub, token, token.portal_id)


def _admit_search(hub: Hub, portal_id: int) -> None:
    calls = _recent(hub, f"search:{portal_id}", _SECOND)
    if len(calls) >= hub.settings.searches_per_second:
        raise RateLimitedError(Policy.SECOND, f"publicapi:crm:search:{portal_id}")
    calls.append(hub.now())


def _admit_call(hub: Hub, token: AccessToken, portal_id: int) -> dict[str, str]:
    is_private = token.holder is Holder.PRIVATE_APP
    group = f"publicapi:{'private-apps' if is_private else 'app'}:{_whose(token)}:{portal_id}"
    settings = hub.settings
    most = settings.private_calls_per_window if is_private else settings.calls_per_window
    calls = _recent(hub, group, _WINDOW)
    if len(calls) >= most:
        raise RateLimitedError(Policy.TEN_SECONDS, group, _headers(most, 0))
    daily = _admit_today(hub, portal_id, group) if is_private else {}
    calls.append(hub.now())
    return {**_headers(most, most - len(calls)), **daily}


def _admit_today(hub: Hub, portal_id: int, group: str) -> dict[str, str]:
    portal, most = hub.state.portals[portal_id], hub.settings.private_calls_per_day
    today, used = _today(hub, portal), used_today(hub, portal)[0]
    if used >= most:
        raise RateLimitedError(Policy.DAY, group, _daily_headers(most, 0))
    hub.state.daily_calls[portal_id] = (today, used + 1)
    return _daily_headers(most, most - used - 1)


def used_today(hub: Hub, portal: Portal) -> tuple[int, datetime]:
    """Return how many calls private apps made for an account since its midnight, and the next."""
    today = _today(hub, portal)
    day, used = hub.state.daily_calls.get(portal.id, (today, 0))
    zone = ZoneInfo(portal.time_zone)
    midnight = datetime.combine(today + timedelta(days=1), time(), zone)
    return used if day == today else 0, midnight


def _today(hub: Hub, portal: Portal) -> date:
    return hub.now().astimezone(ZoneInfo(portal.time_zone)).date()


def _recent(hub: Hub, group: str, window: timedelta) -> deque[Any]:
    calls = hub.state.recent_calls.setdefault(group, deque())
    oldest = hub.now() - window
    while calls and calls[0] <= oldest:
        calls.popleft()
    return calls


def _whose(token: AccessToken) -> str:
    return str(token.app_id) if token.app_id is not None else token.value[-12:]


def _headers(most: int, left: int) -> dict[str, str]:
    # The deprecated pair is still sent: a tenth of the window.
    secondly = most // 10
    return {
        "X-HubSpot-RateLimit-Max": str(most),
        "X-HubSpot-RateLimit-Remaining": str(left),
        "X-HubSpot-RateLimit-Interval-Milliseconds": str(_WINDOW // timedelta(milliseconds=1)),
        "X-HubSpot-RateLimit-Secondly": str(secondly),
        "X-HubSpot-RateLimit-Secondly-Remaining": str(min(secondly, left)),
    }


def _daily_headers(most: int, left: int) -> dict[str, str]:
    return {
        "X-HubSpot-RateLimit-Daily": str(most),
        "X-HubSpot-RateLimit-Daily-Remaining": str(left),
    }
