"""The bench that an app is examined on: where it lives, and samples of what vendors send there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any, Protocol

from sandbox.contract import signing
from sandbox.contract.calls import Caller, Exchange

ACTION_PATIENCE = 30.0
"""Seconds that HubSpot waits for an action. Source: HubSpot developer docs, of webhook actions (docs)."""
CALLBACK_PATIENCE = 10.0
"""Seconds that we give an answer to smsmode's callbacks. Assumed: it asks for 0.3 s at most (single)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sms:
    """An SMS that the app had smsmode send.

    Args:
        id: smsmode's id.
        ref_client: The app's reference, if it gave one.
        status_url: Where the app wants reports, if anywhere.
        reply_url: Where it wants replies, if anywhere.
    """

    id: str
    ref_client: str | None = None
    status_url: str | None = None
    reply_url: str | None = None


class Witness(Protocol):
    """Sees what the app has smsmode send; there is one where a sandbox runs."""

    async def sent(self) -> Sequence[Sms]:
        """Return the SMS sent to the contact so far, newest first."""
        ...

    async def wait(self, seconds: float) -> None:
        """Let time pass, for the app to work in."""
        ...


@dataclass(slots=True, kw_only=True)
class Subject:
    """The app that is examined.

    Args:
        action: The address of its workflow action; empty to leave that out.
        secret: The client secret that HubSpot's calls to it are signed with.
        status: Where it takes reports; empty until its first SMS tells.
        reply: Where it takes replies; empty until its first SMS tells.
        fields: What the workflow's author put in the action's form.
        properties: The contact's properties that the action asks for.
        phone: The contact's number, as ``+33612345678``.
        contact_id: The contact.
        portal_id: The HubSpot account.
        definition_id: The action.
        version: The action's revision.
        run: A word that no other examination has: ids are made of it.
        keys: Other secrets of the app's, by what people call them: it may take the wrong one.
    """

    action: str = ""
    secret: str = ""
    status: str = ""
    reply: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str | None] | None = None
    phone: str = "+33630000001"
    contact_id: int = 37799999999
    portal_id: int = 62515001
    definition_id: int = 259000001
    version: int = 1
    run: str = "1"
    keys: Mapping[str, str] = field(default_factory=dict)


class Bench:
    """Calls a subject as the vendors do.

    Args:
        subject: The app.
        caller: The way to it.
        witness: Who sees its SMS; ``None`` where no sandbox runs.
    """

    def __init__(self, subject: Subject, caller: Caller, witness: Witness | None = None) -> None:
        self.subject = subject
        self.witness = witness
        self._caller = caller
        self._numbers = count(1)
        self._sms = Sms(id=self.fresh("sms"), ref_client=self.fresh("ref"))

    def fresh(self, what: str) -> str:
        """Return an id that was never given."""
        return f"{what}-{self.subject.run}-{next(self._numbers)}"

    # HubSpot

    def execution(self, **changes: Any) -> bytes:
        """Return the body of a new execution, keys in HubSpot's order, with ``changes`` made to it.

        Source: captures of real calls (many); HubSpot developer docs, Custom workflow actions (docs).
        """
        subject, number = self.subject, next(self._numbers)
        place = {"enrollmentId": number, "actionExecutionIndex": 0}
        about: dict[str, Any] = {"objectId": subject.contact_id}
        if subject.properties is not None:
            about["properties"] = dict(subject.properties)
        typed = {name: {"value": value, "type": "STRING"} for name, value in subject.fields.items()}
        body = {
            "callbackId": f"ap-{subject.portal_id}-{subject.run}-{number}-0",
            "origin": {
                "portalId": subject.portal_id,
                "userId": None,
                "actionDefinitionId": subject.definition_id,
                "actionDefinitionVersion": subject.version,
                "actionExecutionIndexIdentifier": place,
                "extensionDefinitionVersionId": subject.version,
                "extensionDefinitionId": subject.definition_id,
            },
            "context": {
                "workflowId": 585000001,
                "actionId": 1,
                "actionExecutionIndexIdentifier": place,
                "source": "WORKFLOWS",
            },
            "object": {**about, "objectType": "CONTACT"},
            "fields": dict(subject.fields),
            "inputFields": dict(subject.fields),
            "typedInputs": typed,
        }
        return compact({**body, **changes})

    async def act(self, body: bytes, headers: Mapping[str, str] | None = None) -> Exchange:
        """Post an execution, signed as HubSpot signs unless ``headers`` are given."""
        url = self.subject.action
        return await self._caller.post(
            url,
            body,
            self.signature(body) if headers is None else headers,
            patience=ACTION_PATIENCE,
        )

    def signature(self, body: bytes, *, age: float = 0) -> dict[str, str]:
        """Return HubSpot's signature of a body, made ``age`` seconds ago."""
        at = self._caller.now() - timedelta(seconds=age)
        return signing.headers(self.subject.secret, self.subject.action, body, at)

    def stamp(self) -> str:
        """Return the present moment, as HubSpot's header tells it."""
        return signing.stamp_of(self._caller.now())

    # smsmode

    def know(self, sms: Sms) -> None:
        """Speak of ``sms`` in reports and replies from now on, at the addresses that it named."""
        self._sms = sms
        self.subject.status = self.subject.status or sms.status_url or ""
        self.subject.reply = self.subject.reply or sms.reply_url or ""

    def message(self, **changes: Any) -> dict[str, Any]:
        """Return a report that an SMS was delivered, with ``changes`` made to it.

        Source: smsmode's SDK and a production user's fixture (confirmed twice).
        """
        number, sms = self.subject.phone.removeprefix("+"), self._sms
        moment = f"{self._caller.now():%Y-%m-%dT%H:%M:%S}"
        body: dict[str, Any] = {
            "messageId": sms.id,
            "acceptedAt": moment,
            "sentDate": moment,
            "channel": _CHANNEL,
            "type": "SMS",
            "direction": "MT",
            "recipient": {"to": number},
            "from": "36034",
            "body": {"text": "Bonjour", "encoding": "GSM7", "messagePartCount": 1, "length": 7},
            "price": {"amount": 0.061, "currency": "EUR"},
            "status": {"deliveryDate": moment, "value": "DELIVERED"},
            "href": f"https://rest.smsmode.com/sms/v1/messages/{sms.id}",
        }
        if sms.ref_client is not None:
            body["refClient"] = sms.ref_client
        return {**body, **changes}

    def answer(self, text: str = "Bien reçu", **changes: Any) -> dict[str, Any]:
        """Return a reply to the SMS, with ``changes`` made to it.

        Source: a production user's fixture (documented form), smsmode's SDK.
        """
        number, told = self.subject.phone.removeprefix("+"), self.message()
        dropped = ("acceptedAt", "price", "status")
        body = {name: value for name, value in told.items() if name not in dropped}
        body |= {
            "messageId": self.fresh("mo"),
            "originMessageId": self._sms.id,
            "direction": "MO",
            "recipient": {"to": "36034"},
            "from": number,
            "body": {"text": text, "encoding": "GSM7", "messagePartCount": 1, "length": len(text)},
        }
        return {**body, **changes}

    async def report(self, body: bytes) -> Exchange:
        """Post to where the app takes reports."""
        return await self._caller.post(self.subject.status, body, {}, patience=CALLBACK_PATIENCE)

    async def tell_reply(self, body: bytes) -> Exchange:
        """Post to where the app takes replies."""
        return await self._caller.post(self.subject.reply, body, {}, patience=CALLBACK_PATIENCE)


def compact(body: object) -> bytes:
    """Return JSON as the vendors write it: no spaces, nothing escaped that need not be."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


_CHANNEL = {
    "channelId": "5c0e2c52-6f0c-4a39-9d3e-3d1c2f3f7a10",
    "name": "marketing",
    "type": "SMS",
    "flow": "MARKETING",
}
