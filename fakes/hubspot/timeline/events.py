"""Timeline events as apps write and read them."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import Caller, account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import as_object, inputs_of, read_object
from fakes.hubspot.crm.batches import batch_answer
from fakes.hubspot.errors import Category, RefusedError, not_found
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App
from fakes.hubspot.timeline.records import TimelineEvent
from fakes.hubspot.timeline.rendering import render_detail, render_header
from fakes.hubspot.timeline.templates import ROOTS
from fakes.hubspot.timeline.writing import write_event
from fakes.kit.answers import json_answer, page_answer
from fakes.kit.facts import Certainty, Fact

SCOPES = ("timeline", "crm.objects.contacts.write")
_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Timeline events v3")
_CLIENT = Fact(Certainty.MANY, "the official client, before the routes left the description")
_REQUIRED = ("eventTemplateId", "tokens")


async def create_event(call: HubCall) -> Response:
    """Answer ``POST …/events``."""
    caller, app = calling_app(call)
    body = await read_object(call, *_REQUIRED)
    event = write_event(call.party, caller.portal, app, body, caller.source)
    return json_answer(event.as_json(), 201)


async def create_batch(call: HubCall) -> Response:
    """Answer ``POST …/events/batch/create``: 207 when some were refused."""
    caller, app = calling_app(call)
    written: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for item in inputs_of(await read_object(call)):
        try:
            body = as_object(item, *_REQUIRED)
            event = write_event(call.party, caller.portal, app, body, caller.source)
        except RefusedError as refusal:
            errors.append(refusal.item(id=[str(item.get("id"))]))
        else:
            written.append(event.as_json())
    return batch_answer(call.party, written, errors, 201)


async def read_event(call: HubCall) -> Response:
    """Answer ``GET …/events/{templateId}/{eventId}``."""
    return json_answer(_named(call).as_json())


async def read_detail(call: HubCall) -> Response:
    """Answer ``GET …/events/{templateId}/{eventId}/detail``."""
    event = _named(call)
    template = call.party.state.apps[event.app_id].templates[event.template_id]
    return json_answer({"details": render_detail(template, event)})


async def render_event(call: HubCall) -> Response:
    """Answer ``GET …/events/{templateId}/{eventId}/render``: the header, or the detail."""
    event = _named(call)
    template = call.party.state.apps[event.app_id].templates[event.template_id]
    render = render_detail if call.query("detail") == "true" else render_header
    return page_answer(render(template, event))


def calling_app(call: HubCall) -> tuple[Caller, App]:
    """Return who calls, and the app whose token it is.

    Raises:
        RefusedError: The token is none, is dead, lacks the scope, or is no app's.
    """
    caller = account(call, *SCOPES)
    app = call.party.state.apps.get(caller.token.app_id or 0)
    if app is None:
        raise RefusedError(
            403,
            "Timeline events are written with the OAuth token of an app; a private app's token "
            "cannot.",
            Category.SCOPES,
        )
    return caller, app


def _named(call: HubCall) -> TimelineEvent:
    caller, app = calling_app(call)
    template_id, event_id = call.params["templateId"], call.params["eventId"]
    number = number_of(template_id)
    if number not in app.templates:
        raise not_found(f"No event template of the app {app.id} has the id {template_id}")
    found = caller.portal.events.get((number, event_id))
    if found is None:
        raise not_found(f"No event {event_id} of the template {template_id}")
    return found


ROUTES = (
    *routes(
        tuple(f"{root}/events" for root in ROOTS),
        ("POST", "", create_event, _SPEC, "timeline#event"),
        ("POST", "/batch/create", create_batch, _SPEC, "timeline#batch"),
        ("GET", "/{templateId}/{eventId}", read_event, _SPEC, "timeline#event"),
        ("GET", "/{templateId}/{eventId}/detail", read_detail, _CLIENT, "timeline#detail"),
        ("GET", "/{templateId}/{eventId}/render", render_event, _CLIENT, NO_JSON),
    ),
)
