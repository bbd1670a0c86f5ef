"""A contact's page, and a phone's."""

import html
import re
from urllib.parse import parse_qs, urlsplit

from sandbox.furnishing import Furniture
from tests.sandbox.console.conftest import Visitor

NUMBER = "33600010001"


async def test_a_record_tells_what_the_workflow_did_with_the_contact(
    visitor: Visitor, furniture: Furniture
) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    page = await visitor.read(f"/contacts/{furniture.contact_ids[0]}")
    assert "Suite du salon" in page
    assert "smsmode: send an SMS" in page
    assert "&#34;callbackId&#34;" in page
    assert '<b class="good">200</b>' in page
    assert "Completed" in page


async def test_a_record_shows_the_timeline_and_the_properties(
    visitor: Visitor, furniture: Furniture
) -> None:
    before = await visitor.read(f"/contacts/{furniture.contact_ids[0]}")
    assert "This contact has been through no workflow" in before
    assert "The records have nothing to tell yet" in before
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    page = await visitor.read(f"/contacts/{furniture.contact_ids[0]}")
    assert "Nombre de SMS: 1" in page
    assert "<dt>cal_autres_sources</dt><dd>Salon visiteur</dd>" in page


async def test_a_record_leads_to_the_apps_card(visitor: Visitor, furniture: Furniture) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    page = await visitor.read(f"/contacts/{furniture.contact_ids[0]}")
    link = re.search(r'<a href="([^"]+)">Card</a>', page)
    assert link is not None
    card = await visitor.world.http.get(html.unescape(link[1]))
    asked = parse_qs(urlsplit(html.unescape(link[1])).query)
    assert asked["back"] == [
        f"{visitor.world.addresses.console}/contacts/{furniture.contact_ids[0]}"
    ]
    assert '<html lang="en"' in card.text
    assert "plaisir de discuter avec vous" in card.text


async def test_an_unknown_contact_is_missing(visitor: Visitor) -> None:
    answer = await visitor.http.get("/contacts/1")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text


async def test_a_phone_answers_from_its_page_and_stays_on_it(
    visitor: Visitor, furniture: Furniture
) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    here = f"{visitor.world.addresses.console}/phones/{NUMBER}?lang=en"
    visitor.http.headers["referer"] = here
    answer = await visitor.press(f"/phones/{NUMBER}/reply", text="Avec <plaisir> !")
    assert answer.headers["location"] == f"/phones/{NUMBER}?lang=en"
    page = await visitor.read(f"/phones/{NUMBER}")
    assert "Avec &lt;plaisir&gt; !" in page
    assert "Record of" in page


async def test_a_phone_that_stopped_is_marked(visitor: Visitor, furniture: Furniture) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    assert "Blacklisted" not in await visitor.read(f"/phones/{NUMBER}")
    await visitor.press(f"/phones/{NUMBER}/reply", stop="1")
    assert "Blacklisted" in await visitor.read(f"/phones/{NUMBER}")


async def test_an_empty_reply_is_not_written(visitor: Visitor, furniture: Furniture) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    await visitor.press(f"/phones/{NUMBER}/reply", text="   ")
    assert 'class="out"' not in await visitor.read(f"/phones/{NUMBER}")


async def test_a_phone_that_never_rang_cannot_reply(visitor: Visitor) -> None:
    assert "received and written nothing" in await visitor.read(f"/phones/{NUMBER}")
    answer = await visitor.press(f"/phones/{NUMBER}/reply", text="Allô ?")
    assert answer.status_code == 404
    assert "it cannot reply" in answer.text


async def test_a_contact_who_is_not_there_comes_to_no_fair(visitor: Visitor) -> None:
    answer = await visitor.press("/contacts/999/visit")
    assert answer.status_code == 404
    assert "There is no contact of that number" in answer.text
