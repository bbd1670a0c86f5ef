"""An app that keeps the contract is found to; one that breaks a clause is found to break that one."""

import pytest

from sandbox.contract.clauses import Verdict
from sandbox.contract.runner import CHAPTERS, Line, all_clauses, examine
from tests.sandbox.contract.sample import HOST, Sample

FLAWS = {
    "deaf": "A1",
    "trusting": "A3 A4 A5 A6",
    "glancing": "A3 A5 A6",
    "timeless": "A6",
    "rewrites": "A2 A10",
    "wordless": "A7",
    "flat": "A7",
    "numeric": "A7",
    "inventive": "A7",
    "strict": "A8",
    "contextual": "A9",
    "fragile": "A10 A11 S8 R6",
    "brittle": "A12",
    "narrow": "A13",
    "forgetful": "A14",
    "cheerful": "S2",
    "once": "S3 S4 S6 R3",
    "orderly": "S2 S4",
    "picky": "S5",
    "dating": "S6",
    "hasty": "S7",
    "short": "R2",
    "onesided": "R4",
    "linked": "R5",
    "literal": "R7",
}
"""What an app may do wrong, and the clauses that it then breaks."""


async def found(sample: Sample, **changes: str) -> list[Line]:
    return [line async for line in examine(sample.bench(**changes))]


def ids(lines: list[Line], verdict: Verdict) -> str:
    return " ".join(line.clause.id for line in lines if line.finding.verdict is verdict)


async def test_an_app_that_keeps_the_contract_is_found_to_keep_all_of_it() -> None:
    lines = await found(Sample())
    assert ids(lines, Verdict.KEPT) == " ".join(clause.id for clause in all_clauses())


@pytest.mark.parametrize(("flaw", "clauses"), FLAWS.items())
async def test_a_flaw_breaks_its_clauses_and_no_others(flaw: str, clauses: str) -> None:
    assert ids(await found(Sample(flaw)), Verdict.BROKEN) == clauses


@pytest.mark.parametrize(("address", "first"), [("status", "S1"), ("reply", "R1")])
async def test_an_address_that_takes_nothing_breaks_the_first_clause_alone(
    address: str, first: str
) -> None:
    lines = await found(Sample(), **{address: f"{HOST}/nowhere"})
    assert ids(lines, Verdict.BROKEN) == first
    assert {
        line.finding.advice for line in lines if line.finding.verdict is Verdict.UNEXAMINED
    } == {f"{first} comes first"}


def test_each_clause_is_broken_by_some_flaw() -> None:
    broken = {"S1", "R1", *" ".join(FLAWS.values()).split()}
    assert broken == {clause.id for clause in all_clauses()}


async def test_an_app_that_sends_nothing_is_asked_for_its_addresses() -> None:
    lines = await found(Sample("idle"))
    assert ids(lines, Verdict.BROKEN) == ""
    missing = {chapter.missing for chapter in CHAPTERS[1:]}
    advice = {line.finding.advice for line in lines if line.finding.verdict is Verdict.UNEXAMINED}
    assert advice == {*missing, "the app sent +33630000042 no SMS within 10 s"}


async def test_what_is_broken_can_be_seen_and_done_again() -> None:
    (line,) = [line for line in await found(Sample("picky")) if line.is_broken]
    exchange = line.finding.exchange
    assert exchange is not None
    assert exchange.outcome == '422 {"error":"no"}'
    assert exchange.as_curl().startswith(f"curl -i -X POST {HOST}/status -H")
    assert "PARKED_BY_OPERATOR" in exchange.as_curl()
    assert (line.clause.title, line.finding.expected) == (
        "A status that nobody told of is taken",
        "any 2xx",
    )
