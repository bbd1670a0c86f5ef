"""Bad input at smsmode's callback addresses: the right 4xx, and nothing written down."""

from typing import Any

import pytest

from tests.core.builders import MIB, reply, report
from tests.core.harness import Harness
from tests.core.http.refusals import check_refused

KINDS = ["status", "inbound"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", ["wrong", "%20", "é", "a" * 5000, "62515"])
async def test_an_address_that_nobody_was_given_is_unknown(
    linked: Harness, kind: str, key: str
) -> None:
    answer = await linked.request("POST", f"/smsmode/{key}/{kind}", json=report())
    await check_refused(linked, answer, 404, "not_found")


@pytest.mark.parametrize("kind", KINDS)
async def test_an_address_is_known_to_the_letter(linked: Harness, kind: str) -> None:
    key = (await linked.install_of()).callback_key
    for near in (key[:-1], key.swapcase(), f"{key} "):
        answer = await linked.request("POST", f"/smsmode/{near}/{kind}", json=report())
        await check_refused(linked, answer, 404, "not_found")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"7", b'"a"', b"\xff", b"NaN", b"[" * 100_000, b"{}"]
)
async def test_a_body_that_is_no_message_is_refused(
    linked: Harness, kind: str, body: bytes
) -> None:
    answer = await linked.call_back(kind, body)
    await check_refused(linked, answer, 400, "malformed_request")


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("messageId", None),
        ("messageId", ""),
        ("messageId", 7),
        ("status", None),
        ("status", "DELIVERED"),
        ("status", {"value": 7}),
        ("status", {"value": "DELIVERED", "deliveryDate": "yesterday"}),
        ("status", {"value": "DELIVERED", "deliveryDate": "0001-01-01T00:00:00+14:00"}),
        ("status", {"value": "DELIVERED", "detail": []}),
        ("refClient", 7),
        ("body", []),
        ("body", {"length": -1}),
        ("body", {"length": 2**63}),
        ("body", {"messagePartCount": 2**64 - 1}),
        ("body", {"messagePartCount": 1.5}),
        ("price", {"amount": "free"}),
    ],
)
async def test_a_report_with_a_wrong_part_is_refused_and_the_part_is_named(
    linked: Harness, part: str, value: Any
) -> None:
    answer = await linked.call_back("status", report() | {part: value})
    error = await check_refused(linked, answer, 400, "malformed_request")
    assert part in error["message"]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("messageId", None),
        ("messageId", {}),
        ("from", None),
        ("from", 33611111111),
        ("from", "Salon"),
        ("recipient", "36034"),
        ("body", "STOP"),
        ("body", {"stop": "true"}),
        ("originMessageId", 7),
        ("sentDate", "2026-13-01T00:00:00"),
    ],
)
async def test_a_reply_with_a_wrong_part_is_refused_and_the_part_is_named(
    linked: Harness, part: str, value: Any
) -> None:
    answer = await linked.call_back("inbound", reply() | {part: value})
    error = await check_refused(linked, answer, 400, "malformed_request")
    assert part in error["message"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_body_that_is_too_large_is_refused(linked: Harness, kind: str) -> None:
    answer = await linked.call_back(kind, b'"' + b"a" * MIB + b'"')
    await check_refused(linked, answer, 413, "body_too_large")


@pytest.mark.parametrize("kind", KINDS)
async def test_fields_that_we_do_not_know_do_not_matter(linked: Harness, kind: str) -> None:
    body = report() if kind == "status" else reply()
    answer = await linked.call_back(kind, {**body, "new": {"of": ["smsmode"]}})
    assert answer.status_code == 204


async def test_what_a_large_report_says_in_words_is_taken_whole(linked: Harness) -> None:
    await linked.execute()
    await linked.settle()
    answer = await linked.call_back("status", report("X" * 10_000, refClient="ap-1"))
    assert answer.status_code == 204
