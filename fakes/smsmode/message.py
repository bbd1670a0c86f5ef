"""A message: a text to a phone or from one.

Its parts are tuples, since they are made for each message, and a tuple is made fastest.
"""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from fakes.smsmode.codes import Direction, Encoding


class Body(NamedTuple):
    """A text as it is sent.

    Args:
        text: With its opt-out mention, in its alphabet.
        encoding: Its alphabet.
        parts: The SMS that it takes.
        length: What is counted, mention included.
        stop: Whether a mention was asked for, or the text is an opt-out; ``None`` says nothing.
        mention: The mention that ``text`` ends with, or nothing.
    """

    text: str
    encoding: Encoding
    parts: int
    length: int
    stop: bool | None = None
    mention: str = ""


class Status(NamedTuple):
    """What became of a message.

    Args:
        value: One of ``Value``, or a word that the documentation does not know.
        at: When it was reported.
        detail: Why, for a failure.
        located: Whether the operator is known.
    """

    value: str
    at: datetime
    detail: str | None = None
    located: bool = False


class Order(NamedTuple):
    """What the request to send asked for, once checked.

    Args:
        to: E.164, digits alone.
        text: As it was written.
        encoding: The alphabet asked for.
        stop: Whether the mention was asked for.
        sender: The sender asked for, if any.
        sent_date: When to send; ``None`` is now.
        ref_client: The customer's own reference.
        callback_status: Where reports go.
        callback_mo: Where replies go.
    """

    to: str
    text: str
    encoding: Encoding
    stop: bool
    sender: str | None
    sent_date: datetime | None
    ref_client: str | None
    callback_status: str | None
    callback_mo: str | None


class Message(NamedTuple):
    """A text to a phone (MT) or from one (MO).

    Args:
        message_id: A UUID.
        channel_id: The channel that carries it.
        organisation_id: Whose channel it is.
        direction: Which way it goes.
        to: Who gets it.
        sender: Who sends it.
        body: What is sent.
        accepted_at: When it was taken in.
        sent_date: When it leaves, or was written by the phone.
        ref_client: The customer's own reference; a reply carries that of the message it answers.
        status: What became of it; a reply has none.
        price: What it costs, in euros; a reply costs nothing.
        order: What was asked for; a reply has none.
        origin_id: The message that a reply answers.
        campaign_id: The campaign that it is a part of.
    """

    message_id: str
    channel_id: str
    organisation_id: str
    direction: Direction
    to: str
    sender: str
    body: Body
    accepted_at: datetime
    sent_date: datetime
    ref_client: str | None
    status: Status | None = None
    price: Decimal | None = None
    order: Order | None = None
    origin_id: str | None = None
    campaign_id: str | None = None

    @property
    def phone(self) -> str:
        """The phone at its end."""
        return self.to if self.direction is Direction.MT else self.sender

    @property
    def value(self) -> str | None:
        """The word of its status."""
        return None if self.status is None else self.status.value

    def ids(self) -> dict[str, str]:
        """Return the ids that link what happens to it to what caused it."""
        found = {"messageId": self.message_id}
        if self.ref_client is not None:
            found["refClient"] = self.ref_client
        if self.origin_id is not None:
            found["originMessageId"] = self.origin_id
        return found
