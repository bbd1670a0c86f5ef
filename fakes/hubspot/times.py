"""HubSpot's ways of writing a moment, and of reading one."""

from datetime import UTC, datetime
from functools import lru_cache

_MILLIS = 1000
_OFFSET = len("+00:00")


@lru_cache(maxsize=1024)
def iso(moment: datetime) -> str:
    """Return ``moment`` as HubSpot prints it: UTC, milliseconds, none when they are zero.

    Source: HubSpot developer docs, CRM properties (docs); zero milliseconds (single).
    """
    has_millis = moment.microsecond >= _MILLIS
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    text = moment.isoformat(timespec="milliseconds" if has_millis else "seconds")
    return f"{text[:-_OFFSET]}Z"


def epoch_ms(moment: datetime) -> int:
    """Return ``moment`` in milliseconds since 1970."""
    return round(moment.timestamp() * _MILLIS)


def read_moment(value: object) -> datetime | None:
    """Return the moment that an ISO text or a number of epoch milliseconds names.

    Returns:
        The moment in UTC, or ``None`` when ``value`` is neither. A date alone is its midnight,
        and a text without an offset is UTC.
    """
    text = str(value).strip()
    try:
        if text.lstrip("-").isdigit():
            return datetime.fromtimestamp(int(text) / _MILLIS, UTC)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
