"""The JavaScript around an action, kept and shown, and whether the action needs a record.

HubSpot would run the functions; this fake keeps them.
"""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import developer
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.automation.definition_rules import FUNCTION_TYPES
from fakes.hubspot.automation.definition_store import DEFINITIONS, identifiers, named
from fakes.hubspot.automation.records import Definition
from fakes.hubspot.bodies import invalid_media_type, read_object
from fakes.hubspot.errors import invalid, not_found
from fakes.hubspot.shapes import flag_in
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Custom workflow actions")
_READ = "developers-read"


async def list_functions(call: HubCall) -> Response:
    """Answer ``GET …/functions``: which there are, without their sources."""
    return json_answer({"results": identifiers(named(call, developer(call, _READ)))})


async def read_function(call: HubCall) -> Response:
    """Answer ``GET …/functions/{functionType}`` and ``…/{functionId}``."""
    definition = named(call, developer(call, _READ))
    key = _key(call)
    if key not in definition.functions:
        raise not_found(f"The action {definition.id} has no function {key[0]} {key[1] or ''}")
    return json_answer(_shown(definition, key))


async def write_function(call: HubCall) -> Response:
    """Answer ``PUT …/functions/{functionType}`` and ``…/{functionId}``: plain text."""
    definition = named(call, developer(call))
    kind = (call.header("content-type") or "").split(";")[0].strip().lower()
    if kind != "text/plain":
        raise invalid_media_type(call)
    key = _key(call)
    definition.functions[key] = (await call.raw()).decode("utf-8", "replace")
    return json_answer(_shown(definition, key))


async def delete_function(call: HubCall) -> Response:
    """Answer ``DELETE …/functions/{functionType}`` and ``…/{functionId}``."""
    named(call, developer(call)).functions.pop(_key(call), None)
    return empty_answer()


async def read_requires_object(call: HubCall) -> Response:
    """Answer ``GET …/requires-object``. Assumed: false until it is said."""
    return json_answer(named(call, developer(call, _READ)).requires_object)


async def write_requires_object(call: HubCall) -> Response:
    """Answer ``POST …/requires-object``. Assumed: the body's one field, ``requiresObject``."""
    definition = named(call, developer(call))
    body = await read_object(call, "requiresObject")
    definition.requires_object = flag_in(body, "requiresObject")
    return empty_answer()


def _key(call: HubCall) -> tuple[str, str | None]:
    kind = call.params["functionType"]
    if kind not in FUNCTION_TYPES:
        raise invalid(
            f"The functionType '{kind[:80]}' is unknown: use one of {sorted(FUNCTION_TYPES)}."
        )
    return kind, call.params.get("functionId")


def _shown(definition: Definition, key: tuple[str, str | None]) -> dict[str, Any]:
    kind, name = key
    optional = {} if name is None else {"id": name}
    return {"functionType": kind, "functionSource": definition.functions[key], **optional}


ROUTES = routes(
    DEFINITIONS,
    ("GET", "/{definitionId}/functions", list_functions, _SPEC, "automation#functions"),
    *(
        line
        for path in (
            "/{definitionId}/functions/{functionType}",
            "/{definitionId}/functions/{functionType}/{functionId}",
        )
        for line in (
            ("GET", path, read_function, _SPEC, "automation#function"),
            ("PUT", path, write_function, _SPEC, "automation#function"),
            ("DELETE", path, delete_function, _SPEC, NO_JSON),
        )
    ),
    (
        "GET",
        "/{definitionId}/requires-object",
        read_requires_object,
        _SPEC,
        "automation#requiresObject",
    ),
    ("POST", "/{definitionId}/requires-object", write_requires_object, _SPEC, NO_JSON),
)
