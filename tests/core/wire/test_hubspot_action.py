"""The workflow action's payload and the answers it may get."""

import json
from datetime import timedelta
from typing import Any

import pytest

from core.domain.errors import MalformedRequestError
from core.wire import hubspot_action
from core.wire.hubspot_paths import DATED, LEGACY

CALL: dict[str, Any] = {
    "callbackId": "ap-102670506-56776413549-7-0",
    "origin": {"portalId": 102670506, "actionDefinitionId": 10646377},
    "context": {"workflowId": 192814114, "source": "WORKFLOWS"},
    "object": {
        "objectId": 904,
        "objectType": "CONTACT",
        "properties": {"phone": "+33611111111", "lastname": "", "firstname": None},
    },
    "inputFields": {"text": "Bonjour", "type": "promotional", "sender": ""},
}


def parse(**changes: Any) -> hubspot_action.ActionCall:
    return hubspot_action.parse(json.dumps(CALL | changes).encode())


def test_an_execution_is_read() -> None:
    call = parse()
    assert call.callback_id == "ap-102670506-56776413549-7-0"
    assert (call.portal_id, call.contact_id) == (102670506, "904")
    assert call.properties == {"phone": "+33611111111"}
    assert call.fields == {"text": "Bonjour", "type": "promotional"}


def test_ids_may_be_written_as_texts() -> None:
    call = parse(origin={"portalId": "7"}, object={"objectId": "8"})
    assert (call.portal_id, call.contact_id, call.properties) == (7, "8", {})


def test_the_fields_may_stand_under_their_older_name() -> None:
    call = {name: value for name, value in CALL.items() if name != "inputFields"}
    read = hubspot_action.parse(json.dumps({**call, "fields": {"text": "a"}}).encode())
    assert read.fields == {"text": "a"}


def test_keys_of_hubspots_that_we_do_not_know_do_not_matter() -> None:
    assert parse(new={"of": "HubSpot"}) == parse()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"callbackId": None}, "callbackId"),
        ({"origin": {}}, "origin.portalId"),
        ({"object": {"objectId": "x"}}, "object.objectId"),
        ({"object": {"objectId": 1, "objectType": "DEAL"}}, "objectType"),
        ({"inputFields": {"b": "1", "a": "2"}}, "a, b"),
        ({"inputFields": {"text": 1}}, "inputFields.text"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(MalformedRequestError, match=named):
        parse(**changes)


def test_block_is_answered_with_a_duration_in_seconds() -> None:
    answer = hubspot_action.blocked(timedelta(hours=1))
    assert answer == {
        "outputFields": {"hs_execution_state": "BLOCK", "hs_expiration_duration": "PT3600S"}
    }


def test_a_refusal_lets_the_workflow_go_on() -> None:
    assert hubspot_action.refused("no_number", "Pas de numéro") == {
        "outputFields": {
            "hs_execution_state": "FAIL_CONTINUE",
            "errorCode": "no_number",
            "detail": "Pas de numéro",
        }
    }


@pytest.mark.parametrize("paths", [LEGACY, DATED])
def test_executions_end_many_at_once(paths: Any) -> None:
    outputs = hubspot_action.sent_outputs("sms-1", "Transmis", 2)
    ask = hubspot_action.complete(paths, [("ap-1", outputs), ("ap-2", outputs)])
    inputs = json.loads(ask.body or b"")["inputs"]
    assert (ask.method, ask.path) == ("POST", paths.callbacks)
    assert [item["callbackId"] for item in inputs] == ["ap-1", "ap-2"]
    assert inputs[0]["outputFields"]["sms_parts"] == "2"
