"""The consent: which account, which permissions, yes or no."""

import hmac
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.responses import RedirectResponse, Response

from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.oauth import grants
from fakes.hubspot.oauth.pages import PageRefusedError, address_with, language_of, render
from fakes.hubspot.oauth.scopes import ALWAYS, foreign_scopes, in_words, missing_scopes
from fakes.hubspot.oauth.signin import ask_to_sign_in, session_of
from fakes.hubspot.oauth.texts import Problem
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App, Portal, User
from fakes.kit.facts import Certainty, Fact

_DOCS = Fact(Certainty.DOCS, "HubSpot developer docs, OAuth")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an install URL asks for."""

    app: App
    redirect_uri: str
    scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...]

    def granted_by(self, portal: Portal) -> tuple[str, ...]:
        """Return what ``portal`` can grant: optional scopes that it lacks are dropped."""
        able = (scope for scope in self.optional_scopes if scope not in portal.lacking_scopes)
        return tuple(dict.fromkeys((ALWAYS, *self.scopes, *able)))


async def choose_account(call: HubCall) -> Response:
    """Answer ``GET /oauth/authorize``: sign in, then choose an account."""
    asked = _read(call)
    signed_in = session_of(call)
    if signed_in is None:
        return ask_to_sign_in(call)
    query = urlencode(call.request.query_params)
    accounts = [
        {
            "id": portal.id,
            "name": portal.name,
            "domain": portal.domain,
            "address": f"/oauth/{portal.id}/authorize?{query}",
        }
        for portal in map(call.party.state.portals.get, signed_in[1].accounts)
        if portal is not None
    ]
    return render(call, "accounts.html", app=asked.app, accounts=accounts)


async def show_consent(call: HubCall) -> Response:
    """Answer ``GET /oauth/{portalId}/authorize``: what the app wants, in words."""
    asked = _read(call)
    signed_in = session_of(call)
    if signed_in is None:
        return ask_to_sign_in(call)
    session, user = signed_in
    portal = _admit(call, user, asked)
    return render(
        call,
        "consent.html",
        app=asked.app,
        portal=portal,
        permissions=in_words(asked.granted_by(portal), language_of(call)),
        address=address_with(call),
        csrf=session.csrf,
    )


async def decide(call: HubCall) -> Response:
    """Answer ``POST /oauth/{portalId}/authorize``: back to the app, with a code or an error."""
    asked = _read(call)
    signed_in = session_of(call)
    if signed_in is None:
        return ask_to_sign_in(call)
    session, user = signed_in
    fields = await call.form()
    if not hmac.compare_digest(fields.get("csrf", "").encode(), session.csrf.encode()):
        raise PageRefusedError(call, 403, Problem.FORGED_FORM)
    portal = _admit(call, user, asked)
    if fields.get("decision") != "connect":
        return _refused(call, asked)
    code = grants.issue_code(
        call.party,
        asked.app,
        portal,
        user,
        scopes=asked.granted_by(portal),
        redirect_uri=asked.redirect_uri,
        challenge=call.query("code_challenge"),
        challenge_method=call.query("code_challenge_method") or "plain",
    )
    return _back(call, asked, {"code": code.value})


def _read(call: HubCall) -> Asked:
    app = call.party.state.clients.get(call.query("client_id") or "")
    if app is None:
        raise PageRefusedError(call, 400, Problem.UNKNOWN_CLIENT)
    redirect_uri = call.query("redirect_uri") or ""
    if redirect_uri not in app.redirect_urls:
        raise PageRefusedError(call, 400, Problem.UNREGISTERED_REDIRECT, [redirect_uri])
    scopes = tuple((call.query("scope") or "").split())
    optional = tuple((call.query("optional_scope") or "").split())
    if missing := missing_scopes(app, scopes):
        raise PageRefusedError(call, 400, Problem.MISSING_SCOPES, missing)
    if foreign := foreign_scopes(app, (*scopes, *optional)):
        raise PageRefusedError(call, 400, Problem.MISMATCHED_SCOPES, foreign)
    return Asked(app=app, redirect_uri=redirect_uri, scopes=scopes, optional_scopes=optional)


def _admit(call: HubCall, user: User, asked: Asked) -> Portal:
    portal = call.party.state.portals.get(number_of(call.params["portalId"]) or 0)
    if portal is None or portal.id not in user.accounts:
        raise PageRefusedError(call, 403, Problem.NOT_A_MEMBER)
    if portal.account_type == "APP_DEVELOPER":
        raise PageRefusedError(call, 403, Problem.DEVELOPER_ACCOUNT)
    if not user.accounts[portal.id]:
        call.party.event("install.refused", portalId=portal.id, appId=asked.app.id, user=user.email)
        raise PageRefusedError(call, 403, Problem.MAY_NOT_INSTALL)
    if lacking := [scope for scope in asked.scopes if scope in portal.lacking_scopes]:
        raise PageRefusedError(call, 400, Problem.LACKING_SCOPES, lacking)
    return portal


def _refused(call: HubCall, asked: Asked) -> Response:
    call.party.event("install.cancelled", portalId=int(call.params["portalId"]), appId=asked.app.id)
    told = {"error": "access_denied", "error_description": "The user cancelled the connection."}
    return _back(call, asked, told)


def _back(call: HubCall, asked: Asked, told: dict[str, str]) -> Response:
    state = call.query("state")
    query = urlencode({**told, **({} if state is None else {"state": state})}, quote_via=quote)
    joint = "&" if "?" in asked.redirect_uri else "?"
    return RedirectResponse(f"{asked.redirect_uri}{joint}{query}", 302)


ROUTES = routes(
    ("/oauth",),
    ("GET", "/authorize", choose_account, _DOCS, NO_JSON),
    ("GET", "/{portalId}/authorize", show_consent, _DOCS, NO_JSON),
    ("POST", "/{portalId}/authorize", decide, _DOCS, NO_JSON),
)
