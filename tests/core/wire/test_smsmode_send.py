"""Requests to smsmode and what it answers."""

import json
from decimal import Decimal

import pytest

from core.domain.errors import OutcomeUnknownError, ProviderDownError
from core.domain.gsm import Encoding
from core.domain.ids import RefClient
from core.wire.smsmode_send import (
    ApiRefusal,
    SentMessage,
    parse_error,
    parse_found,
    parse_sent,
    request_body,
)
from tests.core.wire.smsmode_samples import REF, SMS_ID, resource


def build(**changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "to": "+33600000001",
        "text": "Reçu – 5 €",
        "encoding": Encoding.GSM7,
        "stop": True,
        "sender": "MaMarque",
        "ref_client": RefClient("order-42"),
        "callback_status": "https://app.example/dlr",
        "callback_inbound": "https://app.example/mo",
    }
    body: dict[str, object] = json.loads(request_body(**fields | changes))  # type: ignore[arg-type] # built by name
    return body


def test_a_send_is_written_as_the_docs_say() -> None:
    assert build() == {
        "recipient": {"to": "33600000001"},
        "body": {"text": "Reçu – 5 €", "encoding": "GSM7", "stop": True},
        "from": "MaMarque",
        "refClient": "order-42",
        "callbackUrlStatus": "https://app.example/dlr",
        "callbackUrlMo": "https://app.example/mo",
    }


def test_what_is_left_to_the_channel_is_not_sent() -> None:
    body = build(sender=None, callback_status=None, callback_inbound=None)
    assert body.keys() == {"recipient", "body", "refClient"}


def test_an_accepted_send_tells_what_smsmode_bills() -> None:
    assert parse_sent(
        resource(status={"value": "ENROUTE", "detail": "IN_PROGRESS"})
    ) == SentMessage(
        id=SMS_ID,
        ref_client=REF,
        text="Bonjour STOP 36034",
        length=18,
        parts=1,
        value="ENROUTE",
        detail="IN_PROGRESS",
        price=Decimal("0.061"),
        currency="EUR",
    )


def test_an_accepted_send_needs_only_its_id() -> None:
    assert parse_sent(b'{"messageId": "x"}').value == "ENROUTE"


@pytest.mark.parametrize("amount", ["0.061", 0.061], ids=["text", "number"])
def test_a_price_may_be_a_number_or_a_text(amount: object) -> None:
    assert parse_sent(resource(price={"amount": amount})).price == Decimal("0.061")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"messageId": 7}'])
def test_an_unreadable_acceptance_leaves_the_outcome_unknown(body: bytes) -> None:
    with pytest.raises(OutcomeUnknownError, match="refClient"):
        parse_sent(body)


def test_a_search_lists_what_smsmode_knows() -> None:
    body = b'{"page": 1, "count": 1, "items": [' + resource() + b"]}"
    assert [found.ref_client for found in parse_found(body)] == [REF]


def test_a_search_may_find_nothing() -> None:
    assert parse_found(b'{"items": [], "totalCount": 0}') == ()


@pytest.mark.parametrize("body", [b"oops", b"{}", b'{"items": [3]}', b'{"items": [{}]}'])
def test_an_unreadable_list_is_not_taken_for_an_empty_one(body: bytes) -> None:
    with pytest.raises(ProviderDownError):
        parse_found(body)


def test_a_structured_refusal_is_told_by_its_code() -> None:
    body = b'{"title": "Bad Request", "message": "Invalid", "detail": "to", "errorCode": "400.029"}'
    assert parse_error(400, body) == ("400.029", "Invalid: to")


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"message": "x"}', b'{"errorCode": 1}'])
def test_another_refusal_is_told_by_its_status(body: bytes) -> None:
    assert parse_error(502, body).code == "502"


def test_a_long_refusal_is_cut() -> None:
    refusal = parse_error(400, json.dumps({"errorCode": "400.001", "message": "x" * 999}).encode())
    assert refusal == ApiRefusal("400.001", "x" * 300)
