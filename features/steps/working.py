"""Workflows: their trigger, their action, and who goes through them."""

from typing import Any

from pytest_bdd import given, parsers, then, when

from features.stage import KINDS, PROPERTIES, Stage


@when(
    parsers.re(
        r'a published workflow sends "(?P<text>.*)" as "(?P<kind>.*)" to trade-show visitors$'
    )
)
def published_workflow(stage: Stage, text: str, kind: str) -> None:
    if not stage.definition_id:
        stage.run(stage.furnisher.create_source())
        stage.definition_id = stage.run(stage.furnisher.find_action())
    stage.use_flow({"text": text, "type": KINDS[kind]})


@given(parsers.parse('the workflow sends "{text}" as "{kind}"'))
@when(parsers.parse('the workflow sends "{text}" as "{kind}"'))
def workflow_sends(stage: Stage, text: str, kind: str) -> None:
    stage.use_flow({"text": text, "type": KINDS[kind]})


@given(parsers.re(r'the workflow\'s action has "(?P<field>.*)" set to "(?P<value>.*)"$'))
def action_field(stage: Stage, field: str, value: str) -> None:
    stage.use_flow({field: value})


@given("the workflow is not published")
def unpublished(stage: Stage) -> None:
    stage.use_flow({}, is_enabled=False)


@when("the workflow is published")
def published(stage: Stage) -> None:
    stage.use_flow({})


@when("the contact is set as a marketing contact")
def set_marketing(stage: Stage) -> None:
    stage.run(stage.furnisher.set_marketing(stage.contact_id))


@when(parsers.parse('a marketing contact "{first}" "{last}" with the phone "{phone}"'))
def marketing_contact(stage: Stage, first: str, last: str, phone: str) -> None:
    stage.add_contact(first, last, phone)


@given("a contact who is not a marketing contact")
def non_marketing_contact(stage: Stage) -> None:
    stage.add_contact("Ada", "BERNARD", "06 00 01 00 88", marketing=False)


@when(parsers.parse('the contact\'s "{label}" becomes "{value}"'))
def property_becomes(stage: Stage, label: str, value: str) -> None:
    stage.set_property(PROPERTIES[label], value)


@when("a visitor is enrolled")
@when("the contact goes through the workflow again")
def enrolled_again(stage: Stage) -> None:
    stage.enrol()


@then("the contact is enrolled")
def is_enrolled(stage: Stage) -> None:
    stage.settle()
    assert len(stage.enrollments()) == 1


@then("nobody is enrolled")
def nobody_enrolled(stage: Stage) -> None:
    assert stage.control_hubspot("GET", "/enrollments")["results"] == []


@then("the workflow still waits")
def still_waits(stage: Stage) -> None:
    assert "SUCCESS" not in str(stage.enrollments()[-1])
    assert "BLOCK" in str(stage.enrollments()[-1])


@then(parsers.parse('the workflow\'s history says "{words}"'))
def history_says(stage: Stage, words: str) -> None:
    step = stage.enrollments()[-1]["steps"][-1]
    told = [step["message"], *step["outputFields"].values()]
    assert any(words in text for text in told), told


@then(parsers.parse('the workflow editor offers "{name}", described as "{description}"'))
def editor_offers(stage: Stage, name: str, description: str) -> None:
    labels = french_labels(stage)
    assert (labels["actionName"], labels["actionDescription"]) == (name, description)


@then("the form of the action has")
def form_has(stage: Stage, datatable: list[list[str]]) -> None:
    shown = french_labels(stage)["inputFieldLabels"].values()
    assert list(shown) == [row[0] for row in datatable[1:]]


@then(parsers.re(r'"(?P<label>[^"]*)" offers "(?P<one>[^"]*)" and "(?P<other>[^"]*)"'))
def field_offers(stage: Stage, label: str, one: str, other: str) -> None:
    labels = french_labels(stage)
    name = next(k for k, v in labels["inputFieldLabels"].items() if v == label)
    assert list(labels["inputFieldOptionLabels"][name].values()) == [one, other]


@then(parsers.re(r'"(?P<one>[^"]*)" and "(?P<other>[^"]*)" must be filled in'))
def fields_required(stage: Stage, one: str, other: str) -> None:
    labels = french_labels(stage)["inputFieldLabels"]
    required = [
        field["typeDefinition"]["name"]
        for field in action(stage)["inputFields"]
        if field["isRequired"]
    ]
    assert [labels[name] for name in required] == [one, other]


def action(stage: Stage) -> dict[str, Any]:
    path = f"/automation/v4/actions/{stage.identities.app_id}"
    found = stage.hubspot("GET", f"{path}?hapikey={stage.identities.developer_key}")["results"]
    return dict(found[0])


def french_labels(stage: Stage) -> dict[str, Any]:
    return dict(action(stage)["labels"]["fr"])
