"""Operators: who carries a number, by its range, and how long they take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType

from fakes.smsmode.countries import country_of

_SHORTEST_RANGE, _LONGEST_RANGE = 3, 9


@dataclass(frozen=True, slots=True)
class Operator:
    """Who carries a number.

    Args:
        code: Mobile country and network codes, five or six digits.
        name: As ``status.lookup.network``.
        latency: What it adds to the usual time of a delivery.
    """

    code: str
    name: str
    latency: timedelta


def _operator(code: str, name: str, milliseconds: int = 300) -> Operator:
    return Operator(code, name, timedelta(milliseconds=milliseconds))


# By country, then by the name that the numbering data gives; "" is anybody else. Assumed: latencies.
_OPERATORS: Mapping[str, Mapping[str, Operator]] = MappingProxyType(
    {
        "FR": {
            "Orange France": _operator("20801", "Orange", 100),
            "SFR": _operator("20810", "SFR", 0),
            "Bouygues": _operator("20820", "BOUYGUES", 200),
            "Free Mobile": _operator("20815", "Free", 250),
            "": _operator("20801", "Orange", 100),
        },
        "BE": {
            "Telenet": _operator("20605", "Telenet"),
            "Proximus": _operator("20601", "Proximus"),
            "": _operator("20610", "Orange"),
        },
        "CH": {
            "Sunrise": _operator("22802", "Sunrise"),
            "Salt": _operator("22803", "Salt"),
            "": _operator("22801", "Swisscom"),
        },
        "LU": {"Tango": _operator("27077", "Tango"), "": _operator("27001", "POST")},
        "MC": {"": _operator("21210", "Monaco Telecom")},
        "DE": {
            "Vodafone": _operator("26202", "Vodafone"),
            "O2": _operator("26203", "O2"),
            "": _operator("26201", "Telekom"),
        },
        "ES": {
            "Vodafone": _operator("21401", "Vodafone"),
            "Orange": _operator("21403", "Orange"),
            "": _operator("21407", "Movistar"),
        },
        "IT": {"Vodafone": _operator("22210", "Vodafone"), "": _operator("22201", "TIM")},
        "PT": {"NOS": _operator("26803", "NOS"), "": _operator("26806", "MEO")},
        "NL": {"": _operator("20408", "KPN")},
        "GB": {"EE": _operator("23430", "EE"), "": _operator("23410", "O2")},
        "IE": {"": _operator("27201", "Vodafone")},
        "MA": {"Orange": _operator("60400", "Orange"), "": _operator("60401", "Maroc Telecom")},
        "TN": {"": _operator("60502", "Tunisie Telecom")},
        "DZ": {"": _operator("60301", "Mobilis")},
        "RE": {"Orange": _operator("64700", "Orange"), "": _operator("64710", "SFR Reunion")},
        "GP": {"": _operator("34001", "Orange Caraibe")},
        "US": {"": _operator("310260", "T-Mobile")},
        "ZZ": {"": _operator("00000", "Unknown", 1000)},
    }
)


def operator_of(number: str) -> Operator:
    """Return who carries an E.164 ``number`` given as bare digits."""
    known = _OPERATORS[country_of(number).iso]
    if len(known) == 1:
        return known[""]
    return known.get(_carrier_of(number[:_LONGEST_RANGE])) or known[""]


def lookup_of(number: str) -> dict[str, str]:
    """Return ``status.lookup`` for ``number``.

    Source: smsmode API docs, Lookup. Assumed: no portability; the range's operator still has it.
    """
    country = country_of(number)
    operator = operator_of(number)
    return {
        "mccMnc": operator.code,
        "mcc": operator.code[:3],
        "mnc": operator.code[3:],
        "country": country.name,
        "countryPrefix": country.prefix,
        "isoCountryCode": country.iso,
        "network": operator.name,
    }


@lru_cache(maxsize=8192)
def _carrier_of(start: str) -> str:
    # The numbering data is large: whoever never asks for an operator does not load it.
    from phonenumbers.carrierdata import CARRIER_DATA  # noqa: PLC0415 - it doubles the start-up time

    for size in range(_LONGEST_RANGE, _SHORTEST_RANGE - 1, -1):
        names = CARRIER_DATA.get(start[:size])
        if names is not None:
            return names.get("en", "")
    return ""
