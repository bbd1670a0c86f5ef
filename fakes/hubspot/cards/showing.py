"""A person opens a record: each app's card is fetched and shown; a person presses its buttons."""

from collections.abc import Mapping
from datetime import timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import orjson

from fakes.hubspot.calling import Why, signed_call
from fakes.hubspot.calls import Purpose
from fakes.hubspot.cards.reading import read_sight
from fakes.hubspot.cards.records import Action, ActionKind, Card, Sight
from fakes.hubspot.choices import CardSunset
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.errors import Category, RefusedError, not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import App, Portal, User
from fakes.kit.outbound import Outcome

ANSWER_WITHIN = timedelta(seconds=5)
"""How long a card may take. Source: HubSpot developer docs, CRM cards (docs)."""

_FORM = "application/x-www-form-urlencoded"
_IN_QUERY = ("GET", "DELETE")


def cards_of(hub: Hub, portal: Portal) -> list[tuple[App, Card]]:
    """Return the cards that contacts of an account show: those of connected apps, unless swapped."""
    if hub.settings.card_sunset is CardSunset.ENFORCED:
        return []
    return [
        (app, card)
        for app in map(hub.state.apps.__getitem__, portal.installs)
        for card in app.cards.values()
        if card.replaced_by is None
        and any(one["name"] == "contacts" for one in card.body["fetch"]["objectTypes"])
    ]


async def fetch_sight(
    hub: Hub, app: App, card: Card, portal: Portal, contact: Contact, user: User
) -> Sight:
    """Fetch a card for a contact, signed, and return what the record shows.

    Source: HubSpot developer docs, CRM cards (docs).
    """
    fetch = card.body["fetch"]
    sent = next(one for one in fetch["objectTypes"] if one["name"] == "contacts")
    query = _query(portal, contact, user, sent["propertiesToSend"])
    url = _with_query(fetch["targetUrl"], query)
    why = Why(app=app, purpose=Purpose.CARD)
    outcome = (await signed_call(hub, why, "GET", url, timeout=ANSWER_WITHIN)).outcome
    sight = _read(card, outcome, ZoneInfo(portal.time_zone))
    hub.event(
        "card.fetched",
        portalId=portal.id,
        contactId=contact.id,
        appId=app.id,
        cardId=card.id,
        status=outcome.status,
        message=sight.message,
    )
    return sight


async def press(
    hub: Hub, app: App, portal: Portal, contact: Contact, user: User, action: Action
) -> dict[str, Any]:
    """Do what a button does: open a frame, or call the app and tell how it went, in its words.

    Source: HubSpot developer docs, CRM cards (docs): properties go in the query of frames, GET and
    DELETE, in a form otherwise; the frame's own request is not signed (single).
    """
    query = _query(portal, contact, user, action.properties)
    if action.kind is ActionKind.IFRAME:
        url = _with_query(action.url, query)
        return {"type": "IFRAME", "url": url, "width": action.width, "height": action.height}
    is_in_query = action.method in _IN_QUERY
    made = await signed_call(
        hub,
        Why(app=app, purpose=Purpose.CARD),
        action.method,
        _with_query(action.url, query) if is_in_query else action.url,
        b"" if is_in_query else urlencode(query).encode(),
        timeout=ANSWER_WITHIN,
        media_type=_FORM,
    )
    said = _object(made.outcome.body).get("message")
    return {
        "type": "MESSAGE",
        "succeeded": made.outcome.succeeded,
        "message": said if isinstance(said, str) else "",
    }


def button(sight: Sight, number: int) -> Action:
    """Return a button of a card by its number.

    Raises:
        RefusedError: There is none (404), or the card could not be fetched (409).
    """
    if sight.message:
        raise RefusedError(409, sight.message, Category.CONFLICT)
    found = next((action for action in sight.actions if action.id == number), None)
    if found is None:
        raise not_found(f"The card has no button {number}")
    return found


def _read(card: Card, outcome: Outcome, zone: tzinfo) -> Sight:
    title = card.body["title"]
    if not outcome.succeeded:
        why = outcome.failure or f"HTTP {outcome.status}"
        return Sight(title=title, message=f"The card could not be fetched: {why}.")
    try:
        sight = read_sight(card, _object(outcome.body), zone)
    except RefusedError as refusal:
        return Sight(title=title, message=f"The card's answer cannot be read: {refusal.message}")
    bases = tuple(card.body["actions"]["baseUrls"])
    strays = [action.url for action in sight.actions if not action.url.startswith(bases)]
    if strays:
        return Sight(title=title, message=f"Outside the card's base URLs: {', '.join(strays)}.")
    return sight


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _query(
    portal: Portal, contact: Contact, user: User, properties: tuple[str, ...] | list[str]
) -> dict[str, str]:
    known = {
        "userId": str(user.id),
        "userEmail": user.email,
        "associatedObjectId": str(contact.id),
        "associatedObjectType": "CONTACT",
        "portalId": str(portal.id),
    }
    return {**known, **{name: contact.values.get(name, "") for name in properties}}


def _with_query(url: str, query: Mapping[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
