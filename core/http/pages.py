"""The few pages that a person sees during an installation."""

from html import escape

from core.domain.installing import INSTALL_TEXTS, InstallFault
from core.domain.language import Language, Words
from core.stores.installs import Install

_TITLE = Words(fr="Installation de smsmode pour HubSpot", en="Installing smsmode for HubSpot")
_DONE = Words(fr="L'application est installée.", en="The application is installed.")
_NEXT = Words(
    fr="Il reste à relier les deux clés API « Hubspot Mkt » et « Hubspot Not » : jusque-là, aucun "
    "SMS ne part. smsmode s'en charge : donnez-lui le numéro de ce compte HubSpot, {portal}.",
    en="The two API keys “Hubspot Mkt” and “Hubspot Not” remain to be linked: until then no SMS is "
    "sent. smsmode does it: tell it the number of this HubSpot account, {portal}.",
)
_LINKED = Words(
    fr="Ses clés API restent reliées : les SMS partent.",
    en="Its API keys are still linked: SMS are sent.",
)
_ANSWERED = Words(
    fr="Ce que les deux plateformes se sont répondu :", en="What the two platforms answered:"
)
_COMMAND = Words(
    fr="L'exploitant de l'application les relie ainsi :", en="The app's operator links them by:"
)
_BACK = Words(
    fr="Voir l'application parmi celles du compte, dans HubSpot",
    en="See the app among the account's, in HubSpot",
)
_FAILED = Words(fr="L'installation n'a pas abouti.", en="The installation did not go through.")

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;"
    "color:#1b2b34;background:#fff}code{display:block;overflow-x:auto;white-space:nowrap}"
    ".aside,dl{color:#51636e;font-size:.875rem}"
    "dt{font-weight:600}dd{margin:0 0 .5rem;font-family:monospace;overflow-wrap:anywhere}"
)


def read_language(accept_language: str | None) -> Language:
    """Return the language that a browser asks for; French unless English comes first."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "fr"


def installed_page(language: Language, install: Install, hubspot_app: str) -> str:
    """Return the page of an installation that went through, with the words of the tutorial.

    Args:
        language: What it speaks.
        install: The installation, as it is kept.
        hubspot_app: Where HubSpot's screens are.
    """
    way_back = f"{hubspot_app}/connected-apps/{install.portal_id}/installed"
    body = (
        f"<p>{escape(_DONE.spoken_in(language))}</p>"
        f"{_following(language, install)}"
        f'<p><a href="{escape(way_back)}">{escape(_BACK.spoken_in(language))}</a></p>'
        f"<p class=aside>{escape(_ANSWERED.spoken_in(language))}</p>"
        '<dl><dt>detail</dt><dd>\'{"hs_execution_state": "SUCCESS"}\'</dd>'
        '<dt>response</dt><dd>"Ok"</dd></dl>'
    )
    return _page(language, body)


def _following(language: Language, install: Install) -> str:
    """Return what comes next: nothing, where the keys of an earlier installation are kept."""
    if install.linked:
        return f"<p>{escape(_LINKED.spoken_in(language))}</p>"
    following = _NEXT.spoken_in(language).format(portal=install.portal_id)
    return (
        f"<p>{escape(following)}</p>"
        f"<p>{escape(_COMMAND.spoken_in(language))} "
        f"<code>python -m core link-keys --portal {install.portal_id}</code></p>"
    )


def refused_page(language: Language, fault: InstallFault) -> str:
    """Return the page that says what stood in the way and what to do."""
    told = INSTALL_TEXTS[fault].spoken_in(language)
    body = f"<p>{escape(_FAILED.spoken_in(language))}</p><p role=alert>{escape(told)}</p>"
    return _page(language, body)


def _page(language: Language, body: str) -> str:
    title = escape(_TITLE.spoken_in(language))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )
