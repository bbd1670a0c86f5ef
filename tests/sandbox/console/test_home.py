"""The home page: the loop at a glance, and the buttons that set it going."""

import re
from datetime import datetime, timedelta

import pytest

from sandbox.asking import choose_account
from sandbox.furnishing import Furniture
from tests.sandbox.console.conftest import Visitor

NUMBER = "33600010001"


async def test_an_empty_world_says_what_to_do_first(visitor: Visitor) -> None:
    page = await visitor.read()
    assert "This world is still empty" in page
    assert "Install the app" in page
    assert "Came to the fair" not in page.partition("No phone has rung yet")[0]


async def test_everything_is_prepared_at_the_press_of_a_button(visitor: Visitor) -> None:
    answer = await visitor.press("/prepare")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = await visitor.read()
    assert "This world is still empty" not in page
    assert page.count(">Came to the fair</button>") == 8


async def test_the_install_button_leads_to_the_integrations_own_link(visitor: Visitor) -> None:
    answer = await visitor.press("/install")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{visitor.world.addresses.integration}/install/")


async def test_the_keys_are_linked_after_the_installation(visitor: Visitor) -> None:
    await visitor.furnisher.install(visitor.world.browser())
    assert "API keys linked" not in await visitor.read()
    await visitor.press("/link")
    page = await visitor.read()
    assert "App installed" in page
    assert "API keys linked" in page


async def test_an_empty_world_comes_to_its_first_sms_step_by_step(visitor: Visitor) -> None:
    await visitor.furnisher.install(visitor.world.browser())
    await visitor.press("/link")
    assert "This world is still empty" in await visitor.read()
    await visitor.press("/populate")
    page = await visitor.read()
    assert "This world is still empty" not in page
    first = page.partition('action="/contacts/')[2].partition("/")[0]
    await visitor.press(f"/contacts/{first}/visit")
    assert "<b>1</b> SMS accepted" in await visitor.read()


@pytest.mark.parametrize("button", ["/link", "/populate"])
async def test_what_takes_the_app_is_refused_before_it_is_installed(
    visitor: Visitor, button: str
) -> None:
    answer = await visitor.press(button)
    assert answer.status_code == 409
    assert "The app is not installed yet" in answer.text
    assert "The account has no contact yet" in await visitor.read()
    await visitor.press("/prepare")
    assert (await visitor.read()).count(">Came to the fair</button>") == 8


@pytest.mark.parametrize("button", ["/populate", "/prepare"])
async def test_what_is_there_already_is_kept_and_what_is_missing_is_made(
    visitor: Visitor, furniture: Furniture, button: str
) -> None:
    gone = f"/crm/v3/objects/contacts/{furniture.contact_ids[0]}"
    await visitor.furnisher.hubspot("DELETE", gone)
    for _ in range(2):
        assert (await visitor.press(button)).status_code == 303
    page = await visitor.read()
    assert page.count(">Came to the fair</button>") == 8
    assert f"/contacts/{furniture.contact_ids[1]}/visit" in page
    flows = await visitor.furnisher.hubspot("GET", "/automation/v4/flows")
    assert [flow["id"] for flow in flows["results"]] == [furniture.flow_id]


async def test_a_world_whose_hubspot_was_reset_is_prepared_once_more(
    visitor: Visitor, furniture: Furniture
) -> None:
    reset = f"{visitor.world.addresses.hubspot_api}/_control/hubspot/reset"
    assert (await visitor.world.http.post(reset)).status_code == 204
    assert "This world is still empty" in await visitor.read()
    assert (await visitor.http.get(f"/contacts/{furniture.contact_ids[0]}")).status_code == 404
    answer = await visitor.press("/prepare")
    assert answer.status_code == 303, answer.text
    page = await visitor.read()
    first = page.partition('action="/contacts/')[2].partition("/")[0]
    await visitor.press(f"/contacts/{first}/visit")
    assert "<b>1</b> SMS accepted" in await visitor.read()


async def test_what_a_party_refuses_is_shown_in_its_words(visitor: Visitor) -> None:
    contact_id = (await visitor.furnisher.create_contacts(1, 1))[0]
    answer = await visitor.press(f"/contacts/{contact_id}/visit")
    assert answer.status_code == 502
    assert "The request was refused" in answer.text
    assert "cal_autres_sources" in answer.text


async def test_coming_to_the_fair_rings_the_contacts_phone(
    visitor: Visitor, furniture: Furniture
) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    page = await visitor.read()
    assert f'id="phone-{NUMBER}"' in page
    assert "plaisir de discuter avec vous" in page
    assert '<span class="good">Delivered</span>' in page
    assert "<b>1</b> enrolment<" in page
    assert "Statut du SMS [Reçu]" in page


async def test_coming_again_sends_again(visitor: Visitor, furniture: Furniture) -> None:
    for _ in range(2):
        await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    assert "<b>2</b> SMS accepted" in await visitor.read()


async def test_a_stop_is_seen_beside_the_contact(visitor: Visitor, furniture: Furniture) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    await visitor.press(f"/phones/{NUMBER}/reply", stop="1")
    page = await visitor.read()
    assert "Refus des SMS promotionnels" in page
    assert "<b>1</b> reply<" in page


async def test_every_key_stands_on_the_page(visitor: Visitor, furniture: Furniture) -> None:
    assert furniture.flow_id
    page = await visitor.read()
    identities = visitor.world.parties.identities
    for key in (identities.access_token, identities.operator_token, *identities.api_keys.values()):
        assert key in page


async def test_what_was_not_sent_stands_there_with_its_reason(
    visitor: Visitor, furniture: Furniture
) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    await visitor.press(f"/phones/{NUMBER}/reply", stop="1")
    assert "Nothing sent" not in await visitor.read()
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    page = await visitor.read()
    assert '<span class="chip bad">Nothing sent</span>' in page
    assert "STOP" in page.partition("Nothing sent")[2][:200]


async def test_the_latest_events_stand_in_the_order_of_the_times_that_they_show(
    visitor: Visitor, furniture: Furniture
) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    # The reply is told of after the refusal that it leads to: telling waits for more to tell.
    await visitor.http.post(f"/phones/{NUMBER}/reply", data={"stop": "1"})
    await visitor.world.advance(timedelta(milliseconds=1100))
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    events = (await visitor.read()).partition('id="events"')[2].partition("</ol>")[0]
    assert "Nothing sent" in events
    times = [datetime.fromisoformat(at) for at in re.findall(r'<time datetime="([^"]+)"', events)]
    assert times == sorted(times, reverse=True)


async def test_an_sms_that_waits_says_until_when(visitor: Visitor, furniture: Furniture) -> None:
    await visitor.world.advance(timedelta(hours=12))
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    events = (await visitor.read()).partition('id="events"')[2].partition("</ol>")[0]
    assert "Programmé" in events
    assert '<span class="why">Envoi reporté au 24/11/2026 à 08:00' in events


async def test_a_blacklisted_phone_shows_as_such_and_numbers_are_written_one_way(
    visitor: Visitor, furniture: Furniture
) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    assert "Blacklisted" not in await visitor.read()
    await visitor.press(f"/phones/{NUMBER}/reply", stop="1")
    page = await visitor.read()
    assert page.count("Blacklisted") == 1
    assert page.count("+33 6 00 01 00 01") > 1
    assert f"+{NUMBER}" not in page


async def test_nothing_and_one_are_counted_as_each_language_does(visitor: Visitor) -> None:
    assert "<b>0</b> réponse<" in await visitor.read("/?lang=fr")
    assert "<b>0</b> replies<" in await visitor.read("/?lang=en")


async def test_a_reply_without_a_text_is_not_taken_for_one(
    visitor: Visitor, furniture: Furniture
) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    answer = await visitor.press(f"/phones/{NUMBER}/reply", text="  ")
    assert answer.status_code == 422
    assert "Write this phone" in answer.text
    assert "<b>0</b> replies" in await visitor.read()


async def test_a_world_whose_keys_were_forgotten_is_not_called_empty(
    visitor: Visitor, furniture: Furniture
) -> None:
    assert len(furniture.contact_ids) == 8
    identities = visitor.world.parties.identities
    invited = await visitor.world.http.post(
        f"{visitor.world.addresses.integration}/operator/installs",
        json={"account": "Another account"},
        headers={"authorization": f"Bearer {identities.operator_token}"},
    )
    browser = visitor.world.browser()
    await browser.open(invited.json()["install_url"])
    await browser.submit("Connexion", email=identities.email, password=identities.password)
    await choose_account(browser, identities.portal_id)
    await browser.submit("Connecter l'application")
    page = await visitor.read()
    assert "Before an SMS is sent" in page
    assert "This world is still empty" not in page
    assert "asks for them again" in page


async def test_the_clock_says_whose_hours_it_shows(visitor: Visitor) -> None:
    assert "Paris time" in await visitor.read()
    assert "heure de Paris" in await visitor.read("/?lang=fr")
