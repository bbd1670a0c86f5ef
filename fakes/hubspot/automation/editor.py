"""What people do in the workflow editor: open a field whose choices an app gives, test an action."""

from collections.abc import Mapping
from typing import Any, TypeGuard

import orjson

from fakes.hubspot.automation.definition_rules import field_name
from fakes.hubspot.automation.records import Definition
from fakes.hubspot.automation.request import test_body
from fakes.hubspot.automation.rules import rule_message
from fakes.hubspot.automation.steps import Attempt, Step, StepState
from fakes.hubspot.automation.verdicts import judge, settled
from fakes.hubspot.calling import Why, signed_post
from fakes.hubspot.calls import Purpose
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.errors import invalid, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App, Portal


def offered(hub: Hub, portal: Portal, text: str) -> tuple[App, Definition]:
    """Return an action that an app connected to the account offers, by its number.

    Raises:
        RefusedError: There is none.
    """
    for app_id in portal.installs:
        app = hub.state.apps[app_id]
        found = app.definitions.get(number_of(text) or 0)
        if found is not None and found.archived_at is None:
            return app, found
    raise not_found(f"No connected app offers the action {text}")


async def open_field(
    hub: Hub,
    portal: Portal,
    action: tuple[App, Definition],
    name: str,
    inputs: Mapping[str, Any],
    fetch: Mapping[str, str],
) -> dict[str, Any]:
    """Return what the editor shows in a field: its choices, and whether there are more.

    Source: HubSpot developer docs, Custom workflow actions (docs); captures (many).

    Args:
        hub: The fake.
        portal: The account.
        action: The app and its action.
        name: The field that is opened.
        inputs: What the other fields hold, as objects of a type and a value or property.
        fetch: ``q``, what was typed in the search box; ``after``, when more is asked for.

    Raises:
        RefusedError: The action has no such field with an ``optionsUrl``.
    """
    app, definition = action
    url = _options_url(definition, name)
    body = orjson.dumps(_options_request(portal, definition, name, inputs, fetch))
    outcome = (await signed_post(hub, Why(app=app, purpose=Purpose.OPTIONS), url, body)).outcome
    hub.event(
        "options.asked",
        portalId=portal.id,
        definitionId=definition.id,
        field=name,
        status=outcome.status,
    )
    read = _object(outcome.body) if outcome.succeeded else None
    options = [] if read is None else read.get("options")
    if read is None or not _are_options(options):
        said = f"The app's choices could not be read: {outcome.detail or outcome.status}"
        return {**_NOTHING, "status": outcome.status, "message": said}
    return {
        "options": [_option(one) for one in options],
        "after": None if read.get("after") is None else text_of(read["after"]),
        "searchable": read.get("searchable") is True,
        "status": outcome.status,
        "message": "",
    }


async def test_action(
    hub: Hub,
    portal: Portal,
    action: tuple[App, Definition],
    contact: Contact,
    fields: Mapping[str, Any],
) -> Step:
    """Return what came of running an action once for a contact, outside any flow.

    Source: a capture of the editor's test button (single). Assumed: it is not tried again, and a
    block may be completed.
    """
    app, definition = action
    step = Step(
        action_id="",
        action_type=f"1-{definition.id}",
        index=0,
        started_at=hub.now(),
        callback_id=hub.ids.uuid(),
        app_id=app.id,
    )
    step.request = test_body(
        definition,
        str(step.callback_id),
        fields,
        contact,
        portal_id=portal.id,
        settings=hub.settings,
    )
    portal.tests[str(step.callback_id)] = step
    why = Why(app=app, purpose=Purpose.TEST, callback_id=step.callback_id)
    made = await signed_post(hub, why, text_of(definition.body["actionUrl"]), step.request)
    step.attempts.append(Attempt(number=1, made=made))
    verdict = judge(made.outcome, hub.settings)
    step.outputs = dict(verdict.outputs)
    retried = verdict.state is StepState.RETRYING
    step.move(StepState.FAILED if retried else verdict.state)
    step.message = rule_message(definition.body, step.outputs, portal.locale) or verdict.message
    hub.event(
        "action.tested", portalId=portal.id, definitionId=definition.id, callbackId=step.callback_id
    )
    return step


def complete_test(step: Step, outputs: Mapping[str, Any]) -> None:
    """Take the app's word that a test which blocked is over.

    Raises:
        RefusedError: It did not block, or is over (404).
    """
    if step.state is not StepState.BLOCKED:
        raise not_found(f"No execution waits for the callback {step.callback_id}")
    step.outputs = dict(outputs)
    step.move(settled(outputs).state)


_NOTHING: dict[str, Any] = {"options": [], "after": None, "searchable": False}


def _options_url(definition: Definition, name: str) -> str:
    for field in definition.body["inputFields"]:
        if field_name(field) == name and (url := field["typeDefinition"].get("optionsUrl")):
            return text_of(url)
    raise invalid(f"The action {definition.id} has no field '{name}' with an optionsUrl.")


def _options_request(
    portal: Portal,
    definition: Definition,
    name: str,
    inputs: Mapping[str, Any],
    fetch: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "origin": {
            "portalId": portal.id,
            "actionDefinitionId": definition.id,
            "actionDefinitionVersion": definition.version,
        },
        "objectTypeId": "0-1",
        "inputFieldName": name,
        "inputFields": dict(inputs),
        "fetchOptions": dict(fetch),
        "portalId": portal.id,
        "extensionDefinitionId": definition.id,
        "extensionDefinitionVersion": definition.version,
        "fields": {key: _legacy(key, value) for key, value in inputs.items()},
    }


def _legacy(key: str, value: object) -> dict[str, Any]:
    given: Mapping[str, Any] = value if isinstance(value, dict) else {"value": value}
    kind = text_of(given.get("type")) or "STATIC_VALUE"
    held = given.get("propertyName") if kind == "OBJECT_PROPERTY" else given.get("value")
    return {
        "fieldKey": key,
        "fieldValue": {"valueType": kind, "value": held, "effectiveValueType": kind},
    }


def _are_options(options: object) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(options, list) and all(
        isinstance(one, dict) and "label" in one and "value" in one for one in options
    )


def _option(one: Mapping[str, Any]) -> dict[str, str]:
    """Return a choice as the editor shows it: other keys of the app's say nothing to it."""
    names = ("label", "value", "description")
    return {name: text_of(one[name]) for name in names if one.get(name) is not None}


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return read if isinstance(read, dict) else None
