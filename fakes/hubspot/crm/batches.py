"""Contacts by the hundred: what succeeds is done, what does not is listed."""

from collections.abc import Callable
from typing import Any

import httpx
from starlette.responses import Response

from fakes.hubspot.access import Caller, account
from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.bodies import as_object, inputs_of, read_object
from fakes.hubspot.crm import store, views
from fakes.hubspot.crm.contacts import READ, ROOTS, SPEC, WRITE, nonempty
from fakes.hubspot.crm.values import checked
from fakes.hubspot.errors import Category, RefusedError, invalid, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer

_Write = Callable[[Hub, Caller, dict[str, Any]], dict[str, Any]]
_Rehearse = Callable[[Caller, list[dict[str, Any]]], None]


async def read_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/read``."""
    caller = account(call, READ)
    body = await read_object(call)
    id_property = body.get("idProperty") or "hs_object_id"
    asked, history = body.get("properties") or (), body.get("propertiesWithHistory") or ()
    keys = [str(as_object(item, "id")["id"]) for item in inputs_of(body)]
    found = {key: store.find(caller.portal, key, id_property) for key in keys}
    results = [
        views.summary(caller.portal, contact, asked, history)
        for contact in found.values()
        if contact is not None
    ]
    unknown = [key for key, contact in found.items() if contact is None]
    errors = [_unknown(unknown)] if unknown else []
    return batch_answer(call.party, results, errors)


async def create_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/create``: without traces, all of them or none."""
    return await _write_all(call, _create, 201, _refuse_unfit)


async def update_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/update``."""
    return await _write_all(call, _update, 200)


async def upsert_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/upsert``: results tell which contacts are new."""
    return await _write_all(call, _upsert, 200)


async def archive_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/archive``."""
    caller = account(call, WRITE)
    for item in inputs_of(await read_object(call)):
        contact = store.find(caller.portal, str(as_object(item, "id")["id"]))
        if contact is not None:
            store.archive(call.party, caller.portal, contact, caller.source)
    return empty_answer()


def batch_answer(
    hub: Hub, results: list[dict[str, Any]], errors: list[dict[str, Any]], status: int = 200
) -> Response:
    """Return a batch's answer: 207 when some inputs failed.

    Source: HubSpot developer docs, Batch (spec).
    """
    now = iso(hub.now())
    body: dict[str, Any] = {
        "status": "COMPLETE",
        "results": results,
        "startedAt": now,
        "completedAt": now,
    }
    if errors:
        return json_answer({**body, "numErrors": len(errors), "errors": errors}, 207)
    return json_answer(body, status)


async def _write_all(
    call: HubCall, write: _Write, status: int, rehearse: _Rehearse | None = None
) -> Response:
    caller = account(call, WRITE)
    inputs = inputs_of(await read_object(call))
    if rehearse is not None:
        rehearse(caller, [item for item in inputs if item.get("objectWriteTraceId") is None])
    results: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for item in inputs:
        trace = item.get("objectWriteTraceId")
        try:
            result = write(call.party, caller, item)
        except RefusedError as refusal:
            if trace is None and refusal.status != httpx.codes.NOT_FOUND:
                raise
            errors.append(refusal.item(**_traced(item)))
        else:
            results.append(result if trace is None else {**result, "objectWriteTraceId": trace})
    return batch_answer(call.party, results, errors, status)


def _traced(item: dict[str, Any]) -> dict[str, list[str]]:
    trace = item.get("objectWriteTraceId")
    return {"ids": [str(item.get("id"))]} if trace is None else {"objectWriteTraceId": [str(trace)]}


def _refuse_unfit(caller: Caller, items: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for item in items:
        values = checked(caller.portal, as_object(item, "properties")["properties"])
        store.refuse_unfit(caller.portal, values)
        email = values.get("email")
        if email in seen:
            raise invalid(f"Duplicate email in the batch: {email}")
        seen.update([email] if email else [])


def _create(hub: Hub, caller: Caller, item: dict[str, Any]) -> dict[str, Any]:
    values = checked(caller.portal, as_object(item, "properties")["properties"])
    return views.whole(caller.portal, store.create(hub, caller.portal, values, caller.source))


def _update(hub: Hub, caller: Caller, item: dict[str, Any]) -> dict[str, Any]:
    key = str(as_object(item, "id", "properties")["id"])
    contact = store.find(caller.portal, key, item.get("idProperty") or "hs_object_id")
    if contact is None:
        raise not_found()
    values = checked(caller.portal, nonempty(item["properties"]), contact.values)
    store.update(hub, caller.portal, contact, values, caller.source)
    return views.whole(caller.portal, contact)


def _upsert(hub: Hub, caller: Caller, item: dict[str, Any]) -> dict[str, Any]:
    as_object(item, "id", "properties")
    id_property = item.get("idProperty") or "hs_object_id"
    if store.find(caller.portal, str(item["id"]), id_property) is not None:
        return {**_update(hub, caller, item), "new": False}
    if id_property == "hs_object_id":
        raise invalid(f"No contact has the id {item['id']}; an idProperty is needed to create it.")
    made = {**item, "properties": {id_property: item["id"], **item["properties"]}}
    return {**_create(hub, caller, made), "new": True}


def _unknown(ids: list[str]) -> dict[str, Any]:
    refusal = RefusedError(
        404,
        "Could not get some CONTACT objects, they may be deleted or not exist. "
        "Check that ids are valid.",
        Category.NOT_FOUND,
    )
    return refusal.item(ids=ids)


ROUTES = routes(
    tuple(f"{root}/batch" for root in ROOTS),
    ("POST", "/read", read_batch, SPEC),
    ("POST", "/create", create_batch, SPEC),
    ("POST", "/update", update_batch, SPEC),
    ("POST", "/upsert", upsert_batch, SPEC),
    ("POST", "/archive", archive_batch, SPEC),
)
