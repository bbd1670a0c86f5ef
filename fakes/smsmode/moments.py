"""Dates on the wire: no zone, no fraction of a second."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

QUARTER = 900
"""Seconds in a quarter of an hour."""


def written(moment: datetime, zone: str) -> str:
    """Return ``moment`` as ``YYYY-MM-DDTHH:mm:ss`` on the clocks of ``zone``.

    Source: samples in several clients show no zone. Assumed: it is Paris's.
    """
    return _written(int(moment.timestamp()), zone)


@lru_cache(maxsize=64)
def day_of(quarter: int, zone: str) -> str:
    """Return the day as ``YYYY-MM-DD`` on the clocks of ``zone``.

    Args:
        quarter: The quarter of an hour, counted from 1970 in UTC: days begin with one everywhere.
        zone: Whose clocks.
    """
    return datetime.fromtimestamp(quarter * QUARTER, ZoneInfo(zone)).date().isoformat()


@lru_cache(maxsize=4096)
def _written(second: int, zone: str) -> str:
    local = datetime.fromtimestamp(second, ZoneInfo(zone))
    return local.replace(tzinfo=None).isoformat(timespec="seconds")


def before(moment: datetime, span: timedelta, zone: str) -> datetime:
    """Return the same time of day ``span`` before ``moment`` on the clocks of ``zone``, in UTC."""
    return (moment.astimezone(ZoneInfo(zone)) - span).astimezone(UTC)


def read(text: str, zone: str) -> datetime:
    """Return the moment that ``text`` tells, in UTC; without an offset it is of ``zone``.

    Raises:
        ValueError: It is not an ISO 8601 date.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC)


def read_end(text: str, zone: str) -> datetime:
    """Return the last moment of what ``text`` tells: a day alone lasts until midnight.

    Raises:
        ValueError: It is not an ISO 8601 date.

    Source: smsmode API docs, Consumptions and Campaigns (lists go by days). Assumed: the last day
    of a list is a part of it.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return read(text, zone)
    return datetime.combine(day, time.max, ZoneInfo(zone)).astimezone(UTC)
