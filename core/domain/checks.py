"""Why an SMS did not come: the five checks, each with what was found and where to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain import check_texts as texts
from core.domain.compose import SendType
from core.domain.consent import ConsentPolicy, decide
from core.domain.errors import SendRefusedError
from core.domain.hubspot_texts import NO_ANSWER
from core.domain.language import Words
from core.domain.phone import parse_recipient
from core.domain.refusal_texts import REFUSAL_TEXTS
from core.domain.refusals import Refusal

PRICE = Decimal("0.061")
"""What one part to a French number costs, in euros. Source: smsmode API docs, prices (single)."""


class Check(StrEnum):
    """What may have kept an SMS from its recipient, in the tutorial's order."""

    NUMBER = "number"
    BLACKLIST = "blacklist"
    CONSENT = "consent"
    ENROLMENT = "enrolment"
    CREDIT = "credit"


class Verdict(StrEnum):
    """What a check came to."""

    FINE = "fine"
    TROUBLE = "trouble"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found.

    Args:
        check: Which.
        verdict: What it came to.
        found: In a sentence.
        mend: Where to mend it; ``None`` when there is nothing to mend.
        evidence: What the verdict rests on, as texts; empty values left out.
    """

    check: Check
    verdict: Verdict
    found: Words
    mend: Words | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a contact, whoever told it.

    Args:
        properties: What HubSpot knows; ``None`` when it does not tell.
        unasked: Why it does not.
        opted_out_at: When our own list took the number in.
        blacklisted_at: When smsmode last refused the number as blacklisted.
        invalid_at: When smsmode last refused the number as none.
        executions: How many executions of the action HubSpot asked for.
        last_execution: When the last one came.
        last_refusal: Why the last one made no message, if it made none.
        balance: What the smsmode account holds, in its currency; ``None`` when it is not told.
        prepaid: Whether the account is out of credit at nothing; a postpaid one never is.
        no_credit_at: When smsmode last refused an SMS of this account for want of credit.
        taken_at: When smsmode last delivered an SMS of this account.
    """

    properties: Mapping[str, str] | None
    unasked: Words = NO_ANSWER
    opted_out_at: datetime | None = None
    blacklisted_at: datetime | None = None
    invalid_at: datetime | None = None
    executions: int = 0
    last_execution: datetime | None = None
    last_refusal: Refusal | None = None
    balance: Decimal | None = None
    prepaid: bool = True
    no_credit_at: datetime | None = None
    taken_at: datetime | None = None


def check_all(known: Known, *, country: str, policy: ConsentPolicy) -> tuple[Finding, ...]:
    """Return the five findings, in the tutorial's order.

    Args:
        known: What is known of the contact.
        country: ISO alpha-2 code of the account's country.
        policy: How an empty consent is read.
    """
    return (
        check_number(known, country),
        check_blacklist(known),
        check_consent(known, policy),
        check_enrolment(known),
        check_credit(known),
    )


def check_number(known: Known, country: str) -> Finding:
    """Return whether the number was mistyped: as it reads, and as smsmode took it."""
    if known.properties is None:
        return _unasked(Check.NUMBER, known)
    typed = known.properties.get("phone") or known.properties.get("mobilephone") or ""
    evidence = _evidence(typed=typed)
    try:
        phone = parse_recipient(typed, country)
    except SendRefusedError as exc:
        found = REFUSAL_TEXTS[exc.refusal]
        return _trouble(Check.NUMBER, found, texts.CORRECT_NUMBER, evidence, code=exc.refusal)
    evidence |= _evidence(number=phone.e164, country=phone.country)
    if known.invalid_at is not None:
        evidence |= _evidence(refused_at=known.invalid_at)
        return _trouble(Check.NUMBER, texts.NUMBER_UNKNOWN, texts.CORRECT_NUMBER, evidence)
    return _fine(Check.NUMBER, texts.number_reads(phone.e164), evidence)


def check_blacklist(known: Known) -> Finding:
    """Return whether the number is on an opposition list: smsmode's, or ours since a STOP."""
    evidence = _evidence(opted_out_at=known.opted_out_at, blacklisted_at=known.blacklisted_at)
    if known.blacklisted_at is not None:
        return _trouble(Check.BLACKLIST, texts.BLACKLISTED, texts.ASK_SMSMODE, evidence)
    if known.opted_out_at is not None:
        return _trouble(Check.BLACKLIST, texts.STOPPED, texts.ASK_RECIPIENT, evidence)
    return _fine(Check.BLACKLIST, texts.NOT_LISTED, evidence)


def check_consent(known: Known, policy: ConsentPolicy) -> Finding:
    """Return whether HubSpot lets the contact get promotional SMS."""
    if known.properties is None:
        return _unasked(Check.CONSENT, known)
    consent, status, marketing = map(
        known.properties.get, ("smsmode_consent", "smsmode_status", "hs_marketable_status")
    )
    evidence = _evidence(
        smsmode_consent=consent, smsmode_status=status, hs_marketable_status=marketing
    )
    try:
        decide(
            SendType.PROMOTIONAL,
            consent=consent,
            smsmode_status=status,
            marketing_status=marketing,
            opted_out_locally=False,
            policy=policy,
        )
    except SendRefusedError as exc:
        mend = texts.MEND_CONSENT[exc.refusal]
        found = REFUSAL_TEXTS[exc.refusal]
        return _trouble(Check.CONSENT, found, mend, evidence, code=exc.refusal)
    return _fine(Check.CONSENT, texts.CONSENTS, evidence)


def check_enrolment(known: Known) -> Finding:
    """Return whether the contact went through a workflow, as far as the core was called."""
    evidence = _evidence(
        executions=known.executions or None,
        last_execution=known.last_execution,
        last_refusal=known.last_refusal,
    )
    if known.executions == 0:
        return _trouble(Check.ENROLMENT, texts.NEVER_ENROLLED, texts.ENROL, evidence)
    if known.last_refusal is not None:
        found = texts.enrolled_and_refused(REFUSAL_TEXTS[known.last_refusal])
        return _trouble(Check.ENROLMENT, found, texts.ENROL_AGAIN, evidence)
    return _fine(Check.ENROLMENT, texts.ENROLLED, evidence)


def check_credit(known: Known) -> Finding:
    """Return whether the smsmode account has credit: by its balance, else by what became of SMS.

    Assumed: less than the price of one French SMS is none.
    """
    evidence = _evidence(
        balance=known.balance, no_credit_at=known.no_credit_at, taken_at=known.taken_at
    )
    if known.balance is not None:
        if known.prepaid and known.balance < PRICE:
            return _trouble(Check.CREDIT, texts.NO_CREDIT, texts.TOP_UP, evidence)
        return _fine(Check.CREDIT, texts.CREDIT, evidence)
    if known.no_credit_at is None:
        verdict, found = Verdict.UNKNOWN, texts.BALANCE_NOT_TOLD
        if known.taken_at is not None:
            verdict, found = Verdict.FINE, texts.SMS_TAKEN
        return Finding(check=Check.CREDIT, verdict=verdict, found=found, evidence=evidence)
    if known.taken_at is not None and known.taken_at > known.no_credit_at:
        return _fine(Check.CREDIT, texts.SMS_TAKEN, evidence)
    return _trouble(Check.CREDIT, texts.NO_CREDIT, texts.TOP_UP, evidence)


def _fine(check: Check, found: Words, evidence: Mapping[str, str]) -> Finding:
    return Finding(check=check, verdict=Verdict.FINE, found=found, evidence=evidence)


def _trouble(
    check: Check,
    found: Words,
    mend: Words,
    evidence: Mapping[str, str],
    *,
    code: Refusal | None = None,
) -> Finding:
    return Finding(
        check=check,
        verdict=Verdict.TROUBLE,
        found=found,
        mend=mend,
        evidence={**evidence, **_evidence(code=code)},
    )


def _unasked(check: Check, known: Known) -> Finding:
    return Finding(check=check, verdict=Verdict.UNKNOWN, found=known.unasked)


def _evidence(**found: object) -> dict[str, str]:
    def say(value: object) -> str:
        return value.isoformat() if isinstance(value, datetime) else str(value)

    return {name: say(value) for name, value in found.items() if value not in {None, ""}}
