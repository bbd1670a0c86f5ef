"""Completeness: how far an organisation is verified, computed from what it gave."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fakes.smsmode.profile import Profile

_SIREN_LENGTH, _SIRET_LENGTH = 9, 14


class Item(StrEnum):
    """Something that verifies an organisation."""

    EMAIL = "email"
    RESPONSIBLE = "responsible"
    PHONE = "phone"
    SIREN = "siren"
    BILLING = "billing"


@dataclass(frozen=True, slots=True)
class _Share:
    item: Item
    percent: int
    is_done: Callable[[Profile], bool]


def siren_of(profile: Profile) -> str | None:
    """Return the SIREN: the first nine digits of the registration number, or ``None``."""
    number = "".join((profile.companyInformation.registrationNumber or "").split())
    return number[:_SIREN_LENGTH] if number else None


def is_siren(text: str) -> bool:
    """Return whether ``text`` has the shape of a SIREN or of a SIRET, spaces apart."""
    number = "".join(text.split())
    return number.isascii() and number.isdigit() and len(number) in {_SIREN_LENGTH, _SIRET_LENGTH}


def is_verified(profile: Profile) -> bool:
    """Return whether the SIREN is *Vérifié*. Assumed: its check digit decides."""
    siren = siren_of(profile)
    return siren is not None and is_siren(siren) and _luhn(siren) % 10 == 0


def percentage(profile: Profile) -> int:
    """Return how far an organisation is verified, from 0 to 100.

    Source: the vendor's tutorial shows 35 % with an unverified SIREN and no billing e-mail.
    Assumed: the five shares.
    """
    return sum(share.percent for share in _SHARES if share.is_done(profile))


def remaining(profile: Profile) -> tuple[Item, ...]:
    """Return the steps that are left."""
    return tuple(share.item for share in _SHARES if not share.is_done(profile))


def _luhn(number: str) -> int:
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled)  # noqa: PLR2004 - two digits, summed


_SHARES = (
    _Share(Item.EMAIL, 5, lambda p: bool(p.contact.email)),
    _Share(Item.RESPONSIBLE, 15, lambda p: bool(p.contact.firstName and p.contact.lastName)),
    _Share(Item.PHONE, 15, lambda p: bool(p.contact.mobile)),
    _Share(Item.SIREN, 40, is_verified),
    _Share(Item.BILLING, 25, lambda p: bool(p.billingContact.email)),
)
