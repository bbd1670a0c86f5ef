"""Phone numbers: from what people type to what an SMS can be sent to."""

from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

from core.domain.errors import SendRefusedError
from core.domain.refusals import Refusal

_TAKES_SMS = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
_SHARED_PLANS = {"FR": ("GP", "GF", "MQ", "RE", "YT")}
"""Countries whose national numbers are dialled as one's own (0690, 0692, ... from France)."""
_NON_GEOGRAPHIC = "001"
_SHORTEST_INTERNATIONAL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number that an SMS can be sent to.

    Args:
        e164: In international form, ``+33611111111``.
        country: ISO alpha-2 code of its region, or ``""`` when it belongs to none.
    """

    e164: str
    country: str


def parse_recipient(text: str, country: str) -> Phone:
    """Return the number that ``text`` means.

    Understood: ``+33 6 11 11 11 11``, ``0033611111111``, ``33611111111``, and national numbers
    as they are written in ``country``, with or without spaces, dots, dashes and brackets.

    Args:
        text: What stands in the contact's phone property.
        country: ISO alpha-2 code of the account's country.

    Raises:
        SendRefusedError: ``NO_NUMBER``, ``INVALID_NUMBER``, or ``NOT_A_MOBILE`` for a number
            that exists but takes no SMS. A number whose plan does not tell fixed lines from
            mobiles is accepted.
    """
    typed = text.strip()
    if not typed:
        raise SendRefusedError(Refusal.NO_NUMBER)
    number = None if any(map(str.isalpha, typed)) else _find(typed, country)
    if number is None:
        raise SendRefusedError(Refusal.INVALID_NUMBER)
    if phonenumbers.number_type(number) not in _TAKES_SMS:
        raise SendRefusedError(Refusal.NOT_A_MOBILE)
    region = phonenumbers.region_code_for_number(number)
    return Phone(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        country="" if region in {None, _NON_GEOGRAPHIC} else region,
    )


def region_of(e164: str) -> str:
    """Return the ISO alpha-2 code of a number's region, ``""`` when it belongs to none."""
    number = _read(e164, None)
    region = None if number is None else phonenumbers.region_code_for_number(number)
    return "" if region in {None, _NON_GEOGRAPHIC} else str(region)


def calling_code(e164: str) -> int:
    """Return the country calling code of a number in international form: 33 for ``+336…``."""
    return phonenumbers.parse(e164).country_code or 0


def masked(e164: str) -> str:
    """Return a number with its middle hidden, for logs: ``+336******11``."""
    hidden = len(e164[4:-2])
    return f"{e164[:4]}{'*' * hidden}{e164[-2:]}" if hidden else "***"


def _find(typed: str, country: str) -> PhoneNumber | None:
    """Return the first valid reading of ``typed``."""
    if typed.startswith("+"):
        return _read(typed, None)
    if typed.startswith("00"):
        return _read("+" + typed[2:], None)
    home = country.upper()
    for region in (home, *_SHARED_PLANS.get(home, ())):
        number = _read(typed, region)
        if number is not None:
            return number
    digits = "".join(filter(str.isdigit, typed))
    if digits.startswith("0") or len(digits) < _SHORTEST_INTERNATIONAL:
        return None
    return _read("+" + digits, None)


def _read(typed: str, region: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(typed, region)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
