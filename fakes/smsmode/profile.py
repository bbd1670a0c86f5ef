"""Profiles: who stands behind an organisation, and where its bills go."""

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person. Source: smsmode API docs, Organisations (field names)."""

    firstName: str | None = None  # noqa: N815 - the vendor's spelling, as on the wire
    lastName: str | None = None  # noqa: N815 - the vendor's spelling
    email: str | None = None
    mobile: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address. Source: smsmode API docs, Organisations."""

    address1: str | None = None
    address2: str | None = None
    zipCode: str | None = None  # noqa: N815 - the vendor's spelling
    city: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What the law knows of it; ``registrationNumber`` is the SIRET or SIREN in France.

    Source: smsmode API docs, Organisations.
    """

    name: str | None = None
    registrationNumber: str | None = None  # noqa: N815 - the vendor's spelling
    vatNumber: str | None = None  # noqa: N815 - the vendor's spelling
    website: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The five objects that an organisation may be given and changed by."""

    contact: Contact = field(default_factory=Contact)
    address: Address = field(default_factory=Address)
    billingContact: Contact = field(default_factory=Contact)  # noqa: N815 - the vendor's spelling
    billingAddress: Address = field(default_factory=Address)  # noqa: N815 - the vendor's spelling
    companyInformation: Company = field(default_factory=Company)  # noqa: N815 - the vendor's spelling

    def as_json(self) -> dict[str, dict[str, str]]:
        """Return the objects that say something, without their empty fields."""
        shown = {f.name: given(getattr(self, f.name)) for f in fields(self)}
        return {name: said for name, said in shown.items() if said}


def given(part: Any) -> dict[str, str]:
    """Return the fields of a contact, address or company that are not empty."""
    said = {f.name: getattr(part, f.name) for f in fields(part)}
    return {name: value for name, value in said.items() if value is not None}
