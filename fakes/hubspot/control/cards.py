"""Control routes for what a person does with cards on a contact's record."""

from datetime import timedelta
from typing import Any

from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.hubspot.bodies import read_object
from fakes.hubspot.cards import showing
from fakes.hubspot.cards.fetching import LONGEST_WAIT, Fetch, proxy
from fakes.hubspot.cards.records import Card, Sight
from fakes.hubspot.crm.contacts import named
from fakes.hubspot.errors import Category, RefusedError, not_found
from fakes.hubspot.oauth.pages import render
from fakes.hubspot.shapes import flag_in, number_in, number_of, optional_text_in, text_in
from fakes.hubspot.state import App, Portal, User
from fakes.kit.answers import json_answer

_MOST_BUTTONS = 1000
_MILLISECOND = timedelta(milliseconds=1)


async def list_cards(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{contactId}/cards?userEmail=``: each is fetched, as when it opens."""
    return json_answer({"results": await _shown(call)})


async def show_cards(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{contactId}/cards/page``: the same as a page."""
    return render(call, "cards.html", cards=await _shown(call))


async def press_button(call: HubCall) -> Response:
    """Answer ``POST …/cards/{cardId}/actions``: a person presses a button, and confirms if asked.

    The body has ``actionId``, and ``confirmed`` where the button asks; an unconfirmed one is a 409.
    """
    portal, body = call.party.portal(call.params["portalId"]), await read_object(call, "actionId")
    contact, user = named(call, portal), _user(call, portal, optional_text_in(body, "userEmail"))
    app, card = _named(call, portal)
    sight = await showing.fetch_sight(call.party, app, card, portal, contact, user)
    number = number_in(body, "actionId", least=0, most=_MOST_BUTTONS)
    action = showing.button(sight, -1 if number is None else number)
    if action.confirmation is not None and not flag_in(body, "confirmed"):
        raise RefusedError(409, action.confirmation["confirmationMessage"], Category.CONFLICT)
    return json_answer(await showing.press(call.party, app, portal, contact, user, action))


async def fetch(call: HubCall) -> Response:
    """Answer ``POST …/portals/{portalId}/apps/{appId}/fetch``: an app card calls its backend.

    The body has ``url``, and optionally ``method``, ``body``, ``timeout`` in milliseconds and
    ``userEmail``.
    """
    portal, app = call.party.portal(call.params["portalId"]), call.party.app(call.params["appId"])
    body = await read_object(call)
    if app.id not in portal.installs:
        raise not_found(f"The app {app.id} is not connected to the account {portal.id}")
    wait = number_in(body, "timeout", least=1, most=LONGEST_WAIT // _MILLISECOND)
    asked = Fetch(
        method=(optional_text_in(body, "method") or "GET").upper(),
        url=text_in(body, "url"),
        body=body.get("body"),
        timeout=None if wait is None else wait * _MILLISECOND,
    )
    user = _user(call, portal, optional_text_in(body, "userEmail"))
    return json_answer(await proxy(call.party, app, portal, user, asked))


async def _shown(call: HubCall) -> list[dict[str, Any]]:
    portal = call.party.portal(call.params["portalId"])
    contact, user = named(call, portal), _user(call, portal, call.query("userEmail"))
    return [
        _card(app, card, await showing.fetch_sight(call.party, app, card, portal, contact, user))
        for app, card in showing.cards_of(call.party, portal)
    ]


def _card(app: App, card: Card, sight: Sight) -> dict[str, Any]:
    return {
        "cardId": str(card.id),
        "appId": app.id,
        "appName": app.name,
        "title": sight.title,
        "isSunset": True,
        "message": sight.message,
        "results": list(sight.results),
        "total": sight.total,
        "moreLabel": sight.more_label,
        "moreUrl": sight.more_url,
        "actions": [action.as_json() for action in sight.actions],
    }


def _named(call: HubCall, portal: Portal) -> tuple[App, Card]:
    number = number_of(call.params["cardId"])
    shown = showing.cards_of(call.party, portal)
    found = next((pair for pair in shown if pair[1].id == number), None)
    if found is None:
        raise not_found(f"The account {portal.id} shows no card {call.params['cardId']}")
    return found


def _user(call: HubCall, portal: Portal, email: str | None) -> User:
    members = [user for user in call.party.state.users.values() if portal.id in user.accounts]
    found = next((user for user in members if email in (None, user.email)), None)
    if found is None:
        raise not_found(f"Nobody of the account {portal.id} has the email {email}")
    return found
