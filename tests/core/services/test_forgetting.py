"""People who ask to be forgotten: nothing that concerns them is left, and the figures stay."""

from typing import Any

import pytest

from core.domain.status import SmsStatus
from tests.core.builders import OTHER_PORTAL, PHONE, PORTAL, execution, reply, report
from tests.core.harness import Harness
from tests.core.services.living import (
    CONTACT,
    deletion,
    deliver,
    dump,
    left_of,
    live_a_little,
)


def merge(into: object, former: list[object], **more: Any) -> dict[str, Any]:
    primary, *others = former
    told = {"primaryObjectId": primary, "mergedObjectIds": others, "newObjectId": into}
    return deletion(subscriptionType="contact.merge", **{**told, **more})


async def figures(harness: Harness) -> list[dict[str, Any]]:
    answer = await harness.operate("GET", f"/accounts/{PORTAL}/figures")
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


async def test_who_asks_to_be_forgotten_is_and_the_figures_stay(linked: Harness) -> None:
    await live_a_little(linked)
    before = await figures(linked)
    assert (await deliver(linked, deletion())).status_code == 204
    assert await left_of(linked) == []
    assert await figures(linked) == before
    assert before == [{"day": "2026-11-23", "status": "received", "parts": 1, "count": 1}]


async def test_being_told_twice_changes_nothing_more(linked: Harness) -> None:
    await live_a_little(linked)
    await deliver(linked, deletion())
    text = await dump(linked)
    assert (await deliver(linked, deletion(), deletion())).status_code == 204
    assert await dump(linked) == text


async def test_others_are_left_alone(linked: Harness) -> None:
    await linked.install(OTHER_PORTAL)
    await linked.link(OTHER_PORTAL)
    await linked.execute("ap-3", contact_id=513)
    await linked.execute("ap-4", portal_id=OTHER_PORTAL)
    await linked.settle()
    await deliver(linked, deletion())
    assert (await linked.message("ap-3")).recipient
    assert (await linked.message("ap-4", OTHER_PORTAL)).recipient


async def test_what_was_not_sent_yet_never_is(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.execute("ap-2", text="Le salon ouvre demain.")
    await deliver(linked, deletion())
    await linked.advance(3600)
    assert linked.smsmode.sent == []
    assert {one["status"] for one in await figures(linked)} == {SmsStatus.REFUSED}


async def test_late_news_of_a_forgotten_person_brings_nothing_back(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.settle()
    await deliver(linked, deletion())
    late = report(body={"text": "Bonjour Zoé"}, recipient={"to": "33611111111"})
    await linked.call_back("status", late)
    await linked.advance(10)
    assert (await figures(linked))[0]["status"] == "received"
    assert await left_of(linked) == []
    assert linked.hubspot.events == {}


async def test_what_else_hubspot_tells_is_passed_over(linked: Harness) -> None:
    await live_a_little(linked)
    text = await dump(linked)
    others = [
        merge(into=CONTACT, former=[513]),
        deletion(subscriptionType="contact.deletion"),
        deletion(subscriptionType="contact.propertyChange", propertyName="phone"),
        deletion(portal_id=999),
        {"subscriptionType": "contact.associationChange", "portalId": PORTAL},
    ]
    assert (await deliver(linked, *others)).status_code == 204
    assert await dump(linked) == text


def delivered(**more: Any) -> dict[str, Any]:
    """Return a report that holds all that smsmode's reports hold of a person."""
    body = {"text": "Bonjour Zoé STOP 36034"}
    return report(body=body, recipient={"to": PHONE[1:]}, **more)


async def test_a_report_that_came_before_its_sms_was_known_leaves_nothing(
    linked: Harness,
) -> None:
    await linked.execute("ap-1")
    await linked.call_back("status", delivered())
    await linked.settle()
    await linked.call_back("status", delivered(message_id="of-no-sms-of-ours"))
    assert (await linked.message()).status == SmsStatus.RECEIVED
    await deliver(linked, deletion())
    assert await left_of(linked) == []


async def test_what_smsmode_said_of_a_number_that_it_refused_goes_too(linked: Harness) -> None:
    said = {"errorCode": "400.029", "message": "11111111 is no number"}
    linked.smsmode.trouble("POST", 400, body=said)
    linked.hubspot.trouble("/callbacks", 500)
    await linked.execute("ap-1")
    await linked.settle()
    assert await left_of(linked)
    await deliver(linked, deletion())
    assert await left_of(linked) == []
    await linked.advance(3600)
    assert linked.hubspot.completions == []


async def test_who_is_forgotten_while_smsmode_refuses_is_not_told_of(linked: Harness) -> None:
    linked.smsmode.trouble("POST", 400, body={"message": "11111111 is no number"})
    linked.smsmode.meanwhile = lambda: deliver(linked, deletion())
    await linked.execute("ap-1")
    await linked.settle()
    assert await left_of(linked) == []
    await linked.advance(3600)
    assert linked.hubspot.events == {}
    assert {one["status"] for one in await figures(linked)} == {SmsStatus.REFUSED}


async def test_who_is_forgotten_while_smsmode_takes_the_sms_counts_as_sent(
    linked: Harness,
) -> None:
    linked.smsmode.meanwhile = lambda: deliver(linked, deletion())
    await linked.execute("ap-1")
    await linked.settle()
    assert await left_of(linked) == []
    assert {one["status"] for one in await figures(linked)} == {SmsStatus.SENT}


async def test_a_reply_that_nobody_claimed_goes_with_the_number_that_it_came_from(
    linked: Harness,
) -> None:
    linked.hubspot.trouble("/search", 500, times=1000)
    await linked.call_back("inbound", reply("Merci"))
    await linked.advance(2 * 86400)
    await linked.execute("ap-1")
    await linked.settle()
    await deliver(linked, deletion())
    assert await left_of(linked) == []


async def test_a_late_reply_of_a_forgotten_person_is_kept_nowhere(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.settle()
    await deliver(linked, deletion())
    await linked.call_back("inbound", reply("Merci", originMessageId="sms-1"))
    await linked.advance(10)
    assert await left_of(linked) == []
    assert linked.hubspot.events == {}


async def test_the_stop_of_a_phone_that_others_have_too_still_counts(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.execute("ap-2", contact_id=513)
    await linked.settle()
    await linked.call_back("inbound", reply("STOP"))
    await deliver(linked, deletion())
    answer = await linked.signed(execution("ap-3", contact_id=513))
    assert answer.json()["outputFields"]["errorCode"] == "opted_out"


async def test_who_was_merged_is_forgotten_with_whom_they_became(linked: Harness) -> None:
    await live_a_little(linked)
    await linked.execute("ap-3", contact_id=513, type="notification")
    await deliver(linked, merge(into=600, former=[CONTACT, 513]))
    assert await left_of(linked)
    await deliver(linked, deletion(contact_id=600))
    assert await left_of(linked) == []


async def test_a_merge_into_one_of_the_two_moves_the_other(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.execute("ap-2", contact_id=513)
    await deliver(linked, merge(into=CONTACT, former=[CONTACT, 513]))
    assert (await linked.message("ap-2")).contact_id == str(CONTACT)
    await linked.settle()
    await linked.advance(2)
    told = {event["objectId"] for event in linked.hubspot.events.values()}
    assert told == {str(CONTACT)}


async def test_what_waits_to_be_told_of_one_is_told_of_whom_they_became(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.settle()
    await linked.call_back("inbound", reply("STOP"))
    await deliver(linked, merge(into=600, former=[CONTACT, 513]))
    await linked.advance(2)
    assert set(linked.hubspot.contacts) == {"600"}
    assert {event["objectId"] for event in linked.hubspot.events.values()} == {"600"}


async def test_a_merge_of_another_account_moves_nothing(linked: Harness) -> None:
    await linked.execute("ap-1")
    await deliver(linked, merge(into=600, former=[CONTACT, 513], portalId=OTHER_PORTAL))
    assert (await linked.message("ap-1")).contact_id == str(CONTACT)


@pytest.mark.parametrize(
    "notice",
    [
        merge(into="x", former=[CONTACT]),
        merge(into=600, former=[None]),
        merge(into=600, former=[CONTACT, "x"]),
        merge(into=600, former=[CONTACT], mergedObjectIds=None),
    ],
)
async def test_a_merge_that_cannot_be_read_is_refused(
    linked: Harness, notice: dict[str, Any]
) -> None:
    answer = await deliver(linked, notice)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "malformed_request")
