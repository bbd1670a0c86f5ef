"""Replies as smsmode posts them, either way round."""

from datetime import UTC, datetime

import pytest

from core.domain.errors import MalformedRequestError
from core.domain.ids import SmsmodeId
from core.wire.smsmode_inbound import Inbound, parse
from tests.core.wire.smsmode_samples import REF, SMS_ID, resource


def reply(**changes: object) -> bytes:
    fields: dict[str, object] = {
        "messageId": "9d0c",
        "originMessageId": SMS_ID,
        "sentDate": "2026-11-22T15:00:00",
        "direction": "MO",
        "from": "33600000001",
        "recipient": {"to": "36034"},
        "body": {"text": "Bien reçu !"},
        "status": None,
        "price": None,
    }
    return resource(**fields | changes)


def test_a_reply_names_who_wrote_what_to_which_sms() -> None:
    assert parse(reply()) == Inbound(
        id=SmsmodeId("9d0c"),
        origin_id=SMS_ID,
        phone="+33600000001",
        text="Bien reçu !",
        stop=False,
        at=datetime(2026, 11, 22, 14, tzinfo=UTC),
        ref_client=REF,
    )


@pytest.mark.parametrize("ours", ["36034", "MaMarque", "ABC12345678", None])
@pytest.mark.parametrize("phone", ["33600000001", "+33600000001"])
def test_the_phone_is_found_either_way_round(phone: str, ours: str | None) -> None:
    documented = parse(reply(**{"from": phone}, recipient={"to": ours}))
    reversed_ = parse(reply(**{"from": ours}, recipient={"to": phone}))
    assert documented.phone == reversed_.phone == "+33600000001"


def test_between_two_phones_the_docs_are_followed() -> None:
    assert parse(reply(recipient={"to": "33700000000"})).phone == "+33600000001"


def test_a_reply_from_nobody_is_refused() -> None:
    with pytest.raises(MalformedRequestError, match="from nor recipient"):
        parse(reply(**{"from": "MaMarque"}))


def test_smsmode_may_say_that_it_is_a_stop() -> None:
    assert parse(reply(body={"text": "Non merci", "stop": True})).stop


def test_the_text_may_say_that_it_is_a_stop() -> None:
    assert parse(reply(body={"text": "Stop.", "stop": False})).stop


def test_a_reply_may_hold_little() -> None:
    inbound = parse(b'{"messageId": "x", "from": "33600000001"}')
    assert (inbound.text, inbound.origin_id, inbound.at, inbound.ref_client) == (
        "",
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    "changes",
    [{"messageId": None}, {"body": "STOP"}, {"body": {"stop": "yes"}}, {"from": 33600000001}],
)
def test_a_field_of_another_type_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(MalformedRequestError):
        parse(reply(**changes))
