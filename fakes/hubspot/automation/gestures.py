"""Control routes of the workflow editor, and of what contacts do."""

from starlette.responses import Response

from fakes.hubspot.answering import CONTROL, HubCall, routes
from fakes.hubspot.automation.editor import offered, open_field, test_action
from fakes.hubspot.automation.forms import TEXT, ByName, refuse_misshapen
from fakes.hubspot.automation.records import Occurrence
from fakes.hubspot.bodies import read_object
from fakes.hubspot.crm import store
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.errors import not_found
from fakes.hubspot.shapes import object_in, optional_text_in, text_in
from fakes.kit.answers import json_answer
from fakes.kit.facts import Certainty, Fact

_OURS = Fact(Certainty.ASSUMED, "the fake's own, for what people do on HubSpot's screens")
_PORTAL = "/portals/{portalId}"
_FREE = ByName(None)


async def open_options(call: HubCall) -> Response:
    """Answer ``POST …/actions/{definitionId}/options``: a person opens a field.

    The body has ``field``, and may have ``inputFields``, ``q`` and ``after``.
    """
    hub = call.party
    portal = hub.portal(call.params["portalId"])
    action = offered(hub, portal, call.params["definitionId"])
    body = await read_object(call, "field")
    inputs = object_in(body, "inputFields")
    refuse_misshapen(inputs, _FREE)
    typed = {name: optional_text_in(body, name) for name in ("q", "after")}
    fetch = {name: text for name, text in typed.items() if text is not None}
    return json_answer(await open_field(hub, portal, action, text_in(body, "field"), inputs, fetch))


async def press_test(call: HubCall) -> Response:
    """Answer ``POST …/actions/{definitionId}/test``: a person tests an action on a contact.

    The body has ``contactId``, and may have ``fields``.
    """
    hub = call.party
    portal = hub.portal(call.params["portalId"])
    action = offered(hub, portal, call.params["definitionId"])
    body = await read_object(call, "contactId")
    contact = store.find(portal, text_in(body, "contactId"))
    if contact is None:
        raise not_found()
    fields = object_in(body, "fields")
    refuse_misshapen(fields, _FREE)
    step = await test_action(hub, portal, action, contact, fields)
    return json_answer(step.as_json(), 201)


async def happen(call: HubCall) -> Response:
    """Answer ``POST …/contacts/{contactId}/events``: a contact does something.

    The body has ``eventTypeId``, as ``4-1639801`` for a form, and may have ``properties``.
    """
    hub = call.party
    portal = hub.portal(call.params["portalId"])
    contact = store.find(portal, call.params["contactId"])
    if contact is None:
        raise not_found()
    body = await read_object(call, "eventTypeId")
    properties = object_in(body, "properties")
    refuse_misshapen(properties, ByName(TEXT))
    occurrence = Occurrence(
        id=hub.ids.uuid(),
        portal_id=portal.id,
        contact_id=contact.id,
        topic=f"event:{text_in(body, 'eventTypeId')}",
        properties={name: text_of(value) for name, value in properties.items()},
        at=hub.now(),
    )
    hub.event("contact.did", portalId=portal.id, contactId=contact.id, topic=occurrence.topic)
    hub.occurred(occurrence)
    return json_answer({"id": occurrence.id}, 201)


ROUTES = routes(
    (CONTROL,),
    (
        "POST",
        f"{_PORTAL}/actions/{{definitionId}}/options",
        open_options,
        _OURS,
        "automation#options",
    ),
    ("POST", f"{_PORTAL}/actions/{{definitionId}}/test", press_test, _OURS, "automation#execution"),
    ("POST", f"{_PORTAL}/contacts/{{contactId}}/events", happen, _OURS, "automation#happened"),
)
