"""What the card's pages say, in French and in English."""

from collections.abc import Mapping
from types import MappingProxyType

from core.domain.language import Language, Words

WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "send": Words(fr="Envoyer un SMS", en="Send an SMS"),
        "submit": Words(fr="Envoyer", en="Send"),
        "preview": Words(fr="Aperçu", en="Preview"),
        "cancel": Words(fr="Annuler", en="Cancel"),
        "close": Words(fr="Fermer", en="Close"),
        "to": Words(fr="Destinataires", en="Recipients"),
        "no_number": Words(fr="Aucun numéro", en="No number"),
        "templates": Words(fr="Modèles SMS:", en="SMS templates:"),
        "no_templates": Words(
            fr="Aucun modèle pour le moment. Ils se créent par « {edit} », sur la carte.",
            en="No template yet. They are made by “{edit}”, on the card.",
        ),
        "use": Words(fr="Remplit le texte", en="Fills the text"),
        "tokens": Words(
            fr="$nom et $prenom seront remplacés", en="$nom and $prenom will be replaced"
        ),
        "sender_hint": Words(
            fr="Lettres et chiffres, sans espace. Un émetteur personnalisé ne reçoit pas de réponse.",
            en="Letters and digits, without spaces. A personalised sender takes no replies.",
        ),
        "stop_hint": Words(
            fr="Obligatoire, et toujours ajoutée, pour un SMS Promotionnel.",
            en="Mandatory, and always added, for a promotional SMS.",
        ),
        "final": Words(fr="SMS tel qu'il sera reçu", en="The SMS as it will be received"),
        "required": Words(fr="obligatoire", en="required"),
        "wrong": Words(
            fr="Le SMS n'est pas parti : voyez ce qui est à corriger.",
            en="The SMS was not sent: see what is to be corrected.",
        ),
        "not_sent": Words(
            fr="Le SMS n'est pas parti, et rien n'est perdu de ce que vous avez écrit.",
            en="The SMS was not sent, and nothing that you wrote is lost.",
        ),
        "accepted": Words(fr="Le SMS part maintenant.", en="The SMS is on its way."),
        "scheduled": Words(fr="Le SMS est programmé.", en="The SMS is scheduled."),
        "follow": Words(
            fr="Son statut et les réponses s'affichent sur la fiche du contact.",
            en="Its status and the replies show on the contact record.",
        ),
        "you_may_close": Words(
            fr="Vous pouvez fermer cette fenêtre.", en="You may close this window."
        ),
        "edit": Words(fr="Éditer les modèles", en="Edit the templates"),
        "text": Words(fr="Texte du SMS:", en="Text of the SMS:"),
        "add_stop": Words(fr="(Ajout STOP (11 car))", en="(STOP added (11 characters))"),
        "add_stop_hint": Words(
            fr="Pour le compteur seulement : la mention s'ajoute à l'envoi, toujours pour un SMS"
            " Promotionnel.",
            en="For the counter only: the mention is added on sending, always for a promotional SMS.",
        ),
        "name": Words(fr="Nom du modèle courant", en="Name of the current template"),
        "new": Words(fr="Nouveau modèle", en="New template"),
        "keep_new": Words(fr="Ajouter", en="Add"),
        "keep_known": Words(fr="Modifier", en="Change"),
        "drop": Words(fr="Supprimer", en="Delete"),
        "save": Words(fr="Sauver et Quitter", en="Save and close"),
        "unsaved": Words(
            fr="Rien n'est enregistré avant « Sauver et Quitter ».",
            en="Nothing is saved before “Save and close”.",
        ),
        "added": Words(fr="Modèle ajouté à la liste.", en="Template added to the list."),
        "changed": Words(fr="Modèle modifié dans la liste.", en="Template changed in the list."),
        "dropped": Words(fr="Modèle retiré de la liste.", en="Template taken off the list."),
        "saved": Words(fr="Les modèles sont enregistrés.", en="The templates are saved."),
        "left": Words(fr="Rien n'a été modifié.", en="Nothing was changed."),
        "stale": Words(
            fr="a enregistré les modèles pendant que vous les éditiez. Rien n'est perdu : vos"
            " modèles sont ici, et les siens ci-dessous. Reprenez ce que vous voulez garder, puis"
            " enregistrez.",
            en="saved the templates while you were editing. Nothing is lost: your templates are"
            " here, and theirs below. Take what you want to keep, then save.",
        ),
        "theirs": Words(fr="Enregistrés entre-temps", en="Saved in the meantime"),
        "take": Words(fr="Reprendre", en="Take"),
        "only_mine": Words(fr="Absents de sa version :", en="Not in their version:"),
        "checks": Words(fr="SMS non reçu ?", en="SMS not received?"),
        "fine": Words(fr="En ordre", en="In order"),
        "trouble": Words(fr="À corriger", en="To be mended"),
        "unknown": Words(fr="Indéterminé", en="Undecided"),
        "mend": Words(fr="Où corriger :", en="Where to mend it:"),
        "not_shown": Words(fr="Cette page ne peut pas s'afficher", en="This page cannot be shown"),
        "kept": Words(fr="Ce que vous aviez écrit", en="What you had written"),
        "database_down": Words(
            fr="L'application smsmode est indisponible : réessayez dans un moment.",
            en="The smsmode app is unavailable: try again in a moment.",
        ),
        "again": Words(fr="Réessayer", en="Try again"),
        "no_contact": Words(
            fr="Ce contact n'existe plus dans HubSpot.",
            en="This contact is no longer in HubSpot.",
        ),
    }
)
"""Each text, by its name."""


def words(language: Language) -> dict[str, str]:
    """Return all texts in one language."""
    return {name: each.spoken_in(language) for name, each in WORDS.items()}


def counted(characters: int, parts: int, language: Language) -> str:
    """Return what a counter shows, such as ``84 caractères - 1 SMS``."""
    unit = "caractères" if language == "fr" else "characters"
    return f"{characters} {unit} - {parts} SMS"
