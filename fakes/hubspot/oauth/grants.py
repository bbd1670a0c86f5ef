"""Issuing and ending codes, tokens and installs."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import timedelta

from fakes.hubspot.choices import AfterUninstall, RefreshTokens
from fakes.hubspot.hub import Hub
from fakes.hubspot.oauth.records import AccessToken, Code, Holder, Install
from fakes.hubspot.oauth.scopes import PRIVATE_APP_SCOPES
from fakes.hubspot.state import App, Portal, User


def issue_code(
    hub: Hub,
    app: App,
    portal: Portal,
    user: User,
    *,
    scopes: tuple[str, ...],
    redirect_uri: str,
    challenge: str | None = None,
    challenge_method: str = "plain",
) -> Code:
    """Return a new code for what ``user`` has just agreed to."""
    code = Code(
        value=f"{portal.data_centre}-{hub.ids.uuid()}",
        app_id=app.id,
        portal_id=portal.id,
        user=user.email,
        scopes=scopes,
        redirect_uri=redirect_uri,
        issued_at=hub.now(),
        challenge=challenge,
        challenge_method=challenge_method,
    )
    hub.state.codes[code.value] = code
    return code


def verifies(code: Code, verifier: str) -> bool:
    """Return whether ``verifier`` is the one that the code's challenge was made from.

    Source: RFC 7636; a code without a challenge asks for none.
    """
    if code.challenge is None:
        return True
    made = verifier
    if code.challenge_method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        made = urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(made.encode(), code.challenge.encode())


def install(hub: Hub, app: App, code: Code) -> tuple[Install, AccessToken]:
    """Exchange ``code``: the app is installed, or installed once more, and gets an access token.

    A reinstall gives a new refresh token. Source: HubSpot developer docs, OAuth (docs).
    Assumed: the one before goes on, unless the settings say otherwise.
    """
    code.is_used = True
    portal = hub.state.portals[code.portal_id]
    earlier = portal.installs.get(app.id)
    if earlier is not None and hub.settings.reinstall_ends_refresh_token:
        hub.state.refresh_tokens.pop(earlier.refresh_token, None)
    entry = Install(
        id=hub.ids.count("install"),
        app_id=app.id,
        portal_id=portal.id,
        user=code.user,
        scopes=code.scopes,
        installed_at=hub.now(),
        refresh_token=_new_refresh_token(hub, portal.id),
        access_tokens=earlier.access_tokens if earlier else [],
    )
    portal.installs[app.id] = entry
    hub.state.refresh_tokens[entry.refresh_token] = entry
    hub.event(
        "app.installed",
        portalId=portal.id,
        appId=app.id,
        user=code.user,
        scopes=list(code.scopes),
        again=earlier is not None,
    )
    return entry, issue_access_token(hub, entry)


def refresh(hub: Hub, entry: Install) -> AccessToken:
    """Return a new access token; the refresh token stays, or changes if the settings say so."""
    if hub.settings.refresh_tokens is RefreshTokens.ROTATE:
        hub.state.refresh_tokens.pop(entry.refresh_token, None)
        entry.refresh_token = _new_refresh_token(hub, entry.portal_id)
        hub.state.refresh_tokens[entry.refresh_token] = entry
    return issue_access_token(hub, entry)


def issue_access_token(hub: Hub, entry: Install) -> AccessToken:
    """Return a new access token of an install."""
    token = _keep_access_token(
        hub,
        value=f"C{hub.ids.token(250)}",
        holder=Holder.APP,
        portal_id=entry.portal_id,
        app_id=entry.app_id,
        user=entry.user,
        scopes=entry.scopes,
        lifetime=hub.settings.access_lifetime,
    )
    entry.access_tokens.append(token.value)
    return token


def issue_developer_token(hub: Hub, app: App, scopes: Iterable[str]) -> AccessToken:
    """Return an access token with which the app's developer sets it up."""
    return _keep_access_token(
        hub,
        value=f"D{hub.ids.token(250)}",
        holder=Holder.DEVELOPER,
        portal_id=None,
        app_id=app.id,
        user=None,
        scopes=scopes,
        lifetime=hub.settings.access_lifetime,
    )


def issue_private_token(hub: Hub, portal: Portal) -> AccessToken:
    """Return the token of a private app of ``portal``: the whole CRM, for ever."""
    return _keep_access_token(
        hub,
        value=f"pat-{portal.data_centre}-{hub.ids.uuid()}",
        holder=Holder.PRIVATE_APP,
        portal_id=portal.id,
        app_id=None,
        user=None,
        scopes=PRIVATE_APP_SCOPES,
        lifetime=None,
    )


def revoke(hub: Hub, refresh_token: str) -> None:
    """End a refresh token; the access tokens already issued go on until they expire.

    Source: HubSpot developer docs, OAuth (docs).
    """
    hub.state.refresh_tokens.pop(refresh_token, None)


def end_install(hub: Hub, entry: Install) -> None:
    """End all that an app holds in an account, of earlier installs too.

    Its refresh tokens end, and its access tokens if the settings say so.
    """
    held = (entry.app_id, entry.portal_id)
    for value, one in list(hub.state.refresh_tokens.items()):
        if (one.app_id, one.portal_id) == held:
            revoke(hub, value)
    hub.state.portals[entry.portal_id].installs.pop(entry.app_id, None)
    if hub.settings.after_uninstall is AfterUninstall.DEAD:
        for value in entry.access_tokens:
            hub.state.access_tokens.pop(value, None)


def _new_refresh_token(hub: Hub, portal_id: int) -> str:
    return f"{hub.state.portals[portal_id].data_centre}-{hub.ids.uuid()}"


def _keep_access_token(
    hub: Hub,
    *,
    value: str,
    holder: Holder,
    portal_id: int | None,
    app_id: int | None,
    user: str | None,
    scopes: Iterable[str],
    lifetime: timedelta | None,
) -> AccessToken:
    token = AccessToken(
        value=value,
        holder=holder,
        portal_id=portal_id,
        app_id=app_id,
        user=user,
        scopes=frozenset(scopes),
        issued_at=hub.now(),
        expires_at=None if lifetime is None else hub.now() + lifetime,
    )
    hub.state.access_tokens[value] = token
    return token
