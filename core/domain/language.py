"""The two languages people are spoken to in, and a sentence in both."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
"""A language of the interface, named as HubSpot names its locales."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The same words in each language.

    Args:
        fr: In French, the product's own language.
        en: In English.
    """

    fr: str
    en: str

    def spoken_in(self, language: Language) -> str:
        """Return the words in ``language``."""
        return self.fr if language == "fr" else self.en
