"""HubSpot's webhooks at the door: who is let in, and what is refused."""

import hashlib

import pytest

from tests.core.builders import CLIENT_SECRET, MIB, sign
from tests.core.harness import Harness
from tests.core.http.refusals import check_refused

PATH = "/hubspot/webhooks"


def sign_v1(body: bytes, secret: str = CLIENT_SECRET) -> dict[str, str]:
    digest = hashlib.sha256(secret.encode() + body).hexdigest()
    return {"x-hubspot-signature": digest, "x-hubspot-signature-version": "v1"}


async def test_version_1_is_taken_where_nothing_better_came(linked: Harness) -> None:
    answer = await linked.request("POST", PATH, content=b"[]", headers=sign_v1(b"[]"))
    assert answer.status_code == 204


async def test_version_3_must_hold_where_it_came(linked: Harness) -> None:
    stale = sign(b"[]", linked.clock, age=301, path=PATH)
    answer = await linked.request("POST", PATH, content=b"[]", headers=stale | sign_v1(b"[]"))
    await check_refused(linked, answer, 401, "bad_signature")


@pytest.mark.parametrize("headers", [{}, sign_v1(b"[1]"), sign_v1(b"[]", "wrong")])
async def test_what_hubspot_did_not_sign_is_refused(
    linked: Harness, headers: dict[str, str]
) -> None:
    answer = await linked.request("POST", PATH, content=b"[]", headers=headers)
    await check_refused(linked, answer, 401, "bad_signature")


async def test_version_1_does_not_count_for_the_action(linked: Harness) -> None:
    answer = await linked.request("POST", "/hubspot/action", content=b"[]", headers=sign_v1(b"[]"))
    await check_refused(linked, answer, 401, "bad_signature")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}",
        b"[1]",
        b'[{"portalId": 1}]',
        b'[{"subscriptionType": "contact.privacyDeletion", "portalId": "x", "objectId": 1}]',
        b'[{"subscriptionType": "contact.privacyDeletion", "portalId": 1, "objectId": null}]',
        b'[{"subscriptionType": "", "portalId": 1, "objectId": 1}]',
        b"[" * 100_000,
    ],
)
async def test_a_delivery_that_cannot_be_read_is_refused(linked: Harness, body: bytes) -> None:
    headers = sign(body, linked.clock, path=PATH)
    answer = await linked.request("POST", PATH, content=body, headers=headers)
    await check_refused(linked, answer, 400, "malformed_request")


async def test_a_delivery_that_is_too_large_is_refused(linked: Harness) -> None:
    answer = await linked.request("POST", PATH, content=b"[" * MIB)
    await check_refused(linked, answer, 413, "body_too_large")
