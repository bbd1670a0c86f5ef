"""The life of an SMS, as a table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from core.domain.language import Language, Words


class SmsStatus(StrEnum):
    """Where an SMS stands."""

    ACCEPTED = "accepted"
    """Written down by us, not yet given to smsmode."""
    SCHEDULED = "scheduled"
    """Held until its time, by us or by smsmode."""
    SENT = "sent"
    """Given to smsmode, and by it to the operator."""
    UNKNOWN_VALUE = "unknown_value"
    """smsmode said something that we do not know; never taken for a failure."""
    RECEIVED = "received"
    """On the phone."""
    TEMPORARY_ERROR = "temporary_error"
    """Not received; the number is still good."""
    PERMANENT_ERROR = "permanent_error"
    """Not received, and this number will not."""
    REFUSED = "refused"
    """Given up by us: not given to smsmode, as far as anybody could tell."""


_ENDS = frozenset({SmsStatus.RECEIVED, SmsStatus.TEMPORARY_ERROR, SmsStatus.PERMANENT_ERROR})

TRANSITIONS: Mapping[SmsStatus, frozenset[SmsStatus]] = MappingProxyType(
    {
        SmsStatus.ACCEPTED: _ENDS
        | {SmsStatus.SCHEDULED, SmsStatus.SENT, SmsStatus.UNKNOWN_VALUE, SmsStatus.REFUSED},
        SmsStatus.SCHEDULED: _ENDS | {SmsStatus.SENT, SmsStatus.UNKNOWN_VALUE, SmsStatus.REFUSED},
        SmsStatus.SENT: _ENDS | {SmsStatus.UNKNOWN_VALUE},
        SmsStatus.UNKNOWN_VALUE: _ENDS,
        SmsStatus.RECEIVED: frozenset(),
        SmsStatus.TEMPORARY_ERROR: frozenset(),
        SmsStatus.PERMANENT_ERROR: frozenset(),
        # Given up while smsmode did not answer for a day, it may have gone out: a report tells.
        SmsStatus.REFUSED: _ENDS | {SmsStatus.SENT},
    }
)
"""Where each status may lead; reports may skip steps, since they may come out of order.

Source: smsmode API docs, status values and which are final (many).
"""

LABELS: Mapping[SmsStatus, Words] = MappingProxyType(
    {
        SmsStatus.ACCEPTED: Words(fr="En attente", en="Pending"),
        SmsStatus.SCHEDULED: Words(fr="Programmé", en="Scheduled"),
        SmsStatus.SENT: Words(fr="Transmis", en="Sent"),
        SmsStatus.UNKNOWN_VALUE: Words(fr="Inconnu", en="Unknown"),
        SmsStatus.RECEIVED: Words(fr="Reçu", en="Received"),
        SmsStatus.TEMPORARY_ERROR: Words(fr="Erreur temporaire", en="Temporary error"),
        SmsStatus.PERMANENT_ERROR: Words(fr="Erreur permanente", en="Permanent error"),
        SmsStatus.REFUSED: Words(fr="Refusé", en="Refused"),
    }
)
"""What people read.

Source: smsmode HubSpot tutorial for *Transmis*, *Reçu* and the two errors (single).
"""

_FROM_SMSMODE: Mapping[str, SmsStatus] = MappingProxyType(
    {
        "SCHEDULED": SmsStatus.SCHEDULED,
        "ENROUTE": SmsStatus.SENT,
        "DELIVERED": SmsStatus.RECEIVED,
        "READ": SmsStatus.RECEIVED,
        "UNDELIVERED": SmsStatus.TEMPORARY_ERROR,
        "UNDELIVERABLE": SmsStatus.PERMANENT_ERROR,
    }
)
_OPT_OUT_DETAIL = "BLACKLISTED"
_LASTING_DETAILS = frozenset({"INVALID_PHONE_NUMBER", _OPT_OUT_DETAIL})


def label(status: SmsStatus, language: Language) -> str:
    """Return what people read for ``status``, in ``language``."""
    return LABELS[status].spoken_in(language)


def is_final(status: SmsStatus) -> bool:
    """Return whether no further status is waited for."""
    return status in _ENDS or status is SmsStatus.REFUSED


def step(current: SmsStatus, new: SmsStatus) -> SmsStatus:
    """Return the status of an SMS at ``current`` once ``new`` is reported.

    An end absorbs whatever follows, and a step that the table does not hold changes
    nothing; so repeats and late reports are harmless.
    """
    return new if new in TRANSITIONS[current] else current


def passed_through(status: SmsStatus) -> tuple[SmsStatus, ...]:
    """Return the statuses that an SMS at ``status`` has certainly come to, in order.

    What was received was sent: its report of that may be lost, and smsmode, when it is asked,
    tells the last status alone. What was not received may never have left.
    """
    return (SmsStatus.SENT, status) if status is SmsStatus.RECEIVED else (status,)


def from_smsmode(value: str, detail: str | None = None) -> SmsStatus:
    """Return our status for smsmode's ``status.value`` and ``status.detail``.

    A value that we do not know gives ``UNKNOWN_VALUE``; keep the value itself to show it.

    Source: smsmode API docs, status values (many). Assumed: an undelivered SMS whose detail
    says that the number is invalid or blacklisted is a permanent error.
    """
    status = _FROM_SMSMODE.get(value.upper(), SmsStatus.UNKNOWN_VALUE)
    if status is SmsStatus.TEMPORARY_ERROR and detail in _LASTING_DETAILS:
        return SmsStatus.PERMANENT_ERROR
    return status


def means_opted_out(detail: str | None) -> bool:
    """Return whether ``status.detail`` says that the number is on smsmode's opposition list.

    A recipient abroad opts out by a web link, which may show in no other way.

    Source: smsmode API docs, ``BLACKLISTED`` (many).
    """
    return detail == _OPT_OUT_DETAIL
