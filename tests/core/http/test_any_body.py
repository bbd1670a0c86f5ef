"""Whatever JSON, or nearly JSON, comes in: never a 5xx, and a 4xx that says what is wrong."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.builders import MARKETING, PORTAL, execution, reply, report
from tests.core.harness import Harness

# The harness is shared by all examples on purpose: what one leaves behind, the next meets.
many = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

texts = st.text() | st.sampled_from(
    ["", "\ud800", "\x00", "STOP", "true", "9" * 30, "+33611111111"]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=6
)


def spoilt(good: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Return bodies that are ``good`` but for one part, at any depth."""
    paths = [(name,) for name in good] + [
        (name, inner)
        for name, part in good.items()
        if isinstance(part, dict)
        for inner in (*part, "new")
    ]
    return st.tuples(st.sampled_from(paths), values).map(lambda drawn: _replace(good, *drawn))


def _replace(good: Mapping[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    head, *rest = path
    return {**good, head: {**good[head], rest[0]: value} if rest else value}


def bodies(good: Mapping[str, Any]) -> st.SearchStrategy[bytes]:
    """Return bodies that are spoilt, anything in JSON, or no JSON at all."""
    return (spoilt(good) | values).map(lambda body: json.dumps(body).encode()) | st.binary()


async def check(harness: Harness, answer: httpx.Response) -> None:
    assert answer.status_code < 500
    if answer.status_code >= 400:
        error = answer.json()["error"]
        assert error["code"]
        assert error["message"]
    await harness.settle()
    assert await harness.core.queue.failed() == []


@many
@given(body=bodies(json.loads(execution())))
async def test_the_action_takes_or_refuses_any_body(linked: Harness, body: bytes) -> None:
    await check(linked, await linked.signed(body))


@many
@given(body=bodies({**report(), "body": {"text": "a"}, "price": {"amount": 1}}))
async def test_the_report_address_takes_or_refuses_any_body(linked: Harness, body: bytes) -> None:
    await check(linked, await linked.call_back("status", body))


@many
@given(body=bodies(reply()))
async def test_the_reply_address_takes_or_refuses_any_body(linked: Harness, body: bytes) -> None:
    await check(linked, await linked.call_back("inbound", body))


@many
@given(body=spoilt({"type": "promotional", "text": "a", "stop": "true"}) | values)
async def test_the_preview_takes_or_refuses_any_body(linked: Harness, body: object) -> None:
    await check(linked, await linked.operate("POST", "/preview", body))


@many
@given(body=spoilt({"marketing": MARKETING, "notification": "b"}) | values)
async def test_the_keys_are_taken_or_refused_whatever_they_are(
    linked: Harness, body: object
) -> None:
    await check(linked, await linked.operate("PUT", f"/accounts/{PORTAL}/keys", body))


@many
@given(body=spoilt({"account": "Salon"}) | values)
async def test_an_invitation_is_made_or_refused_for_any_body(linked: Harness, body: object) -> None:
    await check(linked, await linked.operate("POST", "/installs", body))


@many
@given(fields=st.dictionaries(st.sampled_from(["to", "type", "sender", "text", "encoding"]), texts))
async def test_the_action_takes_or_refuses_any_form(
    linked: Harness, fields: dict[str, Any]
) -> None:
    callback_id = f"ap-{sorted(fields.items())!r}"
    await check(linked, await linked.signed(execution(callback_id, **fields)))
