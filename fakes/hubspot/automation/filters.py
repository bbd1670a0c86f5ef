"""Whether a contact meets a workflow's filters, and which properties they look at."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from fakes.hubspot.crm.values import text_of
from fakes.hubspot.errors import invalid

ValueOf = Callable[[str], str | None]
"""What a contact holds under a property's name."""

_Branch = Mapping[str, Any]
_Test = Callable[[str, list[str]], bool]


def meets(branch: _Branch, value_of: ValueOf) -> bool:
    """Return whether a contact meets ``branch``: its filters and branches, by its operator.

    A branch without anything is met by nobody.
    Source: HubSpot developer docs, Workflows v4 (spec); the grammar is that of lists.
    """
    found = [_filter_met(one, value_of) for one in branch.get("filters") or ()]
    found += [meets(inner, value_of) for inner in branch.get("filterBranches") or ()]
    joins_by_or = _operator(branch) == "OR"
    return bool(found) and (any(found) if joins_by_or else all(found))


def properties_of(branch: _Branch) -> frozenset[str]:
    """Return the properties that ``branch`` looks at."""
    return frozenset(one["property"] for one in _filters(branch) if "property" in one)


def changing(branch: _Branch) -> frozenset[str]:
    """Return the properties of which ``branch`` only asks that they be known.

    Such a filter is met anew by every change of value.
    Source: HubSpot knowledge base, re-enrolment (docs).
    """
    return frozenset(
        one["property"]
        for one in _filters(branch)
        if (one.get("operation") or {}).get("operator") == "IS_KNOWN"
    )


def refuse_unknown(branch: _Branch) -> None:
    """Refuse a branch with a kind of filter or an operator that the fake does not read.

    Raises:
        RefusedError: It names what it has met.
    """
    for one in _filters(branch):
        operator = (one.get("operation") or {}).get("operator")
        if one.get("filterType") != "PROPERTY" or "property" not in one:
            raise invalid(f"The filterType '{one.get('filterType')}' is not supported.")
        if operator not in _TESTS:
            raise invalid(f"The operator '{operator}' is not supported.")


def _filters(branch: _Branch) -> Iterator[_Branch]:
    yield from branch.get("filters") or ()
    for inner in branch.get("filterBranches") or ():
        yield from _filters(inner)


def _operator(branch: _Branch) -> str:
    return str(branch.get("filterBranchOperator") or branch.get("filterBranchType") or "AND")


def _filter_met(one: _Branch, value_of: ValueOf) -> bool:
    operation = one["operation"]
    held, operator = value_of(one["property"]), operation["operator"]
    if operator in _ABOUT_PRESENCE:
        return (held is not None) is (operator == "IS_KNOWN")
    if held is None:
        return bool(operation.get("includeObjectsWithNoValueSet"))
    return _TESTS[operator](held, _wanted(operation))


def _wanted(operation: _Branch) -> list[str]:
    if isinstance(values := operation.get("values"), list):
        return [text_of(value) for value in values]
    return [text_of(operation.get("value"))]


def _has_any(held: str, wanted: list[str]) -> bool:
    return not {held, *held.split(";")}.isdisjoint(wanted)


def _is_equal(held: str, wanted: list[str]) -> bool:
    return held.casefold() in (value.casefold() for value in wanted)


def _compared(holds: Callable[[int], bool]) -> _Test:
    def test(held: str, wanted: list[str]) -> bool:
        try:
            return holds(int(Decimal(held).compare(Decimal(wanted[0]))))
        except InvalidOperation:
            return holds((held > wanted[0]) - (held < wanted[0]))

    return test


_ABOUT_PRESENCE = frozenset(("IS_KNOWN", "IS_UNKNOWN"))

_TESTS: Mapping[str, _Test] = {
    "IS_KNOWN": lambda *_: True,
    "IS_UNKNOWN": lambda *_: False,
    "IS_ANY_OF": _has_any,
    "IS_NONE_OF": lambda held, wanted: not _has_any(held, wanted),
    "IS_EXACTLY": lambda held, wanted: set(held.split(";")) == set(wanted),
    "HAS_ALL_OF": lambda held, wanted: set(held.split(";")) >= set(wanted),
    "IS_EQUAL_TO": _is_equal,
    "IS_NOT_EQUAL_TO": lambda held, wanted: not _is_equal(held, wanted),
    "CONTAINS": lambda held, wanted: any(w.casefold() in held.casefold() for w in wanted),
    "DOES_NOT_CONTAIN": lambda held, wanted: all(
        w.casefold() not in held.casefold() for w in wanted
    ),
    "STARTS_WITH": lambda held, wanted: held.casefold().startswith(
        tuple(w.casefold() for w in wanted)
    ),
    "ENDS_WITH": lambda held, wanted: held.casefold().endswith(tuple(w.casefold() for w in wanted)),
    "IS_GREATER_THAN": _compared(lambda order: order > 0),
    "IS_GREATER_THAN_OR_EQUAL_TO": _compared(lambda order: order >= 0),
    "IS_LESS_THAN": _compared(lambda order: order < 0),
    "IS_LESS_THAN_OR_EQUAL_TO": _compared(lambda order: order <= 0),
}
"""Source: HubSpot developer docs, Lists filters (spec, docs)."""
