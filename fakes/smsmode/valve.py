"""The valve: what becomes of callbacks between smsmode and the apps."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Valve:
    """What somebody chose to do to the callbacks that come.

    Args:
        holds: Whether they wait to be released, first tries and later ones alike.
        drops: How many of the next ones are lost.
        duplicates: How many of the next ones are sent twice.
        held: The ids of those that wait, oldest first.
    """

    holds: bool = False
    drops: int = 0
    duplicates: int = 0
    held: deque[str] = field(default_factory=deque)

    def as_json(self) -> dict[str, Any]:
        """Return the valve as JSON-ready values."""
        return {
            "holds": self.holds,
            "drops": self.drops,
            "duplicates": self.duplicates,
            "held": list(self.held),
        }

    def takes_drop(self) -> bool:
        """Return whether this callback is lost, and count it."""
        if self.drops == 0:
            return False
        self.drops -= 1
        return True

    def takes_duplicate(self) -> bool:
        """Return whether this callback is sent twice, and count it."""
        if self.duplicates == 0:
            return False
        self.duplicates -= 1
        return True
