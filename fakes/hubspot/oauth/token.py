"""The token endpoint: codes and refresh tokens become access tokens."""

import hmac
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.bodies import invalid_media_type, read_object
from fakes.hubspot.choices import TokenAnswer
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.hub import Hub
from fakes.hubspot.oauth import grants
from fakes.hubspot.oauth.errors import TokenError, TokenRefusedError
from fakes.hubspot.oauth.records import AccessToken, Install
from fakes.hubspot.shapes import optional_text_in
from fakes.hubspot.state import App
from fakes.kit.answers import json_answer
from fakes.kit.facts import Certainty, Fact

_DEVELOPER_SCOPES = frozenset(("developers-read", "developers-write"))
EDITIONS = ("/oauth/v3", "/oauth/2026-03", "/oauth/2026-09")
"""The roots of OAuth since v3. Source: HubSpot developer docs, OAuth (spec)."""

_FORM = "application/x-www-form-urlencoded"


async def give_token(call: HubCall) -> Response:
    """Answer ``POST /oauth/…/token``."""
    fields = await form_of(call)
    grant = _GRANTS.get(fields.get("grant_type", ""))
    if grant is None:
        raise _refused(call.party, TokenError.BAD_GRANT_TYPE)
    app = client_of(call.party, fields)
    return json_answer(grant(call.party, app, fields))


def _refused(hub: Hub, error: TokenError) -> TokenRefusedError:
    return TokenRefusedError(error, hub.settings.token_errors)


async def form_of(call: HubCall) -> dict[str, str]:
    """Return the fields of a call to OAuth; on v1 the query may hold some of them.

    Source: HubSpot developer docs, OAuth (spec).

    Raises:
        RefusedError: The body is in another format (415).
    """
    kind = (call.header("content-type") or "").split(";")[0].strip().lower()
    fields = dict(call.request.query_params) if "/v1/" in call.request.url.path else {}
    if kind == "application/json" and call.party.settings.token_accepts_json:
        body = await read_object(call)
        return {**fields, **{name: optional_text_in(body, name) or "" for name in body}}
    if kind not in (_FORM, ""):
        raise invalid_media_type(call)
    return {**fields, **await call.form()}


def client_of(hub: Hub, fields: Mapping[str, str]) -> App:
    """Return the app that ``client_id`` and ``client_secret`` name.

    Raises:
        TokenRefusedError: One of them is wrong.
        RefusedError: An assertion stands in the secret's place, which is not built (501).
    """
    app = hub.state.clients.get(fields.get("client_id", ""))
    if app is None:
        raise _refused(hub, TokenError.BAD_CLIENT_ID)
    if "client_assertion" in fields and "client_secret" not in fields:
        raise RefusedError(
            501, "HubSpot takes a client_assertion; this fake does not: send client_secret."
        )
    given = fields.get("client_secret", "").encode()
    if not hmac.compare_digest(given, app.client_secret.encode()):
        raise _refused(hub, TokenError.BAD_CLIENT_SECRET)
    return app


def _exchange_code(hub: Hub, app: App, fields: Mapping[str, str]) -> dict[str, Any]:
    code = hub.state.codes.get(fields.get("code", ""))
    if code is None or code.app_id != app.id or code.is_used:
        raise _refused(hub, TokenError.BAD_AUTH_CODE)
    if hub.now() >= code.issued_at + hub.settings.code_lifetime:
        raise _refused(hub, TokenError.EXPIRED_AUTH_CODE)
    redirect_uri = fields.get("redirect_uri", "")
    if not redirect_uri:
        raise _refused(hub, TokenError.BAD_REDIRECT_URI)
    if redirect_uri != code.redirect_uri:
        raise _refused(hub, TokenError.MISMATCH_REDIRECT_URI)
    if not grants.verifies(code, fields.get("code_verifier", "")):
        raise _refused(hub, TokenError.BAD_CODE_VERIFIER)
    if code.portal_id not in hub.state.portals:
        raise _refused(hub, TokenError.BAD_HUB)
    entry, token = grants.install(hub, app, code)
    return _answer(hub, entry, token)


def _refresh(hub: Hub, app: App, fields: Mapping[str, str]) -> dict[str, Any]:
    entry = hub.state.refresh_tokens.get(fields.get("refresh_token", ""))
    if entry is None or entry.app_id != app.id:
        raise _refused(hub, TokenError.BAD_REFRESH_TOKEN)
    if entry.portal_id not in hub.state.portals:
        raise _refused(hub, TokenError.BAD_HUB)
    return _answer(hub, entry, grants.refresh(hub, entry))


def _give_developer(hub: Hub, app: App, fields: Mapping[str, str]) -> dict[str, Any]:
    scopes = fields.get("scope", "").split()
    if not scopes or not _DEVELOPER_SCOPES.issuperset(scopes):
        raise _refused(hub, TokenError.BAD_SCOPES)
    token = grants.issue_developer_token(hub, app, scopes)
    return {**_short_answer(hub, token), "scopes": sorted(token.scopes)}


_GRANTS = {
    "authorization_code": _exchange_code,
    "refresh_token": _refresh,
    "client_credentials": _give_developer,
}


def _answer(hub: Hub, entry: Install, token: AccessToken) -> dict[str, Any]:
    short = {**_short_answer(hub, token), "refresh_token": entry.refresh_token}
    if hub.settings.token_answer is TokenAnswer.MINIMAL:
        return short
    user = hub.state.users.get(entry.user)
    return {
        **short,
        "hub_id": entry.portal_id,
        "scopes": list(entry.scopes),
        "user_id": user.id if user else None,
        "token_use": "access_token",
    }


def _short_answer(hub: Hub, token: AccessToken) -> dict[str, Any]:
    return {
        "token_type": "bearer",
        "access_token": token.value,
        "expires_in": int(hub.settings.access_lifetime.total_seconds()),
    }


ROUTES = routes(
    ("/oauth/v1/token", *(f"{root}/token" for root in EDITIONS)),
    ("POST", "", give_token, Fact(Certainty.SPEC, "HubSpot developer docs, OAuth"), "oauth#token"),
)
