"""Choices: the ways in which an open question may be answered."""

from enum import StrEnum


class Replacement(StrEnum):
    """What becomes of a character that the GSM alphabet lacks."""

    QUESTION_MARK = "question-mark"
    """It becomes ``?``. Source: smsmode legacy API docs."""
    REJECT = "reject"
    """The message is refused."""
    TUTORIAL = "tutorial"
    """Every accented letter becomes its simple letter, as the tutorial says; the rest ``?``."""


class StopMention(StrEnum):
    """How the opt-out mention is written."""

    STANDARD = "standard"
    """`` STOP 36034`` for a French number, `` no-sms.eu`` abroad."""
    TUTORIAL = "tutorial"
    """``STOP #cod.``, with no space before it, as the tutorial's screens show."""


class ForeignMention(StrEnum):
    """What a foreign number is given to opt out."""

    DOMAIN = "domain"
    """``no-sms.eu``."""
    LINK = "link"
    """``no-sms.eu/<code>``, which knows the message."""


class MentionWhen(StrEnum):
    """When the mention that was asked for is written."""

    ALWAYS = "always"
    FREE = "free"
    """Only where it adds no part."""


class Orientation(StrEnum):
    """Where a reply's body names the phone."""

    DOCUMENTED = "documented"
    """``from`` is the phone, ``recipient.to`` the short code."""
    REVERSED = "reversed"
    """``from`` is the short code, ``recipient.to`` the phone, as seen in production."""


class Refusal(StrEnum):
    """What a batch with a wrong message becomes."""

    WHOLE = "whole"
    """It is refused with a 400, and nothing is sent."""
    ELEMENT = "element"
    """The right ones are sent; each wrong one has its refusal in its place."""


class Scope(StrEnum):
    """How far a STOP reaches."""

    ORGANISATION = "organisation"
    CHANNEL = "channel"


class Opposed(StrEnum):
    """What a phone on the blacklist is no longer sent."""

    MARKETING = "marketing"
    """What marketing channels send: the tutorial calls a STOP a refusal of promotional SMS."""
    EVERYTHING = "everything"


class Window(StrEnum):
    """The date that a list's ``startDate`` and ``endDate`` look at."""

    SENT = "sentDate"
    ACCEPTED = "acceptedAt"


class OperatorBlock(StrEnum):
    """Whether operators stop marketing messages that the law forbids."""

    NEVER = "never"
    UNLAWFUL = "unlawful"
    """In France: no mention, at night, on a Sunday or on a public holiday."""
