"""The moments that filters name: dates, moments counted from now, and those of properties."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from fakes.hubspot.automation.forms import NUMBER, TEXT, ByName, Form, refuse_misshapen
from fakes.hubspot.errors import invalid
from fakes.hubspot.times import read_moment

MONTHS = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER",
    "OCTOBER", "NOVEMBER", "DECEMBER",
)  # fmt: skip
"""Months as the API writes them. Source: official client, Lists (spec)."""

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
"""Days of the week as the API writes them. Source: official client, Lists (spec)."""

_UNITS = {
    "milliseconds": timedelta(milliseconds=1),
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "weeks": timedelta(weeks=1),
    "months": timedelta(days=30),
    "quarters": timedelta(days=91),
    "years": timedelta(days=365),
}
_LARGEST_AMOUNT = 100_000
_FARTHEST = timedelta(days=365_000)
_POINT: Form = {
    "timeType": TEXT,
    "zoneId": TEXT,
    "property": TEXT,
    "referenceType": TEXT,
    "indexReference": {"referenceType": TEXT, "hour": NUMBER, "minute": NUMBER},
    "offset": ByName(NUMBER),
}
_TYPES = frozenset(("DATE", "INDEXED", "PROPERTY_REFERENCED"))


class Dated(Protocol):
    """What filters about time ask: the present, the account's zone, and properties."""

    @property
    def now(self) -> datetime:
        """The present moment."""
        ...

    @property
    def zone(self) -> tzinfo:
        """The account's time zone."""
        ...

    def value(self, name: str) -> str | None:
        """Return what a property holds, or ``None``."""
        ...

    def changed_at(self, name: str) -> datetime | None:
        """Return when a property last changed, or ``None``."""
        ...


def moment_of(point: Mapping[str, Any], dated: Dated) -> datetime | None:
    """Return the moment that ``point`` names, or ``None`` when its property has no value.

    Source: official client, Lists (spec). Assumed: months and longer count 30, 91 and 365 days.
    """
    match point.get("timeType"):
        case "DATE":
            return _date(point, dated.zone)
        case "PROPERTY_REFERENCED":
            return held_moment(str(point.get("property")), point.get("referenceType"), dated)
        case _:
            return _indexed(point, dated)


def is_indexed(point: object) -> bool:
    """Return whether ``point`` is one that is counted from the present, and so moves with it."""
    return isinstance(point, Mapping) and point.get("timeType") == "INDEXED"


def turns_of(point: Mapping[str, Any], held: datetime, dated: Dated) -> Iterator[datetime]:
    """Yield when a point that is counted from the present comes to a moment, or passes it."""
    zone = zone_named(point.get("zoneId"), dated.zone)
    meeting = held.astimezone(zone) - _offset(point)
    if _is_exact(point):
        yield meeting.astimezone(UTC)
        return
    for days in (0, 1):
        day = meeting.date() + timedelta(days=days)
        yield datetime.combine(day, time(0), zone).astimezone(UTC)


def held_moment(name: str, parser: object, dated: Dated) -> datetime | None:
    """Return the moment that a property holds or, by ``UPDATED_AT``, of its last change."""
    if parser == "UPDATED_AT":
        return dated.changed_at(name)
    held = dated.value(name)
    return None if held is None else read_moment(held)


def zone_named(name: object, default: tzinfo) -> tzinfo:
    """Return the time zone ``name``, or ``default`` when nothing is named.

    Raises:
        RefusedError: There is no such zone.
    """
    if not name:
        return default
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError) as exc:
        raise invalid(f"The time zone '{str(name)[:60]}' is unknown.") from exc


def month_number(month: object) -> int | None:
    """Return a month's number, 1 to 12, from its name or its number; ``None`` for anything else."""
    text = str(month).upper()
    if text in MONTHS:
        return MONTHS.index(text) + 1
    return int(text) if text in {str(number) for number in range(1, 13)} else None


def refuse_point(point: object) -> None:
    """Let a time point pass that names a moment.

    Raises:
        RefusedError: Its type, its date, its zone or its offset is not one.
    """
    refuse_misshapen(point, _POINT, "time point")
    if not isinstance(point, Mapping) or point.get("timeType") not in _TYPES:
        raise invalid("A time point needs a timeType among DATE, INDEXED, PROPERTY_REFERENCED.")
    zone = zone_named(point.get("zoneId"), UTC)
    if point["timeType"] == "DATE":
        _date(point, zone)
    amounts = [amount or 0 for amount in (point.get("offset") or {}).values()]
    if any(abs(amount) > _LARGEST_AMOUNT for amount in amounts) or abs(_offset(point)) > _FARTHEST:
        raise invalid(
            f"An offset is whole numbers up to {_LARGEST_AMOUNT}, and {_FARTHEST.days} days at most."
        )


def _date(point: Mapping[str, Any], zone: tzinfo) -> datetime:
    try:
        return datetime(
            int(point["year"]),
            month_number(point.get("month")) or 0,
            int(point["day"]),
            int(point.get("hour") or 0),
            int(point.get("minute") or 0),
            int(point.get("second") or 0),
            tzinfo=zone_named(point.get("zoneId"), zone),
        ).astimezone(UTC)
    except (KeyError, TypeError, ValueError, OverflowError) as exc:
        raise invalid(f"The date of a time point does not exist: {exc}") from exc


def _indexed(point: Mapping[str, Any], dated: Dated) -> datetime:
    reference = point.get("indexReference") or {}
    moment = dated.now.astimezone(zone_named(point.get("zoneId"), dated.zone))
    if not _is_exact(point):
        hour, minute = reference.get("hour") or 0, reference.get("minute") or 0
        moment = moment.replace(hour=hour % 24, minute=minute % 60, second=0, microsecond=0)
    return (moment + _offset(point)).astimezone(UTC)


def _is_exact(point: Mapping[str, Any]) -> bool:
    """Return whether a point is counted from the instant, and not from a time of the day."""
    return (point.get("indexReference") or {}).get("referenceType") in (None, "NOW")


def _offset(point: Mapping[str, Any]) -> timedelta:
    offset = (point.get("offset") or {}).items()
    return sum(
        ((amount or 0) * _UNITS.get(name, timedelta()) for name, amount in offset), timedelta()
    )
