"""Examining an app: the clauses that concern it, in order, and what was found of each."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sandbox.contract import callbacks, executions, signatures
from sandbox.contract.bench import Bench
from sandbox.contract.clauses import Clause, Finding, Verdict, unexamined


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The clauses that hold for one of an app's addresses.

    Args:
        title: Who calls there.
        attribute: The address, as ``Subject`` names it.
        missing: Why its clauses are not examined where there is no such address.
        clauses: What holds; where the first is broken, the others tell nothing.
    """

    title: str
    attribute: str
    missing: str
    clauses: Sequence[Clause[Bench]]


CHAPTERS = (
    Chapter(
        title="HubSpot's workflow action",
        attribute="action",
        missing="no action's address is known: give --action and --secret",
        clauses=(*signatures.CLAUSES, *executions.CLAUSES),
    ),
    Chapter(
        title="smsmode's delivery reports",
        attribute="status",
        missing="no SMS of the app's named an address for reports: give --status",
        clauses=callbacks.REPORTS,
    ),
    Chapter(
        title="smsmode's replies",
        attribute="reply",
        missing="no SMS of the app's named an address for replies: give --reply",
        clauses=callbacks.REPLIES,
    ),
)
"""All that an app is held to, in the order in which it is examined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was found of one clause.

    Args:
        chapter: Whose it is.
        address: The app's address that was called; empty where none is known.
        clause: The clause.
        finding: What was found.
    """

    chapter: Chapter
    address: str
    clause: Clause[Bench]
    finding: Finding

    @property
    def is_broken(self) -> bool:
        """Whether the app breaks it."""
        return self.finding.verdict is Verdict.BROKEN


def all_clauses() -> Sequence[Clause[Bench]]:
    """Return every clause, in order."""
    return tuple(chain.from_iterable(chapter.clauses for chapter in CHAPTERS))


async def examine(bench: Bench) -> AsyncIterator[Line]:
    """Yield what is found of each clause, as it is found."""
    for chapter in CHAPTERS:
        address: str = getattr(bench.subject, chapter.attribute)
        barred = "" if address else chapter.missing
        for clause in chapter.clauses:
            finding = unexamined(barred) if barred else await clause.examine(bench)
            yield Line(chapter=chapter, address=address, clause=clause, finding=finding)
            if finding.verdict is Verdict.BROKEN and clause is chapter.clauses[0]:
                # What takes nothing refuses everything: that would prove nothing of the others.
                barred = f"{clause.id} comes first"
