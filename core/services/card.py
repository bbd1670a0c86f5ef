"""The card: the last SMS of a contact, and the links that its buttons open."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import Connection

from core.domain.card import SHOWN, Exchange, Visit
from core.ports import Clock, Database, IdSource
from core.settings import Settings
from core.stores import exchanges
from core.stores.installs import Installs
from core.wire import hubspot_card_link
from core.wire.hubspot_card import CHECK, EDIT_TEMPLATES, SEND, Link
from core.wire.hubspot_card_link import Pass, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """The SMS exchanged with a contact.

    Args:
        latest: The last five, newest first.
        total: How many there are in all.
    """

    latest: tuple[Exchange, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Card:
    """Shows a contact's SMS.

    Args:
        database: Where they are.
        clock: What o'clock it is.
        ids: Words that nobody can guess.
        installs: Who installed.
        settings: Where we are reached, what seals links, and for how long they serve.
    """

    database: Database
    clock: Clock
    ids: IdSource
    installs: Installs
    settings: Settings

    async def exchanged(self, visit: Visit) -> Exchanged:
        """Return what was exchanged with the contact of a visit.

        Raises:
            UnknownAccountError: The account has not installed the app, or has removed it.
        """
        portal_id, contact_id = visit.portal_id, visit.contact_id

        def read(tx: Connection) -> Exchanged:
            self.installs.connected(tx, portal_id)
            return Exchanged(
                latest=tuple(exchanges.latest(tx, portal_id, contact_id, limit=SHOWN)),
                total=exchanges.count(tx, portal_id, contact_id),
            )

        return await self.database.run(read)

    def links(self, visit: Visit) -> tuple[Link, ...]:
        """Return the card's buttons, the primary one first; they serve for a while."""
        pages = (
            (SEND, Purpose.SEND),
            (EDIT_TEMPLATES, Purpose.TEMPLATES),
            (CHECK, Purpose.CHECKS),
        )
        return tuple(
            Link(
                label=label,
                url=f"{self.settings.public_url}/card/{purpose}?"
                + urlencode({"link": self.admit(visit, purpose)}),
            )
            for label, purpose in pages
        )

    def admit(self, visit: Visit, purpose: Purpose) -> str:
        """Return the word that lets a visit in for ``purpose``, for a while."""
        does = purpose in {Purpose.SUBMIT_SMS, Purpose.SUBMIT_TEMPLATES}
        given = Pass(
            visit=visit,
            purpose=purpose,
            expires_at=self.clock.now() + self.settings.card_link_lifetime,
            once=self.ids.token() if does else "",
        )
        return hubspot_card_link.seal(given, key=self.settings.vault_keys[0])

    def check(self, word: str, *purposes: Purpose) -> Pass:
        """Return what a link's word says.

        Raises:
            CardLinkError: It does not let anybody in for any of ``purposes``.
        """
        return hubspot_card_link.open_sealed(
            word, keys=self.settings.vault_keys, purposes=purposes, now=self.clock.now()
        )
