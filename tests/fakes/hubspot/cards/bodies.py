"""A card as an app defines it, and as an app answers for it."""

BASE = "https://app.example/"
CARD = {
    "title": "smsmode",
    "fetch": {
        "targetUrl": f"{BASE}card",
        "objectTypes": [{"name": "contacts", "propertiesToSend": ["phone", "firstname"]}],
    },
    "display": {
        "properties": [
            {
                "name": "status",
                "label": "Statut",
                "dataType": "STATUS",
                "options": [{"name": "ok", "label": "Reçu", "type": "SUCCESS"}],
            }
        ]
    },
    "actions": {"baseUrls": [BASE]},
}
V1 = {
    "results": [
        {
            "objectId": n,
            "title": f"SMS {n}",
            "link": None,
            "status": "ok",
            "properties": [{"label": "Texte", "dataType": "STRING", "value": "Bonjour"}],
        }
        for n in range(7)
    ],
    "totalCount": 12,
    "allItemsLink": f"{BASE}all",
    "itemLabel": "Voir les autres SMS",
    "primaryAction": {
        "type": "IFRAME",
        "width": 890,
        "height": 748,
        "uri": f"{BASE}send",
        "label": "Envoyer un SMS",
        "associatedObjectProperties": ["phone"],
    },
    "secondaryActions": [
        {
            "type": "ACTION_HOOK",
            "httpMethod": "POST",
            "uri": f"{BASE}hook",
            "label": "Relancer",
            "associatedObjectProperties": ["firstname"],
        },
        {
            "type": "CONFIRMATION_ACTION_HOOK",
            "httpMethod": "DELETE",
            "uri": f"{BASE}hook",
            "label": "Effacer",
            "associatedObjectProperties": [],
            "confirmationMessage": "Effacer vraiment ?",
            "confirmButtonText": "Oui",
            "cancelButtonText": "Non",
        },
    ],
}
V3 = {
    "responseVersion": "v3",
    "totalCount": 1,
    "cardLabel": "SMS",
    "allItemsLinkUrl": f"{BASE}all",
    "sections": [
        {
            "id": "1",
            "title": "SMS 1",
            "linkUrl": f"{BASE}1",
            "tokens": [{"name": "t", "label": "Texte", "dataType": "STRING", "value": "Bonjour"}],
            "actions": [],
        }
    ],
    "topLevelActions": {
        "primary": {
            "type": "IFRAME",
            "url": f"{BASE}send",
            "width": 10,
            "height": 20,
            "label": "Envoyer",
            "propertyNamesIncluded": ["phone"],
        },
        "secondary": [
            {
                "type": "ACTION_HOOK",
                "httpMethod": "PUT",
                "url": f"{BASE}hook",
                "label": "Relancer",
                "propertyNamesIncluded": [],
                "confirmation": {
                    "prompt": "Vraiment ?",
                    "confirmButtonLabel": "Oui",
                    "cancelButtonLabel": "Non",
                },
            }
        ],
    },
}
CARDS = "/crm/v3/extensions/cards-dev"
