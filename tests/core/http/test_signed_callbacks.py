"""Callbacks that smsmode is to sign: taken with a secret that is known, and refused otherwise."""

import hashlib
import hmac
import json

import httpx
import pytest

from core.variables import Secret
from tests.core.builders import report
from tests.core.harness import Harness

SECRETS = (Secret("new-secret"), Secret("old-secret"))


def signature(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def told(harness: Harness, **headers: str) -> httpx.Response:
    key = (await harness.install_of()).callback_key
    body = json.dumps(report()).encode()
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return await harness.request("POST", f"/smsmode/{key}/status", content=body, headers=given)


@pytest.fixture
async def signing(linked: Harness) -> Harness:
    linked.restart(callback_secrets=SECRETS)
    await linked.execute()
    await linked.settle()
    return linked


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("prefix", ["", "sha256="])
async def test_a_signature_of_a_known_secret_is_taken(
    signing: Harness, secret: str, prefix: str
) -> None:
    signed = prefix + signature(secret, json.dumps(report()).encode())
    assert (await told(signing, x_smsmode_256=signed)).status_code == 204
    assert (await signing.message()).status == "received"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x_smsmode_256": ""},
        {"x_smsmode_256": signature("another", json.dumps(report()).encode())},
        {"x_smsmode_256": signature("new-secret", b"another body")},
    ],
)
async def test_any_other_is_refused_and_nothing_is_changed(
    signing: Harness, headers: dict[str, str]
) -> None:
    answer = await told(signing, **headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_signature")
    assert (await signing.message()).status == "sent"


async def test_what_is_signed_is_taken_where_no_secret_is_set(linked: Harness) -> None:
    assert (await told(linked, x_smsmode_256="whatever")).status_code == 204
