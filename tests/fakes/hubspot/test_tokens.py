"""The token endpoint, introspection, and what tokens open."""

import base64
import hashlib
from datetime import timedelta

import pytest

from fakes.hubspot.choices import RefreshTokens, TokenAnswer
from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import EMAIL, PASSWORD, World

PATHS = ("/oauth/v1/token", "/oauth/v3/token", "/oauth/2026-03/token")
DEAD = "0000"
DETAILS = "/account-info/v3/details"
EVERYTHING = {
    "token_type",
    "refresh_token",
    "access_token",
    "expires_in",
    "hub_id",
    "scopes",
    "user_id",
    "token_use",
}


@pytest.mark.parametrize("path", PATHS)
async def test_a_code_becomes_tokens_on_every_edition(world: World, path: str) -> None:
    answer = await world.token(path, grant_type="authorization_code", code=await world.code())
    assert answer.status_code == 200
    assert set(answer.json()) == EVERYTHING
    assert answer.json()["expires_in"] == 1800
    assert answer.json()["hub_id"] == world.portal.id


async def test_the_minimal_answer_has_the_four_older_fields() -> None:
    async with World(Settings(token_answer=TokenAnswer.MINIMAL)) as world:
        answer = await world.install()
    assert set(answer.json()) == {"token_type", "refresh_token", "access_token", "expires_in"}


async def test_a_code_is_good_once(world: World) -> None:
    code = await world.code()
    assert (await world.token(grant_type="authorization_code", code=code)).status_code == 200
    again = await world.token(grant_type="authorization_code", code=code)
    assert again.json()["status"] == "BAD_AUTH_CODE"


async def test_a_code_expires_after_a_minute(world: World) -> None:
    code = await world.code()
    await world.clock.advance(timedelta(seconds=60))
    answer = await world.token(grant_type="authorization_code", code=code)
    assert answer.json()["status"] == "EXPIRED_AUTH_CODE"


async def test_a_challenged_code_needs_its_verifier(world: World) -> None:
    digest = hashlib.sha256(b"verifier").digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    code = await world.code(code_challenge=challenge, code_challenge_method="S256")
    form = {"grant_type": "authorization_code", "code": code}
    wrong = await world.token(**form, code_verifier="other")
    assert wrong.json()["status"] == "BAD_CODE_VERIFIER"
    assert (await world.token(**form, code_verifier="verifier")).status_code == 200


async def test_json_is_refused_unless_the_setting_is_lenient(world: World) -> None:
    answer = await world.api.post("/oauth/v1/token", json={"grant_type": "refresh_token"})
    assert answer.status_code == 415
    async with World(Settings(token_accepts_json=True)) as lenient:
        answer = await lenient.api.post("/oauth/v1/token", json={"grant_type": "refresh_token"})
    assert answer.json()["status"] == "BAD_CLIENT_ID"


async def test_a_refresh_keeps_the_refresh_token_and_the_earlier_access_token(
    installed: World,
) -> None:
    answer = await installed.token(
        grant_type="refresh_token", refresh_token=installed.refresh_token
    )
    assert answer.json()["refresh_token"] == installed.refresh_token
    assert (await installed.api.get(DETAILS)).status_code == 200


async def test_a_refresh_may_rotate_the_refresh_token() -> None:
    async with World(Settings(refresh_tokens=RefreshTokens.ROTATE)) as world:
        await world.install()
        form = {"grant_type": "refresh_token", "refresh_token": world.refresh_token}
        assert (await world.token(**form)).json()["refresh_token"] != world.refresh_token
        assert (await world.token(**form)).json()["status"] == "BAD_REFRESH_TOKEN"


async def test_a_token_that_cannot_be_read_expired_in_1970(installed: World) -> None:
    unread, unknown = ("not-a-token", f"C{'x' * 250}")
    answer = await installed.api.get(DETAILS, headers={"Authorization": f"Bearer {unread}"})
    assert (answer.status_code, answer.json()["category"]) == (401, "EXPIRED_AUTHENTICATION")
    assert answer.json()["context"] == {"expire time": ["1970-01-01T00:00:00Z"]}
    answer = await installed.api.get(DETAILS, headers={"Authorization": f"Bearer {unknown}"})
    assert (answer.status_code, answer.json()["category"]) == (401, "INVALID_AUTHENTICATION")


async def test_an_expired_access_token_says_since_when(installed: World) -> None:
    await installed.clock.advance(timedelta(seconds=1805))
    answer = await installed.api.get(DETAILS)
    assert answer.status_code == 401
    assert answer.json()["category"] == "EXPIRED_AUTHENTICATION"
    assert "expired 5 second(s) ago" in answer.json()["message"]


async def test_no_token_is_a_401_with_the_correlation_id_in_body_and_headers(
    world: World,
) -> None:
    answer = await world.api.get(DETAILS)
    assert answer.status_code == 401
    assert answer.json()["category"] == "INVALID_AUTHENTICATION"
    assert answer.json()["correlationId"] == answer.headers["x-hubspot-correlation-id"]


async def test_a_token_without_the_scope_is_a_403_that_names_it(installed: World) -> None:
    state = installed.hubspot.hub.state
    value = installed.api.headers["authorization"].split()[1]
    state.access_tokens[value] = type(state.access_tokens[value])(
        **{
            **{
                n: getattr(state.access_tokens[value], n)
                for n in state.access_tokens[value].__slots__
            },
            "scopes": frozenset(("oauth",)),
        }
    )
    answer = await installed.api.get("/crm/v3/objects/contacts")
    assert answer.status_code == 403
    [error] = answer.json()["errors"]
    assert error["context"]["requiredGranularScopes"] == ["crm.objects.contacts.read"]


async def test_introspection_v1_tells_account_user_and_scopes(installed: World) -> None:
    token = installed.api.headers["authorization"].split()[1]
    facts = (await installed.api.get(f"/oauth/v1/access-tokens/{token}")).json()
    assert facts["hub_id"] == installed.portal.id
    assert facts["app_id"] == installed.app.id
    assert "access" in facts.values()
    assert "timeline" in facts["scopes"]
    signed = facts["signed_access_token"]
    assert (signed["hubId"], signed["hublet"]) == (installed.portal.id, "na1")
    assert signed["appInstallId"] == installed.portal.installs[installed.app.id].id


async def test_introspection_v1_of_nothing_is_a_404(world: World) -> None:
    assert (await world.api.get("/oauth/v1/access-tokens/nothing")).status_code == 404
    assert (await world.api.get("/oauth/v1/refresh-tokens/nothing")).status_code == 404


@pytest.mark.parametrize("path", ["/oauth/v3/token/introspect", "/oauth/2026-03/token/introspect"])
async def test_introspection_tells_the_living_from_the_dead(installed: World, path: str) -> None:
    alive = await installed.token(path, token=installed.refresh_token)
    assert (alive.json()["active"], alive.json()["token_use"]) == (True, "refresh_token")
    assert (await installed.token(path, token=DEAD)).json() == {"active": False}


async def test_client_credentials_give_a_developers_token(world: World) -> None:
    answer = await world.token(
        grant_type="client_credentials", scope="developers-read developers-write"
    )
    bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    address = f"/automation/v4/actions/{world.app.id}"
    assert (await world.api.get(address, headers=bearer)).status_code == 200
    assert (await world.api.get(DETAILS, headers=bearer)).status_code == 401


async def test_client_credentials_for_other_scopes_are_refused(world: World) -> None:
    answer = await world.token(grant_type="client_credentials", scope="automation")
    assert answer.json()["status"] == "BAD_SCOPES"


async def test_a_private_apps_token_opens_the_crm_for_ever(world: World) -> None:
    token = world.hubspot.add_private_token(world.portal.id)
    assert token.startswith("pat-")
    await world.clock.advance(timedelta(days=400))
    answer = await world.api.get(
        "/crm/v3/objects/contacts", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("edition", ["v3", "2026-03"])
async def test_the_account_tells_its_id_and_time_zone(installed: World, edition: str) -> None:
    details = (await installed.api.get(f"/account-info/{edition}/details")).json()
    assert details["portalId"] == installed.portal.id
    assert details["timeZone"] == "Europe/Paris"
    assert details["utcOffsetMilliseconds"] == 3_600_000


async def test_an_account_of_europe_says_so_in_its_host_its_codes_and_its_links(
    world: World,
) -> None:
    made = {"name": "Ici", "dataHostingLocation": "eu1"}
    number = (await world.api.post("/_control/hubspot/portals", json=made)).json()["portalId"]
    world.portal = world.hubspot.hub.portal(number)
    world.hubspot.add_user(email=EMAIL, password=PASSWORD, portals=[number])
    await world.install()
    details = (await world.api.get(DETAILS)).json()
    assert details["uiDomain"] == "app-eu1.hubspot.com"
    assert details["dataHostingLocation"] == "eu1"
    assert world.refresh_token.startswith("eu1-")
    person = {"properties": {"lastname": "A"}}
    contact = (await world.api.post("/crm/v3/objects/contacts", json=person)).json()
    where = f"https://app-eu1.hubspot.com/contacts/{number}/record/0-1/{contact['id']}"
    assert contact["url"] == where


async def test_the_newest_edition_tells_the_accounts_name(installed: World) -> None:
    newest = (await installed.api.get("/account-info/2026-09/details")).json()
    assert (newest["portalName"], newest["createdAt"]) == ("Client", "2026-11-23T09:00:00Z")
    assert "portalName" not in (await installed.api.get(DETAILS)).json()
