"""The alphabets of SMS: what GSM 03.38 can write, and how many SMS a text takes."""

import re
import unicodedata
from enum import StrEnum

from core.domain.gsm_table import REPLACEMENTS

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The characters of one septet.

Source: 3GPP TS 23.038, section 6.2.1 (spec).
"""

EXTENSION = "\f^{}\\[~]|€"
"""The characters of two septets.

Source: 3GPP TS 23.038, section 6.2.1.1 (spec).
"""

UNWRITABLE = "?"
"""What stands for a character that has no simple version."""

_ESCAPE = "\x1b"
_ESCAPED = str.maketrans({char: _ESCAPE + char for char in EXTENSION})
_FOREIGN = re.compile(f"[^{re.escape(BASIC + EXTENSION)}]")
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})
_HIGH_SURROGATE = range(0xD8, 0xDC)


class Encoding(StrEnum):
    """How a text travels; the values are smsmode's own.

    Source: smsmode API docs, ``body.encoding`` (many).
    """

    GSM7 = "GSM7"
    UNICODE = "UNICODE"


SINGLE_PART = {Encoding.GSM7: 160, Encoding.UNICODE: 70}
"""The room of a lone SMS: septets in GSM7, UTF-16 units in Unicode (spec)."""

JOINED_PART = {Encoding.GSM7: 153, Encoding.UNICODE: 67}
"""The room of each SMS of several that are received as one, in the same units (spec)."""


def is_gsm(text: str) -> bool:
    """Return whether GSM 03.38 can write ``text`` as it is."""
    return _FOREIGN.search(text) is None


def simplify(text: str) -> str:
    """Return ``text`` written in GSM 03.38 alone.

    What the alphabet holds stays, é and € among it. The rest loses its accents (ç to c), takes
    its usual stand-in (œ to oe, ’ to '), or becomes ``?``; what cannot be seen goes.
    """
    if is_gsm(text):
        return text
    return _FOREIGN.sub(_replace, unicodedata.normalize("NFC", text))


def replaced(text: str) -> dict[str, str]:
    """Return the visible characters of ``text`` that GSM 03.38 cannot write, and their stand-ins.

    Each is there once, in the order in which they appear.
    """
    foreign = dict.fromkeys(_FOREIGN.findall(unicodedata.normalize("NFC", text)))
    return {char: plain for char in foreign if (plain := _simple(char))}


def length(text: str, encoding: Encoding) -> int:
    """Return the size of ``text``: septets in GSM7, UTF-16 units in Unicode.

    In GSM7 the text is taken as simplified: whatever is not of the extension counts one.
    """
    if encoding is Encoding.GSM7:
        return len(text) + sum(map(text.count, EXTENSION))
    return len(_utf16(text)) // 2


def parts(text: str, encoding: Encoding) -> int:
    """Return how many SMS ``text`` takes, at least 1.

    A character of two units is never cut in two, so a text may take one SMS more than its
    length divided by their room.

    Source: 3GPP TS 23.038, section 6.2.1 and TS 23.040, section 9.2.3.24.1 (spec).
    Assumed: smsmode bills the parts that are really sent.
    """
    size = length(text, encoding)
    if size <= SINGLE_PART[encoding]:
        return 1
    room = JOINED_PART[encoding]
    if size == len(text):
        return -(-size // room)
    return _pack_septets(text, room) if encoding is Encoding.GSM7 else _pack_units(text, room)


def _pack_septets(text: str, room: int) -> int:
    septets = text.translate(_ESCAPED)
    count = start = 0
    while start < len(septets):
        end = start + room
        start = end - 1 if septets[end - 1 : end] == _ESCAPE else end
        count += 1
    return count


def _pack_units(text: str, room: int) -> int:
    encoded = _utf16(text)
    count = start = 0
    while start < len(encoded):
        end = start + 2 * room
        cuts_a_pair = end < len(encoded) and encoded[end - 2] in _HIGH_SURROGATE
        start = end - 2 if cuts_a_pair else end
        count += 1
    return count


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")


def _replace(match: re.Match[str]) -> str:
    return _simple(match[0])


def _simple(char: str) -> str:
    """Return the simple version of one character outside the alphabet."""
    known = REPLACEMENTS.get(char)
    if known is not None:
        return known
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    plain = "".join(map(_letter, unicodedata.normalize("NFKD", char)))
    return plain if is_gsm(plain) else UNWRITABLE


def _letter(char: str) -> str:
    """Return what one decomposed character brings: nothing for an accent."""
    if unicodedata.combining(char):
        return ""
    if is_gsm(char):
        return char
    upper = char.upper()
    return REPLACEMENTS.get(char) or REPLACEMENTS.get(upper) or upper
