"""Control routes for apps, accounts and people, and for the fake itself."""

from typing import Any

from starlette.responses import Response

from fakes.hubspot import seeding
from fakes.hubspot.answering import HubCall
from fakes.hubspot.bodies import read_object
from fakes.hubspot.control.settings import settings_json, settings_with
from fakes.hubspot.errors import invalid
from fakes.hubspot.oauth.grants import issue_private_token
from fakes.hubspot.state import App, Portal, User
from fakes.kit.answers import empty_answer, json_answer


async def list_portals(call: HubCall) -> Response:
    """Answer ``GET …/portals``."""
    return json_answer({"results": [_portal(p) for p in call.party.state.portals.values()]})


async def create_portal(call: HubCall) -> Response:
    """Answer ``POST …/portals``."""
    body = await _named(
        call,
        name="name",
        domain="domain",
        locale="locale",
        country="country",
        timeZone="time_zone",
        utcOffset="utc_offset",
        currency="currency",
        accountType="account_type",
        lackingScopes="lacking_scopes",
    )
    return json_answer(_portal(seeding.add_portal(call.party, **body)), 201)


async def create_private_token(call: HubCall) -> Response:
    """Answer ``POST …/portals/{portalId}/private-tokens``."""
    portal = call.party.portal(call.params["portalId"])
    return json_answer({"token": issue_private_token(call.party, portal).value}, 201)


async def list_users(call: HubCall) -> Response:
    """Answer ``GET …/users``."""
    return json_answer({"results": [_user(user) for user in call.party.state.users.values()]})


async def create_user(call: HubCall) -> Response:
    """Answer ``POST …/users``: someone new, or more accounts for someone known."""
    names = {"email": "email", "password": "password", "portals": "portals", "name": "name"}
    body = await _named(call, "email", "password", "portals", **names, canInstall="can_install")
    return json_answer(_user(seeding.add_user(call.party, **body)), 201)


async def list_apps(call: HubCall) -> Response:
    """Answer ``GET …/apps``, secrets included: this is their developer's screen."""
    return json_answer({"results": [_app(app) for app in call.party.state.apps.values()]})


async def create_app(call: HubCall) -> Response:
    """Answer ``POST …/apps``."""
    body = await _named(
        call,
        "name",
        "redirectUrls",
        name="name",
        redirectUrls="redirect_urls",
        scopes="scopes",
        optionalScopes="optional_scopes",
        developer="developer",
        clientId="client_id",
        clientSecret="client_secret",
        developerKey="developer_key",
        isVerified="is_verified",
    )
    return json_answer(_app(seeding.add_app(call.party, **body)), 201)


async def read_settings(call: HubCall) -> Response:
    """Answer ``GET …/settings``."""
    return json_answer(settings_json(call.party.settings))


async def change_settings(call: HubCall) -> Response:
    """Answer ``PATCH …/settings``."""
    call.party.settings = settings_with(call.party.settings, await read_object(call))
    return json_answer(settings_json(call.party.settings))


async def reset(call: HubCall) -> Response:
    """Answer ``POST …/reset``: everything is forgotten but the first settings."""
    call.party.reset()
    return empty_answer()


async def _named(call: HubCall, *required: str, **names: str) -> dict[str, Any]:
    body = await read_object(call, *required)
    if unknown := [key for key in body if key not in names]:
        raise invalid(f"Unknown fields {unknown}: use {', '.join(names)}.")
    return {names[key]: value for key, value in body.items()}


def _portal(portal: Portal) -> dict[str, Any]:
    return {
        "portalId": portal.id,
        "name": portal.name,
        "domain": portal.domain,
        "locale": portal.locale,
        "country": portal.country,
        "timeZone": portal.time_zone,
        "accountType": portal.account_type,
        "contacts": len(portal.contacts),
        "apps": list(portal.installs),
    }


def _user(user: User) -> dict[str, Any]:
    return {
        "userId": user.id,
        "email": user.email,
        "name": user.name,
        "accounts": [{"portalId": p, "canInstall": may} for p, may in user.accounts.items()],
    }


def _app(app: App) -> dict[str, Any]:
    return {
        "appId": app.id,
        "name": app.name,
        "developer": app.developer,
        "clientId": app.client_id,
        "clientSecret": app.client_secret,
        "developerKey": app.developer_key,
        "redirectUrls": list(app.redirect_urls),
        "scopes": list(app.required_scopes),
        "optionalScopes": list(app.optional_scopes),
        "isVerified": app.is_verified,
    }
