"""Legacy cards as developers define them."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import developer
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import read_object
from fakes.hubspot.cards.records import Card
from fakes.hubspot.choices import CardSunset
from fakes.hubspot.errors import RefusedError, invalid, not_found
from fakes.hubspot.shapes import number_of, object_in, objects_in, text_in, texts_in
from fakes.hubspot.state import App
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

ROOTS = (
    "/crm/v3/extensions/cards-dev/{appId}",
    "/crm/v3/extensions/cards/{appId}",
    "/crm/extensions/cards-dev/2026-03/{appId}",
)
"""The names of one API. Source: HubSpot developer docs, CRM cards (spec); the second: assumed."""

FIRST_CARD_ID = 1_400_001
_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, CRM cards")
_READ = "developers-read"
_MOST_CARDS = 25
_SCOPES = {
    "contacts": "crm.objects.contacts",
    "companies": "crm.objects.companies",
    "deals": "crm.objects.deals",
    "tickets": "tickets",
    "marketing_events": "crm.objects.marketing_events",
}
_DATA_TYPES = frozenset(
    ("BOOLEAN", "CURRENCY", "DATE", "DATETIME", "EMAIL", "LINK", "NUMERIC", "STATUS", "STRING")
)
_OPTION_TYPES = frozenset(("DEFAULT", "SUCCESS", "WARNING", "DANGER", "INFO"))


async def list_cards(call: HubCall) -> Response:
    """Answer ``GET …/{appId}``."""
    app = developer_of(call, _READ)
    return json_answer({"results": [card.as_json() for card in app.cards.values()]})


async def create_card(call: HubCall) -> Response:
    """Answer ``POST …/{appId}``."""
    app = developer_of(call)
    body = await read_object(call, "title", "fetch", "display", "actions")
    if len(app.cards) >= _MOST_CARDS:
        raise invalid(f"An app may have at most {_MOST_CARDS} cards.")
    now = call.party.now()
    card = Card(
        id=call.party.ids.count("card", FIRST_CARD_ID),
        app_id=app.id,
        body=_checked(app, body),
        created_at=now,
        updated_at=now,
    )
    app.cards[card.id] = card
    return json_answer(card.as_json(), 201)


async def read_card(call: HubCall) -> Response:
    """Answer ``GET …/{cardId}``."""
    return json_answer(named(developer_of(call, _READ), call.params["cardId"]).as_json())


async def update_card(call: HubCall) -> Response:
    """Answer ``PATCH …/{cardId}``: the parts that are given replace those that are there."""
    app = developer_of(call)
    card = named(app, call.params["cardId"])
    given = await read_object(call)
    kept = {name: value for name, value in given.items() if value is not None}
    card.body = _checked(app, {**card.body, **kept})
    card.updated_at = call.party.now()
    return json_answer(card.as_json())


async def delete_card(call: HubCall) -> Response:
    """Answer ``DELETE …/{cardId}``."""
    app = developer_of(call)
    app.cards.pop(named(app, call.params["cardId"]).id)
    return empty_answer()


def developer_of(call: HubCall, scope: str = "developers-write") -> App:
    """Return the app of the path, when its developer calls and legacy cards are still served.

    Raises:
        RefusedError: Somebody else calls (401, 403), or their time is over (410).
    """
    app = developer(call, scope)
    if call.party.settings.card_sunset is CardSunset.ENFORCED:
        raise RefusedError(410, "Legacy CRM cards were sunset on 2026-10-31: use app cards.")
    return app


def named(app: App, card_id: str) -> Card:
    """Return a card of an app.

    Raises:
        RefusedError: It has none with that number (404).
    """
    found = app.cards.get(number_of(card_id) or 0)
    if found is None:
        raise not_found(f"No card of the app {app.id} has the id {card_id}")
    return found


def _checked(app: App, body: dict[str, Any]) -> dict[str, Any]:
    fetch, display = object_in(body, "fetch"), object_in(body, "display")
    return {
        "title": text_in(body, "title"),
        "fetch": {
            "targetUrl": _address(text_in(fetch, "targetUrl")),
            "objectTypes": [_object_type(app, one) for one in _some(fetch, "objectTypes")],
        },
        "display": {"properties": [_property(one) for one in objects_in(display, "properties")]},
        "actions": {
            "baseUrls": [_address(u) for u in texts_in(object_in(body, "actions"), "baseUrls")]
        },
    }


def _object_type(app: App, one: dict[str, Any]) -> dict[str, Any]:
    name = text_in(one, "name")
    if name not in _SCOPES:
        raise invalid(f"The object type '{name}' must be among {sorted(_SCOPES)}.")
    scope = _SCOPES[name]
    needed = {scope} if scope == "tickets" else {f"{scope}.read", f"{scope}.write"}
    if lacking := needed.difference(app.required_scopes, app.optional_scopes):
        raise invalid(f"A card on {name} needs the scopes {sorted(lacking)}.")
    return {"name": name, "propertiesToSend": texts_in(one, "propertiesToSend")}


def _property(one: dict[str, Any]) -> dict[str, Any]:
    kind = text_in(one, "dataType")
    options = [
        {name: text_in(option, name) for name in ("name", "label", "type")}
        for option in objects_in(one, "options")
    ]
    wrong = [option["type"] for option in options if option["type"] not in _OPTION_TYPES]
    if kind not in _DATA_TYPES or wrong:
        raise invalid(f"The data type '{kind}' or the option types {wrong} are unknown.")
    shown = {"name": text_in(one, "name"), "label": text_in(one, "label"), "dataType": kind}
    return {**shown, "options": options}


def _some(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = objects_in(body, name)
    if not found:
        raise invalid(f"{name} must not be empty.")
    return found


def _address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise invalid(f"'{url}' is not the address of a web page.")
    return url


ROUTES = routes(
    ROOTS,
    ("GET", "", list_cards, _SPEC, "cards#cards"),
    ("POST", "", create_card, _SPEC, "cards#card"),
    ("GET", "/{cardId}", read_card, _SPEC, "cards#card"),
    ("PATCH", "/{cardId}", update_card, _SPEC, "cards#card"),
    ("DELETE", "/{cardId}", delete_card, _SPEC, NO_JSON),
)
