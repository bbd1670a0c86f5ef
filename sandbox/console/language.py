"""The language of a page: which one a browser asks for, and the texts in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from sandbox.console.call_texts import CALL_TEXTS
from sandbox.console.texts import TEXTS

Language = Literal["fr", "en"]
"""The languages of the pages; French comes first."""

_PLACES: Mapping[Language, int] = {"fr": 0, "en": 1}


def texts_in(language: Language) -> Mapping[str, str]:
    """Return every text of the pages by its name."""
    place = _PLACES[language]
    said = {name: both[place] for name, both in {**TEXTS, **CALL_TEXTS}.items()}
    return MappingProxyType(
        {name: _bind(text) for name, text in said.items()} if language == "fr" else said
    )


def _bind(text: str) -> str:
    """Return a French text whose signs stay on the line of the word that they go with."""
    for loose in (" :", " ;", " !", " ?", " »", "« "):
        text = text.replace(loose, loose.replace(" ", "\N{NO-BREAK SPACE}"))
    return text


def choose(asked: str | None, kept: str | None, accepted: str | None) -> Language:
    """Return the language of a page.

    Args:
        asked: The address' ``?lang=``.
        kept: What was asked for before.
        accepted: The browser's ``Accept-Language``, in its order.
    """
    wishes = [asked or "", kept or "", *(accepted or "").split(",")]
    spoken: Mapping[str, Language] = {"fr": "fr", "en": "en"}
    codes = (wish.strip()[:2].lower() for wish in wishes)
    return next((spoken[code] for code in codes if code in spoken), "fr")
