"""What HubSpot computes from the phone numbers that people type."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumber

_COUNTRIES = {
    "france": "FR", "belgique": "BE", "belgium": "BE", "suisse": "CH", "switzerland": "CH",
    "luxembourg": "LU", "monaco": "MC", "allemagne": "DE", "germany": "DE", "espagne": "ES",
    "spain": "ES", "italie": "IT", "italy": "IT", "portugal": "PT", "royaume-uni": "GB",
    "united kingdom": "GB", "irlande": "IE", "ireland": "IE", "pays-bas": "NL",
    "netherlands": "NL", "canada": "CA", "états-unis": "US", "united states": "US",
    "maroc": "MA", "morocco": "MA", "tunisie": "TN", "tunisia": "TN", "algérie": "DZ",
    "algeria": "DZ", "sénégal": "SN", "senegal": "SN",
}  # fmt: skip

_PLAIN = re.compile(r"\+[1-9][0-9]{7,14}", re.ASCII)

_AREAS_OF_MOBILES = frozenset(("AR", "BR", "CN", "ID", "MX"))

WATCHED = frozenset(("phone", "mobilephone", "country"))
"""The properties that the computed ones follow."""

COMPUTED = (
    "hs_calculated_phone_number",
    "hs_calculated_phone_number_country_code",
    "hs_calculated_phone_number_region_code",
    "hs_calculated_phone_number_area_code",
    "hs_calculated_mobile_number",
    "hs_searchable_calculated_phone_number",
    "hs_searchable_calculated_mobile_number",
    "hs_searchable_calculated_international_phone_number",
)
"""The computed properties."""


class _Number(NamedTuple):
    """A number that has been read; a tuple, since one is made for every contact."""

    code: int
    national: str

    @property
    def e164(self) -> str:
        return f"+{self.code}{self.national}"


def compute(values: Mapping[str, str], account_country: str) -> dict[str, str]:
    """Return the computed properties; those that cannot be computed are empty.

    Assumed: a national number is read with the contact's country, else the account's; one that
    cannot be read leaves nothing. The searchable forms hold the number without its country code.

    Args:
        values: The contact's properties.
        account_country: Two letters.
    """
    computed = dict.fromkeys(COMPUTED, "")
    if (phone := _read(values, "phone", account_country)) is not None:
        computed |= _of_phone(phone)
    if (mobile := _read(values, "mobilephone", account_country)) is not None:
        computed["hs_calculated_mobile_number"] = mobile.e164
        computed["hs_searchable_calculated_mobile_number"] = mobile.national
    return computed


def _of_phone(phone: _Number) -> dict[str, str]:
    code, national = phone
    region = _region(phone)
    return {
        "hs_calculated_phone_number": phone.e164,
        "hs_calculated_phone_number_country_code": str(code),
        "hs_calculated_phone_number_region_code": region,
        "hs_calculated_phone_number_area_code": national[: _area_length(phone, region)],
        "hs_searchable_calculated_phone_number": national,
        "hs_searchable_calculated_international_phone_number": f"{code}{national}",
    }


def _region(number: _Number) -> str:
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(number.code, ())
    if len(regions) == 1:
        return str(regions[0])
    return phonenumbers.region_code_for_number(_as_parsed(number)) or ""


def _area_length(number: _Number, region: str) -> int:
    """Return the length of a number's area code; asking the plan costs a tenth of its type.

    Fixed lines have one, and so do mobile numbers in the countries of ``_AREAS_OF_MOBILES``.
    """
    fixed_lines = _fixed_lines(region)
    if fixed_lines is not None and fixed_lines.fullmatch(number.national) is None:
        return 0
    return phonenumbers.length_of_geographical_area_code(_as_parsed(number))


@lru_cache(maxsize=512)
def _fixed_lines(region: str) -> re.Pattern[str] | None:
    """Return what numbers with an area code look like, or ``None`` where any may have one."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region(region, None) if region else None
    if plan is None or plan.fixed_line is None or region in _AREAS_OF_MOBILES:
        return None
    pattern = plan.fixed_line.national_number_pattern
    return None if pattern is None else re.compile(pattern)


def _read(values: Mapping[str, str], name: str, account_country: str) -> _Number | None:
    text = values.get(name)
    if not text:
        return None
    number = _read_plain(text) or _parse(text, _country(values, account_country))
    return number if number and _is_possible(number.code, len(number.national)) else None


def _country(values: Mapping[str, str], account_country: str) -> str:
    named = values.get("country", "").strip().casefold()
    return _COUNTRIES.get(named) or (named.upper() if len(named) == 2 else account_country)  # noqa: PLR2004 - ISO 3166-1


def _parse(text: str, country: str) -> _Number | None:
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return _Number(parsed.country_code or 0, phonenumbers.national_significant_number(parsed))


def _read_plain(text: str) -> _Number | None:
    """Return a number that is written as ``+33612345678``, which costs little beside a parse.

    Only where the plan's national prefix is a plain 0, which such a number must not keep.
    """
    if _PLAIN.fullmatch(text) is None:
        return None
    code = _plain_code(text[1:4])
    national = text[1 + len(code) :]
    return None if not code or national[0] == "0" else _Number(int(code), national)


@lru_cache(maxsize=1024)
def _plain_code(digits: str) -> str:
    """Return the country code that three digits begin with, or nothing where it is not a plain one."""
    codes = (digits[:length] for length in (1, 2, 3))
    found = (code for code in codes if int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
    code = next(found, "")
    return code if code and _drops_a_zero(int(code)) else ""


def _drops_a_zero(code: int) -> bool:
    region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code][0]
    plan = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    return plan is not None and plan.national_prefix_for_parsing == "0"


@lru_cache(maxsize=4096)
def _is_possible(code: int, digits: int) -> bool:
    """Return whether a country has numbers of so many digits: nothing else makes one possible."""
    return phonenumbers.is_possible_number(_as_parsed(_Number(code, "1" * digits)))


def _as_parsed(number: _Number) -> PhoneNumber:
    zeros = len(number.national) - len(number.national.lstrip("0"))
    return PhoneNumber(
        country_code=number.code,
        national_number=int(number.national),
        italian_leading_zero=True if zeros else None,
        number_of_leading_zeros=zeros if zeros > 1 else None,
    )
