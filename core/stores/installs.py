"""Installations: who installed, with which tokens and keys, and how they came to do it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from core.domain.errors import UnknownAccountError
from core.domain.ids import PortalId
from core.stores.schema import installs, oauth_states, provisions, tickets
from core.stores.upsert import update_by, upsert
from core.stores.vault import Vault
from core.variables import Secret


class InstallState(StrEnum):
    """Whether an account may be spoken to."""

    ACTIVE = "active"
    REVOKED = "revoked"
    """HubSpot refuses our refresh token: uninstalled, or revoked. Nothing is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Install:
    """One account that installed the app."""

    portal_id: PortalId
    state: InstallState
    account: str
    installed_at: datetime
    installed_by: str
    hub_domain: str
    country: str
    callback_key: str
    access_token: Secret
    access_expires_at: datetime
    refresh_token: Secret
    marketing_key: Secret | None = None
    notification_key: Secret | None = None

    @property
    def linked(self) -> bool:
        """Whether both API keys are known: nothing can be sent before."""
        return self.marketing_key is not None and self.notification_key is not None


class Installs:
    """Reads and writes installations; secrets go through the vault.

    Args:
        vault: What encrypts them.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def save(self, tx: Connection, install: Install) -> Install:
        """Write an installation, and return it as it is kept: with its earlier callback address.

        The keys are kept too, where it is for the same smsmode account.
        """
        known = self._one(tx, _BY_PORTAL.with_for_update(), install.portal_id)
        if known is not None:
            install = replace(install, callback_key=known.callback_key)
        if known is not None and known.account == install.account:
            install = replace(
                install,
                marketing_key=install.marketing_key or known.marketing_key,
                notification_key=install.notification_key or known.notification_key,
            )
        upsert(tx, installs, self._row(install), on=("portal_id",))
        return install

    def find(self, tx: Connection, portal_id: PortalId) -> Install | None:
        """Return the installation of an account, or ``None``."""
        return self._one(tx, _BY_PORTAL, portal_id)

    def connected(self, tx: Connection, portal_id: PortalId) -> Install:
        """Return the installation of an account that lets us in.

        Raises:
            UnknownAccountError: It has not installed the app, or has removed it.
        """
        found = self.find(tx, portal_id)
        if found is None or found.state is not InstallState.ACTIVE:
            raise UnknownAccountError(portal_id)
        return found

    def find_by_callback_key(self, tx: Connection, key: str) -> Install | None:
        """Return the installation whose callback addresses hold ``key``, or ``None``."""
        return self._one(tx, _BY_CALLBACK_KEY, key)

    def all(self, tx: Connection) -> list[Install]:
        """Return every installation, by account."""
        return [self._install(row) for row in tx.execute(_ALL)]

    def save_tokens(
        self, tx: Connection, portal_id: PortalId, access: str, refresh: str, until: datetime
    ) -> None:
        """Write fresh tokens; HubSpot may or may not rotate the refresh token."""
        update_by(
            tx,
            installs,
            "portal_id",
            portal_id,
            access_token=self._vault.seal(access),
            refresh_token=self._vault.seal(refresh),
            access_expires_at=until,
        )

    def save_keys(
        self, tx: Connection, portal_id: PortalId, *, marketing: str, notification: str
    ) -> None:
        """Write the account's two API keys."""
        update_by(
            tx,
            installs,
            "portal_id",
            portal_id,
            marketing_key=self._vault.seal(marketing),
            notification_key=self._vault.seal(notification),
        )

    def mark(self, tx: Connection, portal_id: PortalId, state: InstallState) -> None:
        """Write whether the account may be spoken to."""
        update_by(tx, installs, "portal_id", portal_id, state=state)

    def reseal(self, tx: Connection) -> int:
        """Encrypt every stored secret with the current key, and return how many accounts there are.

        Meanwhile nobody else writes them: a token that is renewed would be written over.
        """
        found = [self._install(row) for row in tx.execute(_ALL.with_for_update())]
        for install in found:
            upsert(tx, installs, self._row(install), on=("portal_id",))
        return len(found)

    def _one(self, tx: Connection, statement: Select[Any], key: object) -> Install | None:
        row = tx.execute(statement, {"key": key}).one_or_none()
        return None if row is None else self._install(row)

    def _install(self, row: Row[Any]) -> Install:
        values = dict(row._mapping)  # noqa: SLF001 - the documented way to a row's mapping
        for name in ("access_token", "refresh_token", "marketing_key", "notification_key"):
            sealed = values[name]
            values[name] = None if sealed is None else self._vault.unseal(sealed)
        return Install(**{**values, "state": InstallState(values["state"])})

    def _row(self, install: Install) -> dict[str, Any]:
        marketing, notification = install.marketing_key, install.notification_key
        return {
            "portal_id": install.portal_id,
            "state": install.state,
            "account": install.account,
            "installed_at": install.installed_at,
            "installed_by": install.installed_by,
            "hub_domain": install.hub_domain,
            "country": install.country,
            "callback_key": install.callback_key,
            "access_token": self._vault.seal(install.access_token),
            "access_expires_at": install.access_expires_at,
            "refresh_token": self._vault.seal(install.refresh_token),
            "marketing_key": marketing and self._vault.seal(marketing),
            "notification_key": notification and self._vault.seal(notification),
        }


def add_ticket(
    tx: Connection, ticket: str, account: str, *, now: datetime, expires_at: datetime
) -> None:
    """Write down an invitation to install."""
    values = {"ticket": ticket, "account": account, "created_at": now, "expires_at": expires_at}
    tx.execute(tickets.insert(), values)


def open_ticket(tx: Connection, ticket: str, *, now: datetime) -> str | None:
    """Return the account that a ticket invites, or ``None`` when it is unknown, used or expired."""
    row = tx.execute(select(tickets).where(tickets.c.ticket == ticket)).one_or_none()
    if row is None or row.portal_id is not None or row.expires_at <= now:
        return None
    account: str = row.account
    return account


def use_ticket(tx: Connection, ticket: str, portal_id: PortalId) -> None:
    """Write down who used a ticket: nobody else can."""
    tx.execute(update(tickets).where(tickets.c.ticket == ticket).values(portal_id=portal_id))


def add_state(
    tx: Connection, nonce: str, ticket: str, browser: str, *, expires_at: datetime
) -> None:
    """Write down an OAuth state that is on its way."""
    values = {"nonce": nonce, "ticket": ticket, "browser": browser, "expires_at": expires_at}
    tx.execute(oauth_states.insert(), values)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An OAuth state that came back."""

    ticket: str
    browser: str
    expires_at: datetime
    used_at: datetime | None


def take_state(tx: Connection, nonce: str, *, now: datetime) -> State | None:
    """Return the state and mark it as used, so that it serves once; ``None`` when unknown."""
    row = tx.execute(select(oauth_states).where(oauth_states.c.nonce == nonce)).one_or_none()
    if row is None:
        return None
    tx.execute(
        update(oauth_states)
        .where(oauth_states.c.nonce == nonce, oauth_states.c.used_at.is_(None))
        .values(used_at=now)
    )
    return State(
        ticket=row.ticket, browser=row.browser, expires_at=row.expires_at, used_at=row.used_at
    )


def save_provision(tx: Connection, name: str, vendor_id: str) -> None:
    """Write down the vendor's id of something that the app put in place."""
    upsert(tx, provisions, {"name": name, "vendor_id": vendor_id}, on=("name",))


def find_provision(tx: Connection, name: str) -> str | None:
    """Return the vendor's id of something that the app put in place, or ``None``."""
    return tx.execute(_PROVISION, {"name": name}).scalar_one_or_none()


_ALL = select(installs).order_by(installs.c.portal_id)
_BY_PORTAL, _BY_CALLBACK_KEY = (
    select(installs).where(column == bindparam("key"))
    for column in (installs.c.portal_id, installs.c.callback_key)
)
_PROVISION = select(provisions.c.vendor_id).where(provisions.c.name == bindparam("name"))
