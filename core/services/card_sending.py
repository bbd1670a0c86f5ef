"""Sending from the card: the same rules and the same road as the workflow's."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.domain.card import Visit
from core.domain.compose import Composed, Source, compose
from core.domain.errors import SendRefusedError
from core.domain.ids import ContactId, PortalId, RefClient
from core.domain.language import Words
from core.domain.phone import region_of
from core.domain.quiet import postponed
from core.domain.refusals import Refusal
from core.domain.status import SmsStatus
from core.ports import Clock, Database
from core.services.composing import Composing, Order, read_draft, recipient
from core.services.contacts import Contacts
from core.services.turns import opening
from core.settings import Settings
from core.stores import inbox, messages
from core.stores.installs import InstallState
from core.stores.messages import Message

GLANCE = timedelta(seconds=30)
"""For how long what HubSpot knows of a contact serves their previews."""

_MOST_SEEN = 1000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """Where an SMS to a contact goes.

    Args:
        typed: The number as it stands on the record, ``""`` when there is none.
        number: The same in E.164, ``""`` when no SMS can be sent to it.
        region: Its region; the account's country when it has none.
        refusal: Why no SMS can be sent to it.
    """

    typed: str
    number: str
    region: str
    refusal: Refusal | None = None


def addressed(properties: Mapping[str, str], country: str) -> Addressed:
    """Return where an SMS goes to a contact of whom ``properties`` are known."""
    typed = properties.get("phone") or properties.get("mobilephone") or ""
    try:
        phone = recipient({}, properties, country)
    except SendRefusedError as exc:
        return Addressed(typed=typed, number="", region=country, refusal=exc.refusal)
    return Addressed(typed=typed, number=phone.e164, region=phone.country)


@dataclass(frozen=True, slots=True)
class CardSending:
    """Takes what is filled in at a contact's record.

    Args:
        database: Where it is written down.
        clock: What o'clock it is.
        contacts: Asks HubSpot what it knows of the contact.
        composing: Makes messages.
    """

    database: Database
    clock: Clock
    contacts: Contacts
    composing: Composing
    _seen: dict[tuple[PortalId, ContactId], tuple[datetime, Mapping[str, str]]] = field(
        default_factory=dict
    )

    @property
    def settings(self) -> Settings:
        """The policies that an SMS is made by."""
        return self.composing.settings

    async def contact(self, portal_id: PortalId, contact_id: ContactId) -> Mapping[str, str]:
        """Return what HubSpot knows of a contact.

        Raises:
            UnknownContactError: The account has no such contact.
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        return await self.contacts.properties(portal_id, contact_id)

    async def glance(self, visit: Visit) -> Mapping[str, str]:
        """Return what HubSpot knew of a visit's contact, at most half a minute ago.

        For what is shown while somebody types: HubSpot's calls are counted, and keys are not.

        Raises:
            UnknownContactError: The account has no such contact.
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        whose, now = (visit.portal_id, visit.contact_id), self.clock.now()
        # The oldest come first: nobody is remembered for longer than until the next one is seen.
        while self._seen and self._is_to_go(oldest := next(iter(self._seen)), now):
            del self._seen[oldest]
        if whose not in self._seen:
            known = await self.contact(*whose)
            self._seen.pop(whose, None)
            self._seen[whose] = (self.clock.now() + GLANCE, known)
        return self._seen[whose][1]

    def _is_to_go(self, whose: tuple[PortalId, ContactId], now: datetime) -> bool:
        return self._seen[whose][0] <= now or len(self._seen) > _MOST_SEEN

    def preview(self, fields: Mapping[str, str], properties: Mapping[str, str]) -> Composed:
        """Return the SMS that a form makes for a contact, whether or not they may get it.

        Raises:
            SendRefusedError: The form itself would be refused.
        """
        return compose(
            read_draft(fields),
            lastname=properties.get("lastname"),
            firstname=properties.get("firstname"),
            missing=self.settings.missing_names,
        )

    def waits(self, message: Message) -> Words | None:
        """Return what people read of a message that waits for its hour, ``None`` if it does not."""
        if message.status is not SmsStatus.SCHEDULED:
            return None
        hours, now = self.composing.settings.hours, self.clock.now()
        at = opening(hours, message.kind, message.recipient, now)
        return postponed(at, region_of(message.recipient))

    async def send(self, visit: Visit, once: str, fields: Mapping[str, str]) -> Message:
        """Accept an SMS for the contact of a visit, and return it.

        The same ``once`` again returns what the first made and does nothing more; a refusal
        uses nothing up.

        Args:
            visit: Who asks, at which record.
            once: Names this very send.
            fields: What was filled in, by the names of the action's form.

        Raises:
            SendRefusedError: It must not or cannot be sent.
            UnknownContactError: The account has no such contact.
            ProviderError: HubSpot refuses, or cannot be asked now.
        """
        properties = await self.contact(visit.portal_id, visit.contact_id)
        install = await self.contacts.install(visit.portal_id)
        if install.state is not InstallState.ACTIVE:
            raise SendRefusedError(Refusal.NOT_CONNECTED)
        order = Order(
            contact_id=visit.contact_id,
            fields=fields,
            properties=properties,
            ref_client=RefClient(f"card-{once}"),
            source=Source.CARD,
        )

        def accept(tx: Connection) -> Message:
            now = self.clock.now()
            if not inbox.receive(tx, order.ref_client, visit.portal_id, at=now):
                known = messages.find_by_ref(tx, order.ref_client)
                if known is not None and known.portal_id == visit.portal_id:
                    return known
            message = self.composing.compose(tx, install, order)
            self.composing.promise(tx, message)
            return messages.find(tx, message.id) or message

        message = await self.database.run(accept)
        log.info("card.accepted", extra={"message_id": message.id})
        return message
