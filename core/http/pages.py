"""The few pages that a person sees during an installation."""

from html import escape

from core.domain.installing import INSTALL_TEXTS, InstallFault
from core.domain.language import Language, Words

_TITLE = Words(fr="Installation de smsmode pour HubSpot", en="Installing smsmode for HubSpot")
_DONE = Words(fr="L'application est installée.", en="The application is installed.")
_NEXT = Words(
    fr="Il reste à relier les deux clés API « Hubspot Mkt » et « Hubspot Not » : "
    "smsmode s'en charge.",
    en="The two API keys “Hubspot Mkt” and “Hubspot Not” remain to be linked: smsmode does it.",
)
_FAILED = Words(fr="L'installation n'a pas abouti.", en="The installation did not go through.")

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;"
    "color:#1b2b34;background:#fff}dt{font-weight:600}dd{margin:0 0 .5rem;font-family:monospace}"
)


def read_language(accept_language: str | None) -> Language:
    """Return the language that a browser asks for; French unless English comes first."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "fr"


def installed_page(language: Language) -> str:
    """Return the page of an installation that went through, with the words of the tutorial."""
    body = (
        f"<p>{escape(_DONE.spoken_in(language))}</p>"
        '<dl><dt>detail</dt><dd>\'{"hs_execution_state": "SUCCESS"}\'</dd>'
        '<dt>response</dt><dd>"Ok"</dd></dl>'
        f"<p>{escape(_NEXT.spoken_in(language))}</p>"
    )
    return _page(language, body)


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
