"""What the page of a record's cards says, in French and in English."""

from collections.abc import Mapping

from fakes.kit.languages import Lang

CARD_TEXTS: Mapping[Lang, Mapping[str, str]] = {
    "fr": {
        "cards": "Cartes de la fiche",
        "card_sunset": (
            "HubSpot a mis fin à ces cartes CRM historiques le 31 octobre 2026 : les fiches n'en "
            "montrent plus, et une application y a besoin d'une « app card ». Celle-ci est jouée "
            "telle qu'elle était (réglage card_sunset)."
        ),
        "card_speaks": (
            "Les cartes parlent la langue que leur application choisit : HubSpot ne lui en dit "
            "aucune. Les heures y sont celles du compte, {zone}."
        ),
        "card_more": "Voir plus",
        "card_done": "Action réussie.",
        "card_failed": "L'action a échoué.",
        "card_close": "Fermer",
        "card_back": "Revenir à la fiche",
        "card_frame": "Fenêtre de l'application",
        "no_card": "Aucune application connectée n'a de carte ici.",
    },
    "en": {
        "cards": "Cards of the record",
        "card_sunset": (
            "HubSpot ended these legacy CRM cards on October 31, 2026: real records no longer "
            "show them, and an app needs an app card there. This one is played as it was "
            "(setting card_sunset)."
        ),
        "card_speaks": (
            "Cards speak the language that their app chooses: HubSpot tells it none. Times on "
            "them are the account's, {zone}."
        ),
        "card_more": "See more",
        "card_done": "The action succeeded.",
        "card_failed": "The action failed.",
        "card_close": "Close",
        "card_back": "Back to the record",
        "card_frame": "The app's window",
        "no_card": "No connected app has a card here.",
    },
}
"""Each text by its name; those of all pages hold them too."""
