"""The STOP mention: how and when it is written, in France and abroad."""

import pytest

from tests.fakes.smsmode.conftest import BELGIAN, Desk


async def test_the_mention_names_the_short_code_in_france(desk: Desk) -> None:
    message = await desk.send(stop=True)
    assert message["body"]["text"] == "Bonjour STOP 36034"


async def test_abroad_the_mention_is_the_page(desk: Desk) -> None:
    message = await desk.send(to=BELGIAN, stop=True)
    assert message["body"]["text"] == "Bonjour no-sms.eu"


async def test_abroad_the_mention_may_be_a_link(desk: Desk) -> None:
    desk.set(foreign_mention="link")
    message = await desk.send(to=BELGIAN, stop=True)
    assert message["body"]["text"] == f"Bonjour no-sms.eu/{message['messageId'][:8]}"


async def test_the_tutorials_mention_has_no_space_before_it(desk: Desk) -> None:
    desk.set(stop_mention="tutorial")
    text = "Je vérifie l'envoi du SMS pour MARTIN, Jean-Philippe"
    message = await desk.send(text=text, stop=True)
    assert message["body"]["text"] == f"{text}STOP #cod."
    assert (message["body"]["length"], message["body"]["messagePartCount"]) == (62, 1)


@pytest.mark.parametrize(("length", "parts"), [(149, 1), (150, 2)])
async def test_the_mention_takes_eleven_characters(desk: Desk, length: int, parts: int) -> None:
    message = await desk.send(text="a" * length, stop=True)
    assert message["body"]["messagePartCount"] == parts


async def test_the_mention_may_be_left_out_where_it_adds_a_part(desk: Desk) -> None:
    desk.set(mention_when="free")
    message = await desk.send(text="a" * 150, stop=True)
    assert message["body"]["messagePartCount"] == 1


async def test_strange_characters_may_be_refused(desk: Desk) -> None:
    desk.set(replacement="reject")
    answer = await desk.post(text="Noël")
    assert answer.json()["errorCode"] == "400.010"
    assert "ë" in answer.json()["detail"]


async def test_strange_characters_stay_in_unicode(desk: Desk) -> None:
    message = await desk.send(text="Noël 😀", encoding="UNICODE")
    assert message["body"]["text"] == "Noël 😀"
