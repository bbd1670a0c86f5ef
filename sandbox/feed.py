"""The feed: the journal with the causes of each entry, as JSON-ready values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from fakes.kit.journal import Entry, Journal
from sandbox.causes import Traced, trace


class Feed:
    """Reads a journal as it grows; each entry is traced once, when somebody first looks.

    Args:
        journal: The journal.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._tracer = trace(_endless(journal))
        self._traced: list[Traced] = []
        self._of_cause: defaultdict[int, list[int]] = defaultdict(list)
        self._of_kind: defaultdict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._journal)

    def entry(self, seq: int) -> dict[str, Any] | None:
        """Return the entry at ``seq``, or ``None`` when there is none."""
        self._catch_up()
        return _as_json(self._traced[seq - 1]) if 0 < seq <= len(self._traced) else None

    def after(self, seq: int) -> Iterator[dict[str, Any]]:
        """Return the entries above ``seq``, oldest first."""
        self._catch_up()
        return map(_as_json, self._traced[max(seq, 0) :])

    def latest(
        self, limit: int, *, before: int | None = None, cause: int | None = None
    ) -> list[dict[str, Any]]:
        """Return at most ``limit`` entries, newest first.

        Args:
            limit: How many.
            before: Only those whose ``seq`` is below it.
            cause: Only those that follow from the entry at this ``seq``.
        """
        self._catch_up()
        places = range(1, len(self._traced) + 1) if cause is None else self._of_cause.get(cause, ())
        wanted = (seq for seq in reversed(places) if before is None or seq < before)
        return [_as_json(self._traced[seq - 1]) for seq in islice(wanted, limit)]

    def of_kind(self, kind: str, limit: int) -> list[dict[str, Any]]:
        """Return at most ``limit`` entries of one kind, newest first."""
        self._catch_up()
        places = reversed(self._of_kind.get(kind, ()))
        return [_as_json(self._traced[seq - 1]) for seq in islice(places, limit)]

    def counts(self) -> Mapping[str, int]:
        """Return how many entries of each kind there are."""
        self._catch_up()
        return {kind: len(places) for kind, places in self._of_kind.items()}

    def _catch_up(self) -> None:
        # The tracer never ends: it is asked for exactly what the journal holds.
        for traced in islice(self._tracer, len(self._journal) - len(self._traced)):
            self._traced.append(traced)
            self._of_kind[traced.entry.kind].append(traced.entry.seq)
            for cause in traced.causes:
                self._of_cause[cause].append(traced.entry.seq)


def _endless(journal: Journal) -> Iterator[Entry]:
    seen = 0
    while True:
        for entry in journal.entries(seen):
            seen = entry.seq
            yield entry


def _as_json(traced: Traced) -> dict[str, Any]:
    return {**traced.entry.as_json(), "causes": list(traced.causes)}
