"""Countries: what a number tells by its first digits, what a part costs there, who carries it."""

from dataclasses import dataclass
from decimal import Decimal

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
        networks: Its operators, as (MCC and MNC, name).
        fixed: The digits that start a fixed line, after the prefix.
    """

    iso: str
    name: str
    prefix: str
    price: Decimal
    networks: tuple[tuple[str, str], ...]
    fixed: tuple[str, ...] = ()

    def network_of(self, number: str) -> tuple[str, str]:
        """Return the operator of ``number``, always the same one, as (MCC and MNC, name)."""
        return self.networks[int(number) % len(self.networks)]


def _country(
    iso: str, name: str, prefix: str, price: str, *networks: tuple[str, str], fixed: str = ""
) -> Country:
    return Country(iso, name, prefix, Decimal(price), networks, tuple(fixed))


# The French price is seen in two clients; the others are assumed, and so is who carries a number.
_ROWS = (
    _country(
        FRANCE,
        "France",
        "33",
        "0.061",
        ("20801", "Orange"),
        ("20810", "SFR"),
        ("20820", "BOUYGUES"),
        ("20815", "Free"),
        fixed="123459",
    ),
    _country("BE", "Belgium", "32", "0.095", ("20601", "Proximus"), ("20610", "Orange")),
    _country("CH", "Switzerland", "41", "0.075", ("22801", "Swisscom"), ("22802", "Sunrise")),
    _country("LU", "Luxembourg", "352", "0.070", ("27001", "POST")),
    _country("MC", "Monaco", "377", "0.110", ("21210", "Monaco Telecom")),
    _country("DE", "Germany", "49", "0.095", ("26201", "Telekom"), ("26202", "Vodafone")),
    _country("ES", "Spain", "34", "0.080", ("21407", "Movistar"), ("21401", "Vodafone")),
    _country("IT", "Italy", "39", "0.085", ("22201", "TIM"), ("22210", "Vodafone")),
    _country("PT", "Portugal", "351", "0.060", ("26806", "MEO")),
    _country("NL", "Netherlands", "31", "0.100", ("20408", "KPN")),
    _country("GB", "United Kingdom", "44", "0.055", ("23410", "O2"), ("23430", "EE")),
    _country("IE", "Ireland", "353", "0.075", ("27201", "Vodafone")),
    _country("MA", "Morocco", "212", "0.090", ("60401", "Maroc Telecom")),
    _country("TN", "Tunisia", "216", "0.120", ("60502", "Tunisie Telecom")),
    _country("DZ", "Algeria", "213", "0.150", ("60301", "Mobilis")),
    _country("RE", "Reunion", "262", "0.110", ("64710", "SFR Reunion")),
    _country("GP", "Guadeloupe", "590", "0.110", ("34001", "Orange Caraibe")),
    _country("US", "United States", "1", "0.040", ("310260", "T-Mobile"), ("310410", "AT&T")),
)
COUNTRIES = {row.prefix: row for row in _ROWS}
"""Every known country, by its prefix."""
ELSEWHERE = _country("ZZ", "Unknown", "", "0.120", ("00000", "Unknown"))
"""The country of a number whose prefix is not in the table."""


def country_of(number: str) -> Country:
    """Return the country of an E.164 ``number`` given as bare digits."""
    for size in range(_LONGEST_PREFIX, 0, -1):
        found = COUNTRIES.get(number[:size])
        if found is not None:
            return found
    return ELSEWHERE


def is_fixed(number: str) -> bool:
    """Return whether ``number`` is known to be a fixed line, which takes no SMS."""
    country = country_of(number)
    return number.removeprefix(country.prefix).startswith(country.fixed) if country.fixed else False


def lookup_of(number: str) -> dict[str, str]:
    """Return ``status.lookup`` for ``number``. Source: smsmode API docs, Lookup."""
    country = country_of(number)
    code, network = country.network_of(number)
    return {
        "mccMnc": code,
        "mcc": code[:3],
        "mnc": code[3:],
        "country": country.name,
        "countryPrefix": country.prefix,
        "isoCountryCode": country.iso,
        "network": network,
    }
