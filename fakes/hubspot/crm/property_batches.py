"""Properties by the hundred: what succeeds is done, what does not is listed."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import as_object, inputs_of, read_object
from fakes.hubspot.crm import defining
from fakes.hubspot.crm.batches import batch_answer
from fakes.hubspot.crm.properties import READS, ROOTS, SPEC, WRITE
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.shapes import flag_in, text_or
from fakes.kit.answers import empty_answer


async def create_batch(call: HubCall) -> Response:
    """Answer ``POST …/contacts/batch/create``."""
    portal = account(call, WRITE).portal
    results: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for item in inputs_of(await read_object(call)):
        as_object(item, *defining.REQUIRED)
        try:
            results.append(defining.create(call.party, portal, item).as_json())
        except RefusedError as refusal:
            errors.append(refusal.item(name=[text_or(item, "name")]))
    return batch_answer(call.party, results, errors, 201)


async def read_batch(call: HubCall) -> Response:
    """Answer ``POST …/contacts/batch/read``."""
    portal = account(call, *READS).portal
    body = await read_object(call)
    archived = flag_in(body, "archived")
    results: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for name in _names(body):
        try:
            found = defining.named(call.party, portal, name, archived=archived)
        except RefusedError as refusal:
            errors.append(refusal.item(name=[name]))
        else:
            results.append(found.as_json(call.query("locale") or "en"))
    return batch_answer(call.party, results, errors)


async def archive_batch(call: HubCall) -> Response:
    """Answer ``POST …/contacts/batch/archive``; assumed: one that is not there is no error."""
    portal = account(call, WRITE).portal
    for name in _names(await read_object(call)):
        if name in portal.properties:
            defining.archive(call.party, portal, portal.properties[name])
    return empty_answer()


def _names(body: dict[str, Any]) -> list[str]:
    return [text_or(as_object(item, "name"), "name") for item in inputs_of(body)]


ROUTES = routes(
    tuple(f"{root}/batch" for root in ROOTS),
    ("POST", "/create", create_batch, SPEC, "properties#batch"),
    ("POST", "/read", read_batch, SPEC, "properties#batch"),
    ("POST", "/archive", archive_batch, SPEC, NO_JSON),
)
