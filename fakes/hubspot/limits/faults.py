"""Faults on demand: the next calls meet a limit, an error of HubSpot's own, or a long wait."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

from starlette.responses import Response

from fakes.hubspot.errors import RefusedError
from fakes.hubspot.hub import Hub
from fakes.hubspot.limits.meter import Policy, RateLimitedError
from fakes.hubspot.limits.records import Fault, FaultKind
from fakes.hubspot.oauth.records import AccessToken
from fakes.hubspot.shapes import misshapen, number_in, optional_text_in, text_or
from fakes.kit.call import Call
from fakes.kit.recorder import LARGEST_BODY_KEPT

E = TypeVar("E", FaultKind, Policy)

_MOST = 1_000_000
_LONGEST_WAIT = 3600
_MIGRATING, _MIGRATION = 477, 60
_TROUBLES = {
    414: "URI Too Long",
    423: "The record is locked; wait two seconds before the next try.",
    _MIGRATING: "The account is being moved.",
}


def read_fault(body: Mapping[str, Any]) -> Fault:
    """Return the fault that a control route's body describes.

    Raises:
        RefusedError: It describes none.
    """
    return Fault(
        kind=_one_of(FaultKind, text_or(body, "kind"), "kind"),
        left=number_in(body, "count", least=1, most=_MOST) or 1,
        path=optional_text_in(body, "path") or "/",
        portal_id=number_in(body, "portalId", least=1, most=2**31),
        status=_status(body),
        policy=_one_of(Policy, optional_text_in(body, "policy") or Policy.TEN_SECONDS, "policy"),
        wait=timedelta(seconds=number_in(body, "seconds", least=1, most=_LONGEST_WAIT) or 10),
    )


async def strike(call: Call[Hub], token: AccessToken | None) -> None:
    """Let a call meet the first fault that is meant for it, if any.

    The journal says whom it struck, body and all: by the ids in it one finds what it belongs to.
    A slow call waits on the fake's clock: on a virtual one somebody else must move it meanwhile.

    Raises:
        RefusedError: The fault is an error or a limit.
    """
    hub, method, path = call.party, call.scope["method"], call.scope["path"]
    portal_id = token.portal_id if token else None
    fault = next((one for one in hub.state.faults if one.strikes(path, portal_id)), None)
    if fault is None:
        return
    fault.left -= 1
    if fault.left == 0:
        hub.state.faults.remove(fault)
    body = (await call.glance())[:LARGEST_BODY_KEPT].decode("utf-8", "replace")
    hub.event(
        "fault.struck",
        fault=str(fault.kind),
        method=method,
        path=path,
        portalId=portal_id,
        body=body,
    )
    match fault.kind:
        case FaultKind.RATE_LIMIT:
            raise RateLimitedError(Policy(fault.policy), f"publicapi:forced:{portal_id or 0}")
        case FaultKind.ERROR:
            raise TroubleError(fault.status)
        case FaultKind.SLOW:
            await _wait(hub, fault.wait)


class TroubleError(RefusedError):
    """HubSpot cannot do what it is asked for now, or not in this way.

    Source: HubSpot developer docs, Error handling (docs). Assumed: the sentences.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status, _TROUBLES.get(status, "internal error"))

    def answer(self, correlation_id: str) -> Response:
        """Return the whole answer; a migration says after how many seconds to try again."""
        response = super().answer(correlation_id)
        if self.status == _MIGRATING:
            response.headers["Retry-After"] = str(_MIGRATION)
        return response


def _status(body: Mapping[str, Any]) -> int:
    found = number_in(body, "status", least=400, most=599) or 500
    if found < 500 and found not in _TROUBLES:  # noqa: PLR2004 - HTTP's own limit
        raise misshapen("status", f"one of {', '.join(map(str, _TROUBLES))} or from 500 to 599")
    return found


async def _wait(hub: Hub, wait: timedelta) -> None:
    is_over = asyncio.Event()

    async def end() -> None:
        is_over.set()

    hub.later(wait, end, label="a slow answer goes on")
    await is_over.wait()


def _one_of(kinds: type[E], text: str, name: str) -> E:
    try:
        return kinds(text)
    except ValueError:
        raise misshapen(name, f"one of {', '.join(kinds)}") from None
