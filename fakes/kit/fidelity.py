"""The fidelity ledger: each thing that a fake does, how sure we are of it, and who says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from fakes.kit.facts import Certainty, Fact
from fakes.kit.routing import Route

P = TypeVar("P")


class Standing(StrEnum):
    """What a line of the ledger rests on."""

    DOCUMENTED = "documented"
    """The vendor says so."""
    SEEN = "seen"
    """Others saw it: clients, captures, production users."""
    ASSUMED = "assumed"
    """Nobody says so; it is our deduction."""


_STANDINGS = {
    Certainty.SPEC: Standing.DOCUMENTED,
    Certainty.DOCS: Standing.DOCUMENTED,
    Certainty.MANY: Standing.SEEN,
    Certainty.SINGLE: Standing.SEEN,
    Certainty.ASSUMED: Standing.ASSUMED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Something that a fake does, apart from having a route.

    Args:
        name: Short, unique.
        statement: What it does by default.
        fact: What it rests on.
        settings: The settings that change it.
        question: Its number among the vendor's open questions, if it is one.
    """

    name: str
    statement: str
    fact: Fact
    settings: tuple[str, ...] = ()
    question: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the ledger.

    Args:
        kind: ``endpoint`` or ``behaviour``.
        name: The route, or the behaviour's name.
        statement: What it does, for a behaviour.
        fact: What it rests on.
        settings: The settings that change it.
        is_built: Whether the fake does it.
    """

    kind: str
    name: str
    statement: str
    fact: Fact
    settings: tuple[str, ...]
    is_built: bool

    @property
    def standing(self) -> Standing:
        """What it rests on, in one word."""
        return _STANDINGS[self.fact.certainty]

    def as_json(self) -> dict[str, Any]:
        """Return the line as JSON-ready values."""
        return {
            "kind": self.kind,
            "name": self.name,
            "statement": self.statement,
            "standing": self.standing,
            "certainty": self.fact.certainty,
            "source": self.fact.source,
            "settings": list(self.settings),
            "built": self.is_built,
        }


def ledger(
    routes: Iterable[Route[P]], behaviours: Iterable[Behaviour], *, ours: str
) -> tuple[Line, ...]:
    """Return the ledger of a fake: its routes, then its behaviours, in their tables' order.

    Args:
        routes: Its table.
        behaviours: What else it does.
        ours: What the paths of our own control routes start with; they are left out.
    """
    endpoints = (
        Line(
            kind="endpoint",
            name=f"{route.method} {route.path}",
            statement="",
            fact=route.fact,
            settings=(),
            is_built=route.is_built,
        )
        for route in routes
        if not route.path.startswith(ours)
    )
    rest = (
        Line(
            kind="behaviour",
            name=behaviour.name,
            statement=behaviour.statement,
            fact=behaviour.fact,
            settings=behaviour.settings,
            is_built=True,
        )
        for behaviour in behaviours
    )
    return (*endpoints, *rest)
