"""Counting: the alphabets of an SMS, and the parts that a text takes."""

import re
import unicodedata
from typing import NamedTuple

from fakes.smsmode.codes import Encoding

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_KEPT = _BASIC | _EXTENDED
_STRANGER = re.compile(f"[^{re.escape(''.join(sorted(_KEPT)))}]")
_DOUBLE = re.compile(f"[{re.escape(''.join(sorted(_EXTENDED)))}]")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "‘": "'"})
_WIDEST_IN_ONE_UNIT = 0xFFFF

MOST_PARTS = 10
"""The parts that a message may take. Source: a typed client of the API."""


class Count(NamedTuple):
    """What a text takes; a tuple, since one is made for each message.

    Args:
        length: Septets in GSM7, where ``€`` and its like take two; UTF-16 units in UNICODE.
        parts: SMS that are sent and billed, at least 1.
    """

    length: int
    parts: int


class _Room(NamedTuple):
    alone: int
    joined: int


_ROOMS = {Encoding.GSM7: _Room(160, 153), Encoding.UNICODE: _Room(70, 67)}


def count(text: str, encoding: Encoding) -> Count:
    """Return what ``text`` takes; a character of two units never straddles two parts.

    Args:
        text: What is sent; in GSM7 every character is of that alphabet.
        encoding: Its alphabet.

    Source: 3GPP TS 23.038 6.2.1; smsmode API docs, Encoding. Assumed: billing is by packed part.
    """
    room = _ROOMS[encoding]
    widths = _septets(text) if encoding is Encoding.GSM7 else _units(text)
    if widths is None:
        length = len(text)
        return Count(length, _divided(length, room))
    length = sum(widths)
    return Count(length, _packed(widths, length, room))


def strangers(text: str) -> list[str]:
    """Return the characters of ``text`` that the GSM alphabet lacks, in order, each once."""
    return list(dict.fromkeys(_STRANGER.findall(text)))


def questioned(text: str) -> str:
    """Return ``text`` with ``?`` for each character that the GSM alphabet lacks."""
    return _STRANGER.sub("?", text)


def simplified(text: str) -> str:
    """Return ``text`` with simple letters for accented ones, and ``?`` for what has none.

    Source: the vendor's tutorial, which takes the accents off even where GSM has them.
    """
    if text.isascii():
        return questioned(text)
    return questioned("".join(_simple(c) for c in text.translate(_LIGATURES)))


def _simple(char: str) -> str:
    if char.isascii() or not char.isalpha():
        return char
    return "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))


def _septets(text: str) -> list[int] | None:
    if _DOUBLE.search(text) is None:
        return None
    return [2 if c in _EXTENDED else 1 for c in text]


def _units(text: str) -> list[int] | None:
    if not text or ord(max(text)) <= _WIDEST_IN_ONE_UNIT:
        return None
    return [2 if ord(c) > _WIDEST_IN_ONE_UNIT else 1 for c in text]


def _divided(length: int, room: _Room) -> int:
    return 1 if length <= room.alone else -(-length // room.joined)


def _packed(widths: list[int], length: int, room: _Room) -> int:
    if length <= room.alone:
        return 1
    parts, used = 1, 0
    for width in widths:
        if used + width > room.joined:
            parts, used = parts + 1, 0
        used += width
    return parts
