"""The filters of a search, read once and then asked of each contact."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fakes.hubspot.crm.comparing import FOLDED, Key, is_below, keys, read_key
from fakes.hubspot.crm.definitions import Property
from fakes.hubspot.crm.words import token_test
from fakes.hubspot.errors import invalid
from fakes.hubspot.shapes import list_in, objects_in, text_or

_MOST_GROUPS, _MOST_FILTERS, _MOST_IN_ALL = 5, 6, 18

Test = Callable[[str | None], bool]
"""Whether the value of a property, or its absence, passes."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One comparison.

    Args:
        definition: The property that it looks at.
        test: What its value must pass.
        sought: The keys of which the value must have one, when the filter is of that kind.
    """

    definition: Property
    test: Test
    sought: frozenset[Key] | None = None


Group = tuple[Filter, ...]
"""Filters that a contact must pass together."""


def read_groups(
    properties: Mapping[str, Property], body: Mapping[str, Any], *, unknown_differs: bool
) -> tuple[Group, ...]:
    """Return the groups of filters of a search: a contact must pass one of them, if there are any.

    Source: HubSpot developer docs, Search (docs).

    Args:
        properties: Those of the account.
        body: What was asked.
        unknown_differs: Whether an absent value passes the negative operators.

    Raises:
        RefusedError: Too many groups or filters, an unknown operator or property, a value that is
            missing or cannot be read.
    """
    asked = [objects_in(group, "filters") for group in objects_in(body, "filterGroups")]
    if not asked and body.get("filters"):
        asked = [objects_in(body, "filters")]
    _refuse_many([len(group) for group in asked])
    return tuple(
        tuple(_read(properties, one, unknown_differs=unknown_differs) for one in group)
        for group in asked
    )


def passes(values: Mapping[str, str], groups: Sequence[Group]) -> bool:
    """Return whether ``values`` pass every filter of one group; no group asks for nothing."""
    return not groups or any(
        all(one.test(values.get(one.definition.name)) for one in group) for group in groups
    )


def _refuse_many(sizes: Sequence[int]) -> None:
    if len(sizes) > _MOST_GROUPS or max(sizes, default=0) > _MOST_FILTERS:
        raise invalid(
            f"A search takes at most {_MOST_GROUPS} filterGroups of {_MOST_FILTERS} filters."
        )
    if sum(sizes) > _MOST_IN_ALL:
        raise invalid(f"A search takes at most {_MOST_IN_ALL} filters in all.")


def _read(
    properties: Mapping[str, Property], one: Mapping[str, Any], *, unknown_differs: bool
) -> Filter:
    name, operator = text_or(one, "propertyName"), text_or(one, "operator")
    definition = properties.get(name)
    if definition is None:
        raise invalid(f"There was a problem with the request. Property '{name}' does not exist.")
    if operator in _NEGATIVES:
        meant = _OPERATORS[_NEGATIVES[operator]](definition, one)
        return Filter(definition, _negated(meant.test, unknown_differs=unknown_differs))
    if operator not in _OPERATORS:
        known = ", ".join((*_OPERATORS, *_NEGATIVES))
        raise invalid(f"'{operator}' is not an operator: use one of {known}.")
    return _OPERATORS[operator](definition, one)


def _negated(test: Test, *, unknown_differs: bool) -> Test:
    return lambda value: unknown_differs if value is None else not test(value)


def _equal(definition: Property, one: Mapping[str, Any]) -> Filter:
    return _holding(definition, frozenset((_operand(definition, one, "value"),)))


def _among(definition: Property, one: Mapping[str, Any]) -> Filter:
    """Texts are looked for as they are given: one that is not lower case is nobody's."""
    listed = [text_or({"values": value}, "values") for value in list_in(one, "values")]
    if not listed:
        raise _lacking(definition, one, "values")
    sought = {_key(definition, text) for text in listed}
    return _holding(
        definition, frozenset(sought & set(listed) if definition.type in FOLDED else sought)
    )


def _holding(definition: Property, sought: frozenset[Key]) -> Filter:
    def test(value: str | None) -> bool:
        return value is not None and not sought.isdisjoint(keys(definition, value))

    return Filter(definition, test, sought)


def _ordered(keep: Callable[[Key, Key], bool], operand: str = "value") -> "_Reader":
    def read(definition: Property, one: Mapping[str, Any]) -> Filter:
        bound = _operand(definition, one, operand)

        def test(value: str | None) -> bool:
            return value is not None and any(keep(key, bound) for key in keys(definition, value))

        return Filter(definition, test)

    return read


def _between(definition: Property, one: Mapping[str, Any]) -> Filter:
    low, high = _operand(definition, one, "value"), _operand(definition, one, "highValue")

    def test(value: str | None) -> bool:
        return value is not None and any(
            _at_least(key, low) and _at_most(key, high) for key in keys(definition, value)
        )

    return Filter(definition, test)


def _known(definition: Property, _: Mapping[str, Any]) -> Filter:
    return Filter(definition, lambda value: value is not None)


def _unknown(definition: Property, _: Mapping[str, Any]) -> Filter:
    return Filter(definition, lambda value: value is None)


def _tokens(definition: Property, one: Mapping[str, Any]) -> Filter:
    has_tokens = token_test(_given(definition, one, "value"))
    return Filter(definition, lambda value: value is not None and has_tokens(value))


def _at_least(key: Key, bound: Key) -> bool:
    return key == bound or is_below(bound, key)


def _at_most(key: Key, bound: Key) -> bool:
    return key == bound or is_below(key, bound)


def _operand(definition: Property, one: Mapping[str, Any], name: str) -> Key:
    return _key(definition, _given(definition, one, name))


def _given(definition: Property, one: Mapping[str, Any], name: str) -> str:
    if one.get(name) is None:
        raise _lacking(definition, one, name)
    return text_or(one, name)


def _key(definition: Property, text: str) -> Key:
    key = read_key(definition, text)
    if key is None:
        raise invalid(f"'{text}' is not a {definition.type}, as '{definition.name}' is.")
    return key


def _lacking(definition: Property, one: Mapping[str, Any], name: str) -> Exception:
    return invalid(f"The operator {one['operator']} on '{definition.name}' requires {name}.")


_Reader = Callable[[Property, Mapping[str, Any]], Filter]

_OPERATORS: Mapping[str, _Reader] = {
    "EQ": _equal,
    "LT": _ordered(is_below),
    "LTE": _ordered(_at_most),
    "GT": _ordered(lambda key, bound: is_below(bound, key)),
    "GTE": _ordered(_at_least),
    "BETWEEN": _between,
    "IN": _among,
    "HAS_PROPERTY": _known,
    "NOT_HAS_PROPERTY": _unknown,
    "CONTAINS_TOKEN": _tokens,
}
"""Source: HubSpot developer docs, Search (spec)."""

_NEGATIVES = {"NEQ": "EQ", "NOT_IN": "IN", "NOT_CONTAINS_TOKEN": "CONTAINS_TOKEN"}
