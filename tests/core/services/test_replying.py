"""Replies: whose they are, what they show, and STOP."""

from typing import Any

import httpx
import pytest

from tests.core.builders import OTHER_PORTAL, PHONE, PORTAL, execution, reply
from tests.core.harness import Harness

REFUSED = {"smsmode_status": "Refus des SMS promotionnels", "smsmode_consent": ""}
ANA, BEN = "512", "513"


async def send(harness: Harness, callback_id: str, contact_id: str, **fields: Any) -> None:
    answer = await harness.signed(execution(callback_id, contact_id=contact_id, **fields))
    assert answer.status_code == 200
    await harness.advance(2)


async def hear(harness: Harness, text: str = "Merci", **more: Any) -> None:
    answer = await harness.call_back("inbound", reply(text, **more))
    assert answer.status_code == 204
    await harness.advance(2)


def shown_on(harness: Harness) -> list[tuple[str, str]]:
    """Return (contact, text) of the replies on the timelines."""
    events = harness.hubspot.events.values()
    return [(e["objectId"], e["tokens"]["texte"]) for e in events if "texte" in e["tokens"]]


async def test_a_reply_belongs_to_the_sms_that_smsmode_names(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    await send(linked, "ap-2", BEN)
    await hear(linked, originMessageId="sms-1")
    assert shown_on(linked) == [(ANA, "Merci")]


async def test_without_that_it_belongs_to_the_sms_of_its_reference(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    await send(linked, "ap-2", BEN)
    await hear(linked, refClient="ap-1")
    assert shown_on(linked) == [(ANA, "Merci")]


async def test_without_either_it_belongs_to_the_last_sms_to_that_number(
    linked: Harness,
) -> None:
    await send(linked, "ap-1", ANA)
    await send(linked, "ap-2", BEN)
    await hear(linked, originMessageId="unknown", refClient="unknown")
    assert shown_on(linked) == [(BEN, "Merci")]


@pytest.mark.parametrize("name", ["hs_calculated_phone_number", "phone", "mobilephone"])
async def test_a_reply_to_no_sms_of_ours_goes_to_the_contact_that_has_the_number(
    linked: Harness, name: str
) -> None:
    linked.hubspot.contacts[BEN] = {name: PHONE}
    await hear(linked)
    assert shown_on(linked) == [(BEN, "Merci")]


async def test_a_reply_of_nobody_shows_nowhere_and_is_not_kept(linked: Harness) -> None:
    await hear(linked)
    assert shown_on(linked) == []
    assert await linked.count("replies") == 0
    assert await linked.core.queue.next_due() is None


async def test_the_search_is_made_again_when_hubspot_fails(linked: Harness) -> None:
    linked.hubspot.contacts[BEN] = {"phone": PHONE}
    linked.hubspot.trouble("/search", 500, times=2)
    linked.hubspot.trouble("/search", httpx.ReadTimeout)
    await hear(linked)
    await linked.advance(300)
    assert shown_on(linked) == [(BEN, "Merci")]


async def test_the_search_waits_as_long_as_hubspot_asks_and_that_does_not_count(
    linked: Harness,
) -> None:
    linked.hubspot.contacts[BEN] = {"phone": PHONE}
    linked.hubspot.trouble("/search", 429, headers={"retry-after": "60"}, times=40)
    await hear(linked)
    assert len(linked.hubspot.calls_to("/search")) == 1
    await linked.advance(3600)
    assert shown_on(linked) == [(BEN, "Merci")]


async def test_a_search_that_never_answers_is_given_up_and_listed(linked: Harness) -> None:
    linked.hubspot.trouble("/search", 500, times=1000)
    await hear(linked)
    await linked.advance(2 * 86400)
    listed = (await linked.operate("GET", "/failures")).json()["tasks"]
    assert [(task["kind"], task["item"]) for task in listed] == [("identify", "mo-1")]


async def test_a_contact_search_that_cannot_be_read_is_made_again(linked: Harness) -> None:
    linked.hubspot.contacts[BEN] = {"phone": PHONE}
    linked.hubspot.trouble("/search", 200, body={"results": [{"name": "no id"}]})
    linked.hubspot.trouble("/search", 200, body={"results": ["no object"]})
    await hear(linked)
    await linked.advance(60)
    assert shown_on(linked) == [(BEN, "Merci")]


async def test_the_same_reply_twice_shows_once(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    await hear(linked)
    linked.hubspot.batches.clear()
    await hear(linked)
    assert linked.hubspot.batches == []
    assert await linked.count("replies") == 1


async def test_two_replies_with_the_same_words_show_twice(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    await hear(linked, "Oui")
    await hear(linked, "Oui", reply_id="mo-2")
    assert shown_on(linked) == [(ANA, "Oui"), (ANA, "Oui")]


async def test_a_reply_shows_its_text_and_its_number_under_the_reply_template(
    linked: Harness,
) -> None:
    await send(linked, "ap-1", ANA)
    await hear(linked, sentDate="2026-11-23T10:30:00")
    event = linked.hubspot.events["mo-1"]
    template = linked.hubspot.templates[event["eventTemplateId"]]
    assert template["name"] == "SMS MO"
    assert event["tokens"] == {"texte": "Merci", "telephone": PHONE}
    assert event["timestamp"] == "2026-11-23T09:30:00+00:00"


@pytest.mark.parametrize("text", ["STOP", "stop", "Arrêt svp", "STOP au 36034"])
async def test_a_stop_clears_the_consent_and_says_so_on_the_contact(
    linked: Harness, text: str
) -> None:
    await send(linked, "ap-1", ANA)
    await hear(linked, text)
    template = linked.hubspot.templates[linked.hubspot.events["mo-1"]["eventTemplateId"]]
    assert linked.hubspot.contacts[ANA] == REFUSED
    assert template["name"] == "SMS MO (opt-out)"
    assert (await linked.execute("ap-9"))["errorCode"] == "opted_out"


async def test_smsmodes_own_word_that_it_is_a_stop_is_enough(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    await hear(linked, "Basta", body={"stop": True})
    assert linked.hubspot.contacts[ANA] == REFUSED


async def test_another_reply_opts_nobody_out(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    await hear(linked, "Non stop merci")
    assert linked.hubspot.contacts == {}
    assert await linked.count("optouts") == 0


async def test_the_stop_of_a_contact_found_by_its_number_shows_there_too(
    linked: Harness,
) -> None:
    linked.hubspot.contacts[BEN] = {"phone": PHONE}
    await hear(linked, "STOP")
    assert linked.hubspot.contacts[BEN] == {"phone": PHONE, **REFUSED}
    assert shown_on(linked) == [(BEN, "STOP")]


async def test_the_stop_of_nobody_counts_all_the_same(linked: Harness) -> None:
    await hear(linked, "STOP")
    assert (await linked.execute())["errorCode"] == "opted_out"


async def test_phone_and_short_code_may_stand_the_other_way_round(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    turned = {"from": "36034", "recipient": {"to": PHONE.removeprefix("+")}}
    await hear(linked, "STOP", **turned)
    assert shown_on(linked) == [(ANA, "STOP")]
    assert await linked.count("optouts") == 1


async def test_a_reply_is_not_tied_to_another_accounts_sms(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    await linked.install(OTHER_PORTAL)
    told = reply("STOP", originMessageId="sms-1", refClient="ap-1")
    await linked.call_back("inbound", told, OTHER_PORTAL)
    await linked.advance(2)
    assert shown_on(linked) == []
    assert linked.hubspot.contacts == {}


async def test_a_reply_while_the_account_is_away_is_kept_without_a_failure(
    linked: Harness,
) -> None:
    linked.hubspot.revoke(PORTAL)
    await hear(linked)
    assert await linked.count("replies") == 1
    assert (await linked.operate("GET", "/failures")).json()["tasks"] == []


async def test_a_stop_that_came_while_the_account_was_away_shows_once_it_is_back(
    linked: Harness,
) -> None:
    linked.hubspot.contacts[BEN] = {"phone": PHONE}
    linked.hubspot.revoke(PORTAL)
    await hear(linked, "STOP")
    await linked.install(OTHER_PORTAL)
    await linked.advance(2)
    assert shown_on(linked) == []
    await linked.install()
    await linked.advance(2)
    assert shown_on(linked) == [(BEN, "STOP")]
    assert linked.hubspot.contacts[BEN] == {"phone": PHONE, **REFUSED}


async def test_a_character_that_no_database_need_keep_loses_no_reply(linked: Harness) -> None:
    await send(linked, "ap-1", ANA)
    await hear(linked, text="Oui\0 !", originMessageId="sms-1")
    ((contact_id, text),) = shown_on(linked)
    assert (contact_id, text[:3]) == (ANA, "Oui")
