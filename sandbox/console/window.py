"""What the console sees of a world beside HTTP: what happened in it, and its clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol


class Feed(Protocol):
    """What happened, as JSON-ready entries.

    Each has ``seq``, ``at``, ``party``, ``kind`` and ``causes``: the ``seq`` of what it follows
    from. One of kind ``exchange`` has ``method``, ``url``, ``status``, ``request`` and ``answer``;
    others have fields of their own.
    """

    def __len__(self) -> int: ...

    def entry(self, seq: int) -> dict[str, Any] | None:
        """Return the entry at ``seq``, or ``None`` when there is none."""
        ...

    def latest(
        self, limit: int, *, before: int | None = None, cause: int | None = None
    ) -> list[dict[str, Any]]:
        """Return at most ``limit`` entries, newest first, below ``before``, of one cause."""
        ...

    def of_kind(self, kind: str, limit: int) -> list[dict[str, Any]]:
        """Return at most ``limit`` entries of one kind, newest first."""
        ...

    def counts(self) -> Mapping[str, int]:
        """Return how many entries of each kind there are."""
        ...


class Time(Protocol):
    """A clock that can be hurried."""

    @property
    def rate(self) -> float:
        """Seconds that pass for each real one; 0 while paused."""
        ...

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...

    def set_rate(self, rate: float) -> None:
        """Go on at ``rate``, from 0 up."""
        ...

    def skip(self, by: timedelta) -> None:
        """Move ahead at once; what falls due on the way is done."""
        ...

    def promised(self) -> list[tuple[datetime, str]]:
        """Return what is to come, soonest first, as (due, label)."""
        ...
