"""What the console calls the vendors' states, and what it counts, in French and in English."""

from collections.abc import Mapping

from sandbox.console.language import Language

_COUNTED: Mapping[str, Mapping[Language, tuple[str, str]]] = {
    "enrolled": {"fr": ("inscription", "inscriptions"), "en": ("enrolment", "enrolments")},
    "accepted": {"fr": ("SMS accepté", "SMS acceptés"), "en": ("SMS accepted", "SMS accepted")},
    "statuses": {"fr": ("statut reçu", "statuts reçus"), "en": ("status", "statuses")},
    "replied": {"fr": ("réponse", "réponses"), "en": ("reply", "replies")},
    "told": {
        "fr": ("événement écrit", "événements écrits"),
        "en": ("event written", "events written"),
    },
    "characters": {"fr": ("caractère", "caractères"), "en": ("character", "characters")},
}
_SINGULAR: Mapping[Language, frozenset[int]] = {"fr": frozenset({0, 1}), "en": frozenset({1})}

_STATES: Mapping[str, tuple[str, str, str]] = {
    "SCHEDULED": ("wait", "Programmé", "Scheduled"),
    "ENROUTE": ("wait", "En route", "On its way"),
    "DELIVERED": ("good", "Reçu", "Delivered"),
    "UNDELIVERABLE": ("bad", "Erreur permanente", "Undeliverable"),
    "UNDELIVERED": ("bad", "Non reçu", "Not delivered"),
    "active": ("wait", "En cours", "Active"),
    "completed": ("good", "Terminé", "Completed"),
    "unenrolled": ("bad", "Désinscrit", "Unenrolled"),
    "running": ("wait", "En cours", "Running"),
    "delayed": ("wait", "En attente", "Waiting"),
    "retrying": ("bad", "Nouvel essai prévu", "Will be retried"),
    "blocked": ("wait", "Attend la fin", "Waits for completion"),
    "succeeded": ("good", "Réussi", "Succeeded"),
    "failed": ("bad", "Échoué", "Failed"),
    "expired": ("bad", "Expiré", "Expired"),
    "skipped": ("bad", "Ignoré", "Skipped"),
    "unreachable": ("bad", "Injoignable", "Unreachable"),
    "timeout": ("bad", "Trop lent", "Too slow"),
    "closed": ("bad", "Coupé sans réponse", "Cut without an answer"),
    "unreadable": ("bad", "Réponse illisible", "Unreadable answer"),
    "forbidden": ("bad", "Adresse interdite", "Address not allowed"),
}


def state_in(language: Language, code: str | None) -> tuple[str, str]:
    """Return the tone (``good``, ``bad``, ``wait``) and the words of a vendor's state.

    A state that nobody told us of is shown as it is.
    """
    if code is None:
        return "wait", "…"
    found = _STATES.get(code)
    return ("wait", code) if found is None else (found[0], found[1 if language == "fr" else 2])


def counted_in(language: Language, name: str, count: int) -> str:
    """Return what is counted, in the singular or the plural that goes with ``count``."""
    one, many = _COUNTED[name][language]
    return one if count in _SINGULAR[language] else many
