"""The workflow action that the app defines in HubSpot: its form, its outputs, its labels.

Labels are the product's own, in French and English.
Source: HubSpot developer docs, "Custom workflow actions".
"""

from collections.abc import Mapping
from typing import Any

from core.domain.compose import SendType
from core.domain.gsm import Encoding
from core.domain.language import Language
from core.domain.refusal_texts import refusal_text
from core.domain.refusals import Refusal
from core.wire.hubspot_properties import REQUESTED_PROPERTIES

TO, KIND, SENDER, TEXT, STOP, ENCODING = "to", "type", "sender", "text", "stop", "encoding"

INPUT_FIELDS = frozenset({TO, KIND, SENDER, TEXT, STOP, ENCODING})
"""The names of the form's fields."""


def _field(
    name: str,
    kind: str,
    widget: str,
    *,
    required: bool = False,
    values: tuple[str, ...] = (),
    source: str = "STATIC_VALUE",
) -> dict[str, Any]:
    definition: dict[str, Any] = {"name": name, "type": kind, "fieldType": widget}
    if values:
        definition["options"] = [
            {"value": value, "label": value, "displayOrder": place, "hidden": False}
            for place, value in enumerate(values)
        ]
    return {
        "typeDefinition": definition,
        "supportedValueTypes": [source],
        "isRequired": required,
    }


def _output(name: str) -> dict[str, Any]:
    return {"typeDefinition": {"name": name, "type": "string", "fieldType": "text"}}


LABELS: Mapping[Language, Mapping[str, Any]] = {
    "fr": {
        "actionName": "smsmode : envoyer un SMS",
        "actionDescription": "Envoi d'un SMS à un contact",
        "actionCardContent": "Envoyer un SMS ({{type}})",
        "appDisplayName": "smsmode",
        "inputFieldLabels": {
            TO: "Destinataires",
            KIND: "Type d'envoi",
            SENDER: "Émetteur (11 Car. max)",
            TEXT: "Texte du SMS",
            STOP: 'Ajout de la mention "STOP" (11 car.)',
            ENCODING: "Encodage des SMS",
        },
        "inputFieldDescriptions": {
            TO: "La propriété du contact qui porte son numéro; son téléphone si rien n'est choisi.",
            SENDER: "Lettres et chiffres sans espace. Un émetteur personnalisé ne reçoit pas de réponse.",
            TEXT: "Seuls $nom et $prenom sont remplacés.",
            STOP: "Obligatoire pour tout envoi marketing, et alors toujours ajoutée.",
            ENCODING: "L'encodage standard remplace ce qu'il n'a pas : ç par c, un emoji par ?."
            " En Unicode tout reste, mais un SMS compte 70 caractères au lieu de 160.",
        },
        "inputFieldOptionLabels": {
            KIND: {
                SendType.PROMOTIONAL: "SMS Promotionnel",
                SendType.NOTIFICATION: "SMS Notification",
            },
            ENCODING: {
                Encoding.GSM7: "Standard Encoding (GSM7=default)",
                Encoding.UNICODE: "Unicode",
            },
        },
        "outputFieldLabels": {
            "sms_id": "Identifiant du SMS",
            "sms_status": "Statut du SMS",
            "sms_parts": "Nombre de SMS",
            "errorCode": "Code d'erreur",
            "detail": "Détail",
        },
    },
    "en": {
        "actionName": "smsmode: send an SMS",
        "actionDescription": "Send an SMS to a contact",
        "actionCardContent": "Send an SMS ({{type}})",
        "appDisplayName": "smsmode",
        "inputFieldLabels": {
            TO: "Recipients",
            KIND: "Message type",
            SENDER: "Sender ID (11 characters at most)",
            TEXT: "Text of the SMS",
            STOP: 'Add the "STOP" mention (11 characters)',
            ENCODING: "Encoding",
        },
        "inputFieldDescriptions": {
            TO: "The contact property that holds the number; the phone number when none is chosen.",
            SENDER: "Letters and digits without spaces. A personalised sender takes no replies.",
            TEXT: "Only $nom and $prenom are replaced, by the last and first names.",
            STOP: "Mandatory for every marketing SMS, and then always added.",
            ENCODING: "The standard encoding replaces what it lacks: ç by c, an emoji by ?."
            " Unicode keeps all, but an SMS then holds 70 characters rather than 160.",
        },
        "inputFieldOptionLabels": {
            KIND: {
                SendType.PROMOTIONAL: "Promotional SMS",
                SendType.NOTIFICATION: "Notification SMS",
            },
            ENCODING: {
                Encoding.GSM7: "Standard Encoding (GSM7=default)",
                Encoding.UNICODE: "Unicode",
            },
        },
        "outputFieldLabels": {
            "sms_id": "SMS id",
            "sms_status": "SMS status",
            "sms_parts": "Number of SMS",
            "errorCode": "Error code",
            "detail": "Detail",
        },
    },
}


def action_definition(action_url: str) -> dict[str, Any]:
    """Return the workflow action, in French and English, that calls ``action_url``.

    Each refusal has its rule, so that the workflow's history says in words what went wrong.
    """
    rules = [{"labelName": r.value, "conditions": {"errorCode": r.value}} for r in Refusal]
    labels = {
        language: {
            **texts,
            "executionRules": {r.value: refusal_text(r, language) for r in Refusal},
        }
        for language, texts in LABELS.items()
    }
    return {
        "actionUrl": action_url,
        "objectTypes": ["CONTACT"],
        "published": True,
        "functions": [],
        "inputFields": [
            _field(TO, "string", "text", source="OBJECT_PROPERTY"),
            _field(KIND, "enumeration", "select", required=True, values=tuple(SendType)),
            _field(SENDER, "string", "text"),
            _field(TEXT, "string", "textarea", required=True),
            _field(STOP, "bool", "booleancheckbox"),
            _field(ENCODING, "enumeration", "select", values=tuple(Encoding)),
        ],
        "outputFields": [
            _output(name) for name in ("sms_id", "sms_status", "sms_parts", "errorCode", "detail")
        ],
        "objectRequestOptions": {"properties": list(REQUESTED_PROPERTIES)},
        "executionRules": rules,
        "labels": labels,
    }
