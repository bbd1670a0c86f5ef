"""The words that smsmode uses on the wire."""

from enum import StrEnum


class Role(StrEnum):
    """What a key may reach.

    Source: official client, README; smsmode API docs, Credentials.
    """

    USER = "USER"
    """Its own channel."""
    MANAGER = "MANAGER"
    """Every channel of its organisation."""
    ADMIN = "ADMIN"
    """Its organisation's channels, and those of the organisations below it."""


class ChannelType(StrEnum):
    """What a channel carries. Source: typed clients of the API."""

    SMS = "SMS"
    WHATSAPP = "WHATSAPP"
    RCS = "RCS"


class Flow(StrEnum):
    """What a channel is for. Source: official client, types."""

    MARKETING = "MARKETING"
    TRANSACTIONAL = "TRANSACTIONAL"
    OTP = "OTP"


class Direction(StrEnum):
    """Which way a message goes."""

    MT = "MT"
    """To a phone."""
    MO = "MO"
    """From a phone."""


class Encoding(StrEnum):
    """The alphabet of a text."""

    GSM7 = "GSM7"
    UNICODE = "UNICODE"


class Value(StrEnum):
    """A message's status. Source: smsmode API docs, Messages; official client, types."""

    SCHEDULED = "SCHEDULED"
    ENROUTE = "ENROUTE"
    DELIVERED = "DELIVERED"
    UNDELIVERABLE = "UNDELIVERABLE"
    """It will never be delivered: the number, the credit, the content or a STOP forbids it."""
    UNDELIVERED = "UNDELIVERED"
    """It was tried, and did not arrive in time."""


class Detail(StrEnum):
    """Why a message was not delivered. Source: official client, types."""

    INSUFFICIENT_CREDIT = "INSUFFICIENT_CREDIT"
    ORGANISATION_MONTHLY_LIMIT_EXCEEDED = "ORGANISATION_MONTHLY_LIMIT_EXCEEDED"
    DAILY_LIMIT_EXCEEDED = "DAILY_LIMIT_EXCEEDED"
    SPAM = "SPAM"
    INVALID_PHONE_NUMBER = "INVALID_PHONE_NUMBER"
    BLACKLISTED = "BLACKLISTED"
    ROUTE_NOT_AVAILABLE = "ROUTE_NOT_AVAILABLE"
    PHONE_NOT_SUITABLE = "PHONE_NOT_SUITABLE"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"
    INTERNAL_ERROR = "INTERNAL_ERROR"


_RANKS: dict[str, int] = {
    Value.SCHEDULED: 0,
    Value.ENROUTE: 1,
    Value.DELIVERED: 3,
    Value.UNDELIVERABLE: 3,
    Value.UNDELIVERED: 3,
}
_UNNAMED = 2
_FINAL = 3


def succeeds(new: str, current: str) -> bool:
    """Return whether a message in ``current`` may become ``new``: never back, never after the end."""
    rank = _RANKS.get(current, _UNNAMED)
    return rank < _FINAL and _RANKS.get(new, _UNNAMED) > rank


def is_final(value: str) -> bool:
    """Return whether nothing comes after ``value``."""
    return _RANKS.get(value, _UNNAMED) == _FINAL
