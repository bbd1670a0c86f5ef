"""What an examination found, for people, for scripts and for CI."""

import json
from collections import Counter
from collections.abc import Sequence
from textwrap import indent
from typing import Any
from xml.etree import ElementTree

from sandbox.contract.clauses import Verdict
from sandbox.contract.runner import CHAPTERS, Line

_MARKS = {Verdict.KEPT: "✓", Verdict.BROKEN: "✗", Verdict.UNEXAMINED: "–"}


def heading(line: Line) -> str:
    """Return what stands above the clauses of one of the app's addresses."""
    return f"{line.chapter.title}: {line.address or 'unknown'}"


def told(line: Line, after: Line | None = None) -> str:
    """Return what was found of a clause, for people: all that mends it where it is broken.

    Args:
        line: What was found.
        after: What was told before: the same reason is not given twice.
    """
    clause, finding = line.clause, line.finding
    first = f"  {_MARKS[finding.verdict]} {clause.id:<4}{clause.title}"
    is_known = after is not None and after.finding.advice == finding.advice
    if finding.verdict is Verdict.KEPT or (finding.verdict is Verdict.UNEXAMINED and is_known):
        return first
    if finding.verdict is Verdict.UNEXAMINED:
        return f"{first}\n{indent(f'not examined: {finding.advice}', ' ' * 8)}"
    lines = [f"expected  {finding.expected}"]
    if finding.exchange is not None:
        lines += [f"came      {finding.exchange.outcome}"]
    lines += [f"why       {clause.why}", f"source    {clause.source}"]
    if finding.advice:
        lines.append(f"mend      {finding.advice}")
    if finding.exchange is not None:
        lines.append(f"again     {finding.exchange.as_curl()}")
    return "\n".join([first, indent("\n".join(lines), " " * 8)])


def summary(lines: Sequence[Line]) -> str:
    """Return how many clauses came to which verdict, in one line."""
    counts = Counter(line.finding.verdict for line in lines)
    return ", ".join(
        f"{counts[verdict]} {words}"
        for verdict, words in (
            (Verdict.KEPT, "kept"),
            (Verdict.BROKEN, "broken"),
            (Verdict.UNEXAMINED, "not examined"),
        )
    )


def listed() -> str:
    """Return every clause with its source, for people."""
    return "\n".join(
        f"{clause.id:<4}{clause.title}\n{indent(clause.source, ' ' * 4)}"
        for chapter in CHAPTERS
        for clause in chapter.clauses
    )


def as_json(lines: Sequence[Line]) -> str:
    """Return all that was found, as JSON."""
    return json.dumps({"clauses": [_json_of(line) for line in lines]}, ensure_ascii=False)


def as_junit(lines: Sequence[Line]) -> bytes:
    """Return all that was found as JUnit's XML, a test case each clause."""
    suites = ElementTree.Element("testsuites")
    for chapter in CHAPTERS:
        found = [line for line in lines if line.chapter is chapter]
        counts = Counter(line.finding.verdict for line in found)
        suite = ElementTree.SubElement(
            suites,
            "testsuite",
            name=chapter.title,
            tests=str(len(found)),
            failures=str(counts[Verdict.BROKEN]),
            skipped=str(counts[Verdict.UNEXAMINED]),
            errors="0",
        )
        for line in found:
            _add_case(suite, line)
    written: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written


def _add_case(suite: ElementTree.Element, line: Line) -> None:
    clause, finding = line.clause, line.finding
    name = f"{clause.id} {clause.title}"
    case = ElementTree.SubElement(suite, "testcase", classname=line.chapter.title, name=name)
    if finding.verdict is Verdict.UNEXAMINED:
        ElementTree.SubElement(case, "skipped", message=finding.advice)
    elif finding.verdict is Verdict.BROKEN:
        failure = ElementTree.SubElement(case, "failure", message=f"expected {finding.expected}")
        failure.text = _printable(told(line))


def _printable(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold."""
    return "".join(char if char.isprintable() or char in "\n\t" else "�" for char in text)


def _json_of(line: Line) -> dict[str, Any]:
    clause, finding, exchange = line.clause, line.finding, line.finding.exchange
    said: dict[str, Any] = {
        "id": clause.id,
        "title": clause.title,
        "source": clause.source,
        "address": line.address,
        "verdict": finding.verdict.value,
        "expected": finding.expected,
        "advice": finding.advice,
    }
    if exchange is not None:
        said |= {"status": exchange.status, "came": exchange.outcome, "again": exchange.as_curl()}
    return said
