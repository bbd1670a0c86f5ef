"""Clearing: what must hold of a message at the moment when it is sent, however long it waited."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Connection

from core.clients.hubspot import HubSpot
from core.domain.compose import SendType
from core.domain.errors import ProviderDownError
from core.domain.ids import PortalId
from core.domain.refusal_texts import refusal_text
from core.domain.refusals import Refusal
from core.ports import Clock, Database
from core.services.following import Following
from core.services.turns import Turns
from core.stores import inbox, steps
from core.stores.installs import Install, Installs, InstallState
from core.stores.messages import Message

HEARD_FOR = timedelta(minutes=5)
"""How long what an account asked for, or a token that has ended, shows that it is still there."""

CALLED_OFF = "called_off"
"""The step of a message that is not to be tried again: its recipient withdrew their consent."""

T = TypeVar("T")


class AccountUnheardError(ProviderDownError):
    """HubSpot is to say whether an account is still there, before anything is sent for it.

    Args:
        portal_id: The account.
    """

    def __init__(self, portal_id: PortalId) -> None:
        msg = f"HubSpot account {portal_id} may have left: it has no token that lives"
        super().__init__(msg, {"portal_id": str(portal_id)})
        self.portal_id = portal_id


@dataclass(frozen=True, slots=True)
class Clearing:
    """Says what has come in the way of messages since they were accepted.

    Args:
        database: Where they are written down.
        clock: What o'clock it is.
        hubspot: Who knows whether an account is still there.
        installs: Who installed, with which keys.
        following: Tells of what is refused.
        turns: When a message may go out.
    """

    database: Database
    clock: Clock
    hubspot: HubSpot
    installs: Installs
    following: Following
    turns: Turns

    async def prepare(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` does in a transaction, once the account is known to be there.

        Where ``work`` raises ``AccountUnheardError``, HubSpot is asked and it is done anew: it
        then finds the account with a fresh token, or as one that has left.

        Raises:
            ProviderError: HubSpot cannot be asked now.
        """
        try:
            return await self.database.run(work)
        except AccountUnheardError as exc:
            await self.hubspot.is_there(exc.portal_id)
        return await self.database.run(work)

    def check_heard(self, message: Message, install: Install) -> None:
        """Raise where an account may have left unnoticed while a message waited.

        It was there when it asked for the message, and for as long as it had a token that lives.

        Raises:
            AccountUnheardError: Neither was of late.
        """
        heard = max(message.created_at, install.access_expires_at)
        if self.clock.now() - heard > HEARD_FOR:
            raise AccountUnheardError(install.portal_id)

    def is_refused(self, tx: Connection, message: Message, install: Install | None) -> bool:
        """Return whether something now stands in the way of a message; it is then refused."""
        refusal = self._refusal(tx, message, install)
        if refusal is not None:
            said = refusal_text(refusal, "fr")
            self.following.refuse(tx, message, refusal.value, said)
        return refusal is not None

    def _refusal(self, tx: Connection, message: Message, install: Install | None) -> Refusal | None:
        """Return what has come in the way since the message was accepted."""
        if install is None or install.state is not InstallState.ACTIVE:
            return Refusal.NOT_CONNECTED
        if not install.linked:
            return Refusal.KEYS_NOT_LINKED
        promotional = message.kind is SendType.PROMOTIONAL
        if promotional and inbox.has_opted_out(tx, message.portal_id, message.recipient):
            return Refusal.OPTED_OUT
        if promotional and steps.find(tx, message.id, CALLED_OFF) is not None:
            return Refusal.NO_CONSENT
        return None
