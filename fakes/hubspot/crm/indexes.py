"""Who holds which value: made for a property when a search first asks, and kept up from then on."""

from collections.abc import Iterable, Mapping, Set

from fakes.hubspot.crm.comparing import Key, keys
from fakes.hubspot.crm.definitions import Property
from fakes.hubspot.crm.records import Contact

_NOBODY: frozenset[int] = frozenset()

_Holders = dict[Key, set[int]]


class Indexes:
    """The living contacts of one account, by value."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[Property, _Holders]] = {}

    def holding(
        self, definition: Property, sought: Iterable[Key], living: Iterable[Contact]
    ) -> Set[int]:
        """Return the numbers of those who have one of the keys ``sought``.

        Args:
            definition: The property.
            sought: The keys.
            living: All contacts, read when the property has no index yet.
        """
        entry = self._of.get(definition.name)
        if entry is None or entry[0] is not definition:
            entry = (definition, _read_all(definition, living))
            self._of[definition.name] = entry
        found = [entry[1].get(key, _NOBODY) for key in sought]
        return found[0] if len(found) == 1 else set[int]().union(*found)

    def follow(self, number: int, before: Mapping[str, str | None], now: Mapping[str, str]) -> None:
        """Note that contact ``number``, which held ``before``, now has ``now``."""
        for name, (definition, holders) in self._of.items():
            if name in before:
                _remove(definition, holders, number, before[name])
                _add(definition, holders, number, now.get(name))


def _read_all(definition: Property, living: Iterable[Contact]) -> _Holders:
    holders: _Holders = {}
    for contact in living:
        _add(definition, holders, contact.id, contact.values.get(definition.name))
    return holders


def _add(definition: Property, holders: _Holders, number: int, value: str | None) -> None:
    if value is not None:
        for key in keys(definition, value):
            holders.setdefault(key, set()).add(number)


def _remove(definition: Property, holders: _Holders, number: int, value: str | None) -> None:
    if value is None:
        return
    for key in keys(definition, value):
        having = holders[key]
        having.discard(number)
        if not having:
            del holders[key]
