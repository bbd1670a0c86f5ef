"""The preview of an SMS, where settings and contacts differ."""

import json
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from core.domain.tokens import MissingPolicy
from core.services.card_sending import GLANCE
from tests.core.harness import Harness
from tests.core.http.visiting import fetch, hidden, links

NAMELESS = {"phone": "06 11 11 11 11", "hs_marketable_status": "true"}


@pytest.fixture
async def strict(linked: Harness) -> Harness:
    """A core that sends nothing of which a token stands open."""
    linked.hubspot.contacts["512"] = NAMELESS
    linked.restart(missing_names=MissingPolicy.REFUSE)
    return linked


async def previewed(harness: Harness, **fields: str) -> dict[str, Any]:
    shown = await harness.request("GET", (await links(harness))["Envoyer un SMS"])
    form = {name: hidden(shown.text, name) for name in ("link", *NAMELESS, "region")}
    answer = await harness.request("POST", "/card/preview", data={**form, **fields})
    assert answer.status_code == 200
    return dict(answer.json())


@pytest.mark.parametrize(
    ("text", "code"),
    [("Bonjour $prenom", "missing_token_value"), ("Bonjour $zzz", "unknown_token")],
)
async def test_what_would_be_refused_is_told_while_one_types(
    strict: Harness, text: str, code: str
) -> None:
    shown = await previewed(strict, type="notification", text=text)
    assert [(each["code"], each["refuses"]) for each in shown["remarks"]] == [(code, True)]
    assert text.rsplit(maxsplit=1)[-1] in shown["remarks"][0]["message"]
    order = {"contactId": "512", "requestId": "request-1", "type": "notification", "text": text}
    for path in ("preview", "send"):
        asked = {name: order[name] for name in order if path == "send" or name != "requestId"}
        told = await fetch(strict, "POST", path, json.dumps(asked).encode())
        assert (told.status_code, told.json()["error"]["code"]) == (422, code)
        assert text.rsplit(maxsplit=1)[-1] in told.json()["error"]["message"]


async def test_a_sender_that_is_none_is_told_while_one_types(strict: Harness) -> None:
    shown = await previewed(strict, type="notification", text="Bonjour", sender="a b")
    assert [each["code"] for each in shown["remarks"]] == ["invalid_sender"]
    assert shown["text"] == "Bonjour"


async def test_a_text_too_long_is_told_while_one_types(strict: Harness) -> None:
    shown = await previewed(strict, type="notification", text="a" * 1531)
    assert ([each["code"] for each in shown["remarks"]], shown["parts"]) == (["text_too_long"], 11)


async def test_a_form_that_is_still_empty_has_no_remark(strict: Harness) -> None:
    shown = await previewed(strict, type="promotional", text=" ")
    assert (shown["remarks"], shown["characters"], shown["parts"]) == ([], 0, 0)


async def test_a_name_alone_that_is_missing_leaves_no_sms(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = NAMELESS
    shown = await previewed(linked, type="notification", text="$prenom")
    assert [each["code"] for each in shown["remarks"]] == ["empty_text", "missing_name"]


async def test_a_form_of_a_type_that_is_none_is_told_so(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = NAMELESS
    shown = await previewed(linked, type="other", text="Bonjour")
    assert [each["code"] for each in shown["remarks"]] == ["unknown_type"]


async def test_once_open_a_form_asks_hubspot_for_nothing_until_it_is_sent(
    linked: Harness,
) -> None:
    linked.hubspot.contacts["512"] = NAMELESS
    shown = await linked.request("GET", (await links(linked))["Envoyer un SMS"])
    form = {name: hidden(shown.text, name) for name in ("link", *NAMELESS, "region")}
    before = len(linked.hubspot.calls)
    asked = {**form, "do": "preview", "type": "promotional", "text": "Bonjour"}
    again = await linked.request("POST", "/card/send", data=asked)
    assert again.status_code == 200
    assert "+33611111111" in again.text
    assert "Bonjour STOP 36xxx" in again.text
    assert len(linked.hubspot.calls) == before


async def test_an_extension_that_previews_with_each_key_asks_hubspot_once_in_a_while(
    linked: Harness,
) -> None:
    linked.hubspot.contacts["512"] = NAMELESS
    order = json.dumps({"contactId": "512", "type": "notification", "text": "Bonjour"}).encode()

    async def asked() -> int:
        before = len(linked.hubspot.calls_to("contacts/512"))
        for _ in range(20):
            assert (await fetch(linked, "POST", "preview", order)).status_code == 200
        return len(linked.hubspot.calls_to("contacts/512")) - before

    assert await asked() == 1
    linked.clock.jump(linked.clock.now() + GLANCE)
    assert await asked() == 1


async def test_what_previews_remember_of_a_contact_no_send_relies_on(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = NAMELESS
    order = {"contactId": "512", "type": "promotional", "text": "Bonjour"}
    shown = await fetch(linked, "POST", "preview", json.dumps(order).encode())
    assert shown.json()["remarks"] == []
    linked.hubspot.contacts["512"] = {**NAMELESS, "hs_marketable_status": "false"}
    asked = json.dumps({**order, "requestId": "request-1"}).encode()
    told = await fetch(linked, "POST", "send", asked)
    assert told.json()["error"]["code"] == "not_marketing_contact"


async def test_an_account_without_its_keys_is_told_before_anything_is_typed(
    installed: Harness,
) -> None:
    installed.hubspot.contacts["512"] = NAMELESS
    shown = await installed.request("GET", (await links(installed))["Envoyer un SMS"])
    assert shown.status_code == 200
    assert "créez les deux clés API" in unescape(shown.text)


async def test_a_form_left_open_too_long_says_so_while_one_types(linked: Harness) -> None:
    linked.hubspot.contacts["512"] = NAMELESS
    shown = await linked.request("GET", (await links(linked))["Envoyer un SMS"])
    linked.clock.jump(linked.clock.now() + timedelta(hours=2))
    typed = {"link": hidden(shown.text, "link"), "type": "notification", "text": "Bonjour"}
    told = await linked.request("POST", "/card/preview", data=typed)
    assert told.status_code == 401
    assert "restée ouverte trop longtemps" in told.json()["error"]["message"]
