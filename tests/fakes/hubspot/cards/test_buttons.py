"""The buttons of a card: frames that open, hooks that are called, questions that are asked first."""

from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fakes.hubspot.cards.definitions import FIRST_CARD_ID
from tests.fakes.hubspot.cards.bodies import BASE, V1
from tests.fakes.hubspot.cards.record import Record


async def on_the_page(record: Record, number: int, *replies: Any, **fields: str) -> str:
    """Return the page after a person pressed a button of it."""
    record.answers(V1, *replies)
    form = {"cardId": str(FIRST_CARD_ID), "actionId": str(number), **fields}
    answer = await record.world.api.post(f"{record.path}/page?lang=en", data=form)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_frame_opens_with_the_properties_that_it_asked_for(record: Record) -> None:
    record.answers(V1)
    opened = (await record.press(0, V1)).json()
    query = parse_qs(urlsplit(opened["url"]).query)
    assert (opened["type"], opened["width"], query["phone"]) == ("IFRAME", 890, ["+33 6"])
    assert len(record.world.backend.asked) == 2


async def test_a_hook_posts_a_form_and_the_person_reads_its_message(record: Record) -> None:
    record.answers(V1)
    said = (await record.press(1, V1, {"message": "C'est parti"})).json()
    assert said == {"type": "MESSAGE", "succeeded": True, "message": "C'est parti"}
    request, body = record.world.backend.asked[-1]
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode())["firstname"] == ["Ada"]
    assert request.headers["x-hubspot-signature-version"] == "v2"


async def test_a_hook_that_asks_is_called_once_it_is_confirmed(record: Record) -> None:
    record.answers(V1)
    asked = await record.press(2, V1)
    assert (asked.status_code, asked.json()["message"]) == (409, "Effacer vraiment ?")
    record.answers(V1)
    done = await record.press(2, V1, {}, confirmed=True)
    assert done.json()["succeeded"] is True
    assert record.world.backend.asked[-1][0].method == "DELETE"


async def test_a_button_that_is_none_is_a_404(record: Record) -> None:
    record.answers(V1)
    assert (await record.press(9, V1)).status_code == 404


async def test_the_cards_are_a_page_too(record: Record) -> None:
    record.answers(V1)
    page = await record.world.api.get(f"{record.path}/page")
    assert "SMS 0" in page.text
    assert "31 octobre 2026" in page.text


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("ended these legacy CRM cards", "the account's, Europe/Paris")),
        ("fr", ("a mis fin à ces cartes CRM", "celles du compte, Europe/Paris")),
    ],
)
async def test_the_page_says_what_is_played_and_whose_words_and_hours_it_shows(
    record: Record, lang: str, told: tuple[str, str]
) -> None:
    record.answers(V1)
    page = await record.world.api.get(f"{record.path}/page?lang={lang}")
    assert all(words in unescape(page.text) for words in told)


async def test_the_page_leads_back_to_who_led_there_on_this_machine_alone(record: Record) -> None:
    for back, leads in (
        ("http://127.0.0.1:4100/contacts/7", True),
        ("http://evil.example/", False),
        ("javascript://localhost/%0aalert(1)", False),
    ):
        record.answers(V1)
        query = {"lang": "en", "back": back}
        page = (await record.world.api.get(f"{record.path}/page", params=query)).text
        assert ("Back to the record" in page) is leads
        assert (f'href="{back}"' in page) is leads


async def test_the_page_opens_a_frame_that_fetches_the_card_anew_when_it_is_done(
    record: Record,
) -> None:
    page = await on_the_page(record, 0)
    assert f'src="{BASE}send?userId=' in page
    assert f'data-address="{record.path}/page?lang=en"' in page
    assert len(record.world.backend.asked) == 1


async def test_the_page_calls_a_hook_and_asks_first_where_it_must(record: Record) -> None:
    assert "C&#39;est parti" in await on_the_page(record, 1, {"message": "C'est parti"})
    assert "The action succeeded." in await on_the_page(record, 1, {})
    record.world.backend.asked.clear()
    page = await on_the_page(record, 2)
    assert "Effacer vraiment ?" in page
    assert [request.method for request, _ in record.world.backend.asked] == ["GET"]
    assert "The action succeeded." in await on_the_page(record, 2, {}, confirmed="true")
    assert record.world.backend.asked[-1][0].method == "DELETE"
