"""What a token is worth, and ending one."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.errors import not_found
from fakes.hubspot.hub import Hub
from fakes.hubspot.oauth import grants
from fakes.hubspot.oauth.records import AccessToken, Holder, Install
from fakes.hubspot.oauth.token import EDITIONS, client_of, form_of
from fakes.hubspot.state import FIRST_CENTRE
from fakes.hubspot.times import epoch_ms
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, OAuth")
_LIVE = Fact(Certainty.SINGLE, "HubSpot developer docs, OAuth 2026-03, and a live test")


async def read_access_token(call: HubCall) -> Response:
    """Answer ``GET /oauth/v1/access-tokens/{token}``."""
    token = _living(call.party, call.params["token"])
    if token is None:
        raise not_found("access token does not exist or is expired")
    return json_answer({**_access_facts(call.party, token), "token_type": "access"})


async def read_refresh_token(call: HubCall) -> Response:
    """Answer ``GET /oauth/v1/refresh-tokens/{token}``."""
    entry = call.party.state.refresh_tokens.get(call.params["token"])
    if entry is None:
        raise not_found("refresh token does not exist")
    return json_answer({**_refresh_facts(call.party, entry), "token_type": "refresh"})


async def delete_refresh_token(call: HubCall) -> Response:
    """Answer ``DELETE /oauth/v1/refresh-tokens/{token}``: the app stays installed."""
    grants.revoke(call.party, call.params["token"])
    return empty_answer()


async def introspect(call: HubCall) -> Response:
    """Answer ``POST …/token/introspect`` for an access or a refresh token."""
    hub, fields = call.party, await form_of(call)
    app = client_of(hub, fields)
    value = _named(fields)
    token, entry = _living(hub, value), hub.state.refresh_tokens.get(value)
    if token is not None and token.app_id == app.id and token.holder is Holder.APP:
        facts = {**_access_facts(hub, token), "token_use": "access_token"}
    elif entry is not None and entry.app_id == app.id:
        facts = {**_refresh_facts(hub, entry), "token_use": "refresh_token"}
    else:
        return json_answer({"active": False})
    return json_answer(
        {**facts, "active": True, "client_id": app.client_id, "token_type": "Bearer"}
    )


async def revoke_token(call: HubCall) -> Response:
    """Answer ``POST …/token/revoke``: the refresh token ends, access tokens live on."""
    fields = await form_of(call)
    app = client_of(call.party, fields)
    entry = call.party.state.refresh_tokens.get(_named(fields))
    if entry is not None and entry.app_id == app.id:
        grants.revoke(call.party, entry.refresh_token)
    return empty_answer(200)


def _named(fields: dict[str, str]) -> str:
    names = ("token", "access_token", "refresh_token")
    return next((fields[name] for name in names if name in fields), "")


def _living(hub: Hub, value: str) -> AccessToken | None:
    token = hub.state.access_tokens.get(value)
    if token is None or (token.expires_at is not None and hub.now() >= token.expires_at):
        return None
    return token


def _access_facts(hub: Hub, token: AccessToken) -> dict[str, Any]:
    user = hub.state.users.get(token.user or "")
    portal = hub.state.portals.get(token.portal_id or 0)
    left = 0 if token.expires_at is None else int((token.expires_at - hub.now()).total_seconds())
    scopes, user_id = sorted(token.scopes), user.id if user else None
    return {
        "token": token.value,
        "user": token.user,
        "hub_domain": portal.domain if portal else None,
        "scopes": scopes,
        "signed_access_token": _signed(hub, token, scopes, user_id),
        "hub_id": token.portal_id,
        "app_id": token.app_id,
        "expires_in": left,
        "user_id": user_id,
        "is_private_distribution": False,
    }


def _signed(hub: Hub, token: AccessToken, scopes: list[str], user_id: int | None) -> dict[str, Any]:
    portal = hub.state.portals.get(token.portal_id or 0)
    entry = portal.installs.get(token.app_id or 0) if portal else None
    return {
        "expiresAt": epoch_ms(token.expires_at) if token.expires_at else 0,
        "scopes": ",".join(scopes),
        "hubId": token.portal_id,
        "userId": user_id,
        "appId": token.app_id,
        "signature": token.value[-27:],
        "scopeToScopeGroupPks": "",
        "newSignature": token.value[-28:],
        "hublet": portal.data_centre if portal else FIRST_CENTRE,
        "trialScopes": "",
        "trialScopeToScopeGroupPks": "",
        "isUserLevel": False,
        **({"appInstallId": entry.id} if entry else {}),
        "audience": "",
        "installingUserId": user_id,
        "isPrivateDistribution": False,
        "isServiceAccount": False,
    }


def _refresh_facts(hub: Hub, entry: Install) -> dict[str, Any]:
    user = hub.state.users.get(entry.user)
    return {
        "token": entry.refresh_token,
        "user": entry.user,
        "hub_domain": hub.state.portals[entry.portal_id].domain,
        "scopes": list(entry.scopes),
        "hub_id": entry.portal_id,
        "client_id": hub.state.apps[entry.app_id].client_id,
        "user_id": user.id if user else None,
    }


ROUTES = (
    *routes(
        ("/oauth/v1/access-tokens",), ("GET", "/{token}", read_access_token, _SPEC, "oauth#access")
    ),
    *routes(
        ("/oauth/v1/refresh-tokens",),
        ("GET", "/{token}", read_refresh_token, _SPEC, "oauth#refresh"),
        ("DELETE", "/{token}", delete_refresh_token, _SPEC, NO_JSON),
    ),
    *routes(
        tuple(f"{root}/token" for root in EDITIONS),
        ("POST", "/introspect", introspect, _SPEC, "oauth#introspection"),
        ("POST", "/revoke", revoke_token, _LIVE, NO_JSON),
    ),
)
