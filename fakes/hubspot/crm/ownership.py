"""Which contact owns each value of the unique properties; an email counts whatever its case."""

from collections.abc import Iterator, Mapping

from fakes.hubspot.crm.records import Contact
from fakes.hubspot.errors import Category, RefusedError, invalid
from fakes.hubspot.state import Portal

_EMAIL, _OTHER_EMAILS = "email", "hs_additional_emails"


def owner(portal: Portal, name: str, value: str) -> Contact | None:
    """Return the contact that owns ``value``, or ``None``.

    Raises:
        RefusedError: The property is not a unique one.
    """
    owners = portal.unique_values.get(name)
    if owners is None:
        raise invalid(f"{name} is not a unique identifier of contacts.")
    wanted = value.strip().lower() if name == _EMAIL else value
    return portal.contacts.get(owners.get(wanted, 0))


def refuse_duplicates(portal: Portal, contact: Contact | None, values: Mapping[str, str]) -> None:
    """Refuse values of which another contact owns one.

    Source: HubSpot developer docs, Contacts (many clients' logs).

    Raises:
        RefusedError: It names the other contact.
    """
    for name, owners in portal.unique_values.items():
        found = owners.get(values.get(name, ""))
        if found is not None and (contact is None or found != contact.id):
            said = f"Contact already exists. Existing ID: {found}"
            raise RefusedError(409, said, Category.CONFLICT)


def follow(portal: Portal, contact: Contact, before: Mapping[str, str | None]) -> None:
    """Note that ``contact``, which held ``before``, now holds its values."""
    for name, owners in portal.unique_values.items():
        if name not in before and not (name == _EMAIL and _OTHER_EMAILS in before):
            continue
        for value in _values(name, before):
            if owners.get(value) == contact.id:
                del owners[value]
        for value in _values(name, contact.values):
            owners[value] = contact.id


def release(portal: Portal, contact: Contact) -> None:
    """Give up all that a contact owns."""
    for name, owners in portal.unique_values.items():
        for value in _values(name, contact.values):
            if owners.get(value) == contact.id:
                del owners[value]


def own(portal: Portal, name: str, contact: Contact) -> None:
    """Note what a contact holds of a property that has become unique, or of a contact come back."""
    for value in _values(name, contact.values):
        portal.unique_values[name][value] = contact.id


def _values(name: str, held: Mapping[str, str | None]) -> Iterator[str]:
    if value := held.get(name):
        yield value
    if name == _EMAIL:
        yield from filter(None, (held.get(_OTHER_EMAILS) or "").split(";"))
