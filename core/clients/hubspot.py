"""HubSpot over HTTP, in the name of an account or of the app's developer."""

import asyncio
import logging
from collections import defaultdict
from datetime import timedelta

from core.clients.vendor import Answer, Vendor
from core.domain.errors import (
    AccessRevokedError,
    ProviderDownError,
    ProviderRefusedError,
    UnknownAccountError,
)
from core.domain.ids import PortalId
from core.ports import Clock, Database
from core.settings import Settings
from core.stores.installs import Install, Installs, InstallState
from core.wire import hubspot_oauth
from core.wire.hubspot_oauth import AccountDetails, TokenOwner, Tokens
from core.wire.hubspot_paths import Paths
from core.wire.requests import VendorRequest, get, read_object

log = logging.getLogger(__name__)

_MARGIN = timedelta(minutes=1)
_BAD_REQUEST, _UNAUTHORIZED = 400, 401
_DEAD = frozenset({"BAD_REFRESH_TOKEN", "BAD_HUB", "invalid_grant"})


class HubSpot:
    """Asks HubSpot; access tokens are refreshed on the way.

    Args:
        vendor: HubSpot's API.
        settings: The app's credentials.
        paths: The edition's paths.
        database: Where tokens are kept.
        installs: Reads and writes them.
        clock: What o'clock it is.
    """

    def __init__(
        self,
        vendor: Vendor,
        settings: Settings,
        paths: Paths,
        database: Database,
        installs: Installs,
        clock: Clock,
    ) -> None:
        self._vendor = vendor
        self._settings = settings
        self._paths = paths
        self._database = database
        self._installs = installs
        self._clock = clock
        self._refreshing: defaultdict[PortalId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def exchange(self, code: str, redirect_uri: str) -> Tokens:
        """Return the tokens that a code is worth.

        Raises:
            ProviderRefusedError: The code is unknown, used or expired.
            ProviderError: HubSpot cannot be asked now.
        """
        ask = hubspot_oauth.exchange_code(
            self._paths,
            client_id=self._settings.client_id,
            client_secret=self._settings.client_secrets[0],
            code=code,
            redirect_uri=redirect_uri,
        )
        return await self._tokens(ask)

    async def identify(self, access_token: str) -> tuple[TokenOwner, AccountDetails]:
        """Return whose token it is, and what HubSpot tells of the account.

        Raises:
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        owner = await self._expect(hubspot_oauth.introspect(access_token), {})
        account = await self._expect(get(self._paths.account), _bearer(access_token))
        return hubspot_oauth.parse_owner(owner.body), hubspot_oauth.parse_account(account.body)

    async def with_token(self, access_token: str, request: VendorRequest) -> Answer:
        """Return the answer to a request made with a token that is not stored yet.

        Raises:
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        return await self._expect(request, _bearer(access_token))

    async def as_account(self, portal_id: PortalId, request: VendorRequest) -> Answer:
        """Return the answer to a request made with the account's own token.

        Raises:
            AccessRevokedError: The account has uninstalled the app or revoked its token.
            UnknownAccountError: The account never installed the app.
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        install = await self._find(portal_id)
        if install.access_expires_at - _MARGIN <= self._clock.now():
            install = await self._refresh(install)
        answer = await self._vendor.ask(request, _bearer(install.access_token))
        if answer.status == _UNAUTHORIZED:
            install = await self._refresh(install)
            answer = await self._vendor.ask(request, _bearer(install.access_token))
        return self._accept(answer)

    async def as_developer(self, request: VendorRequest) -> Answer:
        """Return the answer to a request about the app itself: definitions and templates.

        Raises:
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        query = {**request.query, "hapikey": self._settings.developer_key}
        keyed = VendorRequest(
            method=request.method, path=request.path, query=query, body=request.body
        )
        return await self._expect(keyed, {})

    async def _find(self, portal_id: PortalId) -> Install:
        install = await self._database.run(lambda tx: self._installs.find(tx, portal_id))
        if install is None:
            raise UnknownAccountError(portal_id)
        if install.state is not InstallState.ACTIVE:
            raise _revoked(portal_id)
        return install

    async def _refresh(self, stale: Install) -> Install:
        """Return the installation with a fresh token; many callers at once make one refresh."""
        async with self._refreshing[stale.portal_id]:
            install = await self._find(stale.portal_id)
            if install.access_token != stale.access_token:
                return install
            ask = hubspot_oauth.refresh(
                self._paths,
                client_id=self._settings.client_id,
                client_secret=self._settings.client_secrets[0],
                refresh_token=install.refresh_token,
            )
            try:
                tokens = await self._tokens(ask)
            except ProviderRefusedError as exc:
                if exc.vendor_code not in _DEAD:
                    # It is the app that is refused, not what was to be asked for the account.
                    msg = f"{exc.message}: check the app's client id and secret"
                    raise ProviderDownError(msg) from exc
                await self._mark_revoked(install.portal_id)
                raise _revoked(install.portal_id) from exc
            await self._save(install.portal_id, tokens)
        return await self._find(stale.portal_id)

    async def _save(self, portal_id: PortalId, tokens: Tokens) -> None:
        await self._database.run(
            lambda tx: self._installs.save_tokens(
                tx, portal_id, tokens.access, tokens.refresh, tokens.expires_at
            )
        )

    async def _mark_revoked(self, portal_id: PortalId) -> None:
        log.warning("install.revoked", extra={"portal_id": portal_id})
        await self._database.run(
            lambda tx: self._installs.mark(tx, portal_id, InstallState.REVOKED)
        )

    async def _tokens(self, request: VendorRequest) -> Tokens:
        answer = await self._vendor.ask(request, {})
        if answer.status >= _BAD_REQUEST:
            code = hubspot_oauth.refusal(answer.body)
            raise self._vendor.refused(answer, code, code or "the token request")
        return hubspot_oauth.parse_tokens(answer.body, now=self._clock.now())

    async def _expect(self, request: VendorRequest, credentials: dict[str, str]) -> Answer:
        return self._accept(await self._vendor.ask(request, credentials))

    def _accept(self, answer: Answer) -> Answer:
        if answer.status < _BAD_REQUEST:
            return answer
        category, message = _envelope(answer.body)
        raise self._vendor.refused(answer, category, message)


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _revoked(portal_id: PortalId) -> AccessRevokedError:
    msg = f"HubSpot account {portal_id} no longer lets the app in: have it install again"
    return AccessRevokedError(msg, {"portal": str(portal_id)})


def _envelope(body: bytes) -> tuple[str, str]:
    """Return the category and message of HubSpot's error envelope, as far as there is one."""
    try:
        data = read_object(body, "HubSpot")
    except ProviderDownError:
        return "", body[:200].decode("utf-8", "replace")
    return str(data.get("category") or ""), str(data.get("message") or "")
