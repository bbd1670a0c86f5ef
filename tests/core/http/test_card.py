"""The card at its edges: bad bodies, bad links, vendors in trouble, and a sunset."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.ports import DatabaseDownError
from tests.core.builders import PORTAL, PUBLIC
from tests.core.harness import Harness
from tests.core.http.visiting import fetch, hidden, links, page

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
WRITES = [("POST", "preview"), ("POST", "send"), ("PUT", "templates")]


@pytest.mark.parametrize(("method", "path"), WRITES)
async def test_any_body_is_answered_and_nothing_is_stored(
    linked: Harness, method: str, path: str
) -> None:
    before = await linked.count()

    @settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.binary(max_size=50) | JSON.map(lambda value: json.dumps(value).encode()))
    def collect(body: bytes) -> None:
        bodies.append(body)

    bodies: list[bytes] = []
    collect()
    for body in bodies:
        answer = await fetch(linked, method, path, body)
        assert answer.status_code < 500
    assert await linked.count() == before


@pytest.mark.parametrize(
    "body",
    [
        {"contactId": "512", "requestId": "short", "type": "promotional", "text": "a"},
        {"contactId": "512", "type": "promotional", "text": "a"},
        {"contactId": "x", "requestId": "request-1", "type": "promotional", "text": "a"},
        {"contactId": "512", "requestId": "request-1", "type": 1, "text": "a"},
        {"contactId": "512", "requestId": "request-1", "unknown": "a"},
    ],
)
async def test_a_send_that_cannot_be_read_is_refused(linked: Harness, body: dict[str, Any]) -> None:
    answer = await fetch(linked, "POST", "send", json.dumps(body).encode())
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "malformed_request")


async def test_a_contact_that_hubspot_does_not_know_is_not_found(linked: Harness) -> None:
    answer = await fetch(linked, "GET", "summary")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    shown = await page(linked, "Envoyer un SMS")
    assert shown.status_code == 404
    assert "Ce contact n'existe plus" in unescape(shown.text)


async def test_hubspot_out_of_reach_is_told_on_the_page(linked: Harness) -> None:
    way = (await links(linked))["Envoyer un SMS"]
    linked.hubspot.trouble("GET /crm/v3/objects/contacts/512", httpx.ConnectError)
    shown = await linked.request("GET", way)
    assert shown.status_code == 503
    assert "HubSpot n'a pas répondu" in unescape(shown.text)


async def test_a_revoked_account_has_no_card(linked: Harness) -> None:
    way = (await links(linked))["Envoyer un SMS"]
    linked.hubspot.revoke(PORTAL)
    shown = await linked.request("GET", way)
    assert shown.status_code == 409
    assert "n'est plus connectée" in unescape(shown.text)


async def test_a_page_shows_in_hubspots_frames_alone_and_is_not_kept(linked: Harness) -> None:
    headers = (await page(linked, "Éditer les modèles")).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self' https://app.hubspot.test https://*.hubspot.com" in policy
    assert "default-src 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


async def test_what_people_typed_cannot_become_markup(linked: Harness) -> None:
    shown = await page(linked, "Éditer les modèles")
    form = {name: hidden(shown.text, name) for name in ("link", "version", "draft")}
    form |= {"do": "keep", "name": '"><script>alert(1)</script>', "text": "</textarea><b>"}
    kept = await linked.request("POST", "/card/templates", data=form)
    assert kept.status_code == 200
    assert "<script>alert" not in kept.text
    assert "</textarea><b>" not in kept.text


@pytest.mark.parametrize(
    "changes",
    [{"version": "x"}, {"version": "-1"}, {"draft": "{"}, {"draft": "{}"}, {"draft": "[1]"}],
)
async def test_an_edit_that_we_did_not_make_is_refused(
    linked: Harness, changes: dict[str, str]
) -> None:
    shown = await page(linked, "Éditer les modèles")
    form = {name: hidden(shown.text, name) for name in ("link", "version", "draft")}
    answer = await linked.request("POST", "/card/templates", data={**form, **changes})
    assert answer.status_code == 400


async def test_a_form_needs_the_word_that_its_page_was_given(linked: Harness) -> None:
    way = (await links(linked))["Éditer les modèles"]
    word = way.partition("link=")[2]
    answer = await linked.request(
        "POST", "/card/templates", data={"link": word, "version": "0", "draft": "[]"}
    )
    assert answer.status_code == 401


@pytest.mark.parametrize("status", [403, 404, 410, 501])
async def test_an_account_installs_where_legacy_cards_are_gone(bare: Harness, status: int) -> None:
    bare.hubspot.trouble("/cards-dev/", status)
    assert (await bare.install()).status_code == 200


async def test_the_card_is_put_in_place_once(bare: Harness) -> None:
    await bare.install()
    await bare.install(PORTAL + 1)
    (card,) = bare.hubspot.cards.values()
    assert card["fetch"]["targetUrl"] == f"{PUBLIC}/hubspot/card"
    assert card["actions"]["baseUrls"] == [f"{PUBLIC}/"]


async def test_a_card_at_another_address_is_brought_up_to_date(bare: Harness) -> None:
    await bare.install()
    bare.restart(public_url="https://moved.example")
    await bare.install()
    (card,) = bare.hubspot.cards.values()
    assert card["fetch"]["targetUrl"] == "https://moved.example/hubspot/card"


class Form(HTMLParser):
    """What a browser reads of the form's own tag."""

    attributes: Mapping[str, str | None]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "form":
            self.attributes = dict(attrs)


async def test_any_name_of_a_template_reaches_the_script_whole(linked: Harness) -> None:
    names = ['Rappel "du" soir\' autofocus', "<b>&amp;"]
    entries = [{"name": name, "text": "Bonjour"} for name in names]
    body = json.dumps({"version": 0, "templates": entries}).encode()
    assert (await fetch(linked, "PUT", "templates", body)).status_code == 200
    form = Form()
    form.feed((await page(linked, "Éditer les modèles")).text)
    assert set(form.attributes) == {"method", "action", "data-preview", "data-known"}
    assert json.loads(form.attributes["data-known"] or "") == names


async def test_enter_in_a_field_of_the_form_previews_and_never_sends(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = {"phone": "06 11 11 11 11"}
    body = json.dumps({"version": 0, "templates": [{"name": "Rappel", "text": "Bonjour"}]}).encode()
    await fetch(linked, "PUT", "templates", body)
    shown = await page(linked, "Envoyer un SMS")
    first = re.search("<button[^>]*>", shown.text)
    assert first is not None
    assert 'name="do" value="preview"' in first[0]


async def test_a_form_left_open_too_long_gives_back_what_was_typed(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = {"phone": "06 11 11 11 11"}
    form = {"link": hidden((await page(linked, "Envoyer un SMS")).text, "link"), "do": "send"}
    linked.clock.jump(linked.clock.now() + timedelta(hours=2))
    late = await linked.request("POST", "/card/send", data={**form, "text": "Un <b>long</b> texte"})
    assert late.status_code == 401
    assert "restée ouverte trop longtemps" in unescape(late.text)
    assert "Un &lt;b&gt;long&lt;/b&gt; texte" in late.text
    forged = {**form, "link": f"{form['link']}0", "text": "Un texte"}
    assert "Un texte" not in (await linked.request("POST", "/card/send", data=forged)).text


async def test_what_was_typed_is_given_back_while_the_database_is_down_and_may_be_posted_again(
    linked: Harness,
) -> None:
    linked.hubspot.contacts["512"] = {"phone": "06 11 11 11 11", "hs_marketable_status": "true"}
    opened = (await page(linked, "Envoyer un SMS")).text
    names = ("link", "phone", "hs_marketable_status")
    form = {name: hidden(opened, name) for name in names} | {"do": "send", "type": "promotional"}
    is_down = True

    def fail() -> None:
        if is_down:
            raise DatabaseDownError

    linked.database.observe(before=fail)
    typed = form | {"text": "Un <b>long</b> texte"}
    down = await linked.request("POST", "/card/send", data=typed)
    assert down.status_code == 503
    assert "Un &lt;b&gt;long&lt;/b&gt; texte" in down.text
    is_down = False
    assert {name: hidden(down.text, name) for name in typed} == typed
    sent = await linked.request("POST", "/card/send", data=typed)
    assert "Le SMS part maintenant." in unescape(sent.text)
    forged = typed | {"link": f"{form['link']}0"}
    assert "texte" not in (await linked.request("POST", "/card/send", data=forged)).text


async def test_a_draft_left_open_too_long_is_given_back(linked: Harness) -> None:
    shown = await page(linked, "Éditer les modèles")
    form = {name: hidden(shown.text, name) for name in ("link", "version")}
    draft = json.dumps([{"name": "Rappel", "text": "À demain !"}])
    linked.clock.jump(linked.clock.now() + timedelta(hours=2))
    asked = {**form, "draft": draft, "do": "save", "text": "À ce soir !"}
    late = await linked.request("POST", "/card/templates", data=asked)
    assert late.status_code == 401
    assert "Rappel" in late.text
    assert "À demain !" in unescape(late.text)
    assert "À ce soir !" in unescape(late.text)


async def test_an_account_that_is_deleted_keeps_no_template_from_a_page_left_open(
    linked: Harness,
) -> None:
    shown = await page(linked, "Éditer les modèles")
    form = {name: hidden(shown.text, name) for name in ("link", "version", "draft")}
    await linked.operate("DELETE", f"/accounts/{PORTAL}")
    typed = {**form, "do": "save", "name": "Rappel", "text": "Bonjour"}
    late = await linked.request("POST", "/card/templates", data=typed)
    assert late.status_code == 404
    assert "n'est plus connectée" in unescape(late.text)
    assert (await fetch(linked, "GET", "templates")).status_code == 404
    assert await linked.count("templates") == 0


async def test_the_form_names_the_cards_button_as_the_card_shows_it(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = {"phone": "+33611111111"}
    way, english = (await links(linked))["Envoyer un SMS"], {"accept-language": "en"}
    shown = unescape((await linked.request("GET", way, headers=english)).text)
    assert "No template yet. They are made by “Éditer les modèles”, on the card." in shown
    linked.restart(card_language="en")
    way = (await links(linked))["Send an SMS"]
    shown = unescape((await linked.request("GET", way, headers=english)).text)
    assert "They are made by “Edit the templates”, on the card." in shown


async def test_the_moments_of_the_checks_are_told_in_the_accounts_zone(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = {"phone": "+33611111111"}
    await linked.execute()
    shown = await page(linked, "SMS non reçu ?")
    assert re.search(r'<time datetime="[^"]+" data-zone="Europe/Paris">', shown.text)
