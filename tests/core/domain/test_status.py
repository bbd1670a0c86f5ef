"""The life of an SMS."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.status import (
    LABELS,
    TRANSITIONS,
    SmsStatus,
    from_smsmode,
    is_final,
    label,
    means_opted_out,
    step,
)

statuses = st.sampled_from(SmsStatus)


def test_every_status_has_its_transitions_and_labels() -> None:
    assert set(TRANSITIONS) == set(LABELS) == set(SmsStatus)


def test_the_tutorials_labels_are_kept() -> None:
    shown = [label(status, "fr") for status in (SmsStatus.SENT, SmsStatus.RECEIVED)]
    assert shown == ["Transmis", "Reçu"]
    assert label(SmsStatus.TEMPORARY_ERROR, "fr") == "Erreur temporaire"
    assert label(SmsStatus.PERMANENT_ERROR, "fr") == "Erreur permanente"
    assert label(SmsStatus.RECEIVED, "en") == "Received"


def test_the_final_statuses_are_these() -> None:
    assert {status for status in SmsStatus if is_final(status)} == {
        SmsStatus.RECEIVED,
        SmsStatus.TEMPORARY_ERROR,
        SmsStatus.PERMANENT_ERROR,
        SmsStatus.REFUSED,
    }


@given(statuses, statuses)
def test_an_end_absorbs_whatever_follows(current: SmsStatus, new: SmsStatus) -> None:
    if is_final(current) and current is not SmsStatus.REFUSED:
        assert step(current, new) is current


@given(statuses, statuses)
def test_a_repeat_changes_nothing(current: SmsStatus, new: SmsStatus) -> None:
    once = step(current, new)
    assert step(once, new) is once


@given(statuses, statuses)
def test_a_step_goes_where_the_table_says_or_nowhere(current: SmsStatus, new: SmsStatus) -> None:
    assert step(current, new) in TRANSITIONS[current] | {current}


@given(statuses, st.lists(statuses))
def test_no_status_is_ever_come_back_to(start: SmsStatus, reports: list[SmsStatus]) -> None:
    seen = [start]
    for report in reports:
        if (reached := step(seen[-1], report)) is not seen[-1]:
            seen.append(reached)
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("order", list(permutations(["SCHEDULED", "ENROUTE", "DELIVERED"])))
def test_reports_in_any_order_end_the_same(order: tuple[str, ...]) -> None:
    status = SmsStatus.ACCEPTED
    for value in order:
        status = step(status, from_smsmode(value))
    assert status is SmsStatus.RECEIVED


def test_what_was_given_up_and_went_out_all_the_same_is_believed() -> None:
    assert is_final(SmsStatus.REFUSED)
    assert step(SmsStatus.REFUSED, from_smsmode("DELIVERED")) is SmsStatus.RECEIVED


def test_a_sent_sms_is_not_sent_back_to_pending_nor_refused() -> None:
    assert step(SmsStatus.SENT, SmsStatus.ACCEPTED) is SmsStatus.SENT
    assert step(SmsStatus.SENT, SmsStatus.REFUSED) is SmsStatus.SENT


@pytest.mark.parametrize(
    ("value", "detail", "status"),
    [
        ("SCHEDULED", None, SmsStatus.SCHEDULED),
        ("ENROUTE", "IN_PROGRESS", SmsStatus.SENT),
        ("DELIVERED", None, SmsStatus.RECEIVED),
        ("READ", None, SmsStatus.RECEIVED),
        ("delivered", None, SmsStatus.RECEIVED),
        ("UNDELIVERED", "EXPIRED", SmsStatus.TEMPORARY_ERROR),
        ("UNDELIVERED", "INVALID_PHONE_NUMBER", SmsStatus.PERMANENT_ERROR),
        ("UNDELIVERABLE", "BLACKLISTED", SmsStatus.PERMANENT_ERROR),
        ("UNDELIVERABLE", None, SmsStatus.PERMANENT_ERROR),
    ],
)
def test_smsmodes_values_have_their_meaning(
    value: str, detail: str | None, status: SmsStatus
) -> None:
    assert from_smsmode(value, detail) is status


@given(st.text())
def test_an_unknown_value_is_never_taken_for_a_failure(value: str) -> None:
    status = from_smsmode("X-" + value, "SPAM")
    assert status is SmsStatus.UNKNOWN_VALUE
    assert not is_final(step(SmsStatus.SENT, status))


def test_only_a_blacklisted_number_means_an_opt_out() -> None:
    assert means_opted_out("BLACKLISTED")
    assert not means_opted_out("SPAM")
    assert not means_opted_out(None)
