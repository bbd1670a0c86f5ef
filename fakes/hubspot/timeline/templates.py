"""The forms of an app's timeline events: templates and their tokens."""

import re
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import developer
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import as_object, read_object
from fakes.hubspot.errors import Category, RefusedError, invalid, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of, objects_in, optional_text_in, text_in, text_or
from fakes.hubspot.state import App
from fakes.hubspot.timeline.records import Template, Token
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

FIRST_TEMPLATE_ID = 1_001_298
"""Where the numbers of templates begin."""

ROOTS = ("/integrators/timeline/v3", "/crm/v3/timeline")
"""Both names of one API. Source: HubSpot developer docs, Timeline events (docs)."""

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Timeline events v3")
_READ = "developers-read"
_TYPES = frozenset(("string", "number", "date", "enumeration"))
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_RESERVED = frozenset(("log", "lookup"))
_MOST_TOKENS, _MOST_TEMPLATES = 500, 750


async def list_templates(call: HubCall) -> Response:
    """Answer ``GET …/{appId}/event-templates``."""
    kept = developer(call, _READ).templates.values()
    return json_answer({"results": [t.as_json() for t in kept if not t.event_type]})


async def create_template(call: HubCall) -> Response:
    """Answer ``POST …/{appId}/event-templates``: for contacts, unless it is said."""
    app = developer(call)
    body = await read_object(call, "name")
    if len(app.templates) >= _MOST_TEMPLATES:
        raise invalid(f"An app may have at most {_MOST_TEMPLATES} event templates.")
    tokens = tokens_of(call.party, body)
    now = call.party.now()
    template = Template(
        id=call.party.ids.count("template", FIRST_TEMPLATE_ID),
        app_id=app.id,
        name=text_in(body, "name"),
        object_type=text_or(body, "objectType", "contacts"),
        header=optional_text_in(body, "headerTemplate") or "",
        detail=optional_text_in(body, "detailTemplate") or "",
        created_at=now,
        updated_at=now,
        tokens=tokens,
    )
    app.templates[template.id] = template
    return json_answer(template.as_json(), 201)


async def read_template(call: HubCall) -> Response:
    """Answer ``GET …/event-templates/{templateId}``."""
    return json_answer(_named(call, developer(call, _READ)).as_json())


async def replace_template(call: HubCall) -> Response:
    """Answer ``PUT …/event-templates/{templateId}``; events already there take the new form."""
    template = _named(call, developer(call))
    body = await read_object(call, "name")
    name = text_in(body, "name")
    header = optional_text_in(body, "headerTemplate") or ""
    detail = optional_text_in(body, "detailTemplate") or ""
    if "tokens" in body:
        template.tokens = tokens_of(call.party, body)
    template.name, template.header, template.detail = name, header, detail
    template.updated_at = call.party.now()
    return json_answer(template.as_json())


async def delete_template(call: HubCall) -> Response:
    """Answer ``DELETE …/event-templates/{templateId}``: its events leave every account.

    Source: HubSpot developer docs, Timeline events (docs). Assumed: at once.
    """
    app = developer(call)
    template = _named(call, app)
    app.templates.pop(template.id)
    for portal in call.party.state.portals.values():
        for key in [key for key in portal.events if key[0] == template.id]:
            event = portal.events.pop(key)
            portal.events_of[event.contact_id].pop(key)
    return empty_answer()


async def create_token(call: HubCall) -> Response:
    """Answer ``POST …/event-templates/{templateId}/tokens``."""
    template = _named(call, developer(call))
    token = _token(call.party, await read_object(call, "name", "label", "type"))
    if token.name in template.tokens:
        raise RefusedError(409, f"The token '{token.name}' already exists.", Category.EXISTS)
    if len(template.tokens) >= _MOST_TOKENS:
        raise invalid(f"A template may have at most {_MOST_TOKENS} tokens.")
    template.tokens[token.name] = token
    return json_answer(token.as_json())


async def update_token(call: HubCall) -> Response:
    """Answer ``PUT …/tokens/{tokenName}``: its label, options and property."""
    template = _named(call, developer(call))
    token = _named_token(call, template)
    body = await read_object(call, "label")
    label, options = text_in(body, "label"), _options(body)
    token.object_property = optional_text_in(
        {"objectPropertyName": token.object_property, **body}, "objectPropertyName"
    )
    token.label, token.options = label, options or token.options
    token.updated_at = call.party.now()
    return json_answer(token.as_json())


async def delete_token(call: HubCall) -> Response:
    """Answer ``DELETE …/tokens/{tokenName}``."""
    template = _named(call, developer(call))
    template.tokens.pop(_named_token(call, template).name)
    return empty_answer()


def _named(call: HubCall, app: App) -> Template:
    text = call.params["templateId"]
    found = app.templates.get(number_of(text) or 0)
    if found is None:
        raise not_found(f"No event template of the app {app.id} has the id {text}")
    return found


def _named_token(call: HubCall, template: Template) -> Token:
    found = template.tokens.get(call.params["tokenName"])
    if found is None:
        raise not_found(f"No token '{call.params['tokenName']}' in the template {template.id}")
    return found


def tokens_of(hub: Hub, body: dict[str, Any]) -> dict[str, Token]:
    """Return the tokens that a template's body lists, by name.

    Raises:
        RefusedError: One is not as it must be, or there are too many.
    """
    listed = objects_in(body, "tokens")
    if len(listed) > _MOST_TOKENS:
        raise invalid(f"A template may have at most {_MOST_TOKENS} tokens.")
    made = (_token(hub, as_object(item, "name", "label", "type")) for item in listed)
    return {token.name: token for token in made}


def _token(hub: Hub, body: dict[str, Any]) -> Token:
    name, type_ = text_in(body, "name"), text_in(body, "type")
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise invalid(f"The token name '{name}' is reserved or holds forbidden characters.")
    if type_ not in _TYPES:
        raise invalid(f"The token type '{type_}' must be among {sorted(_TYPES)}.")
    now = hub.now()
    return Token(
        name=name,
        label=text_in(body, "label"),
        type=type_,
        options=_options(body),
        object_property=optional_text_in(body, "objectPropertyName"),
        created_at=now,
        updated_at=now,
    )


def _options(body: dict[str, Any]) -> list[dict[str, Any]]:
    listed = objects_in(body, "options")
    return [{"label": text_in(o, "label"), "value": text_in(o, "value")} for o in listed]


ROUTES = routes(
    tuple(f"{root}/{{appId}}/event-templates" for root in ROOTS),
    ("GET", "", list_templates, _SPEC, "timeline#templates"),
    ("POST", "", create_template, _SPEC, "timeline#template"),
    ("GET", "/{templateId}", read_template, _SPEC, "timeline#template"),
    ("PUT", "/{templateId}", replace_template, _SPEC, "timeline#template"),
    ("DELETE", "/{templateId}", delete_template, _SPEC, NO_JSON),
    ("POST", "/{templateId}/tokens", create_token, _SPEC, "timeline#token"),
    ("PUT", "/{templateId}/tokens/{tokenName}", update_token, _SPEC, "timeline#token"),
    ("DELETE", "/{templateId}/tokens/{tokenName}", delete_token, _SPEC, NO_JSON),
)
