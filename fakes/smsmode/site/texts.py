"""The texts of the pages, in French and in English."""

from fakes.kit.languages import Lang

COUNTRIES = (
    ("FR", "France", "France"),
    ("BE", "Belgique", "Belgium"),
    ("CH", "Suisse", "Switzerland"),
    ("LU", "Luxembourg", "Luxembourg"),
    ("MC", "Monaco", "Monaco"),
    ("DE", "Allemagne", "Germany"),
    ("ES", "Espagne", "Spain"),
    ("IT", "Italie", "Italy"),
    ("PT", "Portugal", "Portugal"),
    ("NL", "Pays-Bas", "Netherlands"),
    ("GB", "Royaume-Uni", "United Kingdom"),
    ("MA", "Maroc", "Morocco"),
    ("TN", "Tunisie", "Tunisia"),
    ("DZ", "Algérie", "Algeria"),
)
"""Where a head office may be: code, French name, English name."""

_PAIRS: dict[str, tuple[str, str]] = {
    "languages": ("Langues", "Languages"),
    "home": ("Un smsmode sur cette machine", "An smsmode on this machine"),
    "home_lead": (
        (
            "Il se conduit comme smsmode, sans opérateur ni facture. Les applications lui parlent "
            "à cette adresse ; les personnes partent d'ici."
        ),
        (
            "It behaves as smsmode does, without operators or bills. Applications talk to it at this "
            "address; people start here."
        ),
    ),
    "home_ledger": (
        "Ce qu'il fait, et d'après quelle source",
        "What it does, and by which source",
    ),
    "home_magic": (
        "Numéros dont le sort est fixé (JSON)",
        "Numbers whose fate is fixed (JSON)",
    ),
    "home_phones": ("Les téléphones et leurs SMS (JSON)", "The phones and their SMS (JSON)"),
    "home_journal": (
        "Le journal, le plus récent d'abord (JSON)",
        "The journal, newest first (JSON)",
    ),
    "home_control": (
        "Toutes les commandes, et ce que chacune prend (JSON)",
        "Every command, and what each takes (JSON)",
    ),
    "home_hands": ("À la main", "By hand"),
    "home_reply": ("Répondre depuis un téléphone", "Reply from a phone"),
    "home_hold": ("Retenir les callbacks", "Hold callbacks"),
    "home_release": (
        "Les laisser partir, dans l'ordre voulu",
        "Let them go, in the order you like",
    ),
    "home_clock": ("Laisser passer 26 heures d'un coup", "Let 26 hours pass at once"),
    "home_callbacks": (
        "Les rapports envoyés aux applications (JSON)",
        "The reports sent to applications (JSON)",
    ),
    "optout": ("Ne plus recevoir de SMS", "Stop receiving SMS"),
    "optout_button": ("Me désinscrire", "Unsubscribe me"),
    "optout_done": (
        "Le numéro {} est désinscrit : cet expéditeur ne lui enverra plus de SMS.",
        "The number {} is unsubscribed: this sender will send it no more SMS.",
    ),
    "optout_unknown": (
        "Aucun SMS n'a été envoyé à ce numéro.",
        "No SMS was sent to this number.",
    ),
    "register": ("Inscription à la plateforme smsmode", "Sign up to the smsmode platform"),
    "register_intro": (
        "Compte gratuit : aucune carte de crédit nécessaire, crédits de test.",
        "Free account: no credit card needed, test credits.",
    ),
    "company": ("Raison sociale", "Company name"),
    "first_name": ("Prénom", "First name"),
    "last_name": ("Nom", "Last name"),
    "country": ("Pays du siège social", "Country of the head office"),
    "email": ("Email", "E-mail"),
    "password": ("Mot de passe", "Password"),
    "show": ("Afficher", "Show"),
    "hide": ("Masquer", "Hide"),
    "rule_length": ("15 caractères minimum", "15 characters at least"),
    "rule_digit": ("Un chiffre", "A digit"),
    "rule_alphanumeric": ("10 caractères alphanumériques", "10 alphanumeric characters"),
    "rule_upper": ("Une majuscule", "An upper-case letter"),
    "rule_lower": ("Une minuscule", "A lower-case letter"),
    "met": ("respectée", "met"),
    "not_met": ("non respectée", "not met"),
    "terms": (
        "J'ai lu et j'accepte les conditions générales d'utilisation",
        "I have read and accept the terms of use",
    ),
    "captcha": ("CapSms", "CapSms"),
    "captcha_hint": ("Recopiez ces lettres :", "Copy these letters:"),
    "sign_up": ("Inscription", "Sign up"),
    "back_to_login": ("Retour à la page de connexion", "Back to the login page"),
    "login": ("Connexion", "Log in"),
    "no_account": ("Créer gratuitement un compte", "Create a free account"),
    "logout": ("Déconnexion", "Log out"),
    "tab_organisation": ("ORGANISATION", "ORGANISATION"),
    "tab_members": ("MEMBRES", "MEMBERS"),
    "tab_billing": ("FACTURATION", "BILLING"),
    "tab_blacklist": ("LISTE NOIRE", "BLACKLIST"),
    "tab_keys": ("CLÉS API", "API KEYS"),
    "organisation": ("Organisation", "Organisation"),
    "information": ("Informations sur l'organisation", "About the organisation"),
    "verified_at": ("Organisation vérifiée à {} %", "Organisation verified at {} %"),
    "steps_one": ("Il vous reste 1 étape à compléter", "1 step is left to complete"),
    "steps_many": ("Il vous reste {} étapes à compléter", "{} steps are left to complete"),
    "steps_none": ("Toutes les étapes sont complétées", "All steps are complete"),
    "created": ("Date de création", "Created on"),
    "phone": ("Numéro de téléphone", "Phone number"),
    "siren": ("SIREN", "SIREN"),
    "verified": ("Vérifié", "Verified"),
    "unverified": ("Non vérifié", "Not verified"),
    "responsible": ("Informations responsable", "Person responsible"),
    "credits": ("Crédits", "Credits"),
    "nothing": ("à compléter", "to be given"),
    "edit": ("Modifier", "Edit"),
    "members": ("Membres", "Members"),
    "billing": ("Contact de facturation", "Billing contact"),
    "billing_intro": (
        "Les factures seront envoyées chaque mois à cette adresse.",
        "Bills will be sent to this address every month.",
    ),
    "billing_email": ("E-mail de facturation", "Billing e-mail"),
    "save": ("Sauvegarder", "Save"),
    "saved": ("Modifications enregistrées.", "Your changes are saved."),
    "required": ("Les champs marqués * sont obligatoires.", "Fields marked * are required."),
    "blacklist": ("Liste noire", "Blacklist"),
    "blacklist_empty": ("Aucun numéro n'est en liste noire.", "No number is on the blacklist."),
    "since": ("Depuis", "Since"),
    "remove": ("Retirer", "Remove"),
    "api_keys": ("Clés API", "API keys"),
    "keys_intro": (
        "Une application envoie des SMS avec la clé d'un canal, dans l'en-tête X-Api-Key.",
        "An application sends SMS with the key of a channel, in the header X-Api-Key.",
    ),
    "keys_empty": ("Il n'y a pas encore de clé.", "There is no key yet."),
    "new_key": ("Nouvelle clé", "New key"),
    "key_name": ("Nom de la clé", "Name of the key"),
    "key": ("Clé", "Key"),
    "channel": ("Canal", "Channel"),
    "role": ("Portée", "Reach"),
    "role_USER": ("Ce canal", "This channel"),
    "role_MANAGER": (
        "Tous les canaux de l'organisation",
        "Every channel of the organisation",
    ),
    "role_ADMIN": (
        "Ces canaux, et ceux des organisations en dessous",
        "These channels, and those of the organisations below",
    ),
    "last_used": ("Dernière utilisation", "Last used"),
    "never": ("jamais", "never"),
    "blocked": ("bloquée", "blocked"),
    "make_key": ("Créer la clé", "Create the key"),
    "revoke": ("Révoquer", "Revoke"),
    "notification": ("Canal Notification", "Notification channel"),
    "notification_intro": (
        "Pour les SMS qui ne vendent rien. smsmode l'ouvre sur demande ; ici, tout de suite.",
        "For SMS that sell nothing. smsmode opens it on request; here, at once.",
    ),
    "open_notification": ("Ouvrir le canal Notification", "Open the notification channel"),
    "channel_wrong": ("Choisissez un canal de la liste.", "Choose a channel from the list."),
    "role_wrong": ("Choisissez une portée de la liste.", "Choose a reach from the list."),
    "mistakes": (
        "Le formulaire n'a pas été accepté\N{NO-BREAK SPACE}:",
        "The form was not accepted:",
    ),
    "missing": ("Ce champ est obligatoire.", "This field is required."),
    "email_wrong": ("Cette adresse n'est pas valide.", "This is not a valid address."),
    "email_taken": (
        "Un compte existe déjà avec cet email : connectez-vous.",
        "An account with this e-mail already exists: log in.",
    ),
    "password_weak": (
        "Le mot de passe ne respecte pas toutes les règles.",
        "The password does not meet every rule.",
    ),
    "terms_unread": (
        "Acceptez les conditions générales d'utilisation pour continuer.",
        "Accept the terms of use to go on.",
    ),
    "captcha_wrong": (
        "Les lettres recopiées ne sont pas les bonnes : en voici d'autres.",
        "These are not the letters: here are others.",
    ),
    "country_wrong": ("Choisissez un pays de la liste.", "Choose a country from the list."),
    "too_long": ("Ce texte est trop long.", "This text is too long."),
    "phone_wrong": ("Ce numéro n'est pas valide.", "This is not a valid number."),
    "siren_wrong": (
        "Un SIREN a 9 chiffres, un SIRET 14.",
        "A SIREN has 9 digits, a SIRET 14.",
    ),
    "login_wrong": (
        "L'email ou le mot de passe est incorrect.",
        "The e-mail or the password is wrong.",
    ),
    "session_over": (
        "Votre session a expiré : connectez-vous de nouveau.",
        "Your session is over: log in again.",
    ),
}
TEXTS: dict[Lang, dict[str, str]] = {
    "fr": {name: pair[0] for name, pair in _PAIRS.items()},
    "en": {name: pair[1] for name, pair in _PAIRS.items()},
}
"""Every text, by language and name."""
