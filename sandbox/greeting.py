"""What the terminal says once a world is served, and when it cannot be: French and English."""

import re
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
  Application HubSpot  {app_id}
    client id          {client_id}
    client secret      {client_secret}
    clé de développeur {developer_key}
  Jeton d'exploitant   {operator_token}

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
  HubSpot app         {app_id}
    client id         {client_id}
    client secret     {client_secret}
    developer key     {developer_key}
  Operator's token    {operator_token}

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
    "choisissez-en d'autres (N à N+3), ou 0 pour quatre ports libres : "
    'make sandbox ARGS="--port 0"',
    "en": "sandbox: port {port} cannot be used ({reason}); "
    "choose others (N to N+3), or 0 for four free ones: "
    'make sandbox ARGS="--port 0"',
}

_NOT_UNDERSTOOD = {
    "fr": 'sandbox : {problem} (toutes les options : make sandbox ARGS="--help")',
    "en": 'sandbox: {problem} (all options: make sandbox ARGS="--help")',
}

_PROBLEMS = (
    (r"^unrecognized arguments: (.*)", r"option inconnue : \1"),
    (r"^argument (\S+): expected one argument", r"l'option \1 attend une valeur"),
    (
        r"^argument (\S+): ignored explicit argument (.*)",
        r"l'option \1 n'attend pas de valeur : \2",
    ),
    (r"^argument (\S+): invalid int value: (.*)", r"\1 : \2 n'est pas un nombre entier"),
    (r"^argument (\S+): invalid choice: (\S+) .*", r"\1 : \2 n'est pas proposé"),
    (
        r"^argument (\S+): (\S+) is not a port from 0 to (\d+)",
        r"\1 : \2 n'est pas un port de 0 à \3",
    ),
    (
        r"^argument (\S+): (\S+) is not a number from 0 to (\d+)",
        r"\1 : \2 n'est pas un nombre de 0 à \3",
    ),
)

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
        app_id=identities.app_id,
        client_id=identities.client_id,
        client_secret=identities.client_secret,
        developer_key=identities.developer_key,
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


def not_understood(language: Language, problem: str) -> str:
    """Return the one line that says what of a command line is wrong, and how to have all of it told.

    Args:
        language: In which language.
        problem: What ``argparse`` says, which it says in English.
    """
    if language == "fr":
        for pattern, words in _PROBLEMS:
            problem = re.sub(pattern, words, problem)
    return _NOT_UNDERSTOOD[language].format(problem=problem)
