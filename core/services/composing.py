"""Composing: from what somebody filled in and what HubSpot knows of a contact to a message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from core.domain.compose import Draft, SendType, Source, compose, read_encoding, read_type
from core.domain.consent import decide
from core.domain.errors import SendRefusedError
from core.domain.ids import CallbackId, ContactId, MessageId, RefClient
from core.domain.phone import Phone, parse_recipient
from core.domain.refusals import Refusal
from core.domain.senders import allowed_sender
from core.domain.status import SmsStatus
from core.domain.tokens import is_same_for_all
from core.ports import Clock, IdSource
from core.services.dispatching import Dispatch
from core.services.following import Following
from core.services.turns import opening
from core.settings import Settings
from core.stores import inbox, messages
from core.stores.installs import Install
from core.stores.messages import Message
from core.wire.hubspot_action_definition import ENCODING, KIND, SENDER, STOP, TEXT, TO
from core.wire.hubspot_properties import CONSENT, STATUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An SMS that is asked for.

    Args:
        contact_id: To whom.
        fields: What was filled in, by the names of the action's form; empty ones left out.
        properties: What HubSpot knows of the contact; empty ones left out.
        ref_client: What smsmode is to know it by; the same order twice has the same.
        source: Where it was asked for.
        callback_id: The workflow execution that waits for it, if any.
    """

    contact_id: ContactId
    fields: Mapping[str, str]
    properties: Mapping[str, str]
    ref_client: RefClient
    source: Source
    callback_id: CallbackId | None = None


@dataclass(frozen=True, slots=True)
class Composing:
    """Turns orders into messages, and promises that they are sent.

    Args:
        clock: What o'clock it is.
        ids: Names for messages.
        dispatch: Where the sending is promised.
        following: Shows what is postponed.
        settings: The policies: consent, missing names, senders, hours.
    """

    clock: Clock
    ids: IdSource
    dispatch: Dispatch
    following: Following
    settings: Settings

    def compose(self, tx: Connection, install: Install, order: Order) -> Message:
        """Return the message that an order makes.

        Raises:
            SendRefusedError: It must not or cannot be sent.
        """
        if not install.linked:
            raise SendRefusedError(Refusal.KEYS_NOT_LINKED)
        draft, properties = read_draft(order.fields), order.properties
        phone = recipient(order.fields, properties, install.country)
        decide(
            draft.type,
            consent=properties.get(CONSENT),
            smsmode_status=properties.get(STATUS),
            marketing_status=properties.get("hs_marketable_status"),
            opted_out_locally=inbox.has_opted_out(tx, install.portal_id, phone.e164),
            policy=self.settings.consent,
        )
        sms = compose(
            draft,
            lastname=properties.get("lastname"),
            firstname=properties.get("firstname"),
            missing=self.settings.missing_names,
        )
        message = Message(
            id=MessageId(self.ids.uuid()),
            portal_id=install.portal_id,
            contact_id=order.contact_id,
            callback_id=order.callback_id,
            ref_client=order.ref_client,
            source=order.source,
            kind=draft.type,
            recipient=phone.e164,
            sender=self._sender(sms.sender, phone),
            text=sms.text,
            encoding=sms.encoding,
            stop=sms.stop,
            characters=sms.characters,
            parts=sms.parts,
            created_at=self.clock.now(),
            status=SmsStatus.ACCEPTED,
        )
        return self.dispatch.group(message) if _may_share(draft, order) else message

    def promise(self, tx: Connection, message: Message) -> datetime:
        """Write a message down, promise that it is sent, and return when: now, or later."""
        now = self.clock.now()
        at = opening(self.settings.hours, message.kind, message.recipient, now)
        messages.add(tx, message)
        if at > now:
            self.following.postpone(tx, message, at)
        self.dispatch.promise(tx, message, at=at if at > now else None)
        return at

    def _sender(self, sender: str | None, phone: Phone) -> str | None:
        return allowed_sender(
            sender,
            phone.country,
            policy=self.settings.senders,
            declared=self.settings.declared_senders,
        )


def _may_share(draft: Draft, order: Order) -> bool:
    """Return whether an SMS may wait for others that say the same.

    News that somebody needs does not wait, nor does what a person has just asked for, nor what
    holds the recipient's name and so is like no other.
    """
    return (
        draft.type is SendType.PROMOTIONAL
        and order.source is Source.WORKFLOW
        and is_same_for_all(draft.text)
    )


def read_draft(fields: Mapping[str, str]) -> Draft:
    """Return the draft that a filled-in form makes.

    Raises:
        SendRefusedError: ``UNKNOWN_TYPE`` or ``UNKNOWN_ENCODING``.
    """
    return Draft(
        type=read_type(fields.get(KIND, "")),
        text=fields.get(TEXT, ""),
        sender=fields.get(SENDER),
        stop=fields.get(STOP) == "true",
        encoding=read_encoding(fields.get(ENCODING, "")),
    )


def recipient(fields: Mapping[str, str], properties: Mapping[str, str], country: str) -> Phone:
    """Return the number that an order goes to: the chosen property's, else the contact's phones.

    Raises:
        SendRefusedError: ``NO_NUMBER``, ``INVALID_NUMBER`` or ``NOT_A_MOBILE``.
    """
    chosen = fields.get(TO) or properties.get("phone") or properties.get("mobilephone") or ""
    return parse_recipient(chosen, country)
