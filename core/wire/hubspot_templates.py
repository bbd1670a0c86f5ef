"""The timeline events that the app defines in HubSpot: what a contact's record shows of its SMS.

Source: HubSpot developer docs, "Timeline events".
"""

from collections.abc import Mapping
from typing import Any

SENT_TEMPLATE = "Envoi SMS"
REPLY_TEMPLATE = "SMS MO"
STOP_TEMPLATE = "SMS MO (opt-out)"

_WHEN = "{{#formatDate timestamp}}{{/formatDate}}"


def _token(name: str, label: str, kind: str = "string") -> dict[str, str]:
    return {"name": name, "label": label, "type": kind}


TEMPLATES: tuple[Mapping[str, Any], ...] = (
    {
        "name": SENT_TEMPLATE,
        "objectType": "contacts",
        "headerTemplate": "Statut du SMS [{{statut}}] transmis le " + _WHEN,
        "detailTemplate": "SMS message: {{message}}\n\nStatut: {{statut}}.\n\n"
        "{{statut}}: " + _WHEN + ".\n\n"
        "Nombre de caractères du message: {{caracteres}}.\n\nNombre de SMS: {{nombre_sms}}."
        "\n\n{{detail}}",
        "tokens": [
            _token("message", "SMS message"),
            _token("statut", "Statut"),
            _token("caracteres", "Nombre de caractères", "number"),
            _token("nombre_sms", "Nombre de SMS", "number"),
            _token("detail", "Détail"),
        ],
    },
    {
        "name": REPLY_TEMPLATE,
        "objectType": "contacts",
        "headerTemplate": "SMS MO [{{texte}}] reçu à " + _WHEN,
        "detailTemplate": 'SMS Message type "Réponse du destinataire" reçu de {{telephone}} à '
        f"{_WHEN}\n\nTexte du message:\n\n"
        "{{texte}}",
        "tokens": [_token("texte", "Texte du message"), _token("telephone", "Téléphone")],
    },
    {
        "name": STOP_TEMPLATE,
        "objectType": "contacts",
        "headerTemplate": "SMS MO [{{texte}}] reçu à " + _WHEN,
        "detailTemplate": 'Type de message: "Opt-out demandé" reçu de {{telephone}} à '
        f"{_WHEN}.\n\nSMS réponse:\n\n"
        "{{texte}}",
        "tokens": [_token("texte", "SMS réponse"), _token("telephone", "Téléphone")],
    },
)
