"""``hubspot.fetch``: what an app card may call, and what its backend receives."""

from typing import Any

import httpx
import pytest

from tests.fakes.hubspot.world import World

URL = "https://app.example/backend"


@pytest.fixture
def permitted(installed: World) -> World:
    installed.app.fetch_urls = (URL,)
    return installed


async def fetch(world: World, **body: Any) -> httpx.Response:
    where = f"/_control/hubspot/portals/{world.portal.id}/apps/{world.app.id}/fetch"
    return await world.api.post(where, json={"url": f"{URL}/sms?a=1", **body})


async def test_the_backend_learns_who_asks_and_gets_the_v3_signature_only(
    permitted: World,
) -> None:
    answer = await fetch(permitted, method="POST", body={"texte": "Reçu"})
    assert answer.json()["status"] == 200
    [(request, body)] = permitted.backend.asked
    query = dict(request.query_params)
    assert (query["a"], query["portalId"]) == ("1", str(permitted.portal.id))
    assert query["appId"] == str(permitted.app.id)
    assert body == '{"texte":"Reçu"}'.encode()
    assert "x-hubspot-signature" not in request.headers
    assert request.headers["x-hubspot-signature-v3"]


async def test_a_5xx_is_tried_once_more(permitted: World) -> None:
    permitted.backend.replies = [(503, {}), (200, {"ok": True})]
    assert (await fetch(permitted)).json()["body"] == '{"ok":true}'
    permitted.backend.replies = [(503, {}), (502, {})]
    assert (await fetch(permitted)).json()["status"] == 502


async def test_a_backend_that_is_not_there_is_told(permitted: World) -> None:
    permitted.backend.replies = [httpx.ConnectError("no"), httpx.ConnectError("no")]
    assert (await fetch(permitted)).json()["failure"] == "unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/backend",
        "https://app.example/other",
        "http://app.example/backend",
        "https://app.example.evil.example/backend",
        "[",
    ],
)
async def test_only_permitted_addresses_are_called(permitted: World, url: str) -> None:
    assert (await fetch(permitted, url=url)).status_code == 400
    assert permitted.backend.asked == []


async def test_a_payload_of_more_than_a_mebibyte_is_refused(permitted: World) -> None:
    assert (await fetch(permitted, method="POST", body="x" * 1024 * 1024)).status_code == 413


async def test_twenty_calls_of_an_account_at_once_are_the_most(permitted: World) -> None:
    permitted.hubspot.hub.state.fetches[permitted.portal.id] = 20
    assert (await fetch(permitted)).status_code == 429


async def test_an_app_that_is_not_connected_calls_nobody(world: World) -> None:
    world.app.fetch_urls = (URL,)
    assert (await fetch(world)).status_code == 404
