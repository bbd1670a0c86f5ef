"""The webhook by which HubSpot tells of people: put in place once, with the app."""

import logging

import pytest

from core.settings import Edition
from tests.core.builders import OTHER_PORTAL
from tests.core.harness import Harness

ERASED, MERGED, CHANGED = "contact.privacyDeletion", "contact.merge", "contact.propertyChange"
ALL = [(ERASED, "", True), (MERGED, "", True), (CHANGED, "smsmode_consent", True)]
TARGET = {
    "targetUrl": "https://sms.example/hubspot/webhooks",
    "throttling": {"maxConcurrentRequests": 10},
}


def told_of(harness: Harness) -> list[tuple[str, str, bool]]:
    return [
        (one["eventType"], one.get("propertyName", ""), one["active"])
        for one in harness.hubspot.subscriptions.values()
    ]


async def test_the_first_installation_has_hubspot_tell_of_what_matters(
    installed: Harness,
) -> None:
    assert installed.hubspot.webhooks == TARGET
    assert told_of(installed) == ALL


async def test_later_installations_ask_for_nothing_more(installed: Harness) -> None:
    installed.hubspot.calls.clear()
    await installed.install()
    await installed.install(OTHER_PORTAL)
    assert installed.hubspot.calls_to("/webhooks") == []


async def test_a_subscription_that_is_there_is_used(bare: Harness) -> None:
    bare.hubspot.subscriptions["9"] = {"id": "9", "eventType": ERASED, "active": True}
    await bare.install()
    assert told_of(bare) == ALL


async def test_a_subscription_that_is_paused_is_woken(bare: Harness) -> None:
    bare.hubspot.subscriptions["8"] = {"id": "8", "eventType": "contact.restore", "active": False}
    bare.hubspot.subscriptions["9"] = {"id": "9", "eventType": ERASED, "active": False}
    await bare.install()
    assert told_of(bare) == [("contact.restore", "", False), *ALL]


async def test_the_change_of_another_property_is_another_subscription(bare: Harness) -> None:
    known = {"id": "8", "eventType": CHANGED, "propertyName": "phone", "active": True}
    bare.hubspot.subscriptions["8"] = known
    await bare.install()
    assert told_of(bare) == [(CHANGED, "phone", True), *ALL]


async def test_a_new_address_is_told_to_hubspot(installed: Harness) -> None:
    installed.restart(public_url="https://moved.example")
    await installed.install()
    assert installed.hubspot.webhooks["targetUrl"] == "https://moved.example/hubspot/webhooks"
    assert told_of(installed) == ALL


@pytest.mark.parametrize("status", [403, 404, 410, 501])
async def test_where_hubspot_does_not_offer_it_the_operator_is_told_what_to_do(
    bare: Harness, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="core")
    bare.hubspot.trouble("/webhooks", status)
    assert (await bare.install()).status_code == 200
    (record,) = [one for one in caplog.records if one.getMessage() == "webhook.not_offered"]
    assert f"{ERASED}, {MERGED}, {CHANGED} smsmode_consent" in vars(record)["todo"]


@pytest.mark.parametrize("body", [{}, {"results": None}, {"results": [1]}, []])
async def test_a_list_that_cannot_be_read_leaves_no_installation(
    bare: Harness, body: object
) -> None:
    bare.hubspot.trouble("GET /webhooks", 200, body=body)
    assert (await bare.install()).status_code == 400
    assert (await bare.install()).status_code == 200
    assert told_of(bare) == ALL


async def test_the_dated_edition_has_its_own_paths() -> None:
    async with Harness(edition=Edition.DATED) as dated:
        await dated.install()
        assert told_of(dated) == ALL
        assert not dated.hubspot.calls_to("/webhooks/v3")
