"""What the console says, in French and in English, side by side."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    # The frame
    "brand": ("Sandbox HubSpot × smsmode", "HubSpot × smsmode sandbox"),
    "skip": ("Aller au contenu", "Skip to content"),
    "menu": ("Pages", "Pages"),
    "languages": ("Langue", "Language"),
    "loop": ("La boucle", "The loop"),
    "journal": ("Journal", "Journal"),
    "clock": ("Horloge du monde", "The world's clock"),
    "zone": ("heure de Paris", "Paris time"),
    "paused": ("en pause", "paused"),
    "pause": ("Pause", "Pause"),
    "normal": ("Temps réel", "Real time"),
    "fast": ("60 fois plus vite", "60 times faster"),
    "hour": ("Avancer d'une heure", "Skip an hour"),
    "day": ("Avancer d'un jour", "Skip a day"),
    "news": ("La page a été mise à jour", "The page was updated"),
    # Home
    "lead": (
        (
            "Un contact vient au salon : HubSpot l'inscrit, l'intégration lui écrit, "
            "son téléphone répond, et sa fiche le raconte."
        ),
        (
            "A contact comes to the fair: HubSpot enrols them, the integration writes to them, "
            "their phone answers, and their record tells the story."
        ),
    ),
    "contacts": ("Contacts", "Contacts"),
    "name": ("Nom", "Name"),
    "marketing": ("Marketing", "Marketing"),
    "consent": ("Consentement SMS", "SMS consent"),
    "phone_status": ("Statut du téléphone", "Phone status"),
    "action": ("Action", "Action"),
    "visit": ("Venu au salon", "Came to the fair"),
    "yes": ("Oui", "Yes"),
    "no": ("Non", "No"),
    "unknown": ("Non renseigné", "Not set"),
    "phones": ("Téléphones", "Phones"),
    "no_phones": (
        "Aucun téléphone n'a encore sonné. Appuyez sur « Venu au salon » à côté d'un contact.",
        "No phone has rung yet. Press “Came to the fair” beside a contact.",
    ),
    "not_sent": ("Pas d'envoi", "Nothing sent"),
    "latest": ("Derniers événements des fiches", "Latest events on the records"),
    "no_events": (
        (
            "Les fiches n'ont encore rien à raconter : les SMS, leurs statuts et les réponses "
            "viendront ici."
        ),
        "The records have nothing to tell yet: SMS, their statuses and replies will come here.",
    ),
    "addresses": ("Adresses et identités", "Addresses and identities"),
    "integration": ("Intégration", "Integration"),
    "account": ("Compte HubSpot", "HubSpot account"),
    "email": ("Adresse e-mail", "Email"),
    "password": ("Mot de passe", "Password"),
    "token": ("Jeton HubSpot", "HubSpot token"),
    "app_id": ("Application HubSpot", "HubSpot app"),
    "developer_key": ("Clé de développeur HubSpot", "HubSpot developer key"),
    "client_id": ("Client ID de l'application", "The app's client ID"),
    "client_secret": ("Client secret de l'application", "The app's client secret"),
    "key": ("Clé smsmode", "smsmode key"),
    "operator": ("Jeton de l'exploitant", "The operator's token"),
    # An empty world
    "empty": ("Ce monde est encore vide", "This world is still empty"),
    "unfinished": ("Avant qu'un SMS parte", "Before an SMS is sent"),
    "prepare_text": (
        (
            "Installez l'application, reliez les clés, créez des contacts et le workflow "
            "« Suite du salon » : d'un coup…"
        ),
        (
            "Install the app, link the keys, make contacts and the workflow “Suite du salon”: "
            "all at once…"
        ),
    ),
    "prepare": ("Tout préparer", "Prepare everything"),
    "by_hand": ("… ou pas à pas, comme un client", "… or step by step, as a customer does"),
    "install": ("Installer l'application", "Install the app"),
    "install_text": (
        (
            "Le lien d'installation mène à HubSpot : connectez-vous avec l'adresse et le mot de passe "
            "ci-dessous, puis acceptez."
        ),
        (
            "The install link leads to HubSpot: sign in with the address and password below, "
            "then accept."
        ),
    ),
    "installed": ("Application installée", "App installed"),
    "other_installed": (
        "« {name} » est installée, à la place de l'application de la sandbox",
        "“{name}” is installed, in the place of the sandbox's own app",
    ),
    "link": ("Relier les clés API", "Link the API keys"),
    "link_text": (
        (
            "L'exploitant relie les clés « Hubspot Mkt » et « Hubspot Not ». Avant cela, rien ne "
            "part. Une installation pour un autre compte smsmode demande de les relier de nouveau."
        ),
        (
            "The operator links the keys “Hubspot Mkt” and “Hubspot Not”. Before that nothing is "
            "sent. An installation for another smsmode account asks for them again."
        ),
    ),
    "keys_elsewhere": (
        (
            "Relier des clés ici ne vaut que pour l'intégration de la sandbox, "
            "dont l'application n'est pas installée : la vôtre garde ses clés elle-même."
        ),
        (
            "Keys are linked here for the sandbox's own integration only, whose app is not "
            "installed: yours keeps its keys itself."
        ),
    ),
    "linked": ("Clés API reliées", "API keys linked"),
    "populate": ("Créer les contacts et le workflow", "Create the contacts and the workflow"),
    "populate_text": (
        (
            "Des contacts marketing, la propriété « CAL_Autres Sources » et le workflow publié "
            "« Suite du salon » : le journal garde chaque appel à l'API."
        ),
        (
            "Marketing contacts, the property “CAL_Autres Sources” and the published workflow "
            "“Suite du salon”: the journal keeps each call of the API."
        ),
    ),
    "no_contacts": ("Le compte n'a pas encore de contact.", "The account has no contact yet."),
    # A phone
    "phone": ("Téléphone", "Phone"),
    "thread": ("Conversation", "Conversation"),
    "reply": ("Répondre", "Reply"),
    "reply_label": ("Réponse de ce téléphone", "This phone's reply"),
    "send": ("Envoyer", "Send"),
    "stop": ("Répondre STOP", "Reply STOP"),
    "listed": ("Sur liste noire", "Blacklisted"),
    "parts": ("SMS", "SMS"),
    "received": ("Reçu par le téléphone", "Received by the phone"),
    "written": ("Écrit par le téléphone", "Written by the phone"),
    "empty_thread": (
        "Ce téléphone n'a encore rien reçu ni écrit.",
        "This phone has received and written nothing yet.",
    ),
    "network": ("Réseau", "Network"),
    "record": ("Fiche de", "Record of"),
    # A contact
    "timeline": ("Chronologie", "Timeline"),
    "properties": ("Propriétés", "Properties"),
    "enrolments": ("Workflows", "Workflows"),
    "as_written": (
        "Les raisons et les statuts sont montrés tels que HubSpot les a reçus.",
        (
            "Reasons and statuses are shown as HubSpot got them: the integration writes them "
            "on records in French."
        ),
    ),
    "no_enrolments": (
        "Ce contact n'est passé dans aucun workflow.",
        "This contact has been through no workflow.",
    ),
    "inputs": ("Ce que HubSpot a envoyé", "What HubSpot sent"),
    "outputs": ("Ce que l'action a rendu", "What the action returned"),
    "attempts": ("Appels", "Calls"),
    "next_at": ("prochain essai à", "next try at"),
    "card": ("Carte", "Card"),
    "open_phone": ("Voir son téléphone", "See their phone"),
    # The journal
    "journal_lead": (
        (
            "Tout ce qui s'est passé, le plus récent d'abord. Une pastille numérotée dit de quoi "
            "une ligne découle : cliquez pour ne voir que cette suite."
        ),
        (
            "All that happened, newest first. A numbered chip says what a line follows from: "
            "click to see only that sequence."
        ),
    ),
    "no_entries": ("Il ne s'est encore rien passé.", "Nothing has happened yet."),
    "no_cause": (
        "Rien ne découle d'une ligne de ce numéro : suivez une pastille du journal.",
        "Nothing follows from a line of that number: follow a chip of the journal.",
    ),
    "when": ("Heure", "Time"),
    "who": ("Qui", "Who"),
    "what": ("Quoi", "What"),
    "cause": ("Découle de", "Follows from"),
    "only": ("Seulement ce qui découle de", "Only what follows from"),
    "all": ("Tout voir", "See everything"),
    "older": ("Plus ancien", "Older"),
    "newest": ("Plus récent", "Newest"),
    "entry": ("Ligne", "Line"),
    "request": ("Requête", "Request"),
    "answer": ("Réponse", "Answer"),
    "headers": ("En-têtes", "Headers"),
    "no_body": ("Sans contenu.", "No content."),
    "fields": ("Détails", "Details"),
    # What stands in the way
    "not_found": ("Il n'y a rien à cette adresse", "There is nothing at this address"),
    "back": ("Revenir à la boucle", "Back to the loop"),
    "refused": ("La demande a été refusée", "The request was refused"),
    "no_text": ("Écrivez d'abord la réponse de ce téléphone.", "Write this phone's reply first."),
    "no_contact": (
        "Il n'y a pas de contact de ce numéro : choisissez-en un dans la liste.",
        "There is no contact of that number: choose one from the list.",
    ),
    "silent_phone": (
        "Ce téléphone n'a encore rien reçu : il ne peut pas répondre. Envoyez-lui d'abord un SMS.",
        "This phone has received nothing yet, so it cannot reply. Send it an SMS first.",
    ),
    "not_installed": (
        "L'application n'est pas encore installée : commencez par là. Rien n'a été changé.",
        "The app is not installed yet: begin with that. Nothing was changed.",
    ),
    "no_action": (
        (
            "L'application installée n'a pas encore publié d'action de workflow : publiez-la "
            "(POST /automation/v4/actions/{appId}, « published »), puis recommencez. "
            "Rien n'a été changé."
        ),
        (
            "The installed app has not published a workflow action yet: publish it "
            "(POST /automation/v4/actions/{appId}, “published”), then try again. "
            "Nothing was changed."
        ),
    ),
    "no_pace": (
        (
            "L'horloge ne sait pas faire cela : « to » est pause, normal, fast, hour ou day. "
            "Rien n'a été changé."
        ),
        (
            "The clock does not do that: “to” is pause, normal, fast, hour or day. "
            "Nothing was changed."
        ),
    ),
    "foreign": (
        "Cette demande ne vient pas d'une page de la console.",
        "This request does not come from a page of the console.",
    ),
}
"""Each text by its name, in French and in English."""
