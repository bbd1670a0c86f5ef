"""The words of a value, as searches see them."""

import re
from collections.abc import Callable, Mapping

QUERIED = (
    "firstname",
    "lastname",
    "email",
    "phone",
    "hs_additional_emails",
    "fax",
    "mobilephone",
    "company",
    "hs_marketable_until_renewal",
    "hs_searchable_calculated_phone_number",
    "hs_searchable_calculated_mobile_number",
)
"""Where ``query`` looks. Source: HubSpot developer docs, Search (docs)."""

_PUNCTUATION = re.compile(r"[^\w@.*+-]+")


def words(text: str) -> list[str]:
    """Return the words of ``text``, folded; an address or a number is one word."""
    return [word for word in _PUNCTUATION.split(text.casefold()) if word]


def mentions(values: Mapping[str, str], sought: list[str]) -> bool:
    """Return whether each of ``sought``, folded words, begins a word of the searched properties."""
    held = [word for name in QUERIED if name in values for word in words(values[name])]
    return all(any(word.startswith(one) for word in held) for one in sought)


def token_test(sought: str) -> Callable[[str], bool]:
    """Return the test whether a value has the tokens of ``sought``, in which ``*`` is anything.

    Source: HubSpot developer docs, Search (docs). Assumed: each token of several must be there,
    and the whole value counts as a token too.
    """
    whole = _pattern(sought.casefold())
    tokens = [_pattern(word) for word in words(sought)]

    def has_tokens(value: str) -> bool:
        if whole.fullmatch(value.casefold()):
            return True
        held = words(value)
        return bool(tokens) and all(any(map(token.fullmatch, held)) for token in tokens)

    return has_tokens


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\*", ".*"), re.DOTALL)
