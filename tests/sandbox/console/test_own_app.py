"""Somebody's own integration in the place of the sandbox's: an app of theirs, that does the rest."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.asking import choose_account
from tests.sandbox.console.conftest import Visitor

HOME = "https://mine.example"
KEYS = {"clientId": "my-client", "clientSecret": "my-secret", "developerKey": "my-key"}


class Mine:
    """An app that sends nothing: it is installed, offers an action, and keeps what it is asked."""

    def __init__(self, visitor: Visitor) -> None:
        self.asked: list[Mapping[str, Any]] = []
        self.refusal: str | None = None
        self._http, self._hubspot = visitor.world.http, visitor.world.addresses.hubspot_api
        self._world, self._id = visitor.world, 0
        self.app = Starlette(
            routes=[
                Route("/oauth/callback", self._callback),
                Route("/sms", self._execute, methods=["POST"]),
            ]
        )
        self._world.network.connect({"mine.example": self.app})

    async def register(self) -> None:
        """Make it known to HubSpot."""
        body = {"name": "My app", "redirectUrls": [f"{HOME}/oauth/callback"], "scopes": ["oauth"]}
        url = f"{self._hubspot}/_control/hubspot/apps"
        self._id = (await self._http.post(url, json=body | KEYS)).json()["appId"]

    async def install(self) -> None:
        """Have its customer consent."""
        identities, browser = self._world.parties.identities, self._world.browser()
        asked = {"client_id": "my-client", "redirect_uri": f"{HOME}/oauth/callback"}
        query = httpx.QueryParams(asked | {"scope": "oauth"})
        await browser.open(f"{self._world.addresses.hubspot_app}/oauth/authorize?{query}")
        await browser.submit("Connexion", email=identities.email, password=identities.password)
        await choose_account(browser, identities.portal_id)
        assert (await browser.submit("Connecter l'application")).text == "installed"

    async def publish(self) -> None:
        """Offer its workflow action."""
        text = {"name": "message", "type": "string", "fieldType": "textarea"}
        to = {"name": "to", "type": "string", "fieldType": "text"}
        body = {
            "actionUrl": f"{HOME}/sms",
            "published": True,
            "objectTypes": ["CONTACT"],
            "inputFields": [
                {"typeDefinition": text, "isRequired": True},
                {
                    "typeDefinition": to,
                    "isRequired": True,
                    "supportedValueTypes": ["OBJECT_PROPERTY"],
                },
                {"typeDefinition": {"name": "more", "type": "string"}},
            ],
            "labels": {"en": {"actionName": "Send with mine"}},
        }
        url = f"{self._hubspot}/automation/v4/actions/{self._id}?hapikey=my-key"
        (await self._http.post(url, json=body)).raise_for_status()

    async def _callback(self, request: Request) -> Response:
        form = {
            "grant_type": "authorization_code",
            "client_id": "my-client",
            "client_secret": "my-secret",
            "redirect_uri": f"{HOME}/oauth/callback",
            "code": request.query_params["code"],
        }
        (await self._http.post(f"{self._hubspot}/oauth/v1/token", data=form)).raise_for_status()
        return PlainTextResponse("installed")

    async def _execute(self, request: Request) -> Response:
        self.asked.append(await request.json())
        if self.refusal is not None:
            return PlainTextResponse(self.refusal, 401)
        return JSONResponse({"outputFields": {"hs_execution_state": "SUCCESS"}})


@pytest.fixture
async def mine(visitor: Visitor) -> Mine:
    made = Mine(visitor)
    await made.register()
    await made.install()
    return made


async def test_the_console_tells_whose_app_is_installed(visitor: Visitor, mine: Mine) -> None:
    page = await visitor.read()
    assert "“My app” is installed, in the place of the sandbox&#39;s own app" in page
    assert ">App installed<" not in page
    assert "for the sandbox&#39;s own integration only" in page
    assert "Prepare everything" not in page
    refused = await visitor.press("/link")
    assert refused.status_code == 409
    assert "for the sandbox&#39;s own integration only" in refused.text
    assert mine.asked == []


@pytest.mark.parametrize("button", ["/populate", "/prepare"])
async def test_the_workflow_runs_the_action_of_the_app_that_is_installed(
    visitor: Visitor, mine: Mine, button: str
) -> None:
    refused = await visitor.press(button)
    assert refused.status_code == 409
    assert "has not published a workflow action yet" in refused.text
    assert "The account has no contact yet" in await visitor.read()
    await mine.publish()
    assert (await visitor.press(button)).status_code == 303
    page = await visitor.read()
    assert "This world is still empty" not in page
    first = page.partition('action="/contacts/')[2].partition("/")[0]
    await visitor.press(f"/contacts/{first}/visit")
    (asked,) = mine.asked
    assert asked["inputFields"]["message"].startswith("Bonjour")
    assert asked["inputFields"]["to"] == "+33 6 00 01 00 01"
    assert "Send with mine" in await visitor.read(f"/contacts/{first}")
    assert "smsmodeEnvoisMS" not in str(await visitor.furnisher.hubspot("GET", _connected(visitor)))


async def test_the_sandboxs_own_app_goes_first_where_both_are_installed(
    visitor: Visitor, mine: Mine
) -> None:
    await mine.publish()
    await visitor.furnisher.install(visitor.world.browser())
    assert ">App installed<" in await visitor.read()
    await visitor.press("/prepare")
    page = await visitor.read()
    first = page.partition('action="/contacts/')[2].partition("/")[0]
    await visitor.press(f"/contacts/{first}/visit")
    assert mine.asked == []
    assert "<b>1</b> SMS accepted" in await visitor.read()


@pytest.mark.parametrize(
    ("language", "hint", "signed"),
    [
        ("en", "first compare the signed string", "Signed string (v3)"),
        ("fr", "comparez d&#39;abord la chaîne signée", "Chaîne signée (v3)"),
    ],
)
async def test_the_record_of_a_refused_execution_shows_what_to_compare(
    visitor: Visitor, mine: Mine, language: str, hint: str, signed: str
) -> None:
    await mine.publish()
    await visitor.press("/populate")
    first = (await visitor.read()).partition('action="/contacts/')[2].partition("/")[0]
    mine.refusal = f"wrong <signature> {'x' * 5000}"
    await visitor.press(f"/contacts/{first}/visit")
    page = await visitor.read(f"/contacts/{first}", **{"accept-language": language})
    assert hint in page
    assert signed in page
    assert f"POST {HOME}/sms" in page
    assert "<dt>X-HubSpot-Signature-v3</dt>" in page
    assert f'<pre tabindex="0">POST{HOME}/sms{{&#34;callbackId' in page
    assert "wrong &lt;signature&gt; xxx" in page
    assert len(page) < 20_000
    assert KEYS["clientSecret"] not in page


def _connected(visitor: Visitor) -> str:
    return f"/_control/hubspot/portals/{visitor.world.parties.identities.portal_id}/connected-apps"
