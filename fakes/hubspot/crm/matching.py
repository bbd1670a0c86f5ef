"""Whether a contact meets the filters of a search."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from fakes.hubspot.crm.values import text_of
from fakes.hubspot.errors import invalid
from fakes.hubspot.state import Portal

_Filter = Mapping[str, Any]
_Test = Callable[[str | None, _Filter], bool]

QUERIED = (
    "firstname",
    "lastname",
    "email",
    "phone",
    "hs_additional_emails",
    "fax",
    "mobilephone",
    "company",
    "hs_marketable_until_renewal",
    "hs_searchable_calculated_phone_number",
    "hs_searchable_calculated_mobile_number",
)
"""Where ``query`` looks. Source: HubSpot developer docs, Search (docs)."""

_MOST_GROUPS, _MOST_FILTERS, _MOST_IN_ALL = 5, 6, 18
_PUNCTUATION = re.compile(r"[^\w@.*+-]+")


def check_groups(portal: Portal, groups: Sequence[Mapping[str, Any]]) -> None:
    """Refuse filters that the search does not know.

    Source: HubSpot developer docs, Search (docs).

    Raises:
        RefusedError: Too many groups or filters, an unknown operator or property.
    """
    sizes = [len(group.get("filters") or ()) for group in groups]
    if len(sizes) > _MOST_GROUPS or max(sizes, default=0) > _MOST_FILTERS:
        raise invalid(
            f"A search takes at most {_MOST_GROUPS} filterGroups of {_MOST_FILTERS} filters."
        )
    if sum(sizes) > _MOST_IN_ALL:
        raise invalid(f"A search takes at most {_MOST_IN_ALL} filters in all.")
    for group in groups:
        for one in group.get("filters") or ():
            _check(portal, one)


def meets(values: Mapping[str, str], groups: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether ``values`` meet every filter of one group; no group asks for nothing."""
    return not groups or any(
        all(
            _OPERATORS[one["operator"]](values.get(one["propertyName"]), one)
            for one in group.get("filters") or ()
        )
        for group in groups
    )


def mentions(values: Mapping[str, str], query: str) -> bool:
    """Return whether each word of ``query`` begins a word of the searched properties."""
    words = [word for name in QUERIED for word in _words(values.get(name, ""))]
    return all(any(word.startswith(sought) for word in words) for sought in _words(query))


def _check(portal: Portal, one: _Filter) -> None:
    name, operator = str(one.get("propertyName")), str(one.get("operator"))
    if name not in portal.properties:
        raise invalid(f"There was a problem with the request. Property '{name}' does not exist.")
    if operator not in _OPERATORS:
        raise invalid(f"'{operator}' is not an operator: use one of {', '.join(_OPERATORS)}.")
    needs = _NEEDS.get(operator, ("value",))
    if lacking := [key for key in needs if one.get(key) is None]:
        raise invalid(f"The operator {operator} on '{name}' requires {', '.join(lacking)}.")


def _equal(value: str | None, one: _Filter) -> bool:
    return value is not None and value.casefold() == text_of(one["value"]).casefold()


def _among(value: str | None, one: _Filter) -> bool:
    if value is None:
        return False
    held = {value.casefold(), *value.casefold().split(";")}
    return any(text_of(wanted).casefold() in held for wanted in one["values"])


def _has_token(value: str | None, one: _Filter) -> bool:
    pattern = re.escape(text_of(one["value"]).casefold()).replace(r"\*", ".*")
    sought = re.compile(pattern)
    text = (value or "").casefold()
    return any(sought.fullmatch(word) for word in (*_words(text), text))


def _ordered(compare: Callable[[int], bool], key: str = "value") -> _Test:
    def test(value: str | None, one: _Filter) -> bool:
        return value is not None and compare(_compare(value, text_of(one[key])))

    return test


def _between(value: str | None, one: _Filter) -> bool:
    return _AT_LEAST(value, one) and _AT_MOST_HIGH(value, one)


def _compare(left: str, right: str) -> int:
    try:
        a, b = Decimal(left), Decimal(right)
    except InvalidOperation:
        return (left > right) - (left < right)
    return int(a.compare(b))


def _words(text: str) -> list[str]:
    return [word for word in _PUNCTUATION.split(text.casefold()) if word]


_AT_LEAST = _ordered(lambda order: order >= 0)
_AT_MOST_HIGH = _ordered(lambda order: order <= 0, "highValue")

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "BETWEEN": ("value", "highValue"),
    "IN": ("values",),
    "NOT_IN": ("values",),
    "HAS_PROPERTY": (),
    "NOT_HAS_PROPERTY": (),
}

_OPERATORS: Mapping[str, _Test] = {
    "EQ": _equal,
    "NEQ": lambda value, one: not _equal(value, one),
    "LT": _ordered(lambda order: order < 0),
    "LTE": _ordered(lambda order: order <= 0),
    "GT": _ordered(lambda order: order > 0),
    "GTE": _AT_LEAST,
    "BETWEEN": _between,
    "IN": _among,
    "NOT_IN": lambda value, one: not _among(value, one),
    "HAS_PROPERTY": lambda value, _: value is not None,
    "NOT_HAS_PROPERTY": lambda value, _: value is None,
    "CONTAINS_TOKEN": _has_token,
    "NOT_CONTAINS_TOKEN": lambda value, one: not _has_token(value, one),
}
"""Source: HubSpot developer docs, Search (spec)."""
