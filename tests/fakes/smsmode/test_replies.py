"""Replies from a phone, and the page that opts out those who cannot reply."""

import re

import httpx
import pytest

from tests.fakes.smsmode.conftest import BELGIAN, PHONE, Desk, Listener, delivered


async def test_a_reply_reaches_the_app_with_the_message_that_it_answers(
    desk: Desk, listener: Listener
) -> None:
    message_id = await delivered(desk, refClient="order-42")
    answer = await desk.reply("Merci")
    assert answer.status_code == 201
    assert listener.replies == []
    await desk.clock.run_due()
    (heard,) = listener.replies
    assert (heard["from"], heard["recipient"]["to"]) == (PHONE, "36034")
    assert (heard["originMessageId"], heard["refClient"]) == (message_id, "order-42")
    assert heard["body"]["text"] == "Merci"
    assert heard.keys().isdisjoint({"status", "price", "acceptedAt"})


async def test_a_reply_may_be_told_the_other_way_round(desk: Desk, listener: Listener) -> None:
    desk.set(reply_orientation="reversed")
    await delivered(desk)
    await desk.reply("Merci")
    await desk.clock.run_due()
    assert (listener.replies[0]["from"], listener.replies[0]["recipient"]["to"]) == ("36034", PHONE)


async def test_a_personalised_sender_takes_no_reply(desk: Desk) -> None:
    await delivered(desk, sender="MaMarque", stop=True)
    answer = await desk.reply("Merci")
    assert (answer.status_code, answer.json()["error"]) == (409, "personalised-sender")


async def test_stop_reaches_the_mentions_code_whatever_the_sender(
    desk: Desk, listener: Listener
) -> None:
    await delivered(desk, sender="MaMarque", stop=True)
    answer = await desk.reply("STOP", to="36034")
    assert answer.json()["to"] == "36034"
    await desk.clock.run_due()
    assert listener.replies[0]["body"]["stop"] is True


async def test_without_a_mention_a_personalised_sender_leaves_nowhere_to_stop(desk: Desk) -> None:
    await delivered(desk, sender="MaMarque")
    assert (await desk.reply("STOP")).json()["error"] == "personalised-sender"


async def test_in_some_countries_phones_cannot_reply(desk: Desk) -> None:
    await delivered(desk, to=BELGIAN)
    assert (await desk.reply("Merci", BELGIAN)).json()["error"] == "country"
    desk.set(reply_countries=["FR", "BE"])
    assert (await desk.reply("Merci", BELGIAN)).status_code == 201


async def test_a_phone_cannot_answer_what_it_never_got(desk: Desk) -> None:
    assert (await desk.reply("Bonjour ?")).json()["error"] == "not-received"


async def test_a_reply_may_name_the_message_that_it_answers(desk: Desk, listener: Listener) -> None:
    first = await delivered(desk)
    await delivered(desk)
    await desk.reply("Merci", messageId=first)
    await desk.clock.run_due()
    assert listener.replies[0]["originMessageId"] == first


async def post_form(desk: Desk, path: str, number: str) -> httpx.Response:
    return await desk.http.post(f"https://no-sms.eu{path}", data={"number": number})


async def test_abroad_the_page_opts_out_and_the_app_hears_of_it(
    desk: Desk, listener: Listener
) -> None:
    desk.set(foreign_mention="link")
    message_id = await delivered(desk, to=BELGIAN, stop=True)
    page = await desk.http.get(f"https://no-sms.eu/{message_id[:8]}")
    assert f'value="+{BELGIAN}"' in page.text
    assert (await post_form(desk, f"/{message_id[:8]}", f"+{BELGIAN}")).status_code == 200
    await desk.clock.run_due()
    assert listener.replies[0]["originMessageId"] == message_id
    assert listener.replies[0]["body"]["stop"] is True
    assert desk.events("number.blacklisted")[0]["reason"] == "page"


async def test_the_page_works_without_a_link(desk: Desk) -> None:
    await delivered(desk, to=BELGIAN, stop=True)
    assert (await desk.http.get("/no-sms")).status_code == 200
    done = await post_form(desk, "/?lang=en", "+32 470 12 34 56")
    assert f"+{BELGIAN} is unsubscribed" in done.text
    assert desk.events("number.blacklisted")[0]["number"] == BELGIAN


@pytest.mark.parametrize("address", ["https://no-sms.eu/", "/no-sms", "https://no-sms.eu/x"])
async def test_the_page_speaks_both_languages_wherever_it_stands(desk: Desk, address: str) -> None:
    page = await desk.http.get(address)
    assert "Ne plus recevoir de SMS" in page.text
    (path,) = re.findall('href="([^"]*lang=en)"', page.text)
    page = await desk.http.get(str(page.url.join(path)))
    assert "Stop receiving SMS" in page.text


async def test_the_page_says_so_when_a_number_got_nothing(desk: Desk) -> None:
    answer = await post_form(desk, "/", "<b>32</b>")
    assert answer.status_code == 404
    assert "&lt;b&gt;" in answer.text


async def test_a_start_word_reaches_the_mentions_code_as_stop_does(desk: Desk) -> None:
    desk.set(start_words=["START"])
    await delivered(desk, stop=True, sender="MaMarque")
    await desk.reply("STOP")
    assert (await desk.reply("START")).json()["to"] == "36034"
    assert len(desk.events("number.freed")) == 1


async def test_a_message_that_changes_country_has_its_link(desk: Desk) -> None:
    desk.set(foreign_mention="link")
    message = await desk.send(sentDate="2026-11-24T10:00:00", stop=True)
    path = f"/sms/v1/messages/{message['messageId']}"
    changed = await desk.call("PATCH", path, {"recipient": {"to": BELGIAN}})
    code = changed.json()["body"]["text"].rpartition("/")[2]
    page = await desk.http.get(f"https://no-sms.eu/{code}")
    assert f'value="+{BELGIAN}"' in page.text


async def test_the_link_of_a_message_opens_in_this_world(desk: Desk) -> None:
    desk.set(foreign_mention="link")
    await delivered(desk, to=BELGIAN, stop=True)
    (bubble,) = (await desk.control("GET", f"/phones/{BELGIAN}")).json()["thread"]
    page = await desk.http.get(bubble["optOutUrl"])
    assert page.status_code == 200
    assert f'value="+{BELGIAN}"' in page.text
