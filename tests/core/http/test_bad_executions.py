"""Bad input at the workflow action: the right 4xx, a clear body, and nothing written down."""

import json
from typing import Any

import httpx
import pytest
from starlette.types import Message

from tests.core.builders import CLIENT_SECRET, MIB, PUBLIC, execution, sign
from tests.core.harness import Harness
from tests.core.http.refusals import check_refused

GOOD = json.loads(execution())
DEEP = b"[" * 100_000


def changed(path: str, value: object) -> bytes:
    """Return a good execution with the part at ``path`` replaced."""
    body = json.loads(execution())
    *parents, last = path.split(".")
    part = body
    for name in parents:
        part = part[name]
    part[last] = value
    return json.dumps(body).encode()


async def test_no_signature_is_refused(linked: Harness) -> None:
    answer = await linked.request("POST", "/hubspot/action", content=execution())
    error = await check_refused(linked, answer, 401, "bad_signature")
    assert error["reason"] == "missing"


async def test_the_signature_of_another_secret_is_refused(linked: Harness) -> None:
    headers = sign(execution(), linked.clock, secret="another")  # noqa: S106 - on purpose
    answer = await linked.signed(execution(), **headers)
    error = await check_refused(linked, answer, 401, "bad_signature")
    assert error["reason"] == "mismatch"


async def test_the_signature_of_another_body_is_refused(linked: Harness) -> None:
    headers = sign(execution("ap-2"), linked.clock)
    answer = await linked.request(
        "POST", "/hubspot/action", content=execution("ap-1"), headers=headers
    )
    await check_refused(linked, answer, 401, "bad_signature")


async def test_the_signature_of_another_address_is_refused(linked: Harness) -> None:
    answer = await linked.request(
        "POST",
        "/hubspot/action?to=else",
        content=execution(),
        headers=sign(execution(), linked.clock),
    )
    await check_refused(linked, answer, 401, "bad_signature")


@pytest.mark.parametrize("signature", ["", "é", "A" * 44, "\t", "null"])
async def test_what_is_no_signature_is_refused(linked: Harness, signature: str) -> None:
    headers = {"x-hubspot-signature-v3": signature.encode("latin-1").decode("latin-1")}
    given = {**sign(execution(), linked.clock), **headers}
    encoded = {name: value.encode("latin-1") for name, value in given.items()}
    answer = await linked.request("POST", "/hubspot/action", content=execution(), headers=encoded)
    await check_refused(linked, answer, 401, "bad_signature")


@pytest.mark.parametrize(("age", "reason"), [(301, "stale"), (86400, "stale"), (-61, "future")])
async def test_a_request_of_another_time_is_refused(
    linked: Harness, age: float, reason: str
) -> None:
    answer = await linked.signed(execution(), **sign(execution(), linked.clock, age=age))
    error = await check_refused(linked, answer, 401, "bad_signature")
    assert error["reason"] == reason


@pytest.mark.parametrize("age", [300, 0, -60])
async def test_a_request_of_about_now_is_taken(linked: Harness, age: float) -> None:
    answer = await linked.signed(execution(), **sign(execution(), linked.clock, age=age))
    assert answer.status_code == 200


@pytest.mark.parametrize("stamp", ["", "now", "-1", "1e12", "9" * 15, "9" * 14, "١٢٣"])
async def test_what_is_no_timestamp_is_refused(linked: Harness, stamp: str) -> None:
    headers = {**sign(execution(), linked.clock), "x-hubspot-request-timestamp": stamp}
    encoded = {name: value.encode() for name, value in headers.items()}
    answer = await linked.request("POST", "/hubspot/action", content=execution(), headers=encoded)
    await check_refused(linked, answer, 401, "bad_signature")


async def test_a_retired_secret_still_counts_while_it_is_set(linked: Harness) -> None:
    linked.restart(client_secrets=("new", CLIENT_SECRET))
    assert (await linked.signed(execution())).status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"nonsense", b"null", b"[]", b'"text"', b"7", b"\xff\xfe", b"NaN", DEEP, b"{}"],
)
async def test_a_body_that_is_no_execution_is_refused(linked: Harness, body: bytes) -> None:
    answer = await linked.signed(body)
    await check_refused(linked, answer, 400, "malformed_request")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("callbackId", None),
        ("callbackId", ""),
        ("callbackId", 7),
        ("callbackId", ["ap-1"]),
        ("callbackId", "ap-\ud800"),
        ("origin", None),
        ("origin", "62515"),
        ("origin.portalId", None),
        ("origin.portalId", "abc"),
        ("origin.portalId", 1.5),
        ("origin.portalId", True),
        ("origin.portalId", -1),
        ("origin.portalId", 10**18 * 100),
        ("origin.portalId", 2**63),
        ("origin.portalId", "9" * 5000),
        ("object", []),
        ("object.objectId", None),
        ("object.objectId", {}),
        ("object.objectType", "DEAL"),
        ("object.properties", "none"),
        ("object.properties.phone", 33611111111),
        ("object.properties.firstname", ["Zoé"]),
        ("inputFields", None),
        ("inputFields", []),
        ("inputFields.text", 7),
        ("inputFields.text", "lone \ud800"),
        ("inputFields.stop", True),
        ("inputFields.colour", "red"),
    ],
)
async def test_an_execution_with_a_wrong_part_is_refused_and_the_part_is_named(
    linked: Harness, path: str, value: Any
) -> None:
    answer = await linked.signed(changed(path, value))
    error = await check_refused(linked, answer, 400, "malformed_request")
    assert path.rpartition(".")[2] in error["message"] or "JSON" in error["message"]


async def test_the_execution_that_those_tests_spoil_is_good(linked: Harness) -> None:
    assert (await linked.signed(changed("callbackId", "ap-1"))).status_code == 200


@pytest.mark.parametrize("size", [256 * 1024 + 1, MIB])
async def test_a_body_that_is_too_large_is_refused(linked: Harness, size: int) -> None:
    answer = await linked.signed(execution(text="a" * size))
    await check_refused(linked, answer, 413, "body_too_large")


async def test_a_large_body_without_a_length_is_refused_all_the_same(
    linked: Harness,
) -> None:
    async def pieces() -> Any:
        for _ in range(64):
            yield b"a" * (MIB // 64)

    answer = await linked.request("POST", "/hubspot/action", content=pieces())
    await check_refused(linked, answer, 413, "body_too_large")


async def test_who_hangs_up_before_the_end_of_the_body_leaves_nothing_behind(
    linked: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    begun: Message = {"type": "http.request", "body": execution()[:20], "more_body": True}
    heard: list[Message] = [begun, {"type": "http.disconnect"}]
    sent: list[Message] = []

    async def receive() -> Message:
        return heard.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/hubspot/action", "query_string": b""}
    await linked.core.app({**scope, "headers": []}, receive, send)
    answer = httpx.Response(sent[0]["status"], content=sent[1]["body"])
    error = await check_refused(linked, answer, 400, "malformed_request")
    assert "before the end" in error["message"]
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("length", ["many", "-1", "1e9", ""])
async def test_a_length_that_is_no_number_decides_nothing(linked: Harness, length: str) -> None:
    answer = await linked.signed(execution(), **{"content-length": length})
    assert answer.status_code == 200


async def test_the_size_that_is_read_is_a_setting(linked: Harness) -> None:
    linked.restart(largest_body=len(execution()))
    assert (await linked.signed(execution())).status_code == 200
    answer = await linked.signed(execution() + b" ")
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_another_method_is_refused_with_a_clear_body(linked: Harness, method: str) -> None:
    answer = await linked.request(method, "/hubspot/action")
    error = await check_refused(linked, answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"
    assert "POST" in error["message"]


async def test_a_path_that_leads_nowhere_is_refused_with_a_clear_body(
    linked: Harness,
) -> None:
    answer = await linked.request("GET", "/hubspot/actions")
    await check_refused(linked, answer, 404, "not_found")
    assert PUBLIC not in answer.text
