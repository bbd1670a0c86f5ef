"""Access to accounts: their tokens, renewed by one worker for all, and their turns at HubSpot."""

import asyncio
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection

from core.clients.vendor import Vendor
from core.domain.errors import (
    AccessRevokedError,
    AppRefusedError,
    OutOfTurnError,
    ProviderRefusedError,
    ThrottledError,
    UnknownAccountError,
)
from core.domain.ids import PortalId
from core.ports import Clock, Database
from core.settings import Settings
from core.stores import leases, limiter
from core.stores.installs import Install, Installs, InstallState
from core.stores.limiter import Pace
from core.wire import hubspot_oauth
from core.wire.hubspot_oauth import Tokens
from core.wire.hubspot_paths import Paths
from core.wire.requests import VendorRequest

log = logging.getLogger(__name__)

SPAN = timedelta(seconds=10)
"""The span in which HubSpot counts calls.

Source: HubSpot developer docs, usage guidelines: 110 requests per 10 seconds for an account and
app (docs).
"""

LEASE = timedelta(minutes=1)
"""How long a renewal may take; a worker that dies in the middle blocks the others no longer."""

_EARLY = timedelta(minutes=1)
_SOON = timedelta(seconds=1)
_BAD_REQUEST = 400
_DEAD = frozenset({"BAD_REFRESH_TOKEN", "BAD_HUB", "invalid_grant"})


@dataclass(frozen=True, slots=True)
class Access:
    """Lets callers into accounts, with a token that lives and when it is their turn.

    Args:
        vendor: HubSpot's API.
        settings: The app's credentials, and the pace that accounts are called at.
        paths: The edition's paths.
        database: Where tokens, turns and leases are kept, for all workers.
        installs: Reads and writes tokens.
        clock: What o'clock it is.
    """

    vendor: Vendor
    settings: Settings
    paths: Paths
    database: Database
    installs: Installs
    clock: Clock
    _turns: defaultdict[PortalId, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )

    @property
    def _pace(self) -> Pace:
        return Pace(calls=self.settings.hubspot_calls, per=SPAN)

    async def enter(self, portal_id: PortalId) -> Install:
        """Return an account whose token lives, for one call, which is counted.

        Raises:
            AccessRevokedError: The account has uninstalled the app or revoked its token.
            UnknownAccountError: The account never installed the app.
            OutOfTurnError: It is not our turn.
            ProviderError: HubSpot cannot be asked for a token now.
        """
        install = await self.database.run(lambda tx: self._enter(tx, portal_id))
        left = install.access_expires_at - self.clock.now()
        return await self.renew(install, is_dead=left <= timedelta()) if left <= _EARLY else install

    async def hold(self, portal_id: PortalId, wait: timedelta | None) -> None:
        """Have no worker call for an account until HubSpot takes calls again.

        Args:
            portal_id: The account.
            wait: As HubSpot asks; its span of time when it does not say.
        """
        until = self.clock.now() + (wait or SPAN)
        await self.database.run(
            lambda tx: limiter.hold(tx, _limit(portal_id), self._pace, until=until)
        )

    async def renew(self, stale: Install, *, is_dead: bool) -> Install:
        """Return the account with a fresh token; however many ask at once, one of them renews it.

        Where another process renews it, a token that still lives is used meanwhile.

        Args:
            stale: The account, with the token that is to be replaced.
            is_dead: Whether that token serves no more.

        Raises:
            AccessRevokedError: The account has uninstalled the app or revoked its token.
            ThrottledError: Another process renews it just now.
            ProviderError: HubSpot cannot be asked for a token now.
        """
        async with self._turns[stale.portal_id]:
            found = await self.database.run(lambda tx: self._claim(tx, stale))
            if found is not None:
                if is_dead and found.access_token == stale.access_token:
                    raise ThrottledError(_SOON, "another worker is renewing the token")
                return found
            try:
                return await self._renew(stale)
            except BaseException:
                await self.database.run(lambda tx: leases.drop(tx, _lease(stale.portal_id)))
                raise

    async def tokens(self, request: VendorRequest) -> Tokens:
        """Return the tokens that HubSpot grants.

        Raises:
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        answer = await self.vendor.ask(request, {})
        if answer.status >= _BAD_REQUEST:
            code = hubspot_oauth.refusal(answer.body)
            raise self.vendor.refused(answer, code, code or "the token request")
        return hubspot_oauth.parse_tokens(answer.body, now=self.clock.now())

    def _enter(self, tx: Connection, portal_id: PortalId) -> Install:
        install = self._find(tx, portal_id)
        wait = limiter.take_turn(tx, _limit(portal_id), self._pace, now=self.clock.now())
        if wait:
            raise OutOfTurnError(wait, {"portal_id": str(portal_id)})
        return install

    def _find(self, tx: Connection, portal_id: PortalId) -> Install:
        install = self.installs.find(tx, portal_id)
        if install is None:
            raise UnknownAccountError(portal_id)
        if install.state is not InstallState.ACTIVE:
            raise _revoked(portal_id)
        return install

    def _claim(self, tx: Connection, stale: Install) -> Install | None:
        """Return ``None`` when it is ours to renew, else the account as it is."""
        now, name = self.clock.now(), _lease(stale.portal_id)
        # The lease comes first: it waits for whoever is about to write down a fresh token.
        is_ours = leases.take(tx, name, now=now, until=now + LEASE)
        install = self._find(tx, stale.portal_id)
        if is_ours and install.access_token == stale.access_token:
            return None
        if is_ours:
            leases.drop(tx, name)
        return install

    async def _renew(self, stale: Install) -> Install:
        ask = hubspot_oauth.refresh(
            self.paths,
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secrets[0],
            refresh_token=stale.refresh_token,
        )
        try:
            tokens = await self.tokens(ask)
        except ProviderRefusedError as exc:
            if exc.vendor_code not in _DEAD:
                raise AppRefusedError(exc.message) from exc
            log.warning("install.revoked", extra={"portal_id": stale.portal_id})
            await self.database.run(lambda tx: self._bar(tx, stale))
            raise _revoked(stale.portal_id) from exc
        return await self.database.run(lambda tx: self._keep(tx, stale.portal_id, tokens))

    def _keep(self, tx: Connection, portal_id: PortalId, tokens: Tokens) -> Install:
        self.installs.save_tokens(tx, portal_id, tokens.access, tokens.refresh, tokens.expires_at)
        leases.drop(tx, _lease(portal_id))
        return self._find(tx, portal_id)

    def _bar(self, tx: Connection, stale: Install) -> None:
        """Write down that an account lets us in no more, unless it has installed anew meanwhile."""
        if self._find(tx, stale.portal_id).refresh_token == stale.refresh_token:
            self.installs.mark(tx, stale.portal_id, InstallState.REVOKED)


def _limit(portal_id: PortalId) -> str:
    return f"hubspot:{portal_id}"


def _lease(portal_id: PortalId) -> str:
    return f"token:{portal_id}"


def _revoked(portal_id: PortalId) -> AccessRevokedError:
    msg = f"HubSpot account {portal_id} no longer lets the app in: have it install again"
    return AccessRevokedError(msg, {"portal": str(portal_id)})
