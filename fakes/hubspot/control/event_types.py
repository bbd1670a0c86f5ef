"""Control route for what a project declares: the app events of edition 2026-03."""

from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.hubspot.bodies import read_object
from fakes.hubspot.errors import Category, RefusedError
from fakes.hubspot.shapes import objects_in, optional_text_in, text_in
from fakes.hubspot.timeline.app_events import full_name, type_named
from fakes.hubspot.timeline.records import Template
from fakes.hubspot.timeline.templates import FIRST_TEMPLATE_ID, tokens_of
from fakes.kit.answers import json_answer


async def declare(call: HubCall) -> Response:
    """Answer ``POST …/apps/{appId}/event-types``: as an upload of the project would.

    The body has ``name``, ``label``, ``headerTemplate``, ``detailTemplate`` and ``properties``,
    each with ``name``, ``label`` and ``type``.
    """
    app, body = call.party.app(call.params["appId"]), await read_object(call)
    name = text_in(body, "name")
    if type_named(app, name) is not None:
        raise RefusedError(409, f"The event type '{name}' is declared.", Category.EXISTS)
    now = call.party.now()
    template = Template(
        id=call.party.ids.count("template", FIRST_TEMPLATE_ID),
        app_id=app.id,
        name=optional_text_in(body, "label") or name,
        object_type=optional_text_in(body, "objectType") or "contacts",
        header=optional_text_in(body, "headerTemplate") or "",
        detail=optional_text_in(body, "detailTemplate") or "",
        created_at=now,
        updated_at=now,
        tokens=tokens_of(call.party, {"tokens": objects_in(body, "properties")}),
        event_type=name,
    )
    app.templates[template.id] = template
    return json_answer({"name": name, "fullyQualifiedName": full_name(app, name)}, 201)
