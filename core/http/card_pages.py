"""The card's pages as HTML, each whole in itself: its style and its script stand in it."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from core.domain.language import Language
from core.http.card_words import counted, words
from core.http.pages import read_language
from core.wire.hubspot_action_definition import LABELS
from core.wire.hubspot_card import EDIT_TEMPLATES

_PACKAGE = "core.http"


class CardPages:
    """Draws the card's pages.

    Args:
        framed_by: HubSpot's own address; the pages show in frames of it and of no others.
        card: The language of the card that opens them, whose buttons they name.
    """

    def __init__(self, framed_by: str, card: Language) -> None:
        self._card = card
        self._environment = Environment(
            loader=PackageLoader(_PACKAGE, "card_templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        ancestors = f"'self' {framed_by} https://*.hubspot.com"
        self._headers = {
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "content-security-policy": "; ".join(
                (
                    "default-src 'none'",
                    f"style-src '{_digest('card.css')}'",
                    f"script-src '{_digest('card.js')}'",
                    "connect-src 'self'",
                    "form-action 'self'",
                    "base-uri 'none'",
                    f"frame-ancestors {ancestors}",
                )
            ),
        }

    def draw(
        self, name: str, language: Language, context: Mapping[str, Any], *, status: int = 200
    ) -> HTMLResponse:
        """Return the page ``name``, with its headers.

        Args:
            name: The template's, without its ending.
            language: What it speaks.
            context: What it shows.
            status: The HTTP status.
        """
        html = self._environment.get_template(f"{name}.html").render(
            language=language,
            t=words(language),
            form=LABELS[language],
            counted=lambda characters, parts: counted(characters, parts, language),
            edit_button=EDIT_TEMPLATES.spoken_in(self._card),
            # Ours, and the policy above names their very bytes.
            style=Markup(_static("card.css")),  # noqa: S704 - see above
            script=Markup(_static("card.js")),  # noqa: S704 - see above
            **context,
        )
        return HTMLResponse(html, status, self._headers)


def language_of(request: Request) -> Language:
    """Return the language that the browser asks for."""
    return read_language(request.headers.get("accept-language"))


@cache
def _static(name: str) -> str:
    file = resources.files(_PACKAGE) / "card_static" / name
    return file.read_text(encoding="utf-8")


def _digest(name: str) -> str:
    digest = hashlib.sha256(_static(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
