"""Contacts as the console shows them, read from HubSpot's own API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

from sandbox.tutorial import SOURCE

CONSENT, STATUS = "smsmode_consent", "smsmode_status"
"""The properties that an SMS integration keeps."""
SHOWN = (
    "firstname",
    "lastname",
    "email",
    "company",
    "phone",
    "mobilephone",
    SOURCE,
    "hs_marketable_status",
    CONSENT,
    STATUS,
)
"""The properties that are asked for, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact.

    Args:
        id: Its HubSpot number.
        name: What to call it; its email or number when it has no name.
        phone: As it was typed.
        digits: The same number as networks know it; digits alone, empty when there is none.
        is_marketing: Whether it may get promotional SMS.
        consent: ``true``, ``false`` or empty.
        status: What smsmode knows of the phone.
        source: How the contact was met.
        properties: All that was read, in order.
    """

    id: str
    name: str
    phone: str
    digits: str
    is_marketing: bool
    consent: str
    status: str
    source: str
    properties: Mapping[str, str]

    @classmethod
    def read(cls, answer: Mapping[str, Any]) -> Self:
        """Return the contact of one result of the contacts API."""
        given = {name: str(answer["properties"].get(name) or "") for name in SHOWN}
        name = f"{given['firstname']} {given['lastname']}".strip()
        phone = given["mobilephone"] or given["phone"]
        return cls(
            id=str(answer["id"]),
            name=name or given["email"] or f"#{answer['id']}",
            phone=phone,
            digits=_digits(phone),
            is_marketing=given["hs_marketable_status"] == "true",
            consent=given[CONSENT],
            status=given[STATUS],
            source=given[SOURCE],
            properties=given,
        )


def shown_number(digits: str) -> str:
    """Return a number as people read it everywhere, and nothing for none.

    Args:
        digits: The number as networks know it: its digits, country first.
    """
    if not digits:
        return ""
    try:
        number = parse(f"+{digits}")
    except NumberParseException:
        return f"+{digits}"
    return format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _digits(phone: str) -> str:
    """Return a number's digits; a national one is taken for French, as the demonstration's are."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    if phone.startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return "33" + digits[1:] if digits.startswith("0") else digits
