"""Installing: from the link to the tokens, and all that may stand in the way."""

import asyncio
from collections.abc import Mapping
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from core.wire.hubspot_oauth import SCOPES
from tests.core.builders import OTHER_PORTAL, PORTAL, PUBLIC
from tests.core.harness import Harness

HOUR, DAY = 3600, 86400
KEPT = ("installs", "provisions")


async def come_back(browser: httpx.AsyncClient, query: Mapping[str, str]) -> httpx.Response:
    return await browser.get("/oauth/callback", params={**query})


async def test_the_link_leads_to_the_consent_with_every_scope_and_our_address(
    bare: Harness,
) -> None:
    answer = await bare.request("GET", await bare.invite())
    url = urlsplit(answer.headers["location"])
    query = parse_qs(url.query)
    assert (url.netloc, url.path) == ("app.hubspot.test", "/oauth/authorize")
    assert query["scope"] == [" ".join(SCOPES)]
    assert query["redirect_uri"] == [f"{PUBLIC}/oauth/callback"]
    assert query["client_id"] == ["client-id"]


async def test_the_cookie_is_for_this_browser_and_the_callback_alone(bare: Harness) -> None:
    answer = await bare.request("GET", await bare.invite())
    cookie = answer.headers["set-cookie"].lower()
    for word in ("httponly", "secure", "samesite=lax", "path=/oauth", "max-age=3600"):
        assert word in cookie


async def test_a_consent_ends_in_an_installed_account(bare: Harness) -> None:
    page = await bare.install()
    install = await bare.install_of(PORTAL)
    assert page.status_code == 200
    assert "SUCCESS" in page.text
    assert (install.account, install.country, install.linked) == ("Salon", "FR", False)
    assert set(bare.hubspot.properties) == {"smsmode_consent", "smsmode_status"}
    assert len(bare.hubspot.templates) == 3
    assert [a["actionUrl"] for a in bare.hubspot.actions.values()] == [f"{PUBLIC}/hubspot/action"]


async def test_its_page_leads_on_to_the_keys_and_back_to_hubspot(bare: Harness) -> None:
    page = await bare.install()
    assert f"donnez-lui le numéro de ce compte HubSpot, {PORTAL}." in unescape(page.text)
    assert f"python -m core link-keys --portal {PORTAL}" in page.text
    assert f'href="{bare.settings.hubspot_app}/connected-apps/{PORTAL}/installed"' in page.text


async def test_the_country_is_read_from_the_time_zone(bare: Harness) -> None:
    bare.hubspot.time_zone = "America/Guadeloupe"
    await bare.install()
    assert (await bare.install_of()).country == "GP"


async def test_the_page_speaks_the_language_of_the_browser(bare: Harness) -> None:
    spoken = {"accept-language": "en-GB,fr;q=0.5"}
    page = await bare.request("GET", "/install/unknown", headers=spoken)
    assert 'lang="en"' in page.text
    assert "Ask smsmode for a new install link." in page.text


async def test_a_link_that_nobody_made_is_refused(bare: Harness) -> None:
    page = await bare.request("GET", "/install/nobody-made-this")
    assert page.status_code == 400
    assert "inconnu" in page.text
    assert await bare.count() == 0


async def test_a_link_is_good_for_two_weeks(bare: Harness) -> None:
    path = await bare.invite()
    await bare.advance(14 * DAY - 1)
    assert (await bare.request("GET", path)).status_code == 302
    await bare.advance(1)
    assert (await bare.request("GET", path)).status_code == 400


async def test_a_link_serves_one_installation(bare: Harness) -> None:
    path = await bare.invite()
    async with bare.browser() as first, bare.browser() as second:
        states = [await bare.depart(first, path), await bare.depart(second, path)]
        codes = [bare.hubspot.grant_code(PORTAL), bare.hubspot.grant_code(OTHER_PORTAL)]
        pages = [
            await come_back(browser, {"code": code, "state": state})
            for browser, code, state in zip((first, second), codes, states, strict=True)
        ]
    assert [page.status_code for page in pages] == [200, 400]
    assert await bare.count("installs") == 1
    assert (await bare.request("GET", path)).status_code == 400


async def test_a_link_serves_one_of_two_browsers_that_come_back_at_once(bare: Harness) -> None:
    path = await bare.invite()
    async with bare.browser() as first, bare.browser() as second:
        queries = [
            {"code": bare.hubspot.grant_code(portal_id), "state": await bare.depart(browser, path)}
            for browser, portal_id in ((first, PORTAL), (second, OTHER_PORTAL))
        ]
        pages = await asyncio.gather(come_back(first, queries[0]), come_back(second, queries[1]))
    assert sorted(page.status_code for page in pages) == [200, 400]
    assert await bare.count("installs") == 1


@pytest.mark.parametrize("spoilt", ["", "nonsense", "nonce.0000", "é.☃"])
async def test_a_forged_state_is_refused(bare: Harness, spoilt: str) -> None:
    async with bare.browser() as browser:
        await bare.depart(browser)
        code = bare.hubspot.grant_code(PORTAL)
        page = await come_back(browser, {"code": code, "state": spoilt})
    assert page.status_code == 400
    assert "ne vient pas de l&#x27;installation" in page.text
    assert bare.hubspot.calls == []


async def test_a_state_with_another_nonce_under_the_same_seal_is_refused(bare: Harness) -> None:
    async with bare.browser() as browser:
        state = await bare.depart(browser)
        page = await come_back(browser, {"code": "c", "state": "x" + state})
    assert page.status_code == 400
    assert await bare.count(*KEPT) == 0


async def test_a_state_serves_once(bare: Harness) -> None:
    async with bare.browser() as browser:
        state = await bare.depart(browser)
        query = {"code": bare.hubspot.grant_code(PORTAL), "state": state}
        assert (await come_back(browser, query)).status_code == 200
        again = await come_back(browser, query)
    assert again.status_code == 400
    assert "a déjà servi" in again.text


async def test_a_state_expires(bare: Harness) -> None:
    async with bare.browser() as browser:
        state = await bare.depart(browser)
        await bare.advance(HOUR)
        query = {"code": bare.hubspot.grant_code(PORTAL), "state": state}
        page = await come_back(browser, query)
    assert "trop longtemps" in page.text
    assert await bare.count(*KEPT) == 0


async def test_another_browser_cannot_finish_the_installation(bare: Harness) -> None:
    async with bare.browser() as browser, bare.browser() as thief:
        state = await bare.depart(browser)
        query = {"code": bare.hubspot.grant_code(PORTAL), "state": state}
        page = await come_back(thief, query)
    assert page.status_code == 400
    assert bare.hubspot.calls == []
    assert await bare.count(*KEPT) == 0


async def test_a_cancelled_consent_leaves_nothing_and_the_link_still_serves(
    bare: Harness,
) -> None:
    path = await bare.invite()
    async with bare.browser() as browser:
        state = await bare.depart(browser, path)
        page = await come_back(browser, {"error": "access_denied", "state": state})
    assert "annulée" in page.text
    assert await bare.count(*KEPT) == 0
    assert (await bare.request("GET", path)).status_code == 302


async def test_a_code_that_hubspot_refuses_leaves_nothing(bare: Harness) -> None:
    async with bare.browser() as browser:
        state = await bare.depart(browser)
        page = await come_back(browser, {"code": "made-up", "state": state})
    assert page.status_code == 400
    assert "expiré ou a déjà servi" in page.text
    assert await bare.count(*KEPT) == 0


@pytest.mark.parametrize("trouble", [500, 403, 429, httpx.ReadTimeout, httpx.ConnectError])
@pytest.mark.parametrize(
    "where",
    ["/oauth/v1/token", "/access-tokens/", "/account-info", "/event-templates", "/actions/"],
)
async def test_trouble_at_hubspot_leaves_no_installation_and_the_next_try_goes_through(
    bare: Harness, where: str, trouble: int | type[Exception]
) -> None:
    bare.hubspot.trouble(where, trouble)
    page = await bare.install()
    assert page.status_code == 400
    assert "role=alert" in page.text
    assert await bare.count("installs") == 0
    assert (await bare.install()).status_code == 200


async def test_trouble_with_the_properties_leaves_no_installation(bare: Harness) -> None:
    bare.hubspot.trouble("/crm/v3/properties", 403, body={"category": "MISSING_SCOPES"})
    assert (await bare.install()).status_code == 400
    assert await bare.count("installs") == 0


async def test_a_token_answer_that_cannot_be_read_leaves_no_installation(bare: Harness) -> None:
    bare.hubspot.trouble("/oauth/v1/token", 200, body={"access_token": 7})
    assert (await bare.install()).status_code == 400
    assert await bare.count("installs") == 0
