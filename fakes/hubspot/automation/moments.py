"""What a filter asks of a moment: whether it lies before, after or between others."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from fakes.hubspot.automation.timepoints import Dated, held_moment, moment_of, month_number
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.times import read_moment

Operation = Mapping[str, Any]
"""What a filter asks: ``operationType``, ``operator`` and what they need."""

TIMED = frozenset(
    (
        "DATE", "DATETIME", "TIME_POINT", "TIME_RANGED", "RANGED_DATE", "ROLLING_DATE_RANGE",
        "ROLLING_PROPERTY_UPDATED", "COMPARATIVE_DATE", "COMPARATIVE_PROPERTY_UPDATED",
    )
)  # fmt: skip
POINTS: Mapping[str, tuple[str, ...]] = {
    "TIME_POINT": ("timePoint",),
    "TIME_RANGED": ("lowerBoundTimePoint", "upperBoundTimePoint"),
}
"""Where an operation has its time points, by its type."""
ROLLING = frozenset(("ROLLING_DATE_RANGE", "ROLLING_PROPERTY_UPDATED"))
"""The types of operations that ask for the last days, up to now."""


def measured_moment(operation: Operation, name: str, holder: Dated) -> datetime | None:
    """Return the moment of which an operation on time asks where it lies, or ``None``."""
    return held_moment(name, operation.get("propertyParser") or _parser(operation), holder)


def holds_in_time(operation: Operation, name: str, holder: Dated) -> bool:
    """Return whether the moment that ``operation`` asks about lies as it asks."""
    held = measured_moment(operation, name, holder)
    if held is None:
        return bool(operation.get("includeObjectsWithNoValueSet"))
    lower, upper = _bounds(operation, holder)
    return MOMENTS[str(operation["operator"])](held, lower, upper)


def _parser(operation: Operation) -> str:
    return "UPDATED_AT" if "PROPERTY_UPDATED" in str(operation.get("operationType")) else "VALUE"


def _bounds(operation: Operation, holder: Dated) -> tuple[datetime | None, datetime | None]:
    match operation.get("operationType"):
        case "TIME_POINT":
            point = moment_of(operation["timePoint"], holder)
            return point, point
        case "TIME_RANGED":
            return tuple(moment_of(operation[place], holder) for place in POINTS["TIME_RANGED"])  # type: ignore[return-value] # two places give two moments
        case str(kind) if kind in ROLLING:
            return holder.now - timedelta(days=operation.get("numberOfDays") or 0), holder.now
        case "COMPARATIVE_DATE" | "COMPARATIVE_PROPERTY_UPDATED":
            other = held_moment(
                str(operation.get("comparisonPropertyName")), _parser(operation), holder
            )
            return other, other
        case "DATE":
            day = _day(operation)
            return day, None if day is None else day + timedelta(days=1)
        case _:
            lower = read_moment(operation.get("lowerBound", operation.get("timestamp")))
            return lower, read_moment(operation.get("upperBound", operation.get("timestamp")))


def _day(operation: Operation) -> datetime | None:
    if operation.get("value") is not None:
        return read_moment(operation["value"])
    year, day = operation.get("year"), operation.get("day")
    month = month_number(operation.get("month")) or 0
    try:
        return datetime(int(text_of(year)), month, int(text_of(day)), tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


Moments = Callable[[datetime, datetime | None, datetime | None], bool]
"""Whether a moment that is held lies as asked between two others."""


def _before(held: datetime, lower: datetime | None, _upper: datetime | None) -> bool:
    return lower is not None and held < lower


def _after(held: datetime, _lower: datetime | None, upper: datetime | None) -> bool:
    return upper is not None and held > upper


def _within(held: datetime, lower: datetime | None, upper: datetime | None) -> bool:
    return lower is not None and upper is not None and lower <= held <= upper


def _outside(held: datetime, lower: datetime | None, upper: datetime | None) -> bool:
    return not _within(held, lower, upper)


MOMENTS: Mapping[str, Moments] = {
    "IS_BEFORE": _before,
    "IS_BEFORE_DATE": _before,
    "IS_LESS_THAN": _before,
    "IS_MORE_THAN_X_DAYS_AGO": _before,
    "NOT_UPDATED_IN_LAST_X_DAYS": _outside,
    "IS_AFTER": _after,
    "IS_AFTER_DATE": _after,
    "IS_GREATER_THAN": _after,
    "IS_EQUAL_TO": _within,
    "IS_NOT_EQUAL_TO": _outside,
    "IS_BETWEEN": _within,
    "IS_NOT_BETWEEN": _outside,
    "IS_LESS_THAN_X_DAYS_AGO": _within,
    "UPDATED_IN_LAST_X_DAYS": _within,
}
