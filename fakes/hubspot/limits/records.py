"""A fault that somebody asked for, and how long it goes on."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """What the next calls meet."""

    RATE_LIMIT = "RATE_LIMIT"
    """A 429."""
    ERROR = "ERROR"
    """A 5xx, before anything is done."""
    SLOW = "SLOW"
    """A wait, and then the usual answer."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong, for whom and how often.

    Args:
        kind: What the calls meet.
        left: How many calls are still to meet it.
        path: What their paths begin with.
        portal_id: Whose calls; ``None`` for everybody's.
        status: The status of an error.
        policy: Which limit a 429 names.
        wait: How long a slow call waits.
    """

    kind: FaultKind
    left: int
    path: str
    portal_id: int | None
    status: int
    policy: str
    wait: timedelta

    def strikes(self, path: str, portal_id: int | None) -> bool:
        """Return whether a call to ``path`` for an account meets it."""
        is_theirs = self.portal_id is None or self.portal_id == portal_id
        return self.left > 0 and is_theirs and path.startswith(self.path)

    def as_json(self) -> dict[str, Any]:
        """Return the fault as the control route shows it."""
        return {
            "kind": self.kind,
            "left": self.left,
            "path": self.path,
            "portalId": self.portal_id,
            "status": self.status,
            "policy": self.policy,
            "seconds": int(self.wait.total_seconds()),
        }
