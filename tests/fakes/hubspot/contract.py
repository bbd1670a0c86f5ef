"""What every answer is held to: the schema of its route, or that of a refusal."""

import httpx

from fakes.hubspot.answering import NO_JSON
from fakes.hubspot.app import TABLE
from fakes.kit.schemas import Schemas

SCHEMAS = Schemas("fakes.hubspot")


async def check_answer(answer: httpx.Response) -> None:
    """Hold an answer to its schema; a hook for ``httpx.AsyncClient``.

    Raises:
        MismatchError: It is something else.
        AssertionError: It is JSON from a route without a schema.
    """
    if "json" not in answer.headers.get("content-type", ""):
        return
    await answer.aread()
    request = answer.request
    name = schema_of(request.method, request.url.path, answer.status_code)
    if name:
        assert name != NO_JSON, f"{request.method} {request.url.path} answers JSON"
        SCHEMAS.check(name, answer.json())


def schema_of(method: str, path: str, status: int) -> str:
    """Return the name of the schema that an answer must satisfy; empty when there is none yet."""
    if status >= 400:
        return "errors#oauth" if path.startswith("/oauth/") else "errors#envelope"
    route = TABLE.match(method, path).route
    assert route is not None, f"{method} {path} answers JSON, and no route does"
    return route.answers
