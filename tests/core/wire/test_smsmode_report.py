"""Delivery reports as smsmode posts them."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import MalformedRequestError
from core.wire.smsmode_report import Report, parse, without_person
from tests.core.wire.smsmode_samples import REF, RESOURCE, SMS_ID, resource

DELIVERED = Report(
    message_id=SMS_ID,
    ref_client=REF,
    value="DELIVERED",
    detail=None,
    at=datetime(2026, 11, 22, 13, 5, 10, tzinfo=UTC),
    text="Bonjour STOP 36034",
    length=18,
    parts=1,
    price=Decimal("0.061"),
    currency="EUR",
)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def moment_of(text: str) -> datetime | None:
    return parse(resource(status={"value": "DELIVERED", "deliveryDate": text})).at


def test_a_report_is_the_message_with_its_status() -> None:
    assert parse(resource()) == DELIVERED


def test_a_failure_says_why() -> None:
    report = parse(resource(status={"value": "UNDELIVERABLE", "detail": "BLACKLISTED"}))
    assert (report.value, report.detail) == ("UNDELIVERABLE", "BLACKLISTED")


def test_a_value_that_we_do_not_know_is_kept() -> None:
    assert parse(resource(status={"value": "TELEPORTED"})).value == "TELEPORTED"


def test_a_report_may_hold_little() -> None:
    report = parse(b'{"messageId": "x", "status": {"value": "DELIVERED"}}')
    assert (report.ref_client, report.at, report.text, report.price) == (None,) * 4


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-11-22T14:05:00", 13),
        ("2026-07-22T14:05:00", 12),
        ("2026-07-22T14:05:00Z", 14),
        ("2026-07-22T14:05:00+05:00", 9),
        ("2026-07-22T14:05:00.123+02:00", 12),
    ],
)
def test_a_date_without_a_zone_is_paris_time(text: str, hour: int) -> None:
    moment = moment_of(text)
    assert moment is not None
    assert (moment.tzinfo, moment.hour) == (UTC, hour)


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(MalformedRequestError, match=r"status\.deliveryDate"):
        moment_of(text)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"messageId": None}, "messageId"),
        ({"messageId": ""}, "messageId"),
        ({"messageId": 7}, "messageId"),
        ({"status": None}, r"status\.value"),
        ({"status": "DELIVERED"}, "status"),
        ({"status": {"value": ["DELIVERED"]}}, r"status\.value"),
        ({"refClient": 42}, "refClient"),
        ({"body": {"length": "18"}}, r"body\.length"),
        ({"body": {"messagePartCount": True}}, r"body\.messagePartCount"),
        ({"body": {"messagePartCount": -1}}, r"body\.messagePartCount"),
        ({"price": {"amount": "free"}}, r"price\.amount"),
        ({"price": {"amount": "Infinity"}}, r"price\.amount"),
        ({"price": {"amount": True}}, r"price\.amount"),
    ],
)
def test_a_field_of_another_type_is_refused_by_name(changes: dict[str, object], place: str) -> None:
    with pytest.raises(MalformedRequestError, match=place):
        parse(resource(**changes))


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"{", b"\xff"])
def test_what_is_no_json_object_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedRequestError):
        parse(raw)


@given(
    st.permutations(list(RESOURCE)),
    st.dictionaries(st.text().map("new_".__add__), json_values, max_size=3),
)
def test_neither_order_nor_unknown_fields_matter(
    order: list[str], unknown: dict[str, object]
) -> None:
    body = unknown | {name: RESOURCE[name] for name in order}
    assert parse(json.dumps(body).encode()) == DELIVERED


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"refClient": None, "price": None, "body": None},
        {"status": {"value": "TELEPORTED", "detail": "BEAM"}},
    ],
)
def test_what_is_kept_of_a_report_says_the_same_without_the_person(
    changes: dict[str, object],
) -> None:
    report = parse(resource(**changes))
    kept = without_person(report)
    assert parse(kept) == replace(report, text=None)
    assert not [word for word in (b"Bonjour", b"33600000001") if word in kept]


@given(json_values)
def test_any_json_is_a_report_or_malformed(value: object) -> None:
    body = json.dumps(RESOURCE | {"status": value, "body": value}).encode()
    with suppress(MalformedRequestError):
        assert parse(body).message_id == SMS_ID
