"""Delivery reports: early, late, twice, unknown, of nobody's SMS, of another account's."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.core.builders import OTHER_PORTAL, PHONE, PORTAL, report
from tests.core.harness import Harness


async def sent(harness: Harness) -> None:
    await harness.execute()
    await harness.advance(2)


async def report_now(harness: Harness, value: str, **more: Any) -> None:
    answer = await harness.call_back("status", report(value, **more))
    assert answer.status_code == 204
    await harness.advance(2)


@pytest.mark.parametrize(
    ("value", "detail", "status", "label"),
    [
        ("DELIVERED", None, "received", "Reçu"),
        ("READ", None, "received", "Reçu"),
        ("UNDELIVERED", None, "temporary_error", "Erreur temporaire"),
        ("UNDELIVERABLE", None, "permanent_error", "Erreur permanente"),
        ("UNDELIVERED", "INVALID_PHONE_NUMBER", "permanent_error", "Erreur permanente"),
    ],
)
async def test_a_report_moves_the_message_and_shows_on_the_timeline(
    linked: Harness, value: str, detail: str | None, status: str, label: str
) -> None:
    await sent(linked)
    await report_now(linked, value, detail=detail)
    assert (await linked.message()).status == status
    assert linked.labels() == ["Transmis", label]


async def test_an_event_tells_the_contact_the_text_the_size_and_the_moment(
    linked: Harness,
) -> None:
    await sent(linked)
    await report_now(linked, "DELIVERED", deliveryDate="2026-11-23T10:05:00")
    event = linked.hubspot.events["ap-1-received"]
    assert event["objectId"] == "512"
    assert event["timestamp"] == "2026-11-23T09:05:00+00:00"
    assert event["tokens"]["message"] == "Bonjour Zoé STOP 36034"
    assert event["tokens"]["nombre_sms"] == "1"


@pytest.mark.parametrize("is_asked", [True, False])
async def test_an_sms_that_was_received_was_sent_though_nobody_said_so(
    linked: Harness, *, is_asked: bool
) -> None:
    linked.smsmode.status = "DELIVERED"
    linked.smsmode.trouble("POST", httpx.ReadTimeout, done=True)
    await linked.execute()
    await linked.settle()
    if not is_asked:
        await report_now(linked, "DELIVERED", refClient="ap-1")
    await linked.advance(60)
    assert linked.labels() == ["Transmis", "Reçu"]
    assert (await linked.message()).status == "received"


async def test_the_same_report_twice_shows_once(linked: Harness) -> None:
    await sent(linked)
    await report_now(linked, "DELIVERED")
    linked.hubspot.batches.clear()
    await report_now(linked, "DELIVERED")
    assert linked.hubspot.batches == []


async def test_a_late_report_changes_no_final_status(linked: Harness) -> None:
    await sent(linked)
    await report_now(linked, "DELIVERED")
    await report_now(linked, "UNDELIVERED")
    assert (await linked.message()).status == "received"


async def test_a_report_that_comes_before_the_answer_is_not_undone_by_it(
    linked: Harness,
) -> None:
    await linked.execute()
    await linked.call_back("status", report("DELIVERED", refClient="ap-1"))
    await linked.advance(2)
    assert (await linked.message()).status == "received"
    assert [o["sms_status"] for _, o in linked.hubspot.completions] == ["Reçu"]


async def test_a_report_without_reference_that_comes_first_waits_for_its_sms(
    linked: Harness,
) -> None:
    await linked.execute()
    await linked.call_back("status", report("DELIVERED"))
    assert (await linked.message()).status == "accepted"
    await linked.advance(2)
    assert (await linked.message()).status == "received"
    assert sorted(linked.labels()) == ["Reçu", "Transmis"]


async def test_what_waits_is_applied_in_the_order_in_which_it_came(linked: Harness) -> None:
    await linked.execute()
    for value in ("ENROUTE", "UNDELIVERED", "DELIVERED"):
        await linked.call_back("status", report(value))
        linked.clock.jump(linked.clock.now() + timedelta(seconds=1))
    await linked.advance(2)
    assert (await linked.message()).status == "temporary_error"


async def test_a_value_that_nobody_knows_is_kept_and_shown_and_is_no_failure(
    linked: Harness,
) -> None:
    await sent(linked)
    await report_now(linked, "TELEPORTED")
    message = await linked.message()
    assert (message.status, message.detail) == ("unknown_value", "TELEPORTED")
    assert linked.labels() == ["Transmis", "Inconnu"]
    assert linked.hubspot.events["ap-1-unknown_value"]["tokens"]["detail"] == "TELEPORTED"
    await report_now(linked, "DELIVERED")
    assert (await linked.message()).status == "received"


async def test_a_report_about_nobodys_sms_is_taken_and_shows_nowhere(linked: Harness) -> None:
    await report_now(linked, "DELIVERED", message_id="of-nobody")
    assert linked.hubspot.batches == []


async def test_a_blacklisted_number_is_opted_out(linked: Harness) -> None:
    await sent(linked)
    await report_now(linked, "UNDELIVERABLE", detail="BLACKLISTED")
    assert linked.hubspot.contacts["512"] == {
        "smsmode_status": "Refus des SMS promotionnels",
        "smsmode_consent": "",
    }
    assert (await linked.execute("ap-2"))["errorCode"] == "opted_out"


async def test_what_is_billed_replaces_what_we_counted(linked: Harness) -> None:
    await sent(linked)
    body = {"text": "Bonjour", "length": 170, "messagePartCount": 2}
    await report_now(linked, "DELIVERED", body=body)
    message = await linked.message()
    assert (message.text, message.characters, message.parts) == ("Bonjour", 170, 2)


@pytest.mark.parametrize("more", [{}, {"refClient": "ap-1"}])
async def test_an_accounts_address_says_nothing_of_another_accounts_sms(
    linked: Harness, more: dict[str, str]
) -> None:
    await sent(linked)
    await linked.install(OTHER_PORTAL)
    answer = await linked.call_back("status", report("UNDELIVERED", **more), OTHER_PORTAL)
    await linked.advance(2)
    assert answer.status_code == 204
    assert (await linked.message()).status == "sent"
    await report_now(linked, "UNDELIVERED", **more)
    assert (await linked.message()).status == "temporary_error"


async def test_what_another_account_was_told_first_is_not_applied_once_the_sms_is_known(
    linked: Harness,
) -> None:
    await linked.install(OTHER_PORTAL)
    await linked.execute()
    await linked.call_back("status", report("UNDELIVERED"), OTHER_PORTAL)
    await linked.advance(2)
    assert (await linked.message(portal_id=PORTAL)).status == "sent"


async def test_the_operator_sees_the_status_and_neither_text_nor_number(
    linked: Harness,
) -> None:
    await sent(linked)
    await report_now(linked, "DELIVERED")
    answer = await linked.operate("GET", f"/accounts/{PORTAL}/messages")
    assert [row["status"] for row in answer.json()["results"]] == ["received"]
    assert "Bonjour" not in answer.text
    assert PHONE.removeprefix("+") not in answer.text
