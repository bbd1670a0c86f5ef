"""What each permission is called on the consent page, and which ones an install must ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from fakes.hubspot.state import App
from fakes.kit.languages import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One line of the consent page: shown when the app asks for all of its scopes.

    Args:
        scopes: What it stands for.
        heading: The product that it belongs to, by language.
        words: What it allows, by language.
    """

    scopes: tuple[str, ...]
    heading: dict[Lang, str]
    words: dict[Lang, str]


_CRM: dict[Lang, str] = {
    "fr": "Gérer et afficher vos données CRM",
    "en": "Manage and view your CRM data",
}
_BASICS: dict[Lang, str] = {"fr": "Autres autorisations", "en": "Other permissions"}
_FLOWS: dict[Lang, str] = {"fr": "Workflows", "en": "Workflows"}


def _crm(fr: str, en: str, *scopes: str) -> Permission:
    return Permission(scopes=scopes, heading=_CRM, words={"fr": fr, "en": en})


def _flow(fr: str, en: str, *scopes: str) -> Permission:
    return Permission(scopes=scopes, heading=_FLOWS, words={"fr": fr, "en": en})


def _basic(fr: str, en: str, *scopes: str) -> Permission:
    return Permission(scopes=scopes, heading=_BASICS, words={"fr": fr, "en": en})


def _records(fr: str, en: str, kind: str) -> tuple[Permission, ...]:
    """Return what reading records of a kind, changing them, and both, are called."""
    read, write = f"crm.objects.{kind}.read", f"crm.objects.{kind}.write"
    seen = f"Consulter les propriétés et les autres détails des {fr}"
    seen_en = f"View properties and other details about {en}"
    changed, changed_en = f"modifier et supprimer des {fr}.", f"edit and delete {en}."
    return (
        _crm(f"{seen}, créer, {changed}", f"{seen_en}, and create, {changed_en}", read, write),
        _crm(f"{seen}.", f"{seen_en}.", read),
        _crm(f"Créer, {changed}", f"Create, {changed_en}", write),
    )


def _settings(fr: str, en: str, kind: str) -> tuple[Permission, ...]:
    """Return what reading the property settings of a kind, changing them, and both, are called."""
    read, write = f"crm.schemas.{kind}.read", f"crm.schemas.{kind}.write"
    which, which_en = f"les paramètres de propriété des {fr}", f"property settings for {en}"
    return (
        _crm(
            f"Consulter {which} et les modifier.", f"View {which_en}, and change them.", read, write
        ),
        _crm(f"Consulter {which}.", f"View {which_en}.", read),
        _crm(f"Modifier {which}.", f"Change {which_en}.", write),
    )


def _sold(fr: str, en: str, changed_fr: str, changed_en: str, kind: str) -> tuple[Permission, ...]:
    """Return what reading what is sold, by either scope, and changing it are called."""
    seen, seen_en = f"Consulter les détails des {fr}.", f"View details about {en}."
    return (
        _crm(seen, seen_en, f"crm.schemas.{kind}.read"),
        _crm(seen, seen_en, f"crm.objects.{kind}.read"),
        _crm(
            f"Créer, modifier et supprimer des {changed_fr}.",
            f"Create, edit and delete {changed_en}.",
            f"crm.objects.{kind}.write",
        ),
    )


PERMISSIONS: tuple[Permission, ...] = (
    _crm(
        "Consulter les listes de contacts, les créer, les modifier et les supprimer.",
        "View contact lists, and create, edit and delete them.",
        "crm.lists.read",
        "crm.lists.write",
    ),
    _crm("Consulter les listes de contacts.", "View contact lists.", "crm.lists.read"),
    _crm(
        "Créer, modifier et supprimer des listes de contacts.",
        "Create, edit and delete contact lists.",
        "crm.lists.write",
    ),
    *_records("contacts", "contacts", "contacts"),
    *_records("transactions", "deals", "deals"),
    *_settings("contacts", "contacts", "contacts"),
    _crm(
        "Consulter les définitions d'objet personnalisé du CRM.",
        "View custom object definitions in the CRM.",
        "crm.schemas.custom.read",
    ),
    *_records("entreprises", "companies", "companies"),
    *_settings("entreprises", "companies", "companies"),
    *_sold("lignes de produits", "line items", "lignes de produits", "line items", "line_items"),
    *_settings("transactions", "deals", "deals"),
    *_sold(
        "devis et des modèles de devis", "quotes and quote templates", "devis", "quotes", "quotes"
    ),
    _crm(
        "Consulter les propriétaires des fiches d'informations.",
        "View the owners of records.",
        "crm.objects.owners.read",
    ),
    _flow("Accéder aux workflows.", "Access workflows.", "automation"),
    _flow(
        "Ajouter sur les pages de contacts des formulaires d'action.",
        "Add action forms to contact pages.",
        "actions",
    ),
    _flow(
        "Créer des événements chronologiques sur les fiches d'informations du CRM.",
        "Create timeline events on CRM records.",
        "timeline",
    ),
    _basic(
        "Utiliser les fonctionnalités de base d'OAuth.",
        "Use the basic functions of OAuth.",
        "oauth",
    ),
    _basic("Accéder aux tickets.", "Access tickets.", "tickets"),
    _basic(
        "Accéder aux fonctionnalités de e-commerce.",
        "Access e-commerce features.",
        "e-commerce",
    ),
    _basic(
        "media_bridge.read : lire les médias tiers et leurs événements.",
        "media_bridge.read: read third-party media and media events.",
        "media_bridge.read",
    ),
    _basic(
        "media_bridge.write : créer et modifier des médias tiers et leurs événements.",
        "media_bridge.write: create and update third-party media and media events.",
        "media_bridge.write",
    ),
)
"""Source: HubSpot developer docs, Scopes (docs); the wording is ours, close to the product's."""

ALWAYS = "oauth"
"""The scope that every install has. Source: HubSpot developer docs, Scopes (docs)."""

PRIVATE_APP_SCOPES = frozenset(
    (
        *(scope for line in PERMISSIONS for scope in line.scopes),
        "communication_preferences.read_write",
    )
) - {"timeline"}
"""What a private app may do: everything on the CRM; events belong to public apps."""

_PUBLIC_APP_SCOPES = frozenset(("timeline",))


def in_words(scopes: Iterable[str], lang: Lang) -> dict[str, list[str]]:
    """Return the consent page's lines for ``scopes``, by heading; an unlisted scope is its name."""
    asked = set(scopes)
    lines: dict[str, list[str]] = {}
    for permission in PERMISSIONS:
        if asked.issuperset(permission.scopes):
            asked.difference_update(permission.scopes)
            said = lines.setdefault(permission.heading[lang], [])
            if (words := permission.words[lang]) not in said:
                said.append(words)
    for scope in sorted(asked):
        lines.setdefault(_BASICS[lang], []).append(scope)
    return lines


def missing_scopes(app: App, asked: Sequence[str]) -> list[str]:
    """Return the scopes that ``app`` requires and that ``asked`` lacks."""
    return [scope for scope in app.required_scopes if scope not in asked and scope != ALWAYS]


def foreign_scopes(app: App, asked: Sequence[str]) -> list[str]:
    """Return the scopes of ``asked`` that ``app`` has not set up."""
    known = {*app.required_scopes, *app.optional_scopes, ALWAYS}
    return [scope for scope in asked if scope not in known]


def unknown_scopes(app: App) -> list[str]:
    """Return the scopes that an app has set up and that this fake has never heard of."""
    return [
        scope
        for scope in (*app.required_scopes, *app.optional_scopes)
        if scope not in PRIVATE_APP_SCOPES and scope not in _PUBLIC_APP_SCOPES
    ]


def doubt(scope: str) -> str:
    """Return what is to be said of a scope that this fake has never heard of.

    HubSpot has more scopes than the fake has routes, so that such a scope may be right.
    """
    known = sorted(PRIVATE_APP_SCOPES | _PUBLIC_APP_SCOPES)
    near = get_close_matches(scope, known, n=1, cutoff=0.8)
    said = f"'{scope}' is no scope that this HubSpot knows"
    return f"{said}: is it '{near[0]}'?" if near else f"{said}: nothing here asks for it."
