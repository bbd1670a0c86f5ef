"""What HubSpot called can be looked at: the request, what was signed, and what was answered."""

import hashlib
import hmac
from base64 import b64encode
from typing import Any

import pytest

from fakes.hubspot.choices import UriSigned
from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.bodies import ACTION_URL
from tests.fakes.hubspot.webhooks.listening import TARGET, listen, subscribe
from tests.fakes.hubspot.world import CONTROL, World


@pytest.fixture
async def running(installed: World) -> World:
    await installed.publish_flow(await installed.define_action())
    return installed


async def calls(world: World, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.api.get(f"{CONTROL}/calls", params=query)).json()[
        "results"
    ]
    return found


def v3(world: World, call: dict[str, Any]) -> str:
    """What the app computes with its secret of what is said to have been signed."""
    secret, signed = world.app.client_secret.encode(), call["signed"].encode()
    return b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


async def test_a_refused_execution_shows_what_to_compare(running: World) -> None:
    running.backend.replies = [(401, b"wrong signature")]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.run_due()
    [enrollment] = await running.enrollments()
    [step] = enrollment["steps"]
    [attempt] = step["attempts"]
    request = attempt["request"]
    assert (request["method"], request["url"]) == ("POST", ACTION_URL)
    assert request["body"] == step["request"]
    stamp = request["headers"]["X-HubSpot-Request-Timestamp"]
    assert attempt["signed"] == f"POST{ACTION_URL}{step['request']}{stamp}"
    assert request["headers"]["X-HubSpot-Signature-v3"] == v3(running, attempt)
    assert running.app.client_secret not in str(enrollment)
    assert (attempt["status"], attempt["answer"]) == (401, "wrong signature")


async def test_what_is_signed_is_the_address_as_the_setting_has_it() -> None:
    for uri, signed in ((UriSigned.DECODED, "/@me"), (UriSigned.RAW, "/%40me")):
        async with World(Settings(signs_v3_uri=uri)) as world:
            await world.install()
            url = f"{ACTION_URL}/%40me"
            await world.publish_flow(await world.define_action(actionUrl=url))
            await world.contact(firstname="Ada", city="Lyon")
            await world.clock.run_due()
            [call] = await calls(world)
            assert call["request"]["url"] == url
            assert call["signed"].startswith(f"POST{ACTION_URL}{signed}{{")
            assert call["request"]["headers"]["X-HubSpot-Signature-v3"] == v3(world, call)


async def test_each_try_is_a_call_of_its_own(running: World) -> None:
    running.backend.replies = [(503, b"busy")]
    await running.contact(firstname="Ada", city="Lyon")
    await running.clock.advance(running.hubspot.hub.settings.action_retry_first)
    first, second = await calls(running)
    assert [(call["purpose"], call["attempt"], call["status"]) for call in (first, second)] == [
        ("action", 1, 503),
        ("action", 2, 200),
    ]
    assert first["answer"] == "busy"
    assert first["callbackId"] == second["callbackId"]
    assert await calls(running, callbackId=first["callbackId"]) == [first, second]
    assert await calls(running, callbackId="another") == []
    assert await calls(running, appId=str(running.app.id)) == [first, second]
    assert await calls(running, appId="1") == []
    await running.api.post(f"{CONTROL}/reset")
    assert await calls(running) == []


async def test_webhooks_are_calls_too(installed: World) -> None:
    await listen(installed)
    await subscribe(installed, "contact.creation")
    await installed.contact(email="a@x.fr")
    await installed.clock.run_due()
    [call] = await calls(installed)
    assert (call["purpose"], call["callbackId"], call["attempt"]) == ("webhook", None, 1)
    assert call["request"]["url"] == TARGET
    assert call["request"]["headers"]["X-HubSpot-Signature-v3"] == v3(installed, call)
