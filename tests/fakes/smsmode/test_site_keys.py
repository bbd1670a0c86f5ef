"""The page of API keys: what it makes opens its channel, and what it revokes opens nothing."""

import re

import httpx
import pytest

from tests.fakes.smsmode.conftest import Desk, request
from tests.fakes.smsmode.test_site import hidden, register

KEYS = "/organisation/keys"


async def token_of(visitor: httpx.AsyncClient) -> str:
    return hidden(await visitor.get(KEYS), "token")


async def act(visitor: httpx.AsyncClient, path: str = "", **form: str) -> httpx.Response:
    return await visitor.post(KEYS + path, data={"token": await token_of(visitor), **form})


def channels(page: httpx.Response) -> dict[str, str]:
    select = page.text.partition('<select id="channel"')[2].partition("</select>")[0]
    return {name: value for value, name in re.findall(r'value="([^"]+)"[^>]*>([^<]+)<', select)}


async def test_the_keys_that_an_integration_is_linked_by_are_made_here(
    desk: Desk, visitor: httpx.AsyncClient
) -> None:
    await register(desk, visitor)
    assert channels(await visitor.get(KEYS)).keys() == {"Marketing"}
    await act(visitor, "/notification")
    found = channels(await visitor.get(KEYS))
    for name, channel in (("Hubspot Mkt", "Marketing"), ("Hubspot Not", "Notification")):
        made = await act(visitor, name=name, channel=found[channel], role="USER")
        assert (made.status_code, made.headers["location"]) == (303, f"{KEYS}?saved=1")
    page = (await visitor.get(KEYS)).text
    keys = re.findall(r"<code>(\w{32})</code>", page)
    flows = []
    for key in keys:
        answer = await desk.call("POST", "/sms/v1/messages", request(), key=key)
        flows.append(answer.json()["channel"]["flow"])
    assert flows == ["MARKETING", "TRANSACTIONAL"]
    assert page.count("jamais") == 2
    assert "jamais" not in (await visitor.get(KEYS)).text


async def test_a_revoked_key_is_answered_401(desk: Desk, visitor: httpx.AsyncClient) -> None:
    await register(desk, visitor)
    (channel,) = channels(await visitor.get(KEYS)).values()
    await act(visitor, name="Mkt", channel=channel, role="MANAGER")
    page = await visitor.get(KEYS)
    (key,) = re.findall(r"<code>(\w{32})</code>", page.text)
    assert (await desk.call("GET", "/sms/v1/messages", key=key)).status_code == 200
    await act(visitor, "/revoke", key=hidden(page, "key"))
    assert (await desk.call("GET", "/sms/v1/messages", key=key)).status_code == 401
    assert "Il n&#39;y a pas encore de clé." in (await visitor.get(KEYS)).text


async def test_nobody_sees_or_revokes_a_strangers_key(
    desk: Desk, visitor: httpx.AsyncClient
) -> None:
    await register(desk, visitor)
    assert desk.key.value not in (await visitor.get(KEYS)).text
    await act(visitor, "/revoke", key=desk.key.credential_id)
    assert (await desk.post()).status_code == 201


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", " ", "Ce champ est obligatoire."),
        ("name", "x" * 101, "Ce texte est trop long."),
        ("channel", "theirs", "Choisissez un canal de la liste."),
        ("role", "KING", "Choisissez une portée de la liste."),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    desk: Desk, visitor: httpx.AsyncClient, field: str, value: str, said: str
) -> None:
    await register(desk, visitor)
    (channel,) = channels(await visitor.get(KEYS)).values()
    before = len(desk.smsmode.state.credentials)
    theirs = {"theirs": desk.marketing.channel_id}.get(value, value)
    form = {"name": "Mkt", "channel": channel, "role": "ADMIN", field: theirs}
    page = await act(visitor, **form)
    assert page.status_code == 422
    assert f'<a href="#{field}">{said}</a>' in page.text
    assert f'aria-describedby="{field}-problem"' in page.text
    assert field == "role" or '<option value="ADMIN" selected>' in page.text
    assert len(desk.smsmode.state.credentials) == before


async def test_a_second_notification_channel_is_not_opened(
    desk: Desk, visitor: httpx.AsyncClient
) -> None:
    await register(desk, visitor)
    await act(visitor, "/notification")
    assert "Ouvrir le canal Notification" not in (await visitor.get(KEYS)).text
    await act(visitor, "/notification")
    assert len(channels(await visitor.get(KEYS))) == 2


async def test_the_page_speaks_english_too(desk: Desk, visitor: httpx.AsyncClient) -> None:
    await register(desk, visitor)
    page = (await visitor.get(f"{KEYS}?lang=en")).text
    assert "<h2>API keys</h2>" in page
    assert "Create the key" in page
    assert "Every channel of the organisation" in page
