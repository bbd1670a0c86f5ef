"""The names that a text calls for: ``$nom`` and ``$prenom``."""

import re
from enum import StrEnum

from core.domain.errors import SendRefusedError
from core.domain.refusals import Refusal

EDITOR_WIDTH = 16
"""How many characters a token counts for where no contact is known.

Source: smsmode HubSpot tutorial, the counter of the template editor (single).
"""

_LASTNAME = "nom"
_NAMES = f"{_LASTNAME}|prenom|prénom"
_TOKEN = re.compile(rf"( ?)\$({_NAMES})\b")
_OF_HUBSPOT = r"\{\{[^{}\n]{1,80}\}\}"
_UNKNOWN = re.compile(rf"\$(?!(?:{_NAMES})\b)[^\W\d_]\w{{0,58}}|{_OF_HUBSPOT}")


class MissingPolicy(StrEnum):
    """What a token becomes when the contact has no such name."""

    EMPTY = "empty"
    """Nothing; the space before it goes too."""
    REFUSE = "refuse"
    """The SMS is not sent; nor is one with a ``$word`` that stands for nothing."""


def fill(text: str, lastname: str | None, firstname: str | None, missing: MissingPolicy) -> str:
    """Return ``text`` with its tokens replaced by the contact's names.

    A token is exactly ``$nom``, ``$prenom`` or ``$prénom``, in lower case and not the start of a
    longer word: ``$nomade`` stays as it is, and so does any other ``$word``. A name is put in
    on one line and is not searched for tokens in its turn.

    Raises:
        SendRefusedError: ``MISSING_TOKEN_VALUE``, when a name is missing and ``missing`` is
            ``REFUSE``.
    """
    lastname, firstname = _one_line(lastname), _one_line(firstname)

    def name(match: re.Match[str]) -> str:
        value = lastname if match[2] == _LASTNAME else firstname
        if value:
            return match[1] + value
        if missing is MissingPolicy.REFUSE:
            raise SendRefusedError(Refusal.MISSING_TOKEN_VALUE, {"token": "$" + match[2]})
        return ""

    return _TOKEN.sub(name, text)


def is_same_for_all(text: str) -> bool:
    """Return whether ``text`` holds no token, so that every recipient gets the same."""
    return _TOKEN.search(text) is None


def widen(text: str) -> str:
    """Return ``text`` with each token as wide as an editor counts it, 16 characters."""
    return _TOKEN.sub(lambda match: match[1] + "x" * EDITOR_WIDTH, text)


def editor_length(text: str) -> int:
    """Return how many characters an editor shows for ``text``, each token counting 16."""
    return len(widen(text))


def unknown_tokens(text: str) -> tuple[str, ...]:
    """Return the ``$words`` of ``text`` that stand for nothing, each once, as they appear.

    So do HubSpot's own tokens, ``{{ contact.firstname }}``: a workflow has put in what they stand
    for before we see the text. Unless the policy refuses them, unknown tokens are sent as they are
    written. ``$5`` and a lone ``$`` are amounts, not tokens. Of a word without end, its first 60
    characters are told.
    """
    return tuple(dict.fromkeys(_UNKNOWN.findall(text)))


def missing_tokens(text: str, lastname: str | None, firstname: str | None) -> tuple[str, ...]:
    """Return the tokens of ``text`` for which the contact has no name, each once, as they appear."""
    called = dict.fromkeys(match[2] for match in _TOKEN.finditer(text))
    lastname, firstname = _one_line(lastname), _one_line(firstname)
    return tuple(
        f"${name}" for name in called if not (lastname if name == _LASTNAME else firstname)
    )


def _one_line(name: str | None) -> str:
    return " ".join((name or "").split())
