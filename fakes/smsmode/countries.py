"""Countries: what a number tells by its first digits, and what a part costs there."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

FRANCE = "FR"
CURRENCY = "EUR"
CREDIT = Decimal("0.061")
"""What one credit is worth, in euros: a part sent to a French number."""
TEST_CREDITS = 20
"""What a new account is given. Source: smsmode.com, opt-out mention page."""

_LONGEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Country:
    """Where a number belongs.

    Args:
        iso: ISO 3166-1 alpha-2.
        name: In English, as ``status.lookup.country``.
        prefix: The digits after the ``+``.
        price: Of one part, in euros.
        fixed: What fixed lines start with, after the prefix.
    """

    iso: str
    name: str
    prefix: str
    price: Decimal
    fixed: tuple[str, ...] = ()


def _country(iso: str, name: str, prefix: str, price: str, *fixed: str) -> Country:
    return Country(iso, name, prefix, Decimal(price), fixed)


# The French price is seen in two clients; the others are assumed.
_ROWS = (
    _country(FRANCE, "France", "33", "0.061", "1", "2", "3", "4", "5", "9"),
    _country("BE", "Belgium", "32", "0.095", "1", "2", "3", "5", "6", "7", "8", "9"),
    _country("CH", "Switzerland", "41", "0.075", "2", "3", "4", "5", "6"),
    _country("LU", "Luxembourg", "352", "0.070", "2", "3", "4", "5", "7", "8"),
    _country("MC", "Monaco", "377", "0.110", "9"),
    _country("DE", "Germany", "49", "0.095", "2", "3", "4", "5", "6", "7", "8", "9"),
    _country("ES", "Spain", "34", "0.080", "8", "9"),
    _country("IT", "Italy", "39", "0.085", "0"),
    _country("PT", "Portugal", "351", "0.060", "2"),
    _country("NL", "Netherlands", "31", "0.100", "1", "2", "3", "4", "5", "7"),
    _country("GB", "United Kingdom", "44", "0.055", "1", "2"),
    _country("IE", "Ireland", "353", "0.075", "1", "2", "4", "5", "6", "7", "9"),
    _country("MA", "Morocco", "212", "0.090", "5"),
    _country("TN", "Tunisia", "216", "0.120", "7"),
    _country("DZ", "Algeria", "213", "0.150", "2", "3", "4"),
    _country("RE", "Reunion", "262", "0.110", "262", "263"),
    _country("GP", "Guadeloupe", "590", "0.110", "590"),
    _country("US", "United States", "1", "0.040"),
)
COUNTRIES = {row.prefix: row for row in _ROWS}
"""Every known country, by its prefix."""
ELSEWHERE = _country("ZZ", "Unknown", "", "0.120")
"""The country of a number whose prefix is not in the table."""


def country_of(number: str) -> Country:
    """Return the country of an E.164 ``number`` given as bare digits."""
    return _country_at(number[:_LONGEST_PREFIX])


def is_fixed(number: str) -> bool:
    """Return whether ``number`` is known to be a fixed line, which takes no SMS."""
    country = country_of(number)
    return number.startswith(country.fixed, len(country.prefix))


@lru_cache(maxsize=1024)
def _country_at(start: str) -> Country:
    for size in range(_LONGEST_PREFIX, 0, -1):
        found = COUNTRIES.get(start[:size])
        if found is not None:
            return found
    return ELSEWHERE
