"""Linking the two API keys: the operator's last step, before which nothing can be sent."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.clients.smsmode import Smsmode
from core.domain.errors import AccessRevokedError, MalformedRequestError, UnknownAccountError
from core.domain.ids import PortalId
from core.domain.key_errors import KeysRefusedError, SwappedKeysError
from core.ports import Database
from core.stores.installs import Install, Installs
from core.wire.smsmode_channel import MARKETING

log = logging.getLogger(__name__)

_KEY = re.compile(r"[!-~]{1,500}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """What smsmode says of a key.

    Args:
        flow: What its channel is for, as smsmode names it; ``None`` when smsmode does not tell.
        refusal: Why smsmode does not take it; empty when it does.
    """

    flow: str | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyStates:
    """What smsmode says of an account's two keys.

    Args:
        marketing: Of the key for promotional SMS.
        notification: Of the other.
    """

    marketing: KeyState
    notification: KeyState

    @property
    def are_swapped(self) -> bool:
        """Whether each is the key of the other's channel, as far as smsmode tells."""
        return all(self._misfits())

    def refusals(self) -> dict[str, str]:
        """Return why smsmode does not take a key, by the name of each that it refuses."""
        states = {"marketing": self.marketing, "notification": self.notification}
        return {name: state.refusal for name, state in states.items() if state.refusal}

    def warnings(self) -> list[str]:
        """Return a sentence for each key whose channel is not meant for what it will send.

        Source: smsmode's documentation of its HTTP API, on its two channels (single).
        """
        promotional, notifications = self._misfits()
        found = []
        if promotional:
            found.append(
                f"the marketing key's channel is for {self.marketing.flow} SMS: "
                "operators block promotional SMS there"
            )
        if notifications:
            found.append(
                f"the notification key's channel is for {self.notification.flow} SMS: "
                "notifications may be late there"
            )
        return found

    def _misfits(self) -> Iterator[bool]:
        yield self.marketing.flow not in {None, MARKETING}
        yield self.notification.flow == MARKETING


@dataclass(frozen=True, slots=True)
class Linking:
    """Ties an account to its marketing and notification keys.

    Args:
        database: Where keys are kept, encrypted.
        installs: Reads and writes them.
        smsmode: Who says whether a key lives.
    """

    database: Database
    installs: Installs
    smsmode: Smsmode

    async def link(
        self, portal_id: PortalId, *, marketing: str, notification: str
    ) -> tuple[Install, list[str]]:
        """Link both keys, and return the installation and what is doubtful about the keys.

        Raises:
            MalformedRequestError: A key holds what no HTTP header can carry.
            UnknownAccountError: The account has not installed the app.
            KeysRefusedError: smsmode does not take one or both; nothing is linked.
            SwappedKeysError: Each is the other's; nothing is linked.
            ProviderError: smsmode cannot be asked now; nothing is linked.
        """
        for name, key in (("marketing", marketing), ("notification", notification)):
            if not _KEY.fullmatch(key):
                msg = f"{name} must be an API key: 1 to 500 letters, digits and signs, no spaces"
                raise MalformedRequestError(msg)
        await self._find(portal_id)
        states = KeyStates(
            marketing=await self._ask(marketing), notification=await self._ask(notification)
        )
        if refusals := states.refusals():
            raise KeysRefusedError(portal_id, refusals)
        if states.are_swapped:
            raise SwappedKeysError(portal_id)
        await self.database.run(
            lambda tx: self.installs.save_keys(
                tx, portal_id, marketing=marketing, notification=notification
            )
        )
        warnings = states.warnings()
        log.info("keys.linked", extra={"portal_id": portal_id, "warnings": warnings})
        return await self._find(portal_id), warnings

    async def examine(self, portal_id: PortalId) -> KeyStates | None:
        """Return what smsmode says now of an account's keys, ``None`` where none are linked.

        Raises:
            UnknownAccountError: The account has not installed the app.
            ProviderError: smsmode cannot be asked now.
        """
        install = await self._find(portal_id)
        if install.marketing_key is None or install.notification_key is None:
            return None
        return KeyStates(
            marketing=await self._ask(install.marketing_key),
            notification=await self._ask(install.notification_key),
        )

    async def _ask(self, key: str) -> KeyState:
        try:
            return KeyState(flow=await self.smsmode.flow(key))
        except AccessRevokedError as exc:
            return KeyState(refusal=exc.details["reason"])

    async def _find(self, portal_id: PortalId) -> Install:
        install = await self.database.run(lambda tx: self.installs.find(tx, portal_id))
        if install is None:
            raise UnknownAccountError(portal_id)
        return install
