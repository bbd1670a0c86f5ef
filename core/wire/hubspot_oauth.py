"""HubSpot's OAuth: the authorize address, the token request, and what comes back.

Source: HubSpot developer docs, "Working with OAuth".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeGuard
from urllib.parse import quote, urlencode

from core.domain.errors import ProviderDownError
from core.domain.ids import LARGEST_ID
from core.wire.hubspot_paths import Paths
from core.wire.requests import VendorRequest, get, read_object, with_form

_LONGEST_LIFETIME = timedelta(days=366).total_seconds()

SCOPES: tuple[str, ...] = (
    "crm.lists.read",
    "crm.lists.write",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.deals.read",
    "crm.objects.deals.write",
    "crm.schemas.contacts.read",
    "crm.schemas.contacts.write",
    "crm.schemas.custom.read",
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.schemas.line_items.read",
    "crm.schemas.deals.read",
    "crm.schemas.deals.write",
    "crm.schemas.quotes.read",
    "automation",
    "actions",
    "timeline",
    "oauth",
    "tickets",
    "e-commerce",
    "media_bridge.read",
    "media_bridge.write",
)
"""What the app asks for at installation: the tutorial's consent page, line by line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What the token endpoint grants.

    Args:
        access: The access token; it may be 512 characters long.
        refresh: The refresh token.
        expires_at: When the access token dies.
    """

    access: str
    refresh: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenOwner:
    """Whose token it is, by introspection."""

    portal_id: int
    user: str
    hub_domain: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """What HubSpot tells of an account: it knows no country, only a time zone."""

    portal_id: int
    time_zone: str


def authorize_url(
    app_url: str, *, client_id: str, redirect_uri: str, scopes: Sequence[str], state: str
) -> str:
    """Return the address at which an account consents; scopes are separated by ``%20``."""
    query = urlencode(
        {
            "client_id": client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(scopes),
            "state": state,
        },
        quote_via=quote,
    )
    return f"{app_url}/oauth/authorize?{query}"


def exchange_code(
    paths: Paths, *, client_id: str, client_secret: str, code: str, redirect_uri: str
) -> VendorRequest:
    """Return the request that changes a code into tokens."""
    fields = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "client_secret": client_secret,
        "redirect_uri": redirect_uri,
        "code": code,
    }
    return with_form(paths.token, fields)


def refresh(
    paths: Paths, *, client_id: str, client_secret: str, refresh_token: str
) -> VendorRequest:
    """Return the request for a new access token."""
    fields = {
        "grant_type": "refresh_token",
        "client_id": client_id,
        "client_secret": client_secret,
        "refresh_token": refresh_token,
    }
    return with_form(paths.token, fields)


def parse_tokens(body: bytes, *, now: datetime) -> Tokens:
    """Return the tokens of a successful answer.

    Only the four oldest fields are read: the others are optional in the interface description.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    data = read_object(body, "HubSpot's token endpoint")
    access, fresh, seconds = (
        data.get("access_token"),
        data.get("refresh_token"),
        data.get("expires_in"),
    )
    if not isinstance(access, str) or not isinstance(fresh, str) or not _is_lifetime(seconds):
        msg = "HubSpot's token endpoint answered without access_token, refresh_token or expires_in"
        raise ProviderDownError(msg)
    return Tokens(access=access, refresh=fresh, expires_at=now + timedelta(seconds=seconds))


def refusal(body: bytes) -> str:
    """Return the ``status`` (or ``error``) of a refused token request, ``""`` when there is none.

    Clients branch on these, never on the message.
    """
    try:
        data = read_object(body, "HubSpot's token endpoint")
    except ProviderDownError:
        return ""
    return str(data.get("status") or data.get("error") or "")


def introspect(
    paths: Paths, *, client_id: str, client_secret: str, access_token: str
) -> VendorRequest:
    """Return the question whose token it is: asked by a path of its own at first, by a form since."""
    if not paths.introspection.endswith("/introspect"):
        return get(f"{paths.introspection}/{quote(access_token, safe='')}")
    fields = {
        "client_id": client_id,
        "client_secret": client_secret,
        "token": access_token,
        "token_type_hint": "access_token",
    }
    return with_form(paths.introspection, fields)


def parse_owner(body: bytes) -> TokenOwner:
    """Return whose token it is.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    data = read_object(body, "HubSpot's introspection")
    hub_id = data.get("hub_id")
    if not _is_id(hub_id):
        msg = "HubSpot's introspection answered without hub_id"
        raise ProviderDownError(msg)
    return TokenOwner(
        portal_id=hub_id,
        user=str(data.get("user") or ""),
        hub_domain=str(data.get("hub_domain") or ""),
        scopes=tuple(str(scope) for scope in data.get("scopes") or ()),
    )


def parse_account(body: bytes) -> AccountDetails:
    """Return what HubSpot tells of the account.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    data = read_object(body, "HubSpot's account details")
    portal_id = data.get("portalId")
    if not _is_id(portal_id):
        msg = "HubSpot's account details came without portalId"
        raise ProviderDownError(msg)
    return AccountDetails(portal_id=portal_id, time_zone=str(data.get("timeZone") or ""))


def _is_lifetime(seconds: object) -> TypeGuard[float]:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return False
    return 0 <= seconds <= _LONGEST_LIFETIME


def _is_id(number: object) -> TypeGuard[int]:
    if isinstance(number, bool) or not isinstance(number, int):
        return False
    return 0 <= number <= LARGEST_ID
