"""The contact properties that the app defines in HubSpot, and those that it reads.

Labels are the product's own, in French: HubSpot's properties have one label each.
Source: HubSpot developer docs, "Properties".
"""

from collections.abc import Mapping
from typing import Any

from core.domain.consent import PhoneStatus

CONSENT = "smsmode_consent"
"""The opt-in property's internal name."""
STATUS = "smsmode_status"
"""The phone status property's internal name."""
MARKETING = "hs_marketable_status"
"""HubSpot's own property: whether it is a marketing contact."""

REQUESTED_PROPERTIES = (
    CONSENT,
    STATUS,
    "phone",
    "mobilephone",
    "firstname",
    "lastname",
    "country",
    MARKETING,
)
"""The contact's properties that always travel with the action."""

PROPERTIES: tuple[Mapping[str, Any], ...] = (
    {
        "name": CONSENT,
        "label": "Consentement SMS via smsmode",
        "description": "Le contact accepte les SMS promotionnels envoyés par smsmode.",
        "groupName": "contactinformation",
        "type": "enumeration",
        "fieldType": "booleancheckbox",
        "formField": True,
        "options": [
            {"label": "Oui", "value": "true", "displayOrder": 0, "hidden": False},
            {"label": "Non", "value": "false", "displayOrder": 1, "hidden": False},
        ],
    },
    {
        "name": STATUS,
        "label": "Statut du téléphone pour smsmode",
        "description": "Ce que smsmode sait du téléphone du contact; tenu à jour par l'application.",
        "groupName": "contactinformation",
        "type": "enumeration",
        "fieldType": "select",
        "formField": False,
        "options": [
            {"label": status.value, "value": status.value, "displayOrder": place, "hidden": False}
            for place, status in enumerate(PhoneStatus)
        ],
    },
)
