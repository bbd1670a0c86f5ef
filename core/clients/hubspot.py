"""HubSpot over HTTP, in the name of an account or of the app's developer."""

from dataclasses import replace

from core.clients.access import Access
from core.clients.vendor import Answer, Vendor
from core.domain.errors import (
    AccessRevokedError,
    ProviderDownError,
    ThrottledError,
    UnknownAccountError,
)
from core.domain.ids import PortalId
from core.ports import Clock, Database
from core.settings import Settings
from core.stores.installs import Install, Installs
from core.wire import hubspot_oauth
from core.wire.hubspot_oauth import AccountDetails, TokenOwner, Tokens
from core.wire.hubspot_paths import Paths
from core.wire.requests import VendorRequest, get, read_object

_BAD_REQUEST, _UNAUTHORIZED = 400, 401


class HubSpot:
    """Asks HubSpot; access tokens are renewed on the way.

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
        self._access = Access(vendor, settings, paths, database, installs, clock)

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
        return await self._access.tokens(ask)

    async def identify(self, access_token: str) -> tuple[TokenOwner, AccountDetails]:
        """Return whose token it is, and what HubSpot tells of the account.

        Raises:
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        ask = hubspot_oauth.introspect(
            self._paths,
            client_id=self._settings.client_id,
            client_secret=self._settings.client_secrets[0],
            access_token=access_token,
        )
        owner = await self._expect(ask, {})
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
            ThrottledError: It is not the account's turn, or HubSpot asks us to wait.
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        install = await self._access.enter(portal_id)
        answer = await self._ask_as(install, request)
        if answer.status == _UNAUTHORIZED:
            await self._access.renew(install, is_dead=True)
            answer = await self._ask_as(await self._access.enter(portal_id), request)
        return self._accept(answer)

    async def is_there(self, portal_id: PortalId) -> bool:
        """Return whether an account still lets the app in; that it does not is written down.

        HubSpot tells no app that it was uninstalled: its tokens cease to live, and no new one is
        granted.

        Raises:
            ThrottledError: It is not the account's turn, or another process asks just now.
            ProviderError: HubSpot cannot be asked for a token now.
        """
        try:
            await self._access.enter(portal_id)
        except (AccessRevokedError, UnknownAccountError):
            return False
        return True

    async def as_developer(self, request: VendorRequest) -> Answer:
        """Return the answer to a request about the app itself: definitions and templates.

        Raises:
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        return await self._expect(with_developer_key(request, self._settings.developer_key), {})

    async def _ask_as(self, install: Install, request: VendorRequest) -> Answer:
        try:
            return await self._vendor.ask(request, _bearer(install.access_token))
        except ThrottledError as exc:
            await self._access.hold(install.portal_id, exc.retry_after)
            raise

    async def _expect(self, request: VendorRequest, credentials: dict[str, str]) -> Answer:
        return self._accept(await self._vendor.ask(request, credentials))

    def _accept(self, answer: Answer) -> Answer:
        if answer.status < _BAD_REQUEST:
            return answer
        category, message = _envelope(answer.body)
        raise self._vendor.refused(answer, category, message)


def with_developer_key(request: VendorRequest, key: str) -> VendorRequest:
    """Return ``request`` as the app's developer makes it."""
    return replace(request, query={**request.query, "hapikey": key})


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _envelope(body: bytes) -> tuple[str, str]:
    """Return the category and message of HubSpot's error envelope, as far as there is one."""
    try:
        data = read_object(body, "HubSpot")
    except ProviderDownError:
        return "", body[:200].decode("utf-8", "replace")
    return str(data.get("category") or ""), str(data.get("message") or "")
