"""Whether a batch may be written: what is bad in it is found before anything is done."""

from collections.abc import Mapping
from typing import Any

from fakes.hubspot.access import Caller
from fakes.hubspot.bodies import as_object
from fakes.hubspot.crm import ownership, store
from fakes.hubspot.crm.associations import read_associations
from fakes.hubspot.crm.contacts import nonempty
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.crm.values import checked
from fakes.hubspot.errors import invalid
from fakes.hubspot.shapes import text_or

ID = "hs_object_id"
"""The property by which contacts are found when no other is named."""

Item = dict[str, Any]
"""One input of a batch."""

_Claims = set[tuple[str, str]]
"""What inputs of a batch claim for themselves: contacts, and values that only one may have."""


def rehearse_creates(caller: Caller, items: list[Item]) -> None:
    """Refuse creates of which one without a trace is bad, before any is made.

    Source: HubSpot developer docs, Batch (docs).

    Raises:
        RefusedError: That of the first bad one.
    """
    claimed: _Claims = set()
    for item in items:
        if _stands_alone(item):
            continue
        values = checked(caller.portal, as_object(item, "properties")["properties"])
        store.refuse_unfit(caller.portal, values)
        read_associations(caller.portal, item)
        _claim_all(caller, claimed, values)


def rehearse_updates(caller: Caller, items: list[Item]) -> None:
    """Refuse updates of the same contact twice, or of which one without a trace is bad.

    Raises:
        RefusedError: That of the first bad one.
    """
    claimed: _Claims = set()
    for item in items:
        found = _claimed(caller, claimed, item)
        if found is not None and not _stands_alone(item):
            _rehearse_update(caller, claimed, found, item)


def rehearse_upserts(caller: Caller, items: list[Item]) -> None:
    """Refuse upserts as updates are; by email even a traced one that is bad refuses them all.

    Source: HubSpot developer docs, Contacts (docs).

    Raises:
        RefusedError: That of the first bad one.
    """
    claimed: _Claims = set()
    for item in items:
        found = _claimed(caller, claimed, item)
        if _stands_alone(item) and text_or(item, "idProperty") != "email":
            continue
        if found is not None:
            _rehearse_update(caller, claimed, found, item)
            continue
        values = checked(caller.portal, completed(item)["properties"])
        store.refuse_unfit(caller.portal, values)
        _claim_all(caller, claimed, values)


def completed(item: Item) -> dict[str, Any]:
    """Return an input of an upsert with the value that it is found by among its properties.

    Raises:
        RefusedError: It is found by its id, which no contact has.
    """
    id_property = text_or(item, "idProperty") or ID
    if id_property == ID:
        raise invalid(f"No contact has the id {item['id']}; an idProperty is needed to create it.")
    given = nonempty(item["properties"])
    return {**item, "properties": {id_property: item["id"], **given}}


def _rehearse_update(caller: Caller, claimed: _Claims, found: Contact, item: Item) -> None:
    values = checked(caller.portal, nonempty(item["properties"]), found.values)
    ownership.refuse_duplicates(caller.portal, found, values)
    _claim_all(caller, claimed, values)


def _stands_alone(item: Item) -> bool:
    """Return whether an input is traced: it may fail without the others."""
    text_or(item, "objectWriteTraceId")
    return item.get("objectWriteTraceId") is not None


def _claimed(caller: Caller, claimed: _Claims, item: Item) -> Contact | None:
    """Return the contact that an input names, and claim it for that input alone."""
    key = text_or(as_object(item, "id", "properties"), "id")
    found = store.find(caller.portal, key, text_or(item, "idProperty") or ID)
    _claim(claimed, ID, key if found is None else str(found.id))
    return found


def _claim_all(caller: Caller, claimed: _Claims, values: Mapping[str, str]) -> None:
    for name in caller.portal.unique_values:
        if value := values.get(name):
            _claim(claimed, name, value)


def _claim(claimed: _Claims, name: str, key: str) -> None:
    """Source: seen in many clients' logs, of ids and of emails."""
    if (name, key) in claimed:
        said = f"Duplicate IDs found in batch input: [{key}]. IDs must be unique"
        raise invalid(said, context={"ids": [key]})
    claimed.add((name, key))
