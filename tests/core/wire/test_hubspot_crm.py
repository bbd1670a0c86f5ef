"""Contacts, templates and events: what is asked, and what is read of the answers."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from core.domain.errors import ProviderDownError
from core.wire import hubspot_crm
from core.wire.hubspot_crm import ContactWrite, TimelineEvent
from core.wire.hubspot_paths import DATED, LEGACY
from core.wire.requests import VendorRequest


def body_of(ask: VendorRequest) -> Any:
    return json.loads(ask.body or b"null")


def test_values_are_written_to_many_contacts_with_what_led_to_it() -> None:
    write = ContactWrite(contact_id="512", values={"smsmode_consent": ""}, trace_id="mo-1")
    ask = hubspot_crm.update_contacts(LEGACY, [write])
    assert ask.path == "/crm/v3/objects/contacts/batch/update"
    assert body_of(ask) == {
        "inputs": [
            {"id": "512", "properties": {"smsmode_consent": ""}, "objectWriteTraceId": "mo-1"}
        ]
    }


def test_a_number_is_looked_for_wherever_it_may_stand() -> None:
    ask = hubspot_crm.find_by_phone(DATED, "+33611111111")
    filters = [group["filters"] for group in body_of(ask)["filterGroups"]]
    assert ask.path == "/crm/objects/2026-03/contacts/search"
    assert [[f["propertyName"] for f in group] for group in filters] == [
        ["hs_calculated_phone_number"],
        ["phone"],
        ["mobilephone"],
    ]
    assert {f["value"] for group in filters for f in group} == {"+33611111111"}


def test_events_are_put_on_timelines_many_at_once() -> None:
    event = TimelineEvent(
        id="ap-1-sent",
        template_id="1001",
        contact_id="512",
        timestamp="2026-11-23T09:00:00+00:00",
        tokens={"statut": "Transmis"},
    )
    ask = hubspot_crm.create_events(LEGACY, [event, event])
    assert len(body_of(ask)["inputs"]) == 2
    assert body_of(ask)["inputs"][0] == {
        "eventTemplateId": "1001",
        "id": "ap-1-sent",
        "objectId": "512",
        "timestamp": "2026-11-23T09:00:00+00:00",
        "tokens": {"statut": "Transmis"},
    }


def test_an_action_is_created_then_amended() -> None:
    asks = (
        hubspot_crm.list_actions(LEGACY, 7),
        hubspot_crm.create_action(LEGACY, 7, {}),
        hubspot_crm.update_action(LEGACY, 7, "9", {}),
    )
    assert [(ask.method, ask.path) for ask in asks] == [
        ("GET", "/automation/v4/actions/7"),
        ("POST", "/automation/v4/actions/7"),
        ("PATCH", "/automation/v4/actions/7/9"),
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"results": [{"id": "512"}, {"id": "513"}]}', "512"),
        (b'{"results": [{"id": 512}]}', "512"),
        (b'{"results": []}', None),
    ],
)
def test_the_first_contact_is_the_one(body: bytes, found: str | None) -> None:
    assert hubspot_crm.parse_first_contact(body) == found


def test_ids_are_read_by_name() -> None:
    body = b'{"results": [{"name": "a", "id": 1}, {"name": "b", "id": "2"}]}'
    assert hubspot_crm.parse_named_ids(body, "name") == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (b'{"results": []}', ()),
        (b'{"errors": []}', ()),
        (b'{"errors": [{"message": "no"}, {"category": "X"}]}', ("no", "{'category': 'X'}")),
    ],
)
def test_what_a_batch_refused_is_read(body: bytes, errors: tuple[str, ...]) -> None:
    assert hubspot_crm.parse_batch_errors(body) == errors


@pytest.mark.parametrize(
    "parse",
    [
        hubspot_crm.parse_first_contact,
        hubspot_crm.parse_id,
        hubspot_crm.parse_batch_errors,
        lambda body: hubspot_crm.parse_named_ids(body, "name"),
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"results": "x", "errors": "x"}',
        b'{"results": [7], "errors": [7]}',
        b'{"results": [{}], "errors": {}, "id": {}}',
    ],
)
def test_an_answer_that_cannot_be_read_is_asked_for_again(
    parse: Callable[[bytes], object], body: bytes
) -> None:
    with pytest.raises(ProviderDownError):
        parse(body)
