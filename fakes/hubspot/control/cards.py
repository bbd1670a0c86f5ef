"""Control routes for what a person does with cards on a contact's record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from fakes.hubspot.answering import HubCall
from fakes.hubspot.bodies import read_object
from fakes.hubspot.cards import showing
from fakes.hubspot.cards.fetching import LONGEST_WAIT, Fetch, proxy
from fakes.hubspot.cards.records import Card, Sight
from fakes.hubspot.crm.contacts import named
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.errors import Category, RefusedError, not_found
from fakes.hubspot.oauth.pages import render
from fakes.hubspot.oauth.texts import TEXTS
from fakes.hubspot.shapes import flag_in, number_in, number_of, optional_text_in, text_in
from fakes.hubspot.state import App, Portal, User
from fakes.kit.answers import json_answer
from fakes.kit.languages import address_with, language_of
from fakes.kit.outbound import loopback_only

_MOST_BUTTONS = 1000
_MILLISECOND = timedelta(milliseconds=1)


async def list_cards(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{contactId}/cards?userEmail=``: each is fetched, as when it opens."""
    return json_answer({"results": await _shown(call)})


async def show_cards(call: HubCall) -> Response:
    """Answer ``GET …/contacts/{contactId}/cards/page``: the same as a page."""
    return _page(call, await _shown(call), None)


async def use_cards(call: HubCall) -> Response:
    """Answer ``POST …/contacts/{contactId}/cards/page``: a person presses a button there.

    The page then shows the frame that opens, the question to confirm, or how it went; the card
    is fetched anew when a frame says that it is done. Source: HubSpot developer docs, CRM cards
    (docs). Assumed: the fetch.
    """
    form = await call.form()
    gesture = _gesture(call, text_in(form, "cardId"), call.query("userEmail"))
    sight = await gesture.look()
    pressed = await gesture.press(sight, form, is_confirmed="confirmed" in form)
    return _page(call, [_card(gesture.app, gesture.card, sight)], pressed)


async def press_button(call: HubCall) -> Response:
    """Answer ``POST …/cards/{cardId}/actions``: a person presses a button, and confirms if asked.

    The body has ``actionId``, and ``confirmed`` where the button asks; an unconfirmed one is a 409.
    """
    body = await read_object(call, "actionId")
    gesture = _gesture(call, call.params["cardId"], optional_text_in(body, "userEmail"))
    sight = await gesture.look()
    pressed = await gesture.press(sight, body, is_confirmed=flag_in(body, "confirmed"))
    if pressed["type"] == "CONFIRM":
        raise RefusedError(409, pressed["message"], Category.CONFLICT)
    return json_answer(pressed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """A person at a card of a contact's record."""

    call: HubCall
    portal: Portal
    contact: Contact
    user: User
    app: App
    card: Card

    async def look(self) -> Sight:
        """Return the card as it is now."""
        hub, who = self.call.party, (self.portal, self.contact, self.user)
        return await showing.fetch_sight(hub, self.app, self.card, *who)

    async def press(
        self, sight: Sight, body: Mapping[str, Any], *, is_confirmed: bool
    ) -> dict[str, Any]:
        """Press the button ``actionId`` of what is seen, and return what comes of it.

        Raises:
            RefusedError: There is no such button (404), or no card (409).
        """
        number = number_in(body, "actionId", least=0, most=_MOST_BUTTONS)
        action = showing.button(sight, -1 if number is None else number)
        if action.confirmation is not None and not is_confirmed:
            asked = {**action.confirmation, "actionId": action.id}
            return {"type": "CONFIRM", "message": asked["confirmationMessage"], "asked": asked}
        who = (self.portal, self.contact, self.user)
        pressed = await showing.press(self.call.party, self.app, *who, action)
        if pressed["type"] == "MESSAGE" and not pressed["message"]:
            said = TEXTS[language_of(self.call)]
            pressed["message"] = said["card_done" if pressed["succeeded"] else "card_failed"]
        return pressed


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


def _page(call: HubCall, cards: list[dict[str, Any]], pressed: dict[str, Any] | None) -> Response:
    return render(
        call,
        "cards.html",
        cards=cards,
        pressed=pressed,
        address=address_with(call),
        back=_way_back(call),
        zone=call.party.portal(call.params["portalId"]).time_zone,
    )


def _way_back(call: HubCall) -> str | None:
    """Return the record's own page, if it is one of this machine's: ``?back=`` of who led here."""
    asked = call.query("back") or ""
    return asked if asked.startswith("http://") and loopback_only(asked) else None


def _gesture(call: HubCall, card_id: str, email: str | None) -> Gesture:
    portal = call.party.portal(call.params["portalId"])
    contact, user = named(call, portal), _user(call, portal, email)
    app, card = _named(call, portal, card_id)
    return Gesture(call=call, portal=portal, contact=contact, user=user, app=app, card=card)


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


def _named(call: HubCall, portal: Portal, card_id: str) -> tuple[App, Card]:
    number = number_of(card_id)
    shown = showing.cards_of(call.party, portal)
    found = next((pair for pair in shown if pair[1].id == number), None)
    if found is None:
        raise not_found(f"The account {portal.id} shows no card {card_id}")
    return found


def _user(call: HubCall, portal: Portal, email: str | None) -> User:
    members = [user for user in call.party.state.users.values() if portal.id in user.accounts]
    found = next((user for user in members if email in (None, user.email)), None)
    if found is None:
        raise not_found(f"Nobody of the account {portal.id} has the email {email}")
    return found
