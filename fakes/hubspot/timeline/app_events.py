"""App events, the timeline of edition 2026-03: types come from the project, ids are never reused."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import Caller
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import inputs_of, read_object
from fakes.hubspot.errors import Category, RefusedError, not_found
from fakes.hubspot.shapes import text_in
from fakes.hubspot.state import App
from fakes.hubspot.timeline.events import calling_app
from fakes.hubspot.timeline.records import Template, TimelineEvent
from fakes.hubspot.timeline.writing import write_as
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, App events 2026-03")
_REQUIRED = ("eventTypeName", "id", "properties")


async def send_event(call: HubCall) -> Response:
    """Answer ``POST …/events``: nothing comes back. Assumed: 201."""
    caller, app = calling_app(call)
    _write(call, caller, app, await read_object(call, *_REQUIRED))
    return empty_answer(201)


async def send_batch(call: HubCall) -> Response:
    """Answer ``POST …/events/batch``. Assumed: one that is refused refuses all that follow."""
    caller, app = calling_app(call)
    now = iso(call.party.now())
    written = [
        _shown(_write(call, caller, app, item), item) for item in inputs_of(await read_object(call))
    ]
    return json_answer(
        {"status": "COMPLETE", "results": written, "startedAt": now, "completedAt": now}
    )


async def resolve_type(call: HubCall) -> Response:
    """Answer ``POST …/types/projects``: the whole name of a type that a project declares."""
    _, app = calling_app(call)
    body = await read_object(call)
    symbol, project = text_in(body, "developerSymbol"), text_in(body, "projectName")
    if type_named(app, symbol) is None:
        raise not_found(f"The app {app.id} declares no event type '{symbol}'")
    return json_answer(
        {
            "developerQualifiedSymbol": {"developerSymbol": symbol, "projectName": project},
            "fullyQualifiedName": full_name(app, symbol),
        }
    )


def type_named(app: App, name: str) -> Template | None:
    """Return the event type of an app by its name, short or whole, or ``None``."""
    known = (template for template in app.templates.values() if template.event_type)
    return next((t for t in known if name in (t.event_type, full_name(app, t.event_type))), None)


def full_name(app: App, name: str) -> str:
    """Return the whole name of an event type. Assumed: its form."""
    return f"ae{app.id}_{name}"


def _write(call: HubCall, caller: Caller, app: App, body: dict[str, Any]) -> TimelineEvent:
    name = text_in(body, "eventTypeName")
    text_in(body, "id")
    template = type_named(app, name)
    if template is None:
        raise RefusedError(400, f"There is no event type '{name}'.", Category.VALIDATION)
    return write_as(
        call.party,
        caller.portal,
        template,
        body.get("properties"),
        body,
        caller.source,
        repeat=call.party.settings.app_event_repeat,
    )


def _shown(event: TimelineEvent, asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": event.id,
        "eventTypeName": asked["eventTypeName"],
        "objectId": str(event.contact_id),
        "properties": event.tokens,
        "timestamp": iso(event.at),
    }


ROUTES = routes(
    ("/integrators/timeline/2026-03",),
    ("POST", "/events", send_event, _SPEC, NO_JSON),
    ("POST", "/events/batch", send_batch, _SPEC, "timeline#app_batch"),
    ("POST", "/types/projects", resolve_type, _SPEC, "timeline#resolution"),
)
