"""Links from contacts to other records: the kinds that HubSpot defines, how they are read and shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fakes.hubspot.bodies import as_object
from fakes.hubspot.crm.kinds import refuse_unknown_kind
from fakes.hubspot.crm.records import Association, Contact
from fakes.hubspot.errors import invalid
from fakes.hubspot.shapes import number_of, number_or, objects_in, text_or
from fakes.hubspot.state import Portal

CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class _Kind:
    to_type: str
    label: str


_KINDS: Mapping[int, _Kind] = {
    1: _Kind("companies", "contact_to_company"),
    4: _Kind("deals", "contact_to_deal"),
    15: _Kind("tickets", "contact_to_ticket"),
    279: _Kind("companies", "contact_to_company_unlabeled"),
    449: _Kind(CONTACTS, "contact_to_contact"),
}
"""Source: HubSpot developer docs, Associations (docs)."""

_TYPES: Mapping[str, str] = {
    name: names[0]
    for names in (
        (CONTACTS, "contact", "0-1"),
        ("companies", "company", "0-2"),
        ("deals", "deal", "0-3"),
        ("tickets", "ticket", "0-5"),
    )
    for name in names
}


def read_associations(portal: Portal, body: Mapping[str, Any]) -> tuple[Association, ...]:
    """Return the links that the body of a create asks for.

    Assumed: another contact must exist; records of other types are not kept here, and any number
    stands for one.

    Raises:
        RefusedError: A link is incomplete, of an unknown kind, or to a contact that is not there.
    """
    if "associations" not in body:
        return ()
    return tuple(
        _read(portal, one, kind)
        for one in objects_in(body, "associations")
        for kind in objects_in(as_object(one, "to", "types"), "types")
    )


def shown_associations(contact: Contact, asked: Sequence[str]) -> dict[str, Any]:
    """Return a contact's links to records of the types ``asked``; types without any are left out.

    Source: HubSpot developer docs, Contacts (spec).

    Raises:
        RefusedError: There is no such type.
    """
    shown: dict[str, Any] = {}
    for name in asked:
        refuse_unknown_kind(name)
    for to_type in dict.fromkeys(_TYPES.get(name, name) for name in asked):
        found = [one for one in contact.associations if one.to_type == to_type]
        if found:
            listed = [{"id": str(one.to_id), "type": one.label} for one in found]
            shown[to_type] = {"results": listed}
    return shown


def _read(portal: Portal, one: Mapping[str, Any], kind: Mapping[str, Any]) -> Association:
    number = number_of(text_or(as_object(one["to"], "id"), "id"))
    known = _KINDS.get(number_or(kind, "associationTypeId", 0))
    if known is None or text_or(kind, "associationCategory") != "HUBSPOT_DEFINED":
        raise invalid(f"Invalid association type: {text_or(kind, 'associationTypeId')}")
    other = portal.contacts.get(number or 0)
    is_missing = known.to_type == CONTACTS and (other is None or other.archived_at is not None)
    if number is None or is_missing:
        raise invalid(f"Invalid association: no {known.to_type} record has the id {number}")
    return Association(known.to_type, number, known.label)
