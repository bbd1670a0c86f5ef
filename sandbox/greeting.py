"""What the terminal says once a world is served, and when it cannot be: French and English."""

from typing import Literal

from sandbox.addresses import Addresses
from sandbox.identities import Identities

Language = Literal["fr", "en"]
"""The languages that the terminal speaks."""

_PLACES = {
    "fr": """\
La sandbox est prête (graine {seed}, horloge ×{rate:g}). Rien ne sort de cette machine.

  Console      {console}
  HubSpot      {hubspot_app}
  smsmode      {smsmode_ui}
  Intégration  {integration}

  Compte HubSpot  {portal_id}
  Connexion       {email}  {password}
  Jeton HubSpot   {access_token}
  Clés smsmode    marketing    {marketing}
                  notification {notification}
                  admin        {admin}
""",
    "en": """\
The sandbox is ready (seed {seed}, clock ×{rate:g}). Nothing leaves this machine.

  Console      {console}
  HubSpot      {hubspot_app}
  smsmode      {smsmode_ui}
  Integration  {integration}

  HubSpot account  {portal_id}
  Sign in          {email}  {password}
  HubSpot token    {access_token}
  smsmode keys     marketing    {marketing}
                   notification {notification}
                   admin        {admin}
""",
}

_FURNISHED = {
    "fr": """\
À essayer
  1. Ouvrez la console et appuyez sur « Venu au salon » : {console}
  2. Ou faites-le par l'API, comme un formulaire le ferait :
     curl -X PATCH {hubspot_api}/crm/v3/objects/contacts/{contact_id} \\
       -H 'Authorization: Bearer {access_token}' -H 'Content-Type: application/json' \\
       -d '{{"properties":{{"cal_autres_sources":"Salon visiteur"}}}}'
  3. Lisez sa fiche : le SMS, ses statuts, la réponse : {console}/contacts/{contact_id}

Ctrl-C pour arrêter.
""",
    "en": """\
To try
  1. Open the console and press “Came to the fair”: {console}
  2. Or do it over the API, as a form would:
     curl -X PATCH {hubspot_api}/crm/v3/objects/contacts/{contact_id} \\
       -H 'Authorization: Bearer {access_token}' -H 'Content-Type: application/json' \\
       -d '{{"properties":{{"cal_autres_sources":"Salon visiteur"}}}}'
  3. Read the record: the SMS, its statuses, the reply: {console}/contacts/{contact_id}

Ctrl-C to stop.
""",
}

_EMPTY = {
    "fr": """\
À essayer
  1. Ouvrez la console : elle dit comment installer l'application : {console}
  2. Ou demandez un lien d'installation, comme l'exploitant :
     curl -X POST {integration}/operator/installs \\
       -H 'Authorization: Bearer {operator_token}' -H 'Content-Type: application/json' \\
       -d '{{"account":"{account}"}}'
  3. Suivez le fil de ce qui se passe : {console}/journal

Ctrl-C pour arrêter.
""",
    "en": """\
To try
  1. Open the console: it says how to install the app: {console}
  2. Or ask for an install link, as the operator does:
     curl -X POST {integration}/operator/installs \\
       -H 'Authorization: Bearer {operator_token}' -H 'Content-Type: application/json' \\
       -d '{{"account":"{account}"}}'
  3. Follow what happens: {console}/journal

Ctrl-C to stop.
""",
}

_PORT_TAKEN = {
    "fr": "sandbox : le port {port} n'est pas libre ({reason}) ; "
    "choisissez-en d'autres avec --port N (N à N+3), ou --port 0 pour quatre ports libres",
    "en": "sandbox: port {port} cannot be used ({reason}); "
    "choose others with --port N (N to N+3), or --port 0 for four free ones",
}

_NOT_STARTED = {
    "fr": "sandbox : le démarrage a échoué : {reason}",
    "en": "sandbox: it could not start: {reason}",
}


def greet(
    language: Language,
    addresses: Addresses,
    identities: Identities,
    *,
    seed: int,
    rate: float,
    contact_id: str | None,
) -> str:
    """Return what people read once a world is served.

    Args:
        language: In which language.
        addresses: Where the parties are.
        identities: Who may do what.
        seed: The world's seed.
        rate: How fast its clock goes.
        contact_id: A contact to begin with; ``None`` in an empty world.
    """
    steps = _EMPTY if contact_id is None else _FURNISHED
    return (_PLACES[language] + "\n" + steps[language]).format(
        console=addresses.console,
        hubspot_api=addresses.hubspot_api,
        hubspot_app=addresses.hubspot_app,
        smsmode_ui=addresses.smsmode_ui,
        integration=addresses.integration,
        portal_id=identities.portal_id,
        email=identities.email,
        password=identities.password,
        access_token=identities.access_token,
        operator_token=identities.operator_token,
        account=identities.smsmode_account,
        **identities.api_keys,
        seed=seed,
        rate=rate,
        contact_id=contact_id,
    )


def port_taken(language: Language, port: int, reason: str) -> str:
    """Return the one line that says which port cannot be had, and what to type instead."""
    return _PORT_TAKEN[language].format(port=port, reason=reason)


def not_started(language: Language, reason: str) -> str:
    """Return the one line that says why a world could not be served."""
    return _NOT_STARTED[language].format(reason=" ".join(reason.split()))
