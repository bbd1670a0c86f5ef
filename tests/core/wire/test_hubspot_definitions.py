"""What an installation puts into HubSpot: complete, in two languages, and consistent."""

import re
from typing import Any

import pytest

from core.domain.refusals import Refusal
from core.wire.hubspot_action_definition import INPUT_FIELDS, action_definition
from core.wire.hubspot_properties import PROPERTIES, REQUESTED_PROPERTIES
from core.wire.hubspot_templates import TEMPLATES

ACTION = action_definition("https://sms.example/hubspot/action")


def names(fields: str) -> list[str]:
    return [field["typeDefinition"]["name"] for field in ACTION[fields]]


def test_the_form_has_the_fields_that_we_read() -> None:
    assert set(names("inputFields")) == INPUT_FIELDS
    assert ACTION["actionUrl"] == "https://sms.example/hubspot/action"


def test_the_consent_and_the_status_travel_with_the_action() -> None:
    assert {str(definition["name"]) for definition in PROPERTIES} <= set(REQUESTED_PROPERTIES)
    assert ACTION["objectRequestOptions"] == {"properties": list(REQUESTED_PROPERTIES)}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_option_and_refusal_is_labelled(language: str) -> None:
    labels: dict[str, Any] = ACTION["labels"][language]
    assert set(labels["inputFieldLabels"]) == INPUT_FIELDS
    assert set(labels["outputFieldLabels"]) == set(names("outputFields"))
    assert set(labels["executionRules"]) == {refusal.value for refusal in Refusal}
    for field in ACTION["inputFields"]:
        definition = field["typeDefinition"]
        options = {option["value"] for option in definition.get("options", ())}
        assert options == set(labels["inputFieldOptionLabels"].get(definition["name"], ()))


def test_each_refusal_has_its_rule() -> None:
    rules = {rule["labelName"]: rule["conditions"] for rule in ACTION["executionRules"]}
    assert rules == {refusal.value: {"errorCode": refusal.value} for refusal in Refusal}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: str(template["name"]))
def test_a_template_calls_for_its_own_tokens_and_no_others(template: dict[str, Any]) -> None:
    written = template["headerTemplate"] + template["detailTemplate"]
    called = set(re.findall(r"\{\{(\w+)\}\}", written))
    assert called == {token["name"] for token in template["tokens"]}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: str(template["name"]))
def test_a_header_is_one_line(template: dict[str, Any]) -> None:
    assert "\n" not in template["headerTemplate"]


@pytest.mark.parametrize("definition", PROPERTIES, ids=lambda one: str(one["name"]))
def test_a_propertys_options_are_in_order_and_different(definition: dict[str, Any]) -> None:
    options = definition["options"]
    assert [option["displayOrder"] for option in options] == list(range(len(options)))
    assert len({option["value"] for option in options}) == len(options)
