"""Putting apps, accounts and people there."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from fakes.hubspot.crm import store
from fakes.hubspot.crm.records import Channel, Contact, Source
from fakes.hubspot.crm.values import checked
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import FIRST_CENTRE, App, Portal, User

FIRST_APP_ID = 19_600_001
FIRST_PORTAL_ID = 62_515_001
FIRST_USER_ID = 52_500_001


def add_app(
    hub: Hub,
    *,
    name: str,
    redirect_urls: Iterable[str],
    scopes: Iterable[str] = (),
    optional_scopes: Iterable[str] = (),
    developer: str | None = None,
    client_id: str | None = None,
    client_secret: str | None = None,
    developer_key: str | None = None,
    is_verified: bool = False,
    fetch_urls: Iterable[str] = (),
) -> App:
    """Return a new public app.

    An install URL may ask in ``scope`` for what is optional too, and then cannot do without: so
    HubSpot treats what an app requires under conditions. Its developer is called as it is, unless
    one is named.

    Raises:
        RefusedError: Another app has the client id, or HubSpot takes no such redirect address.
    """
    ids, redirect_urls = hub.ids, tuple(redirect_urls)
    for url in redirect_urls:
        refuse_misleading(url)
    _refuse_taken(hub, client_id)
    app = App(
        id=ids.count("app", FIRST_APP_ID),
        name=name,
        developer=developer or name,
        client_id=client_id or ids.uuid(),
        client_secret=client_secret or ids.uuid(),
        developer_key=developer_key or ids.uuid(),
        redirect_urls=redirect_urls,
        required_scopes=tuple(scopes),
        optional_scopes=tuple(optional_scopes),
        is_verified=is_verified,
        fetch_urls=tuple(fetch_urls),
    )
    hub.state.apps[app.id] = app
    hub.state.clients[app.client_id] = app
    return app


def change_app(hub: Hub, app: App, **changes: Any) -> None:
    """Change what an app was set up with; ``changes`` are named as in ``add_app``.

    Who has installed it keeps the scopes and tokens of then.

    Raises:
        RefusedError: As ``add_app`` raises it; nothing was changed.
    """
    for url in changes.get("redirect_urls", ()):
        refuse_misleading(url)
    wanted = changes.get("client_id", app.client_id)
    if wanted != app.client_id:
        _refuse_taken(hub, wanted)
        hub.state.clients[wanted] = hub.state.clients.pop(app.client_id)
    for name, value in changes.items():
        kept = tuple(value) if isinstance(value, list | tuple) else value
        setattr(app, "required_scopes" if name == "scopes" else name, kept)


def _refuse_taken(hub: Hub, client_id: str | None) -> None:
    other = hub.state.clients.get(client_id or "")
    if other is not None:
        raise RefusedError(
            409,
            f"The app {other.id} has the client id {client_id}: change it with "
            f"PATCH /_control/hubspot/apps/{other.id}, or choose another clientId.",
            Category.CONFLICT,
        )


def add_portal(
    hub: Hub,
    *,
    name: str = "Démo",
    domain: str | None = None,
    locale: str = "fr",
    country: str = "FR",
    time_zone: str = "Europe/Paris",
    utc_offset: str = "+01:00",
    currency: str = "EUR",
    account_type: str = "STANDARD",
    data_centre: str = FIRST_CENTRE,
    lacking_scopes: Iterable[str] = (),
) -> Portal:
    """Return a new, empty account; ``lacking_scopes`` are those its subscription has not."""
    number = hub.ids.count("portal", FIRST_PORTAL_ID)
    portal = Portal(
        id=number,
        name=name,
        domain=domain or f"portail-{number}.example",
        locale=locale,
        country=country,
        time_zone=time_zone,
        utc_offset=utc_offset,
        currency=currency,
        account_type=account_type,
        data_centre=data_centre,
        lacking_scopes=frozenset(lacking_scopes),
        created_at=hub.now(),
    )
    hub.state.portals[portal.id] = portal
    return portal


def add_user(
    hub: Hub,
    *,
    email: str,
    password: str,
    portals: Iterable[int],
    name: str = "",
    can_install: bool = True,
) -> User:
    """Return a person, new or known, who now belongs to ``portals`` too.

    Args:
        hub: The fake.
        email: Their address, whatever its case.
        password: What they type from now on.
        portals: The numbers of accounts.
        name: Their name.
        can_install: Whether they may install apps in these accounts.

    Raises:
        RefusedError: There is no such account (404).
    """
    key = email.strip().lower()
    accounts = {hub.portal(number).id: can_install for number in portals}
    user = hub.state.users.get(key)
    if user is None:
        number = hub.ids.count("user", FIRST_USER_ID)
        user = User(id=number, email=key, password=password, name=name)
        hub.state.users[key] = user
    user.password, user.name = password, name or user.name
    user.accounts.update(accounts)
    return user


def add_contact(hub: Hub, portal: Portal, properties: Mapping[str, Any]) -> Contact:
    """Return a new contact, made as a person makes it on the screen.

    Raises:
        RefusedError: HubSpot would refuse it.
    """
    return store.create(hub, portal, checked(portal, properties), ui_source())


def ui_source(user_id: int = FIRST_USER_ID) -> Source:
    """Return what a person's change on the screen leaves in a property's history."""
    return Source(channel=Channel.UI, id=f"userId:{user_id}")


def refuse_misleading(url: str) -> None:
    """Refuse a redirect address that is neither https at a name, nor on this very machine.

    Source: HubSpot developer docs, OAuth (docs). Ours: a loopback address counts as ``localhost``.

    Raises:
        RefusedError: It is such an address, or none at all.
    """
    if not _may_lead(url):
        raise invalid(
            f"'{url}' cannot be a redirect address: use https and a host's name, or http and "
            "localhost."
        )


def _may_lead(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    is_here = host == "localhost" or _is_address(host, loopback=True)
    if parts.scheme == "http":
        return is_here
    return parts.scheme == "https" and bool(host) and (is_here or not _is_address(host))


def _is_address(host: str, *, loopback: bool = False) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or not loopback
