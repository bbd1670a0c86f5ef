"""The five findings, told: to programs, on the card's page, on a terminal."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.domain import check_texts as texts
from core.domain.checks import Finding
from core.domain.language import Language


def tell(findings: Iterable[Finding], language: Language) -> list[dict[str, Any]]:
    """Return findings as they are told to programs and people: JSON-ready, in ``language``."""
    return [
        {
            "check": finding.check.value,
            "question": texts.QUESTIONS[finding.check].spoken_in(language),
            "verdict": finding.verdict.value,
            "found": finding.found.spoken_in(language),
            "mend": None if finding.mend is None else finding.mend.spoken_in(language),
            "evidence": dict(finding.evidence),
        }
        for finding in findings
    ]


def evidence_of(told: Mapping[str, Any], language: Language) -> list[tuple[str, str, bool]]:
    """Return what a told finding rests on, for people: as (label, value, whether it is a moment).

    A moment is in ISO 8601 and in UTC.
    """
    evidence: Mapping[str, str] = told["evidence"]
    return [
        (texts.EVIDENCE[name].spoken_in(language), _read(value, language), name in texts.MOMENTS)
        for name, value in evidence.items()
    ]


def as_lines(told: Iterable[Mapping[str, Any]], language: Language) -> str:
    """Return told findings as lines for a terminal: the verdict first, what it rests on last."""
    lines: list[str] = []
    for finding in told:
        lines.append(f"[{finding['verdict']}] {finding['question']}")
        lines += [f"    {text}" for text in (finding["found"], finding["mend"]) if text]
        lines += [f"      {label}: {value}" for label, value, _ in evidence_of(finding, language)]
    return "\n".join(lines)


def _read(value: str, language: Language) -> str:
    answer = texts.ANSWERS.get(value)
    return value if answer is None else answer.spoken_in(language)
