"""What a property is: its type, its options, and whose it is."""

from dataclasses import dataclass
from datetime import UTC, datetime

from fakes.hubspot.times import iso

FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
"""When HubSpot's own properties count as made."""

TYPES = frozenset(("bool", "date", "datetime", "enumeration", "number", "phone_number", "string"))
"""The types of a property. Source: HubSpot developer docs, Properties (spec)."""

FIELD_TYPES = {
    "booleancheckbox": frozenset(("bool", "enumeration")),
    "calculation_equation": frozenset(("bool", "enumeration", "string", "number")),
    "checkbox": frozenset(("enumeration",)),
    "date": frozenset(("date", "datetime")),
    "file": frozenset(("string",)),
    "html": frozenset(("string",)),
    "number": frozenset(("number",)),
    "phonenumber": frozenset(("string", "phone_number")),
    "radio": frozenset(("enumeration",)),
    "select": frozenset(("enumeration",)),
    "text": frozenset(("string",)),
    "textarea": frozenset(("string",)),
}
"""Which types each form field shows. Source: HubSpot developer docs, Properties (docs)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of an enumeration."""

    label: str
    value: str
    label_fr: str | None = None
    description: str = ""
    display_order: int = -1
    hidden: bool = False

    def as_json(self, locale: str = "en") -> dict[str, object]:
        """Return the option as the API shows it, in ``locale`` where HubSpot translates it."""
        return {
            "label": (self.label_fr if locale == "fr" else None) or self.label,
            "value": self.value,
            "description": self.description,
            "displayOrder": self.display_order,
            "hidden": self.hidden,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A set of properties under one heading."""

    name: str
    label: str
    label_fr: str | None = None
    display_order: int = -1
    archived: bool = False

    def as_json(self, locale: str = "en") -> dict[str, object]:
        """Return the group as the API shows it."""
        return {
            "name": self.name,
            "label": (self.label_fr if locale == "fr" else None) or self.label,
            "displayOrder": self.display_order,
            "archived": self.archived,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of contacts.

    Args:
        name: Its key, which never changes.
        label: What people read; ``label_fr`` is HubSpot's own translation.
        group: The group that it stands in.
        type: One of ``TYPES``.
        field_type: One of ``FIELD_TYPES``.
        options: The choices of an enumeration.
        hubspot_defined: Whether HubSpot made it.
        read_only: Whether only HubSpot writes it.
        calculated: Whether it is computed from others.
        unique: Whether no two contacts may have the same value.
        created_at: When it was made.
        updated_at: When it was last changed.
        archived_at: When it was deleted; ``None`` while it lives.
    """

    name: str
    label: str
    group: str
    type: str
    field_type: str
    label_fr: str | None = None
    description: str = ""
    options: tuple[Option, ...] = ()
    display_order: int = -1
    hidden: bool = False
    form_field: bool = False
    hubspot_defined: bool = False
    read_only: bool = False
    calculated: bool = False
    unique: bool = False
    created_at: datetime = FIRST_DAY
    updated_at: datetime = FIRST_DAY
    archived_at: datetime | None = None

    def as_json(self, locale: str = "en") -> dict[str, object]:
        """Return the property as the API shows it, in ``locale`` where HubSpot translates it.

        Source: HubSpot developer docs, Properties (spec).
        """
        shown: dict[str, object] = {
            "updatedAt": iso(self.updated_at),
            "createdAt": iso(self.created_at),
            "name": self.name,
            "label": (self.label_fr if locale == "fr" else None) or self.label,
            "type": self.type,
            "fieldType": self.field_type,
            "description": self.description,
            "groupName": self.group,
            "options": [option.as_json(locale) for option in self.options],
            "displayOrder": self.display_order,
            "calculated": self.calculated,
            "externalOptions": False,
            "archived": self.archived_at is not None,
            "hasUniqueValue": self.unique,
            "hidden": self.hidden,
            "hubspotDefined": self.hubspot_defined,
            "modificationMetadata": {
                "archivable": not self.hubspot_defined,
                "readOnlyDefinition": self.hubspot_defined,
                "readOnlyOptions": self.hubspot_defined,
                "readOnlyValue": self.read_only,
            },
            "formField": self.form_field,
            "dataSensitivity": "non_sensitive",
        }
        if self.archived_at is not None:
            shown["archivedAt"] = iso(self.archived_at)
        return shown
