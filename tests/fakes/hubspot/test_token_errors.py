"""Every refusal of the token endpoint, in both of its shapes."""

from datetime import timedelta
from typing import Any

import pytest

from fakes.hubspot.choices import TokenErrors
from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import World

EXCHANGE = {"grant_type": "authorization_code"}
OF_DEVELOPERS = {"grant_type": "client_credentials", "scope": "automation"}
REFRESH = {"grant_type": "refresh_token", "refresh_token": "eu1-unknown"}

ERRORS = [
    ({**EXCHANGE, "code": "unknown"}, "BAD_AUTH_CODE", "invalid_grant", "missing or unknown auth code"),
    ({**EXCHANGE, "late": "60"}, "EXPIRED_AUTH_CODE", "invalid_grant", "auth code is expired"),
    (REFRESH, "BAD_REFRESH_TOKEN", "invalid_grant", "refresh token is invalid, expired or revoked"),
    (
        {**EXCHANGE, "redirect_uri": "https://app.example/other"},
        "MISMATCH_REDIRECT_URI_AUTH_CODE",
        "invalid_grant",
        "redirect_uri does not match the one used to get the auth code",
    ),
    ({**EXCHANGE, "redirect_uri": ""}, "BAD_REDIRECT_URI", "invalid_request", "missing or invalid redirect uri"),
    ({"client_id": "unknown", **EXCHANGE}, "BAD_CLIENT_ID", "invalid_client", "missing or unknown client id"),
    ({"client_secret": "wrong", **EXCHANGE}, "BAD_CLIENT_SECRET", "invalid_client", "missing or invalid client secret"),
    ({"grant_type": "password"}, "BAD_GRANT_TYPE", "unsupported_grant_type", "missing or unknown grant type"),
    ({}, "BAD_GRANT_TYPE", "unsupported_grant_type", "missing or unknown grant type"),
    ({**EXCHANGE, "code_verifier": "other"}, "BAD_CODE_VERIFIER", "invalid_grant", "code verifier is invalid"),
    (OF_DEVELOPERS, "BAD_SCOPES", "invalid_scope", "missing or invalid scopes"),
    ({**EXCHANGE, "closed": "yes"}, "BAD_HUB", "access_denied", "missing or unknown hub id"),
]  # fmt: skip
"""What is sent beside a good client and a good code, and what HubSpot says of it."""


@pytest.mark.parametrize("path", ["/oauth/v1/token", "/oauth/v3/token", "/oauth/2026-03/token"])
@pytest.mark.parametrize("shape", TokenErrors)
async def test_each_mistake_has_its_code_and_its_words(path: str, shape: TokenErrors) -> None:
    for sent, status, error, message in ERRORS:
        async with World(Settings(token_errors=shape)) as world:
            body = await refused(world, path, dict(sent))
        older = {"status": status, "message": message, "correlationId": body["correlationId"]}
        newer = {"error": error, "error_description": message}
        assert body == (older if shape is TokenErrors.LEGACY else {**newer, **older})


async def refused(world: World, path: str, sent: dict[str, str]) -> Any:
    code = await world.code(code_challenge="verifier")
    await world.clock.advance(timedelta(seconds=int(sent.pop("late", "0"))))
    if sent.pop("closed", None):
        del world.hubspot.hub.state.portals[world.portal.id]
    answer = await world.token(path, **{"code": code, "code_verifier": "verifier", **sent})
    assert answer.status_code == 400
    return answer.json()


async def test_a_refresh_for_an_account_that_is_gone_says_so(installed: World) -> None:
    del installed.hubspot.hub.state.portals[installed.portal.id]
    answer = await installed.token(
        grant_type="refresh_token", refresh_token=installed.refresh_token
    )
    assert answer.json()["status"] == "BAD_HUB"


async def test_an_assertion_in_the_secrets_place_is_not_built_and_says_so(world: World) -> None:
    form = {
        "grant_type": "refresh_token",
        "client_id": world.app.client_id,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": "x.y.z",
    }
    answer = await world.api.post("/oauth/v3/token", data=form)
    assert answer.status_code == 501
    assert "client_assertion" in answer.json()["message"]
