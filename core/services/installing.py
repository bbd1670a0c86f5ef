"""Installing: from the link that the operator gives to an account whose tokens are kept."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from core.clients.hubspot import HubSpot
from core.domain.errors import ProviderError, ProviderRefusedError
from core.domain.ids import PortalId
from core.domain.installing import InstallFault, InstallRefusedError
from core.ports import Clock, Database, IdSource
from core.services.desk import Desk
from core.services.provisioning import Provisioning
from core.services.replying import Replying
from core.settings import Settings
from core.stores import installs as store
from core.stores.countries import country_of
from core.stores.installs import Install, Installs, InstallState
from core.variables import Secret
from core.wire import hubspot_oauth, oauth_state
from core.wire.hubspot_oauth import SCOPES, AccountDetails, TokenOwner, Tokens

log = logging.getLogger(__name__)

LINK_LIFETIME = timedelta(days=14)
"""How long an install link may be opened."""
STATE_LIFETIME = timedelta(hours=1)
"""How long a user may take between the link and the consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Where a browser is sent to consent.

    Args:
        url: HubSpot's authorize address.
        cookie: What the browser is to show when it comes back.
    """

    url: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Installing:
    """Takes an account from its link to its tokens.

    Args:
        database: Where all is written down.
        clock: What o'clock it is.
        ids: Names and unguessable words.
        settings: The app's credentials.
        installs: Reads and writes installations.
        hubspot: Who grants tokens.
        provisioning: What is put in place.
        desk: What waited while the account was away goes out again.
        replying: So do the replies that came meanwhile.
    """

    database: Database
    clock: Clock
    ids: IdSource
    settings: Settings
    installs: Installs
    hubspot: HubSpot
    provisioning: Provisioning
    desk: Desk
    replying: Replying

    @property
    def redirect_uri(self) -> str:
        """Where HubSpot sends the browser back; registered with the app."""
        return f"{self.settings.public_url}/oauth/callback"

    async def invite(self, account: str) -> str:
        """Return an install link for an smsmode account; it serves one installation."""
        ticket, now = self.ids.token(), self.clock.now()
        await self.database.run(
            lambda tx: store.add_ticket(
                tx, ticket, account, now=now, expires_at=now + LINK_LIFETIME
            )
        )
        return f"{self.settings.public_url}/install/{ticket}"

    async def depart(self, ticket: str) -> Departure:
        """Return where a browser that opened an install link goes next.

        Raises:
            InstallRefusedError: The link is unknown, used or expired.
        """
        nonce, cookie, now = self.ids.token(), self.ids.token(), self.clock.now()

        def open_link(tx: Connection) -> bool:
            if store.open_ticket(tx, ticket, now=now) is None:
                return False
            mark = oauth_state.browser_mark(cookie)
            store.add_state(tx, nonce, ticket, mark, expires_at=now + STATE_LIFETIME)
            return True

        if not await self.database.run(open_link):
            raise InstallRefusedError(InstallFault.UNKNOWN_LINK)
        url = hubspot_oauth.authorize_url(
            self.settings.hubspot_app,
            client_id=self.settings.client_id,
            redirect_uri=self.redirect_uri,
            scopes=SCOPES,
            state=oauth_state.seal(nonce, key=self.settings.vault_keys[0]),
        )
        return Departure(url=url, cookie=cookie)

    async def arrive(
        self, *, code: str | None, state: str | None, error: str | None, cookie: str | None
    ) -> Install:
        """Finish an installation and return it; nothing is kept unless all of it went through.

        Raises:
            InstallRefusedError: It does not go through.
        """
        ticket = await self._check_state(state or "", cookie or "")
        if error is not None or not code:
            raise InstallRefusedError(InstallFault.CANCELLED)
        account = await self.database.run(
            lambda tx: store.open_ticket(tx, ticket, now=self.clock.now())
        )
        if account is None:
            raise InstallRefusedError(InstallFault.UNKNOWN_LINK)
        tokens = await self._exchange(code)
        try:
            owner, details = await self.hubspot.identify(tokens.access)
            await self.provisioning.for_app()
            await self.provisioning.for_account(tokens.access)
        except ProviderError as exc:
            log.warning("install.failed", extra={"code": exc.code, "reason": exc.message})
            raise InstallRefusedError(InstallFault.VENDOR_TROUBLE) from exc
        install = self._install(account, tokens, owner, details)
        return await self.database.run(lambda tx: self._keep(tx, ticket, install))

    async def _check_state(self, state: str, cookie: str) -> str:
        """Return the ticket that a state stands for; the state serves no more."""
        keys = self.settings.vault_keys
        opened = (oauth_state.open_sealed(state, key=key) for key in keys)
        nonce = next((found for found in opened if found is not None), None)
        if nonce is None:
            raise InstallRefusedError(InstallFault.FORGED_STATE)
        now = self.clock.now()
        found = await self.database.run(lambda tx: store.take_state(tx, nonce, now=now))
        if found is None or found.browser != oauth_state.browser_mark(cookie):
            raise InstallRefusedError(InstallFault.FORGED_STATE)
        if found.used_at is not None:
            raise InstallRefusedError(InstallFault.USED_STATE)
        if found.expires_at <= now:
            raise InstallRefusedError(InstallFault.EXPIRED_STATE)
        return found.ticket

    async def _exchange(self, code: str) -> Tokens:
        try:
            return await self.hubspot.exchange(code, self.redirect_uri)
        except ProviderRefusedError as exc:
            log.warning("install.code_refused", extra={"code": exc.vendor_code})
            raise InstallRefusedError(InstallFault.CODE_REFUSED) from exc
        except ProviderError as exc:
            raise InstallRefusedError(InstallFault.VENDOR_TROUBLE) from exc

    def _install(
        self, account: str, tokens: Tokens, owner: TokenOwner, details: AccountDetails
    ) -> Install:
        return Install(
            portal_id=PortalId(owner.portal_id),
            state=InstallState.ACTIVE,
            account=account,
            installed_at=self.clock.now(),
            installed_by=owner.user,
            hub_domain=owner.hub_domain,
            country=country_of(details.time_zone, self.settings.country),
            callback_key=self.ids.token(),
            access_token=Secret(tokens.access),
            access_expires_at=tokens.expires_at,
            refresh_token=Secret(tokens.refresh),
        )

    def _keep(self, tx: Connection, ticket: str, install: Install) -> Install:
        # Asked again: another browser may have used the link while HubSpot was being asked.
        if store.open_ticket(tx, ticket, now=self.clock.now()) is None:
            raise InstallRefusedError(InstallFault.UNKNOWN_LINK)
        kept = self.installs.save(tx, install)
        store.use_ticket(tx, ticket, install.portal_id)
        self.desk.promise(tx, install.portal_id)
        self.replying.resume(tx, install.portal_id)
        log.info("install.done", extra={"portal_id": install.portal_id})
        return kept
