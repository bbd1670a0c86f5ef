"""How the values of a property compare: numbers as numbers, moments as moments, texts folded."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from fakes.hubspot.crm.definitions import Property
from fakes.hubspot.times import epoch_ms, read_moment

Key = str | int | Decimal
"""What a value is compared by; those of one property are of one type unless it has changed type."""

FOLDED = frozenset(("string", "phone_number"))
"""The types that compare whatever the case. Source: HubSpot developer docs, Search (docs)."""

_MOMENTS = frozenset(("date", "datetime"))


def read_key(definition: Property, text: str) -> Key | None:
    """Return what ``text`` is compared by, or ``None`` when it is no value of that type."""
    if definition.type in FOLDED:
        return text.casefold()
    if definition.type == "number":
        return _number(text)
    if definition.type in _MOMENTS:
        moment = read_moment(text)
        return None if moment is None else epoch_ms(moment)
    return text


def keys(definition: Property, value: str) -> tuple[Key, ...]:
    """Return what a kept value is compared by: one key, or one for each choice of several.

    Assumed: a multiple checkbox meets a comparison when one of its choices does. A value from
    before the property changed its type compares as text.
    """
    if definition.field_type == "checkbox":
        return tuple(value.split(";"))
    key = read_key(definition, value)
    return (value if key is None else key,)


def is_below(left: Key, right: Key) -> bool:
    """Return whether ``left`` comes before ``right``; keys of two types have no order."""
    if isinstance(left, str) or isinstance(right, str):
        return isinstance(left, str) and isinstance(right, str) and left < right
    return left < right


def order(definition: Property | None, values: Mapping[str, str]) -> tuple[int, Decimal | int, str]:
    """Return where a contact stands when sorted by a property that it has: numbers, then texts."""
    key = keys(definition, values[definition.name])[0] if definition else ""
    return (1, 0, key) if isinstance(key, str) else (0, key, "")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
