"""How every route is written: paths in each edition, one answer frame, refusals as envelopes.

A line names the schema of its JSON answers last, as ``crm#contact`` for ``$defs/contact`` of
``schemas/crm.json``, or ``NO_JSON``. The tests hold every answer to it, and refusals to
``errors#envelope``.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps

from starlette.responses import Response

from fakes.hubspot.errors import RefusedError
from fakes.hubspot.hub import Hub
from fakes.hubspot.limits import faults, meter
from fakes.hubspot.oauth.records import AccessToken
from fakes.kit.call import Call
from fakes.kit.errors import MalformedBodyError
from fakes.kit.facts import Fact
from fakes.kit.routing import Handler, Route

HubCall = Call[Hub]
"""A request to the fake."""

Answer = Callable[[HubCall], Awaitable[Response]]
"""Answers a request, or raises ``RefusedError``."""

CONTROL = "/_control/hubspot"
"""What the paths of our own routes begin with."""

Line = tuple[str, str, Answer, Fact] | tuple[str, str, Answer, Fact, str]
"""Method, what follows the root, handler, what the route rests on, and the answers' schema."""

NO_JSON = "no-json"
"""In place of a schema: the route answers with a page, a redirect or nothing."""


def routes(roots: Sequence[str], *lines: Line, is_built: bool = True) -> tuple[Route[Hub], ...]:
    """Return ``lines`` under each of ``roots``: all editions of a route share one handler."""
    return tuple(_route(root, is_built, *line) for root in roots for line in lines)


def malformed(exc: MalformedBodyError) -> RefusedError:
    """Return HubSpot's refusal of a body that is not JSON.

    Source: seen in many clients' logs; it has no category there.
    """
    return RefusedError(400, f"Invalid input JSON on line 1, column 1: {exc.reason}")


def token_of(call: HubCall) -> AccessToken | None:
    """Return the token that a call presents, dead or alive, or ``None`` when HubSpot knows none."""
    return call.party.state.access_tokens.get(bearer_of(call))


def bearer_of(call: HubCall) -> str:
    """Return what a call presents as its token; empty when it presents none."""
    scheme, _, value = (call.header("authorization") or "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


async def _admit(call: HubCall) -> dict[str, str]:
    path: str = call.scope["path"]
    if path.startswith(CONTROL):
        return {}
    hub, token = call.party, token_of(call)
    if hub.state.faults:
        await faults.strike(call, token)
    return meter.admit(hub, token, path)


def _route(
    root: str,
    is_built: bool,  # noqa: FBT001 - it stands before the line that is unpacked
    method: str,
    suffix: str,
    answer: Answer,
    fact: Fact,
    answers: str = "",
) -> Route[Hub]:
    return Route(method, f"{root}{suffix}", _framed(answer), fact, answers, is_built)


def _framed(answer: Answer) -> Handler[Hub]:
    @wraps(answer)
    async def framed(call: HubCall) -> Response:
        hub = call.party
        correlation_id = hub.ids.uuid7(hub.now())
        headers: dict[str, str] = {}
        try:
            if hub.settings.limits_calls or hub.state.faults:
                headers = await _admit(call)
            response = await answer(call)
        except RefusedError as refusal:
            response = refusal.answer(correlation_id)
        except MalformedBodyError as exc:
            response = malformed(exc).answer(correlation_id)
        if headers:
            response.headers.update(headers)
        written = correlation_id.encode()
        response.raw_headers += (
            (b"x-hubspot-correlation-id", written),
            (b"x-request-id", written),
        )
        return response

    return framed
