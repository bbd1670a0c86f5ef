"""The body of an execution, to the byte."""

from collections.abc import Mapping
from typing import Any

import orjson

from fakes.hubspot.automation.inputs import inputs_for
from fakes.hubspot.automation.records import Definition, Enrollment
from fakes.hubspot.automation.steps import Step
from fakes.hubspot.choices import SentFields
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.settings import Settings
from fakes.hubspot.shapes import number_of


def execution_body(
    definition: Definition,
    enrollment: Enrollment,
    step: Step,
    fields: Mapping[str, Any],
    contact: Contact,
    *,
    portal_id: int,
    settings: Settings,
) -> bytes:
    """Return the compact JSON that is posted to the action's address, keys in HubSpot's order.

    Source: HubSpot developer docs, Custom workflow actions (docs); captures (many).
    """
    inputs, typed = inputs_for(
        definition.body, fields, contact, enrollment, omits_empty=settings.omit_empty_fields
    )
    place = {"enrollmentId": enrollment.id, "actionExecutionIndex": step.index}
    return orjson.dumps(
        {
            "callbackId": step.callback_id,
            "origin": {
                "portalId": portal_id,
                "userId": None,
                "actionDefinitionId": definition.id,
                "actionDefinitionVersion": definition.version,
                "actionExecutionIndexIdentifier": place,
                "extensionDefinitionVersionId": definition.version,
                "extensionDefinitionId": definition.id,
            },
            "context": {
                "workflowId": enrollment.flow_id,
                "actionId": number_of(step.action_id) or step.action_id,
                "actionExecutionIndexIdentifier": place,
                "source": "WORKFLOWS",
            },
            "object": _object(definition.body, contact),
            **_named(inputs, settings),
            "typedInputs": typed,
        }
    )


def test_body(
    definition: Definition,
    callback_id: str,
    fields: Mapping[str, Any],
    contact: Contact,
    *,
    portal_id: int,
    settings: Settings,
) -> bytes:
    """Return the JSON that the editor's test button posts: without a flow, at version 0.

    Source: a capture (single).
    """
    inputs, typed = inputs_for(
        definition.body, fields, contact, omits_empty=settings.omit_empty_fields
    )
    return orjson.dumps(
        {
            "callbackId": callback_id,
            "origin": {
                "portalId": portal_id,
                "userId": None,
                "actionDefinitionId": definition.id,
                "actionDefinitionVersion": 0,
                "actionExecutionIndexIdentifier": None,
                "extensionDefinitionVersionId": 0,
                "extensionDefinitionId": definition.id,
            },
            "object": _object(definition.body, contact),
            **_named(inputs, settings),
            "typedInputs": typed,
        }
    )


def _named(inputs: Mapping[str, str], settings: Settings) -> dict[str, Mapping[str, str]]:
    if settings.sent_fields is SentFields.BOTH:
        return {"fields": inputs, "inputFields": inputs}
    return {settings.sent_fields.value: inputs}


def _object(definition: Mapping[str, Any], contact: Contact) -> dict[str, Any]:
    asked = (definition.get("objectRequestOptions") or {}).get("properties")
    if not asked:
        return {"objectId": contact.id, "objectType": "CONTACT"}
    properties = {text_of(name): contact.values.get(text_of(name)) for name in asked}
    return {"objectId": contact.id, "properties": properties, "objectType": "CONTACT"}
