"""The SMS that a form and a contact make: final text, sender, mention and count."""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.domain import gsm, tokens
from core.domain.errors import SendRefusedError
from core.domain.gsm import Encoding
from core.domain.refusals import Refusal
from core.domain.tokens import MissingPolicy

MAX_PARTS = 10
"""The most SMS that one message may take.

Source: official client, ``messagePartCount`` 1 to 10 (single).
"""

STOP_MENTION_LENGTH = 11
"""The room of the opt-out mention that smsmode appends, its space included (`` STOP 36034``).

Source: smsmode API docs, opt-out mention (many). Abroad the mention is shorter or a link; what
smsmode acknowledges then differs from what we announce.
"""

_MENTION = " " * STOP_MENTION_LENGTH
_SENDER = re.compile(r"[A-Za-z0-9]{1,11}")


class SendType(StrEnum):
    """What the SMS is for, which decides its channel, its key and its rules."""

    PROMOTIONAL = "promotional"
    """Marketing: with consent, and with the opt-out mention."""
    NOTIFICATION = "notification"
    """News that the recipient needs: no mention unless asked for."""


class Source(StrEnum):
    """Where an SMS was asked for."""

    WORKFLOW = "workflow"
    """An execution of the workflow action."""
    CARD = "card"
    """Somebody at a contact's record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody filled in.

    Args:
        type: What the SMS is for.
        text: The text, with its tokens.
        sender: The personalised sender, or ``None`` for the account's own.
        stop: Whether the opt-out mention is asked for; a promotional SMS has it all the same.
        encoding: How the text travels.
    """

    type: SendType
    text: str
    sender: str | None = None
    stop: bool = False
    encoding: Encoding = Encoding.GSM7


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An SMS ready to be sent.

    Args:
        text: What we send; smsmode appends the mention itself.
        encoding: How it travels.
        characters: Its size with the mention: septets in GSM7, UTF-16 units in Unicode.
        parts: How many SMS it takes with the mention, 1 to 10.
        stop: Whether smsmode is to append the mention.
        sender: The personalised sender, or ``None``.
    """

    text: str
    encoding: Encoding
    characters: int
    parts: int
    stop: bool
    sender: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an editor shows of a draft before a contact is known.

    Args:
        characters: Its size with the mention, each token counting 16.
        parts: How many SMS it takes; 0 while there is no text.
        refusals: What would keep it from being sent, whoever the contact.
    """

    characters: int
    parts: int
    refusals: tuple[Refusal, ...]


def read_type(text: str) -> SendType:
    """Return the send type that ``text`` names, in any case.

    Raises:
        SendRefusedError: ``UNKNOWN_TYPE``.
    """
    try:
        return SendType(text.strip().lower())
    except ValueError as error:
        raise SendRefusedError(Refusal.UNKNOWN_TYPE, {"type": text}) from error


def read_encoding(text: str) -> Encoding:
    """Return the encoding that ``text`` names, in any case; empty means GSM7.

    Raises:
        SendRefusedError: ``UNKNOWN_ENCODING``.
    """
    try:
        return Encoding(text.strip().upper() or Encoding.GSM7)
    except ValueError as error:
        raise SendRefusedError(Refusal.UNKNOWN_ENCODING, {"encoding": text}) from error


def compose(
    draft: Draft,
    *,
    lastname: str | None,
    firstname: str | None,
    missing: MissingPolicy = MissingPolicy.EMPTY,
) -> Composed:
    """Return the SMS that ``draft`` makes for a contact.

    Raises:
        SendRefusedError: ``INVALID_SENDER``, ``UNKNOWN_TOKEN``, ``MISSING_TOKEN_VALUE``,
            ``EMPTY_TEXT`` or ``TEXT_TOO_LONG``.
    """
    sender = _check_sender(draft.sender)
    if missing is MissingPolicy.REFUSE and (unknown := tokens.unknown_tokens(draft.text)):
        raise SendRefusedError(Refusal.UNKNOWN_TOKEN, {"token": unknown[0]})
    text = _written(tokens.fill(draft.text, lastname, firstname, missing), draft.encoding)
    if not text.strip():
        raise SendRefusedError(Refusal.EMPTY_TEXT)
    stop = has_mention(draft)
    characters, parts = _count(text, draft.encoding, stop=stop)
    if parts > MAX_PARTS:
        raise SendRefusedError(Refusal.TEXT_TOO_LONG, {"parts": str(parts)})
    return Composed(
        text=text,
        encoding=draft.encoding,
        characters=characters,
        parts=parts,
        stop=stop,
        sender=sender,
    )


def preview(draft: Draft) -> Preview:
    """Return what an editor shows of ``draft``; never raises."""
    refusals: list[Refusal] = []
    try:
        _check_sender(draft.sender)
    except SendRefusedError as error:
        refusals.append(error.refusal)
    text = _written(tokens.widen(draft.text), draft.encoding)
    characters, parts = _count(text, draft.encoding, stop=has_mention(draft))
    if not text.strip():
        return Preview(characters=characters, parts=0, refusals=(*refusals, Refusal.EMPTY_TEXT))
    if parts > MAX_PARTS:
        refusals.append(Refusal.TEXT_TOO_LONG)
    return Preview(characters=characters, parts=parts, refusals=tuple(refusals))


def size(draft: Draft) -> tuple[int, int]:
    """Return the characters and the SMS of a draft as it would travel, its text taken as it is."""
    return _count(_written(draft.text, draft.encoding), draft.encoding, stop=has_mention(draft))


def has_mention(draft: Draft) -> bool:
    """Return whether the SMS carries the opt-out mention: always when it is promotional."""
    return draft.stop or draft.type is SendType.PROMOTIONAL


def _check_sender(sender: str | None) -> str | None:
    if not sender:
        return None
    if not _SENDER.fullmatch(sender):
        raise SendRefusedError(Refusal.INVALID_SENDER, {"sender": sender})
    return sender


def _written(text: str, encoding: Encoding) -> str:
    """Return ``text`` as it travels; browsers post each line end as two characters."""
    lines = text.replace("\r\n", "\n")
    return gsm.simplify(lines) if encoding is Encoding.GSM7 else lines


def _count(text: str, encoding: Encoding, *, stop: bool) -> tuple[int, int]:
    sent = text + _MENTION if stop else text
    return gsm.length(sent, encoding), gsm.parts(sent, encoding)
