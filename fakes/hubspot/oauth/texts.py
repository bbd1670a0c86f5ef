"""What the pages say, in French and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fakes.hubspot.cards.texts import CARD_TEXTS
from fakes.kit.languages import Lang


class Problem(StrEnum):
    """Why a person cannot go on."""

    SESSION_EXPIRED = "session_expired"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of a message
    UNKNOWN_CLIENT = "unknown_client"
    UNREGISTERED_REDIRECT = "unregistered_redirect"
    MISSING_SCOPES = "missing_scopes"
    MISMATCHED_SCOPES = "mismatched_scopes"
    LACKING_SCOPES = "lacking_scopes"
    NOT_A_MEMBER = "not_a_member"
    MAY_NOT_INSTALL = "may_not_install"
    DEVELOPER_ACCOUNT = "developer_account"
    FORGED_FORM = "forged_form"
    WRONG_NAME = "wrong_name"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Message:
    """A title and a sentence."""

    title: str
    text: str


PROBLEMS: Mapping[Lang, Mapping[Problem, Message]] = {
    "fr": {
        Problem.SESSION_EXPIRED: Message(
            "Votre authentification a expiré",
            "Votre session a été annulée, veuillez vous reconnecter.",
        ),
        Problem.WRONG_PASSWORD: Message(
            "Connexion impossible", "L'adresse e-mail ou le mot de passe est incorrect."
        ),
        Problem.UNKNOWN_CLIENT: Message(
            "L'application n'a pas pu être connectée",
            "Aucune application ne correspond à cet identifiant (client_id). "
            "Contactez le développeur de l'application.",
        ),
        Problem.UNREGISTERED_REDIRECT: Message(
            "L'application n'a pas pu être connectée",
            "L'adresse de redirection (redirect_uri) ne correspond à aucune de celles que "
            "l'application a déclarées.",
        ),
        Problem.MISSING_SCOPES: Message(
            "Incohérence des autorisations",
            "L'adresse d'installation ne demande pas toutes les autorisations que l'application "
            "exige. Il manque :",
        ),
        Problem.MISMATCHED_SCOPES: Message(
            "Incohérence des autorisations",
            "L'adresse d'installation demande des autorisations que l'application n'a pas "
            "déclarées :",
        ),
        Problem.LACKING_SCOPES: Message(
            "Votre abonnement ne permet pas cette connexion",
            "Ce compte HubSpot n'a pas accès à :",
        ),
        Problem.NOT_A_MEMBER: Message(
            "Accès refusé", "Vous n'avez pas accès à ce compte HubSpot. Choisissez-en un autre."
        ),
        Problem.MAY_NOT_INSTALL: Message(
            "Vous n'êtes pas autorisé à installer des applications",
            "Demandez à un super administrateur de ce compte l'accès au Marketplace des "
            "applications.",
        ),
        Problem.DEVELOPER_ACCOUNT: Message(
            "Ce compte ne peut pas installer d'application",
            "Un compte de développeur ne peut pas connecter d'application : utilisez un compte "
            "de test.",
        ),
        Problem.FORGED_FORM: Message(
            "Demande refusée", "Le formulaire a expiré. Revenez à la page et recommencez."
        ),
        Problem.WRONG_NAME: Message(
            "L'application n'a pas été désinstallée.",
            "Le nom saisi n'est pas celui de l'application.",
        ),
        Problem.CANCELLED: Message(
            "Connexion annulée", "L'application n'a pas été connectée à votre compte."
        ),
    },
    "en": {
        Problem.SESSION_EXPIRED: Message(
            "Your authentication has expired", "Your session was ended, please log in again."
        ),
        Problem.WRONG_PASSWORD: Message(
            "You could not be logged in", "The email address or the password is incorrect."
        ),
        Problem.UNKNOWN_CLIENT: Message(
            "The app could not be connected",
            "No app has this client_id. Contact the app's developer.",
        ),
        Problem.UNREGISTERED_REDIRECT: Message(
            "The app could not be connected",
            "The redirect_uri is none of those that the app has registered.",
        ),
        Problem.MISSING_SCOPES: Message(
            "Scope mismatch",
            "The install URL does not ask for all the scopes that the app requires. Missing:",
        ),
        Problem.MISMATCHED_SCOPES: Message(
            "Scope mismatch", "The install URL asks for scopes that the app has not set up:"
        ),
        Problem.LACKING_SCOPES: Message(
            "Your subscription does not allow this connection",
            "This HubSpot account has no access to:",
        ),
        Problem.NOT_A_MEMBER: Message(
            "Access denied", "You do not belong to this HubSpot account. Choose another one."
        ),
        Problem.MAY_NOT_INSTALL: Message(
            "You don't have permission to install apps",
            "Ask a super admin of this account for App Marketplace Access.",
        ),
        Problem.DEVELOPER_ACCOUNT: Message(
            "This account cannot install apps",
            "A developer account cannot connect apps: use a developer test account.",
        ),
        Problem.FORGED_FORM: Message(
            "Request refused", "The form has expired. Go back to the page and try again."
        ),
        Problem.WRONG_NAME: Message(
            "The app was not uninstalled.", "The name that you typed is not the app's."
        ),
        Problem.CANCELLED: Message(
            "Connection cancelled", "The app was not connected to your account."
        ),
    },
}

TEXTS: Mapping[Lang, Mapping[str, str]] = {
    "fr": {
        "home": "Un HubSpot sur cette machine",
        "home_lead": "Il se conduit comme HubSpot, sans compte ni facture. Les applications lui "
        "parlent à cette adresse ; les personnes partent d'ici.",
        "home_login": "Se connecter",
        "home_ledger": "Ce qu'il fait, et d'après quelle source",
        "home_control": "Ce que l'on peut lui commander (JSON)",
        "home_accounts": "Comptes",
        "home_contacts": "Contacts (JSON)",
        "home_connected": "Applications connectées",
        "home_enrolments": "Passages dans les workflows (JSON)",
        **CARD_TEXTS["fr"],
        "home_cards": "Cartes de",
        "languages": "Langue",
        "login": "Connexion à votre compte",
        "email": "Adresse e-mail",
        "password": "Mot de passe",
        "remember": "Se souvenir de moi",
        "sign_in": "Connexion",
        "choose": "Choisir un compte",
        "choose_for": "Sélectionnez le compte HubSpot à connecter à l'application",
        "no_account": "Vous n'avez accès à aucun compte HubSpot.",
        "published_by": "Application de",
        "unverified": "HubSpot n'a pas vérifié cette application. Ne la connectez que si vous "
        "faites confiance à son développeur.",
        "asks": "Cette application demande à accéder à votre compte HubSpot",
        "permissions": "En la connectant, vous l'autorisez à :",
        "connect": "Connecter l'application",
        "connected": "Applications connectées",
        "installed_by": "Installée par",
        "see_permissions": "Afficher les autorisations",
        "uninstall": "Désinstaller",
        "uninstall_means": "L'application n'aura plus accès à ce compte : ses jetons sont "
        "révoqués, et ses actions dans les workflows échouent.",
        "type_name": "Pour confirmer, saisissez le nom de l'application :",
        "no_connected": "Aucune application n'est connectée à ce compte.",
        "cancel": "Annuler",
    },
    "en": {
        "home": "A HubSpot on this machine",
        "home_lead": "It behaves as HubSpot does, without accounts or bills. Applications talk to "
        "it at this address; people start here.",
        "home_login": "Log in",
        "home_ledger": "What it does, and by which source",
        "home_control": "What it can be told to do (JSON)",
        "home_accounts": "Accounts",
        "home_contacts": "Contacts (JSON)",
        "home_connected": "Connected apps",
        "home_enrolments": "Passages through workflows (JSON)",
        **CARD_TEXTS["en"],
        "home_cards": "Cards of",
        "languages": "Language",
        "login": "Log in to your account",
        "email": "Email address",
        "password": "Password",
        "remember": "Remember me",
        "sign_in": "Log in",
        "choose": "Choose an account",
        "choose_for": "Select the HubSpot account to connect to the app",
        "no_account": "You do not belong to any HubSpot account.",
        "published_by": "App by",
        "unverified": "HubSpot has not verified this app. Connect it only if you trust its "
        "developer.",
        "asks": "This app asks for access to your HubSpot account",
        "permissions": "By connecting it, you allow it to:",
        "connect": "Connect app",
        "connected": "Connected apps",
        "installed_by": "Installed by",
        "see_permissions": "View permissions",
        "uninstall": "Uninstall",
        "uninstall_means": "The app will have no access to this account any more: its tokens are "
        "revoked, and its actions in workflows fail.",
        "type_name": "To confirm, type the app's name:",
        "no_connected": "No app is connected to this account.",
        "cancel": "Cancel",
    },
}
"""The French is the tutorial's where it shows it; the rest is ours."""
