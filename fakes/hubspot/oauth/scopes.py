"""What each permission is called on the consent page, and which ones an install must ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fakes.hubspot.state import App
from fakes.kit.languages import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One line of the consent page: shown when the app asks for any of its scopes.

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


PERMISSIONS: tuple[Permission, ...] = (
    _crm(
        "Consulter les listes de contacts, les créer, les modifier et les supprimer.",
        "View contact lists, and create, edit and delete them.",
        "crm.lists.read",
        "crm.lists.write",
    ),
    _crm(
        "Consulter les propriétés et les autres détails des contacts, créer, modifier et "
        "supprimer des contacts.",
        "View properties and other details about contacts, and create, edit and delete contacts.",
        "crm.objects.contacts.read",
        "crm.objects.contacts.write",
    ),
    _crm(
        "Consulter les propriétés et les autres détails des transactions, créer, modifier et "
        "supprimer des transactions.",
        "View properties and other details about deals, and create, edit and delete deals.",
        "crm.objects.deals.read",
        "crm.objects.deals.write",
    ),
    _crm(
        "Consulter les paramètres de propriété des contacts et les modifier.",
        "View property settings for contacts, and change them.",
        "crm.schemas.contacts.read",
        "crm.schemas.contacts.write",
    ),
    _crm(
        "Consulter les définitions d'objet personnalisé du CRM.",
        "View custom object definitions in the CRM.",
        "crm.schemas.custom.read",
    ),
    _crm(
        "Consulter les propriétés et les autres détails des entreprises, créer, modifier et "
        "supprimer des entreprises.",
        "View properties and other details about companies, and create, edit and delete companies.",
        "crm.objects.companies.read",
        "crm.objects.companies.write",
    ),
    _crm(
        "Consulter les détails des lignes de produits.",
        "View details about line items.",
        "crm.schemas.line_items.read",
        "crm.objects.line_items.read",
        "crm.objects.line_items.write",
    ),
    _crm(
        "Consulter les paramètres de propriété des transactions et les modifier.",
        "View property settings for deals, and change them.",
        "crm.schemas.deals.read",
        "crm.schemas.deals.write",
    ),
    _crm(
        "Consulter les détails des devis et des modèles de devis.",
        "View details about quotes and quote templates.",
        "crm.schemas.quotes.read",
        "crm.objects.quotes.read",
        "crm.objects.quotes.write",
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
        "crm.schemas.companies.read",
        "crm.schemas.companies.write",
        "communication_preferences.read_write",
    )
) - {"timeline"}
"""What a private app may do: everything on the CRM; events belong to public apps."""


def in_words(scopes: Iterable[str], lang: Lang) -> dict[str, list[str]]:
    """Return the consent page's lines for ``scopes``, by heading; an unlisted scope is its name."""
    asked = set(scopes)
    lines: dict[str, list[str]] = {}
    for permission in PERMISSIONS:
        if not asked.isdisjoint(permission.scopes):
            lines.setdefault(permission.heading[lang], []).append(permission.words[lang])
        asked.difference_update(permission.scopes)
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
