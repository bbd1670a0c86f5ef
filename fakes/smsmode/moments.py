"""Dates on the wire: no zone, no fraction of a second."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def written(moment: datetime, zone: str) -> str:
    """Return ``moment`` as ``YYYY-MM-DDTHH:mm:ss`` on the clocks of ``zone``.

    Source: samples in several clients show no zone. Assumed: it is Paris's.
    """
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(timespec="seconds")


def read(text: str, zone: str) -> datetime:
    """Return the moment that ``text`` tells, in UTC; without an offset it is of ``zone``.

    Raises:
        ValueError: It is not an ISO 8601 date.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC)
