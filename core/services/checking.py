"""*SMS non reçu*: what is known of a contact is gathered, and the five checks judge it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from core.clients.smsmode import Smsmode
from core.domain.checks import Finding, Known, check_all
from core.domain.compose import SendType
from core.domain.consent import ConsentPolicy
from core.domain.errors import ProviderError, SendRefusedError
from core.domain.hubspot_texts import NO_ANSWER, told_of_hubspot
from core.domain.ids import ContactId, PortalId
from core.domain.language import Words
from core.ports import Database
from core.services.composing import recipient
from core.services.contacts import Contacts
from core.stores import refusals, traces
from core.stores.installs import Install
from core.wire.smsmode_balance import Balance


@dataclass(frozen=True, slots=True)
class Checking:
    """Finds out why a contact got no SMS.

    Args:
        database: Where executions and reports are.
        contacts: Asks HubSpot.
        smsmode: Asked for the balance.
        consent: How a consent that nobody has filled in is read.
    """

    database: Database
    contacts: Contacts
    smsmode: Smsmode
    consent: ConsentPolicy

    async def check(self, portal_id: PortalId, contact_id: ContactId) -> tuple[Finding, ...]:
        """Return the five findings for a contact, in the tutorial's order.

        A vendor that cannot be asked leaves its checks undecided; the others are made.

        Raises:
            UnknownAccountError: The account has not installed the app.
            UnknownContactError: The account has no such contact.
        """
        install = await self.contacts.install(portal_id)
        properties, unasked = await self._properties(portal_id, contact_id)
        balance = await self._balance(install)
        known = await self.database.run(
            lambda tx: _gather(tx, install, contact_id, properties, balance)
        )
        known = replace(known, unasked=unasked)
        return check_all(known, country=install.country, policy=self.consent)

    async def _properties(
        self, portal_id: PortalId, contact_id: ContactId
    ) -> tuple[Mapping[str, str] | None, Words]:
        """Return a contact's properties, or ``None`` and why HubSpot does not tell them."""
        try:
            return await self.contacts.properties(portal_id, contact_id), NO_ANSWER
        except ProviderError as exc:
            return None, told_of_hubspot(exc)

    async def _balance(self, install: Install) -> Balance | None:
        for key in (install.marketing_key, install.notification_key):
            try:
                balance = None if key is None else await self.smsmode.balance(key)
            except ProviderError:
                continue
            if balance is not None:
                return balance
        return None


def _gather(
    tx: Connection,
    install: Install,
    contact_id: ContactId,
    properties: Mapping[str, str] | None,
    balance: Balance | None,
) -> Known:
    portal_id = install.portal_id
    phone = _phone(tx, install, contact_id, properties)
    made = traces.executions(tx, portal_id, contact_id)
    refused = refusals.of_contact(tx, portal_id, contact_id)
    last = refused[0] if refused else None
    is_last_refused = last is not None and (made.last_at is None or last.at > made.last_at)
    invalid = traces.last_detail(tx, portal_id, "INVALID_PHONE_NUMBER", phone=phone)
    listed = traces.last_detail(tx, portal_id, "BLACKLISTED", phone=phone)
    received = traces.last_received(tx, portal_id, phone=phone)
    promoted = traces.last_received(tx, portal_id, phone=phone, kind=SendType.PROMOTIONAL)
    return Known(
        properties=properties,
        opted_out_at=traces.opted_out_at(tx, portal_id, phone),
        # What came to the phone since proves that smsmode takes it again, and that it is good.
        blacklisted_at=None if promoted and listed and promoted > listed else listed,
        invalid_at=None if received and invalid and received > invalid else invalid,
        executions=made.count + len(refused),
        last_execution=last.at if last is not None and is_last_refused else made.last_at,
        last_refusal=last.code if last is not None and is_last_refused else None,
        balance=None if balance is None else balance.amount,
        prepaid=balance is None or balance.prepaid,
        no_credit_at=traces.last_detail(tx, portal_id, "INSUFFICIENT_CREDIT"),
        taken_at=traces.last_received(tx, portal_id),
    )


def _phone(
    tx: Connection, install: Install, contact_id: ContactId, properties: Mapping[str, str] | None
) -> str:
    """Return the number that the contact has now, else the last one written to, else nothing."""
    try:
        return recipient({}, properties or {}, install.country).e164
    except SendRefusedError:
        return traces.last_recipient(tx, install.portal_id, contact_id) or ""
