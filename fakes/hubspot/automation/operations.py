"""What a filter asks of one property, by operator: one table for texts, one for moments."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Protocol

from fakes.hubspot.automation.moments import MOMENTS, POINTS, TIMED, Operation, holds_in_time
from fakes.hubspot.automation.timepoints import Dated, refuse_point
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.errors import invalid

_MOST_DAYS = 100_000


class Holder(Dated, Protocol):
    """What filters are asked of: a contact, or an event."""

    def versions(self, name: str) -> Iterable[str]:
        """Return every value that a property has had, the present one included."""
        ...


def holds(operation: Operation, name: str, holder: Holder) -> bool:
    """Return whether the property ``name`` of ``holder`` is as ``operation`` asks.

    Source: HubSpot developer docs, Lists filters (docs); official client, Lists (spec).
    """
    operator = str(operation["operator"])
    if operator in _PRESENCE:
        return (holder.value(name) is not None) is _PRESENCE[operator]
    if str(operation.get("operationType")) in TIMED:
        return holds_in_time(operation, name, holder)
    if operator in _EVER:
        past, has = _EVER[operator]
        wanted = wanted_of(operation)
        return any(TESTS[past](held, wanted) for held in holder.versions(name)) is has
    held = holder.value(name)
    if held is None:
        return bool(operation.get("includeObjectsWithNoValueSet"))
    tests = _NUMBERS if str(operation.get("operationType")).startswith("NUMBER") else TESTS
    return tests.get(operator, TESTS[operator])(held, wanted_of(operation))


def refuse_operation(operation: object) -> None:
    """Let an operation pass that the fake reads.

    Raises:
        RefusedError: Its operator, its time point or its type is not known.
    """
    if not isinstance(operation, Mapping):
        raise invalid("A filter on a property needs an operation.")
    kind, operator = str(operation.get("operationType")), operation.get("operator")
    known = {*_PRESENCE, *MOMENTS} if kind in TIMED else {*_PRESENCE, *_EVER, *TESTS}
    if not isinstance(operator, str) or operator not in known:
        raise invalid(f"The operator '{operator}' is not supported for {kind}.")
    for place in POINTS.get(kind, ()):
        if operator not in _PRESENCE:
            refuse_point(operation.get(place))
    days = operation.get("numberOfDays")
    if days is not None and (type(days) is not int or not 0 <= days <= _MOST_DAYS):
        raise invalid(f"numberOfDays must be a whole number up to {_MOST_DAYS}.")


def asked_of(operation: Operation) -> Iterable[str]:
    """Return the other properties that an operation looks at."""
    if other := operation.get("comparisonPropertyName"):
        yield str(other)
    for place in ("timePoint", "lowerBoundTimePoint", "upperBoundTimePoint"):
        point = operation.get(place)
        if isinstance(point, Mapping) and point.get("property"):
            yield str(point["property"])


def wanted_of(operation: Operation) -> list[str]:
    """Return the values that an operation names, as texts; bounds are two of them."""
    if isinstance(values := operation.get("values"), list):
        return [text_of(value) for value in values]
    if "lowerBound" in operation or "upperBound" in operation:
        return [text_of(operation.get("lowerBound")), text_of(operation.get("upperBound"))]
    return [text_of(operation.get("value"))]


def _has_any(held: str, wanted: list[str]) -> bool:
    return not {held, *held.split(";")}.isdisjoint(wanted)


def _has_all(held: str, wanted: list[str]) -> bool:
    return set(held.split(";")) >= set(wanted)


def _is_exactly(held: str, wanted: list[str]) -> bool:
    return set(held.split(";")) == set(wanted)


def _is_equal(held: str, wanted: list[str]) -> bool:
    return held.casefold() in (value.casefold() for value in wanted)


def _contains(held: str, wanted: list[str]) -> bool:
    return any(value.casefold() in held.casefold() for value in wanted)


def _starts(held: str, wanted: list[str]) -> bool:
    return held.casefold().startswith(tuple(value.casefold() for value in wanted))


def _ends(held: str, wanted: list[str]) -> bool:
    return held.casefold().endswith(tuple(value.casefold() for value in wanted))


def _order(held: str, wanted: str) -> int:
    try:
        order = Decimal(held).compare(Decimal(wanted))
    except InvalidOperation:
        return (held > wanted) - (held < wanted)
    return 1 if order.is_nan() else int(order)


def _is_between(held: str, wanted: list[str]) -> bool:
    return len(wanted) > 1 and _order(held, wanted[0]) >= 0 >= _order(held, wanted[1])


Test = Callable[[str, list[str]], bool]
"""Whether a value that is held is as the wanted ones ask."""


def _not(test: Test) -> Test:
    return lambda held, wanted: not test(held, wanted)


def _compared(accepts: Callable[[int], bool]) -> Test:
    return lambda held, wanted: any(accepts(_order(held, value)) for value in wanted)


_PRESENCE: Mapping[str, bool] = {
    "IS_KNOWN": True,
    "IS_NOT_BLANK": True,
    "IS_UNKNOWN": False,
    "IS_NOT_KNOWN": False,
    "IS_BLANK": False,
}

TESTS: Mapping[str, Test] = {
    "IS_ANY_OF": _has_any,
    "IS_NONE_OF": _not(_has_any),
    "IS_EXACTLY": _is_exactly,
    "IS_NOT_EXACTLY": _not(_is_exactly),
    "CONTAINS_ALL": _has_all,
    "HAS_ALL_OF": _has_all,
    "DOES_NOT_CONTAIN_ALL": _not(_has_all),
    "IS_EQUAL_TO": _is_equal,
    "IS_NOT_EQUAL_TO": _not(_is_equal),
    "CONTAINS": _contains,
    "DOES_NOT_CONTAIN": _not(_contains),
    "STARTS_WITH": _starts,
    "ENDS_WITH": _ends,
    "IS_GREATER_THAN": _compared(lambda order: order > 0),
    "IS_GREATER_THAN_OR_EQUAL_TO": _compared(lambda order: order >= 0),
    "IS_LESS_THAN": _compared(lambda order: order < 0),
    "IS_LESS_THAN_OR_EQUAL_TO": _compared(lambda order: order <= 0),
    "IS_BETWEEN": _is_between,
    "IS_NOT_BETWEEN": _not(_is_between),
}
"""The operators on texts, numbers, flags and choices.

Source: HubSpot developer docs, Lists filters (docs). Assumed: texts compare without case.
"""

_NUMBERS: Mapping[str, Test] = {
    "IS_EQUAL_TO": _compared(lambda order: order == 0),
    "IS_NOT_EQUAL_TO": _not(_compared(lambda order: order == 0)),
}

_EVER: Mapping[str, tuple[str, bool]] = {
    "HAS_EVER_BEEN_ANY_OF": ("IS_ANY_OF", True),
    "HAS_NEVER_BEEN_ANY_OF": ("IS_ANY_OF", False),
    "HAS_EVER_BEEN_EXACTLY": ("IS_EXACTLY", True),
    "HAS_NEVER_BEEN_EXACTLY": ("IS_EXACTLY", False),
    "HAS_EVER_BEEN_EQUAL_TO": ("IS_EQUAL_TO", True),
    "HAS_NEVER_BEEN_EQUAL_TO": ("IS_EQUAL_TO", False),
    "HAS_EVER_CONTAINED": ("CONTAINS", True),
    "HAS_NEVER_CONTAINED": ("CONTAINS", False),
    "HAS_EVER_CONTAINED_ALL": ("CONTAINS_ALL", True),
    "HAS_NEVER_CONTAINED_ALL": ("CONTAINS_ALL", False),
}
