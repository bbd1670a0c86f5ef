"""Control routes for apps, accounts and people, and for the fake itself."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from fakes.hubspot import seeding
from fakes.hubspot.answering import HubCall
from fakes.hubspot.bodies import read_object
from fakes.hubspot.control.settings import settings_json, settings_with
from fakes.hubspot.errors import invalid
from fakes.hubspot.oauth.grants import issue_private_token
from fakes.hubspot.oauth.scopes import doubt, unknown_scopes
from fakes.hubspot.shapes import flag_in, list_in, misshapen, number_of, text_in, texts_in
from fakes.hubspot.state import App, Portal, User
from fakes.kit.answers import empty_answer, json_answer


async def list_portals(call: HubCall) -> Response:
    """Answer ``GET …/portals``."""
    return json_answer({"results": [_portal(p) for p in call.party.state.portals.values()]})


async def create_portal(call: HubCall) -> Response:
    """Answer ``POST …/portals``."""
    body = _read(await read_object(call), _PORTAL_FIELDS)
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
    body = _read(await read_object(call, "email", "password", "portals"), _USER_FIELDS)
    return json_answer(_user(seeding.add_user(call.party, **body)), 201)


async def list_apps(call: HubCall) -> Response:
    """Answer ``GET …/apps``, secrets included: this is their developer's screen."""
    return json_answer({"results": [_app(app) for app in call.party.state.apps.values()]})


async def create_app(call: HubCall) -> Response:
    """Answer ``POST …/apps``."""
    body = _read(await read_object(call, "name", "redirectUrls"), _APP_FIELDS)
    return json_answer(_app(seeding.add_app(call.party, **body)), 201)


async def change_app(call: HubCall) -> Response:
    """Answer ``PATCH …/apps/{appId}``: what the body names is changed, and nothing else."""
    app = call.party.app(call.params["appId"])
    seeding.change_app(call.party, app, **_read(await read_object(call), _APP_FIELDS))
    return json_answer(_app(app))


async def read_settings(call: HubCall) -> Response:
    """Answer ``GET …/settings``."""
    return json_answer(settings_json(call.party.settings))


async def change_settings(call: HubCall) -> Response:
    """Answer ``PATCH …/settings``."""
    call.party.settings = settings_with(call.party.settings, await read_object(call))
    return json_answer(settings_json(call.party.settings))


async def reset(call: HubCall) -> Response:
    """Answer ``POST …/reset``: apps, accounts, people and private tokens stay.

    Apps stay as they were set up; accounts are empty, with nothing installed, and the settings
    are the first ones.
    """
    call.party.reset()
    return empty_answer()


def _portals_in(body: Mapping[str, Any], name: str) -> list[int]:
    found = list_in(body, name)
    if not all(isinstance(item, int | str) for item in found):
        raise misshapen(name, "a list of account numbers")
    return [number_of(str(item)) or 0 for item in found]


_Fields = Mapping[str, tuple[str, Callable[[Mapping[str, Any], str], Any]]]
"""What each key of a body is called in Python, and who reads it."""

_PORTAL_FIELDS: _Fields = {
    "name": ("name", text_in),
    "domain": ("domain", text_in),
    "locale": ("locale", text_in),
    "country": ("country", text_in),
    "timeZone": ("time_zone", text_in),
    "utcOffset": ("utc_offset", text_in),
    "currency": ("currency", text_in),
    "accountType": ("account_type", text_in),
    "dataHostingLocation": ("data_centre", text_in),
    "lackingScopes": ("lacking_scopes", texts_in),
}
_USER_FIELDS: _Fields = {
    "email": ("email", text_in),
    "password": ("password", text_in),
    "portals": ("portals", _portals_in),
    "name": ("name", text_in),
    "canInstall": ("can_install", flag_in),
}
_APP_FIELDS: _Fields = {
    "name": ("name", text_in),
    "redirectUrls": ("redirect_urls", texts_in),
    "scopes": ("scopes", texts_in),
    "optionalScopes": ("optional_scopes", texts_in),
    "developer": ("developer", text_in),
    "clientId": ("client_id", text_in),
    "clientSecret": ("client_secret", text_in),
    "developerKey": ("developer_key", text_in),
    "isVerified": ("is_verified", flag_in),
    "fetchUrls": ("fetch_urls", texts_in),
}


def _read(body: Mapping[str, Any], fields: _Fields) -> dict[str, Any]:
    if unknown := [key for key in body if key not in fields]:
        raise invalid(f"Unknown fields {unknown}: use {', '.join(fields)}.")
    named = ((fields[key], key) for key, value in body.items() if value is not None)
    return {name: read(body, key) for (name, read), key in named}


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
        "fetchUrls": list(app.fetch_urls),
        "warnings": [doubt(scope) for scope in unknown_scopes(app)],
    }
