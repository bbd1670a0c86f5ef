"""Connected apps: what an account has installed, what each may do there, and taking one out."""

import hmac
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import RedirectResponse, Response

from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.installs import uninstall
from fakes.hubspot.oauth.pages import PageRefusedError, render
from fakes.hubspot.oauth.records import Session
from fakes.hubspot.oauth.scopes import in_words
from fakes.hubspot.oauth.signin import ask_to_sign_in, session_of
from fakes.hubspot.oauth.texts import PROBLEMS, Problem
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import Portal, User
from fakes.hubspot.times import iso
from fakes.kit.facts import Certainty, Fact
from fakes.kit.languages import language_of

_DOCS = Fact(Certainty.DOCS, "HubSpot knowledge base, Connected apps")


async def show_connected(call: HubCall) -> Response:
    """Answer ``GET /connected-apps/{portalId}/installed``: each app, by whom and since when."""
    signed_in = session_of(call)
    if signed_in is None:
        return ask_to_sign_in(call)
    session, user = signed_in
    return _page(call, _account(call, user), session)


async def take_out(call: HubCall) -> Response:
    """Answer ``POST /connected-apps/{portalId}/installed``: an app is uninstalled once its name has been typed.

    Assumed: who may install apps may uninstall them.
    """
    signed_in = session_of(call)
    if signed_in is None:
        return ask_to_sign_in(call)
    session, user = signed_in
    portal, fields = _account(call, user), await call.form()
    if not hmac.compare_digest(fields.get("csrf", "").encode(), session.csrf.encode()):
        raise PageRefusedError(call, 403, Problem.FORGED_FORM)
    if not user.accounts[portal.id]:
        raise PageRefusedError(call, 403, Problem.MAY_NOT_INSTALL)
    app = call.party.app(fields.get("app", ""))
    if fields.get("name", "").strip() != app.name:
        return _page(call, portal, session, wrong=app.id)
    uninstall(call.party, portal, app.id, by="user")
    return RedirectResponse(f"/connected-apps/{portal.id}/installed?lang={language_of(call)}", 303)


def _account(call: HubCall, user: User) -> Portal:
    portal = call.party.state.portals.get(number_of(call.params["portalId"]) or 0)
    if portal is None or portal.id not in user.accounts:
        raise PageRefusedError(call, 403, Problem.NOT_A_MEMBER)
    return portal


def _page(call: HubCall, portal: Portal, session: Session, wrong: int | None = None) -> Response:
    lang, zone = language_of(call), ZoneInfo(portal.time_zone)
    shown: list[dict[str, Any]] = [
        {
            "app": call.party.state.apps[entry.app_id],
            "by": entry.user,
            "since": entry.installed_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
            "moment": iso(entry.installed_at),
            "permissions": in_words(entry.scopes, lang),
        }
        for entry in portal.installs.values()
    ]
    return render(
        call,
        "connected.html",
        200 if wrong is None else 400,
        portal=portal,
        installs=shown,
        csrf=session.csrf,
        wrong=wrong,
        problem=PROBLEMS[lang][Problem.WRONG_NAME],
    )


ROUTES = routes(
    ("/connected-apps/{portalId}/installed",),
    ("GET", "", show_connected, _DOCS, NO_JSON),
    ("POST", "", take_out, _DOCS, NO_JSON),
)
