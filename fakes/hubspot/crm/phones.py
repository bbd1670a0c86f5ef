"""What HubSpot computes from the phone numbers that people type."""

import re
from collections.abc import Mapping

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

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


def compute(values: Mapping[str, str], account_country: str) -> dict[str, str]:
    """Return the computed properties; those that cannot be computed are empty.

    Assumed: a national number is read with the contact's country, else the account's; one that
    cannot be read leaves nothing. The searchable forms hold the number without its country code.

    Args:
        values: The contact's properties.
        account_country: Two letters.
    """
    named = values.get("country", "").strip().casefold()
    country = _COUNTRIES.get(named) or (named.upper() if len(named) == 2 else account_country)  # noqa: PLR2004 - ISO 3166-1
    computed = dict.fromkeys(COMPUTED, "")
    if (phone := _read(values.get("phone", ""), country)) is not None:
        computed |= _of_phone(phone)
    if (mobile := _read(values.get("mobilephone", ""), country)) is not None:
        computed["hs_calculated_mobile_number"] = _e164(mobile)
        computed["hs_searchable_calculated_mobile_number"] = _national(mobile)
    return computed


def _of_phone(phone: PhoneNumber) -> dict[str, str]:
    national = _national(phone)
    region = phonenumbers.region_code_for_number(phone) or ""
    area = (
        phonenumbers.length_of_geographical_area_code(phone) if _has_area(region, national) else 0
    )
    return {
        "hs_calculated_phone_number": _e164(phone),
        "hs_calculated_phone_number_country_code": str(phone.country_code),
        "hs_calculated_phone_number_region_code": region,
        "hs_calculated_phone_number_area_code": national[:area],
        "hs_searchable_calculated_phone_number": national,
        "hs_searchable_calculated_international_phone_number": _e164(phone).lstrip("+"),
    }


def _has_area(region: str, national: str) -> bool:
    """Return whether a number may have an area code; asking the plan costs a tenth of its type.

    Fixed lines have one, and so do mobile numbers in the countries of ``_AREAS_OF_MOBILES``.
    """
    plan = phonenumbers.PhoneMetadata.metadata_for_region(region, None) if region else None
    if plan is None or plan.fixed_line is None or region in _AREAS_OF_MOBILES:
        return True
    pattern = plan.fixed_line.national_number_pattern
    return pattern is None or re.fullmatch(pattern, national) is not None


def _read(text: str, country: str) -> PhoneNumber | None:
    if not text:
        return None
    try:
        number = _read_plain(text) or phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _read_plain(text: str) -> PhoneNumber | None:
    """Return a number that is written as ``+33612345678``, which costs a fifth of a parse.

    Only where the plan's national prefix is a plain 0, which such a number must not keep.
    """
    if _PLAIN.fullmatch(text) is None:
        return None
    for end in (2, 3, 4):
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(text[1:end]))
        if regions is not None:
            plan = phonenumbers.PhoneMetadata.metadata_for_region(regions[0], None)
            if plan is None or plan.national_prefix_for_parsing != "0" or text[end] == "0":
                return None
            return PhoneNumber(country_code=int(text[1:end]), national_number=int(text[end:]))
    return None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _national(number: PhoneNumber) -> str:
    return phonenumbers.national_significant_number(number)
