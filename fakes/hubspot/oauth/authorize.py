"""The consent: which account, which permissions, yes or no."""

import hmac
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.responses import RedirectResponse, Response

from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.choices import Told
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.oauth import grants
from fakes.hubspot.oauth.pages import PageRefusedError, render
from fakes.hubspot.oauth.scopes import ALWAYS, foreign_scopes, in_words, missing_scopes
from fakes.hubspot.oauth.signin import ask_to_sign_in, session_of
from fakes.hubspot.oauth.texts import Problem
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import App, Portal, User
from fakes.kit.facts import Certainty, Fact
from fakes.kit.languages import address_with, language_of

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
        raise _cancelled(call, asked)
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
    return _back(call, asked.redirect_uri, {"code": code.value})


def _read(call: HubCall) -> Asked:
    app = call.party.state.clients.get(call.query("client_id") or "")
    if app is None:
        raise PageRefusedError(call, 400, Problem.UNKNOWN_CLIENT)
    redirect_uri = call.query("redirect_uri") or ""
    if redirect_uri not in app.redirect_urls:
        raise PageRefusedError(call, 400, Problem.UNREGISTERED_REDIRECT, [redirect_uri])
    scopes = tuple((call.query("scope") or "").split())
    optional = tuple((call.query("optional_scope") or "").split())
    wrong = {
        Problem.MISSING_SCOPES: missing_scopes(app, scopes),
        Problem.MISMATCHED_SCOPES: foreign_scopes(app, (*scopes, *optional)),
    }
    for problem, listed in wrong.items():
        if listed and call.party.settings.on_scope_mismatch is Told.REDIRECT:
            raise SentBackError(call, redirect_uri, "invalid_scope", f"Scopes: {' '.join(listed)}")
        if listed:
            raise PageRefusedError(call, 400, problem, listed)
    return Asked(app=app, redirect_uri=redirect_uri, scopes=scopes, optional_scopes=optional)


def _admit(call: HubCall, user: User, asked: Asked) -> Portal:
    portal = call.party.state.portals.get(number_of(call.params["portalId"]) or 0)
    if portal is None or portal.id not in user.accounts:
        raise PageRefusedError(call, 403, Problem.NOT_A_MEMBER)
    if portal.account_type == "APP_DEVELOPER":
        raise PageRefusedError(call, 403, Problem.DEVELOPER_ACCOUNT)
    if not user.accounts[portal.id]:
        call.party.event("install.refused", portalId=portal.id, appId=asked.app.id, user=user.email)
        if call.party.settings.on_missing_right is Told.REDIRECT:
            raise SentBackError(
                call, asked.redirect_uri, "access_denied", "The user may not install apps."
            )
        raise PageRefusedError(call, 403, Problem.MAY_NOT_INSTALL)
    if lacking := [scope for scope in asked.scopes if scope in portal.lacking_scopes]:
        raise PageRefusedError(call, 400, Problem.LACKING_SCOPES, lacking)
    return portal


def _cancelled(call: HubCall, asked: Asked) -> RefusedError:
    call.party.event("install.cancelled", portalId=int(call.params["portalId"]), appId=asked.app.id)
    if call.party.settings.on_cancel is Told.PAGE:
        return PageRefusedError(call, 200, Problem.CANCELLED)
    return SentBackError(
        call, asked.redirect_uri, "access_denied", "The user cancelled the connection."
    )


class SentBackError(RefusedError):
    """The browser goes back to the app with an error.

    Source: HubSpot developer docs, OAuth (docs); the codes: RFC 6749, assumed.

    Args:
        call: The request, whose state goes along.
        redirect_uri: Where to.
        error: The code.
        description: The code in words.
    """

    def __init__(self, call: HubCall, redirect_uri: str, error: str, description: str) -> None:
        super().__init__(302, description)
        told = {"error": error, "error_description": description}
        self._answer = _back(call, redirect_uri, told)

    def answer(self, correlation_id: str) -> Response:  # noqa: ARG002 - browsers do not see it
        """Return the redirect."""
        return self._answer


def _back(call: HubCall, redirect_uri: str, told: dict[str, str]) -> Response:
    state = call.query("state")
    query = urlencode({**told, **({} if state is None else {"state": state})}, quote_via=quote)
    joint = "&" if "?" in redirect_uri else "?"
    return RedirectResponse(f"{redirect_uri}{joint}{query}", 302)


ROUTES = routes(
    ("/oauth",),
    ("GET", "/authorize", choose_account, _DOCS, NO_JSON),
    ("GET", "/{portalId}/authorize", show_consent, _DOCS, NO_JSON),
    ("POST", "/{portalId}/authorize", decide, _DOCS, NO_JSON),
)
