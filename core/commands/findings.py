"""What ``doctor`` finds: one thing at a time, how it is, and what to do about it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import zip_longest


class Verdict(StrEnum):
    """How something is."""

    FINE = "fine"
    """As it should be."""
    WARNING = "warning"
    """It works, or may: somebody should look at it."""
    TROUBLE = "trouble"
    """It does not work until it is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing.

    Args:
        what: The thing.
        said: What was found.
        todo: What to do about it; empty when it is as it should be.
        verdict: How it is.
    """

    what: str
    said: str
    todo: str = ""
    verdict: Verdict = Verdict.FINE


def warning(what: str, said: str, todo: str) -> Finding:
    """Return what somebody should look at."""
    return Finding(what, said, todo, Verdict.WARNING)


def trouble(what: str, said: str, todo: str) -> Finding:
    """Return what does not work."""
    return Finding(what, said, todo, Verdict.TROUBLE)


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that was found, in order."""

    findings: Sequence[Finding]

    @property
    def is_sound(self) -> bool:
        """Whether there is no trouble; there may be warnings."""
        return all(found.verdict is not Verdict.TROUBLE for found in self.findings)

    def as_lines(self) -> str:
        """Return it for people: a line each, and what to do below what is not fine."""
        lines = []
        for found, following in zip_longest(self.findings, self.findings[1:]):
            lines.append(f"[{found.verdict}] {found.what}: {found.said}")
            if found.todo and (following is None or following.todo != found.todo):
                lines.append(f"    {found.todo}")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """Return it for machines, on one line."""
        body = {"sound": self.is_sound, "findings": [asdict(found) for found in self.findings]}
        return json.dumps(body, ensure_ascii=False) + "\n"
