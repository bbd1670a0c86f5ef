"""Contacts by the hundred: what succeeds is done, what does not is listed."""

from collections.abc import Callable
from typing import Any

import httpx
from starlette.responses import Response

from fakes.hubspot.access import Caller, account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import as_object, inputs_of, is_true, read_object
from fakes.hubspot.crm import endings, store, views
from fakes.hubspot.crm.contacts import READ, ROOTS, SPEC, WRITE, make, nonempty
from fakes.hubspot.crm.rehearsing import (
    ID,
    Item,
    completed,
    rehearse_creates,
    rehearse_updates,
    rehearse_upserts,
)
from fakes.hubspot.crm.values import checked, writable
from fakes.hubspot.errors import Category, RefusedError, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import optional_text_in, text_or, texts_in
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer

_Write = Callable[[Hub, Caller, Item], dict[str, Any]]
_Rehearse = Callable[[Caller, list[Item]], None]


async def read_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/read``; with ``archived=true``, those that were deleted."""
    caller = account(call, READ)
    body = await read_object(call)
    id_property = text_or(body, "idProperty") or ID
    asked, history = texts_in(body, "properties"), texts_in(body, "propertiesWithHistory")
    keys, empty = _keys(body), call.party.settings.empty_property
    if is_true(call, "archived"):
        found = {key: endings.find_archived(call.party, caller.portal, key) for key in keys}
    else:
        found = {key: store.find(caller.portal, key, id_property) for key in keys}
    results = [
        views.summary(caller.portal, contact, asked, history, empty=empty)
        for contact in found.values()
        if contact is not None
    ]
    unknown = [key for key, contact in found.items() if contact is None]
    errors = [_unknown(unknown)] if unknown else []
    return batch_answer(call.party, results, errors)


async def create_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/create``: without traces, all of them or none."""
    return await _write_all(call, _create, 201, rehearse_creates)


async def update_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/update``."""
    return await _write_all(call, _update, 200, rehearse_updates)


async def upsert_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/upsert``: results tell which contacts are new."""
    return await _write_all(call, _upsert, 200, rehearse_upserts)


async def archive_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/archive``."""
    caller = account(call, WRITE)
    for key in _keys(await read_object(call)):
        contact = store.find(caller.portal, key)
        if contact is not None:
            endings.archive(call.party, caller.portal, contact, caller.source)
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


async def _write_all(call: HubCall, write: _Write, status: int, rehearse: _Rehearse) -> Response:
    caller = account(call, WRITE)
    inputs = [_writable(call.party, item) for item in inputs_of(await read_object(call))]
    rehearse(caller, inputs)
    results: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for item in inputs:
        trace = optional_text_in(item, "objectWriteTraceId")
        try:
            result = write(call.party, caller._replace(trace_id=trace), item)
        except RefusedError as refusal:
            if trace is None and refusal.status != httpx.codes.NOT_FOUND:
                raise
            errors.append(refusal.item(**_traced(item)))
        else:
            results.append(result if trace is None else {**result, "objectWriteTraceId": trace})
    return batch_answer(call.party, results, errors, status)


def _writable(hub: Hub, item: Item) -> dict[str, Any]:
    if "properties" not in item:
        return item
    return {**item, "properties": writable(hub.settings, item["properties"])}


def _traced(item: Item) -> dict[str, list[str]]:
    if item.get("objectWriteTraceId") is None:
        return {"ids": [text_or(item, "id")]}
    return {"objectWriteTraceId": [text_or(item, "objectWriteTraceId")]}


def _keys(body: dict[str, Any]) -> list[str]:
    return [text_or(as_object(item, "id"), "id") for item in inputs_of(body)]


def _create(hub: Hub, caller: Caller, item: Item) -> dict[str, Any]:
    return views.whole(caller.portal, make(hub, caller, as_object(item, "properties")))


def _update(hub: Hub, caller: Caller, item: Item) -> dict[str, Any]:
    key = text_or(as_object(item, "id", "properties"), "id")
    contact = store.find(caller.portal, key, text_or(item, "idProperty") or ID)
    if contact is None:
        raise not_found()
    values = checked(caller.portal, nonempty(item["properties"]), contact.values)
    store.update(hub, caller.portal, contact, values, caller.source)
    return views.whole(caller.portal, contact)


def _upsert(hub: Hub, caller: Caller, item: Item) -> dict[str, Any]:
    as_object(item, "id", "properties")
    id_property = text_or(item, "idProperty") or ID
    if store.find(caller.portal, text_or(item, "id"), id_property) is not None:
        return {**_update(hub, caller, item), "new": False}
    return {**_create(hub, caller, completed(item)), "new": True}


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
    ("POST", "/read", read_batch, SPEC, "contacts#batch"),
    ("POST", "/create", create_batch, SPEC, "contacts#batch"),
    ("POST", "/update", update_batch, SPEC, "contacts#batch"),
    ("POST", "/upsert", upsert_batch, SPEC, "contacts#batch"),
    ("POST", "/archive", archive_batch, SPEC, NO_JSON),
)
