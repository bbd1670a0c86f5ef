"""Heeding what HubSpot tells unasked: who is forgotten, who is merged, who consents no more."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from core.domain.compose import SendType
from core.domain.consent import ConsentPolicy, consents
from core.domain.refusal_texts import refusal_text
from core.domain.refusals import Refusal
from core.domain.status import SmsStatus
from core.ports import Clock, Database
from core.services.clearing import CALLED_OFF
from core.services.following import Following
from core.services.sending import SEND
from core.stores import erasure, messages, steps
from core.stores.merging import merge_contacts
from core.stores.steps import StepState
from core.wire.hubspot_properties import CONSENT
from core.wire.hubspot_webhooks import MERGE, PRIVACY_DELETION, PROPERTY_CHANGE, Notice

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heeding:
    """Does what follows from a delivery of HubSpot's, which may come twice and in any order.

    Args:
        database: Where all is written down.
        clock: What o'clock it is.
        following: Tells of what is refused.
        policy: How an empty consent is read.
    """

    database: Database
    clock: Clock
    following: Following
    policy: ConsentPolicy

    async def heed(self, notices: Sequence[Notice]) -> None:
        """Do what follows from each notice; what is not for us is passed over."""
        for notice in notices:
            if notice.kind == PRIVACY_DELETION and notice.contact_id:
                await self._forget(notice)
            elif notice.kind == MERGE:
                await self._merge(notice)
            elif notice.kind == PROPERTY_CHANGE and notice.property == CONSENT:
                await self._ask_consent(notice)
        if any(notice.kind == PRIVACY_DELETION for notice in notices):
            await self.database.scrub()

    async def _forget(self, notice: Notice) -> None:
        """Forget a contact; who was merged is forgotten with the contact that they became."""
        erased = await self.database.run(
            lambda tx: erasure.erase_contact(tx, notice.portal_id, notice.contact_id)
        )
        log.info("contact.forgotten", extra={"portal_id": notice.portal_id, "messages": erased})

    async def _merge(self, notice: Notice) -> None:
        moved = await self.database.run(
            lambda tx: merge_contacts(tx, notice.portal_id, notice.merged, notice.contact_id)
        )
        log.info("contact.merged", extra={"portal_id": notice.portal_id, "messages": moved})

    async def _ask_consent(self, notice: Notice) -> None:
        """Refuse the promotional SMS that wait, if the contact consents no more."""
        if not consents(notice.value, self.policy):
            await self.database.run(lambda tx: self._call_off(tx, notice))

    def _call_off(self, tx: Connection, notice: Notice) -> None:
        unsent = messages.unsent_to(tx, notice.portal_id, notice.contact_id, SendType.PROMOTIONAL)
        begun = steps.with_intent(tx, [message.id for message in unsent], SEND)
        for message in unsent:
            # Of one that smsmode is just being given, only smsmode can tell; one that was given up
            # is refused already. Neither is tried again.
            if message.id in begun or message.status is SmsStatus.REFUSED:
                steps.save(tx, message.id, CALLED_OFF, StepState.DONE, at=self.clock.now())
            else:
                refusal = Refusal.NO_CONSENT
                said = refusal_text(refusal, "fr")
                self.following.refuse(tx, message, refusal.value, said)
