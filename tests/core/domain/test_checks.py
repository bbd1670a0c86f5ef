"""What each of the five checks makes of what is known."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.domain.check_report import evidence_of, tell
from core.domain.checks import Check, Finding, Known, Verdict, check_all
from core.domain.consent import ConsentPolicy, PhoneStatus
from core.domain.refusals import Refusal

THEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
FINE = {"phone": "06 11 11 11 11", "hs_marketable_status": "true"}
POLICY = ConsentPolicy.OPT_OUT


def find(check: Check, *, policy: ConsentPolicy = POLICY, **known: Any) -> Finding:
    given = Known(**{"properties": FINE, "executions": 1, **known})
    findings = check_all(given, country="FR", policy=policy)
    return next(found for found in findings if found.check is check)


def test_the_checks_come_in_the_tutorials_order() -> None:
    findings = check_all(Known(properties=FINE), country="FR", policy=POLICY)
    assert [found.check for found in findings] == list(Check)


@pytest.mark.parametrize(
    ("check", "known"),
    [
        (Check.NUMBER, {"properties": {}}),
        (Check.NUMBER, {"properties": {"phone": "01 99 00 12 34"}}),
        (Check.NUMBER, {"invalid_at": THEN}),
        (Check.BLACKLIST, {"blacklisted_at": THEN}),
        (Check.BLACKLIST, {"opted_out_at": THEN}),
        (Check.CONSENT, {"properties": {**FINE, "smsmode_consent": "false"}}),
        (Check.CONSENT, {"properties": {**FINE, "hs_marketable_status": "false"}}),
        (Check.CONSENT, {"properties": FINE, "policy": ConsentPolicy.OPT_IN}),
        (
            Check.CONSENT,
            {"properties": {**FINE, "smsmode_status": PhoneStatus.REFUSED_PROMOTIONAL}},
        ),
        (Check.ENROLMENT, {"executions": 0}),
        (Check.ENROLMENT, {"last_refusal": Refusal.EMPTY_TEXT, "last_execution": THEN}),
        (Check.CREDIT, {"balance": Decimal("0.06")}),
        (Check.CREDIT, {"balance": Decimal(-3)}),
        (Check.CREDIT, {"no_credit_at": THEN}),
        (Check.CREDIT, {"no_credit_at": THEN, "taken_at": THEN - timedelta(hours=1)}),
    ],
)
def test_trouble_says_where_to_mend_it(check: Check, known: dict[str, Any]) -> None:
    found = find(check, **known)
    assert found.verdict is Verdict.TROUBLE
    assert found.mend is not None


@pytest.mark.parametrize(
    ("check", "known"),
    [
        (Check.NUMBER, {}),
        (Check.BLACKLIST, {}),
        (Check.CONSENT, {}),
        (Check.ENROLMENT, {}),
        (Check.CREDIT, {"balance": Decimal("0.061")}),
        (Check.CREDIT, {"balance": Decimal(-3), "prepaid": False}),
        (Check.CREDIT, {"no_credit_at": THEN, "taken_at": THEN + timedelta(hours=1)}),
        (Check.CREDIT, {"taken_at": THEN}),
    ],
)
def test_what_is_fine_has_nothing_to_mend(check: Check, known: dict[str, Any]) -> None:
    found = find(check, **known)
    assert (found.verdict, found.mend) == (Verdict.FINE, None)


@pytest.mark.parametrize("check", [Check.NUMBER, Check.CONSENT])
def test_what_hubspot_did_not_tell_is_undecided(check: Check) -> None:
    assert find(check, properties=None).verdict is Verdict.UNKNOWN


def test_a_balance_that_is_not_told_is_undecided_without_a_sign_either_way() -> None:
    assert find(Check.CREDIT).verdict is Verdict.UNKNOWN


def test_the_evidence_is_what_the_verdict_rests_on() -> None:
    found = find(Check.NUMBER)
    assert found.evidence == {
        "typed": "06 11 11 11 11",
        "number": "+33611111111",
        "country": "FR",
    }


def test_findings_are_told_in_both_languages() -> None:
    french, english = (tell([find(Check.CREDIT)], language)[0] for language in ("fr", "en"))
    assert french["question"] != english["question"]
    assert french["found"] != english["found"]
    assert french["evidence"] == english["evidence"] == {}


def test_all_evidence_has_a_name_for_people() -> None:
    known = Known(
        properties={**FINE, "smsmode_consent": "true", "smsmode_status": "x"},
        opted_out_at=THEN,
        blacklisted_at=THEN,
        invalid_at=THEN,
        executions=1,
        last_execution=THEN,
        last_refusal=Refusal.EMPTY_TEXT,
        balance=Decimal(1),
        no_credit_at=THEN,
        taken_at=THEN,
    )
    others = Known(properties={"phone": "1"})
    told = [
        *tell(check_all(known, country="FR", policy=POLICY), "en"),
        *tell(check_all(others, country="FR", policy=POLICY), "en"),
    ]
    shown = {label for each in told for label, _, _ in evidence_of(each, "en")}
    assert {"STOP received on", "Balance", "Code", "The last one, on"} <= shown
    moments = {
        value for each in told for _, value, is_moment in evidence_of(each, "fr") if is_moment
    }
    assert moments == {THEN.isoformat()}
