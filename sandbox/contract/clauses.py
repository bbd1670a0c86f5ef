"""What a clause of the contract is, and what is found of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from sandbox.contract.calls import Exchange

B = TypeVar("B")


class Verdict(StrEnum):
    """What is found of a clause."""

    KEPT = "kept"
    BROKEN = "broken"
    UNEXAMINED = "unexamined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of examining one clause.

    Args:
        verdict: Whether the app keeps it.
        exchange: The call that shows it, if there was one.
        expected: What should have come.
        advice: What to look at next, or why it was not examined.
    """

    verdict: Verdict
    exchange: Exchange | None = None
    expected: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Generic[B]):
    """One sentence that an app is held to.

    Args:
        id: How people name it: ``A`` for the action, ``S`` for status reports, ``R`` for replies.
        title: The sentence.
        why: What goes wrong in production where it is broken.
        source: Who says so, and how sure that is.
        examine: Finds out.
    """

    id: str
    title: str
    why: str
    source: str
    examine: Callable[[B], Awaitable[Finding]] = field(compare=False)


def clause(
    id: str,  # noqa: A002 - as it is called
    *,
    why: str,
    source: str,
) -> Callable[[Callable[[B], Awaitable[Finding]]], Clause[B]]:
    """Return what makes a clause of the function that examines it; its docstring is the sentence."""

    def make(examine: Callable[[B], Awaitable[Finding]]) -> Clause[B]:
        title = (examine.__doc__ or "").removesuffix(".")
        return Clause(id=id, title=title, why=why, source=source, examine=examine)

    return make


def kept(exchange: Exchange) -> Finding:
    """Return that a call shows the clause kept."""
    return Finding(verdict=Verdict.KEPT, exchange=exchange)


def broken(exchange: Exchange, expected: str, advice: str = "") -> Finding:
    """Return that a call shows the clause broken."""
    return Finding(verdict=Verdict.BROKEN, exchange=exchange, expected=expected, advice=advice)


def unexamined(why: str) -> Finding:
    """Return that nothing could be found out, and why."""
    return Finding(verdict=Verdict.UNEXAMINED, advice=why)


def taken(exchange: Exchange, advice: str = "") -> Finding:
    """Return whether the app took a call: the clause asks for a 2xx."""
    return kept(exchange) if exchange.is_taken else broken(exchange, "any 2xx", advice)


def refused(exchange: Exchange, advice: str = "") -> Finding:
    """Return whether the app refused a call: the clause asks for a 4xx."""
    return kept(exchange) if exchange.is_refused else broken(exchange, "a 4xx", advice)


def answered(exchange: Exchange, expected: str, advice: str = "") -> Finding:
    """Return whether the app took or refused a call: the clause asks that it does not fail."""
    if exchange.is_taken or exchange.is_refused:
        return kept(exchange)
    return broken(exchange, expected, advice)
