"""Ids, tokens and chance, all drawn from one seed so that a run can be repeated to the byte."""

import random
import string
from collections import Counter
from datetime import datetime

# Where a UUID says its version; written out since ``uuid.UUID`` takes four times as long.
_NOT_MARKS = ~((0xF << 76) | (0x3 << 62))
_MARKS_4 = (0x4 << 76) | (0x2 << 62)
_MARKS_7 = (0x7 << 76) | (0x2 << 62)
_ALPHABET = string.ascii_letters + string.digits


class SeededIds:
    """Draws every id of one party of a world.

    Args:
        seed: Two sources with the same seed and name draw the same ids in the same order.
        name: Whose ids they are; another name draws others.
    """

    def __init__(self, seed: int, name: str) -> None:
        self.random = random.Random(f"{seed}:{name}")
        self._counts: Counter[str] = Counter()

    def uuid(self) -> str:
        """Return a random (version 4) UUID in its usual form."""
        return _written(self.random.getrandbits(128) & _NOT_MARKS | _MARKS_4)

    def uuid7(self, at: datetime) -> str:
        """Return a time-ordered (version 7) UUID of the moment ``at``."""
        millis = int(at.timestamp() * 1000)
        bits = (millis << 80) | self.random.getrandbits(80)
        return _written(bits & _NOT_MARKS | _MARKS_7)

    def token(self, length: int = 32) -> str:
        """Return ``length`` letters and digits, unguessable to whoever lacks the seed."""
        return "".join(self.random.choices(_ALPHABET, k=length))

    def count(self, sequence: str, start: int = 1) -> int:
        """Return the next number of ``sequence``: ``start``, then one more at each call."""
        number = start + self._counts[sequence]
        self._counts[sequence] += 1
        return number


def _written(bits: int) -> str:
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
