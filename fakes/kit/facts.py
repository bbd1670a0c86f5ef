"""How sure we are of what a fake does, and who says so."""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """The standing of a vendor's fact, surest first."""

    SPEC = "spec"
    """The vendor's published interface description."""
    DOCS = "docs"
    """The vendor's documentation."""
    MANY = "many"
    """Seen in several independent clients or captures."""
    SINGLE = "single"
    """One source."""
    ASSUMED = "assumed"
    """Our deduction; it should be a setting."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a behaviour rests on.

    Args:
        certainty: How sure it is.
        source: Who says so: a page, an interface description, a client.
    """

    certainty: Certainty
    source: str
