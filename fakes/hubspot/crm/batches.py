"""Contacts by the hundred: what succeeds is done, what does not is listed."""

from collections.abc import Callable
from typing import Any

import httpx
from starlette.responses import Response

from fakes.hubspot.access import Caller, account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import as_object, inputs_of, read_object
from fakes.hubspot.crm import endings, ownership, store, views
from fakes.hubspot.crm.associations import read_associations
from fakes.hubspot.crm.contacts import READ, ROOTS, SPEC, WRITE, make, nonempty
from fakes.hubspot.crm.values import checked, writable
from fakes.hubspot.errors import Category, RefusedError, invalid, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import optional_text_in, text_or, texts_in
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer

_ID = "hs_object_id"

_Write = Callable[[Hub, Caller, dict[str, Any]], dict[str, Any]]
_Rehearse = Callable[[Caller, list[dict[str, Any]]], None]


async def read_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/read``."""
    caller = account(call, READ)
    body = await read_object(call)
    id_property = text_or(body, "idProperty") or _ID
    asked, history = texts_in(body, "properties"), texts_in(body, "propertiesWithHistory")
    keys, empty = _keys(body), call.party.settings.empty_property
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
    return await _write_all(call, _create, 201, _rehearse_creates)


async def update_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/update``."""
    return await _write_all(call, _update, 200, _rehearse_updates)


async def upsert_batch(call: HubCall) -> Response:
    """Answer ``POST …/batch/upsert``: results tell which contacts are new."""
    return await _write_all(call, _upsert, 200, _rehearse_upserts)


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
            result = write(call.party, caller, item)
        except RefusedError as refusal:
            if trace is None and refusal.status != httpx.codes.NOT_FOUND:
                raise
            errors.append(refusal.item(**_traced(item)))
        else:
            results.append(result if trace is None else {**result, "objectWriteTraceId": trace})
    return batch_answer(call.party, results, errors, status)


def _writable(hub: Hub, item: dict[str, Any]) -> dict[str, Any]:
    if "properties" not in item:
        return item
    return {**item, "properties": writable(hub.settings, item["properties"])}


def _traced(item: dict[str, Any]) -> dict[str, list[str]]:
    if item.get("objectWriteTraceId") is None:
        return {"ids": [text_or(item, "id")]}
    return {"objectWriteTraceId": [text_or(item, "objectWriteTraceId")]}


def _keys(body: dict[str, Any]) -> list[str]:
    return [text_or(as_object(item, "id"), "id") for item in inputs_of(body)]


def _rehearse_creates(caller: Caller, items: list[dict[str, Any]]) -> None:
    """Without traces one bad input refuses them all, before any is made."""
    seen: set[str] = set()
    for item in items:
        text_or(item, "objectWriteTraceId")
        if item.get("objectWriteTraceId") is not None:
            continue
        values = checked(caller.portal, as_object(item, "properties")["properties"])
        store.refuse_unfit(caller.portal, values)
        read_associations(caller.portal, item)
        _refuse_repeat(seen, values.get("email", ""))


def _rehearse_updates(caller: Caller, items: list[dict[str, Any]]) -> None:
    """The same contact twice refuses the whole batch, and so does what is bad without a trace."""
    seen: set[str] = set()
    for item in items:
        text_or(item, "objectWriteTraceId")
        key = text_or(as_object(item, "id", "properties"), "id")
        found = store.find(caller.portal, key, text_or(item, "idProperty") or _ID)
        _refuse_repeat(seen, key if found is None else str(found.id))
        if found is not None and item.get("objectWriteTraceId") is None:
            values = checked(caller.portal, nonempty(item["properties"]), found.values)
            ownership.refuse_duplicates(caller.portal, found, values)


def _rehearse_upserts(caller: Caller, items: list[dict[str, Any]]) -> None:
    _rehearse_updates(caller, items)
    for item in items:
        id_property = text_or(item, "idProperty") or _ID
        is_bound = item.get("objectWriteTraceId") is None or id_property == "email"
        if is_bound and store.find(caller.portal, text_or(item, "id"), id_property) is None:
            values = checked(caller.portal, _completed(item)["properties"])
            store.refuse_unfit(caller.portal, values)


def _refuse_repeat(seen: set[str], key: str) -> None:
    """Source: seen in many clients' logs."""
    if key and key in seen:
        said = f"Duplicate IDs found in batch input: [{key}]. IDs must be unique"
        raise invalid(said, context={"ids": [key]})
    seen.add(key)


def _create(hub: Hub, caller: Caller, item: dict[str, Any]) -> dict[str, Any]:
    return views.whole(caller.portal, make(hub, caller, as_object(item, "properties")))


def _update(hub: Hub, caller: Caller, item: dict[str, Any]) -> dict[str, Any]:
    key = text_or(as_object(item, "id", "properties"), "id")
    contact = store.find(caller.portal, key, text_or(item, "idProperty") or _ID)
    if contact is None:
        raise not_found()
    values = checked(caller.portal, nonempty(item["properties"]), contact.values)
    store.update(hub, caller.portal, contact, values, caller.source)
    return views.whole(caller.portal, contact)


def _upsert(hub: Hub, caller: Caller, item: dict[str, Any]) -> dict[str, Any]:
    as_object(item, "id", "properties")
    id_property = text_or(item, "idProperty") or _ID
    if store.find(caller.portal, text_or(item, "id"), id_property) is not None:
        return {**_update(hub, caller, item), "new": False}
    return {**_create(hub, caller, _completed(item)), "new": True}


def _completed(item: dict[str, Any]) -> dict[str, Any]:
    """Return an input of an upsert with the value that it is found by among its properties."""
    id_property = text_or(item, "idProperty") or _ID
    if id_property == _ID:
        raise invalid(f"No contact has the id {item['id']}; an idProperty is needed to create it.")
    given = nonempty(item["properties"])
    return {**item, "properties": {id_property: item["id"], **given}}


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
