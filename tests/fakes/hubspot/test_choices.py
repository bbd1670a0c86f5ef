"""What the settings of OAuth, refusals and the account's limits change."""

from datetime import timedelta

import pytest

from fakes.hubspot.choices import ErrorBody, TokenErrors, Told
from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import EMAIL, PASSWORD, World, query_of


async def test_token_errors_may_be_of_the_older_shape_only() -> None:
    async with World(Settings(token_errors=TokenErrors.LEGACY)) as world:
        body = (await world.token(grant_type="authorization_code", code="x")).json()
        assert (body["status"], "error" in body) == ("BAD_AUTH_CODE", False)


@pytest.mark.parametrize("edition", ["v3", "2026-03", "2026-09"])
async def test_every_edition_gives_tokens_and_looks_at_them(world: World, edition: str) -> None:
    code = await world.code()
    given = await world.token(f"/oauth/{edition}/token", grant_type="authorization_code", code=code)
    token = given.json()["access_token"]
    keys = {"client_id": world.app.client_id, "client_secret": world.app.client_secret}
    seen = await world.api.post(f"/oauth/{edition}/token/introspect", data={**keys, "token": token})
    assert seen.json()["active"] is True


async def test_a_cancelled_consent_may_stay_on_hubspots_page() -> None:
    async with World(Settings(on_cancel=Told.PAGE)) as world:
        await world.sign_in()
        answer = await world.consent(decision="cancel")
        assert answer.status_code == 200
        assert "Connexion annulée" in answer.text


async def test_missing_scopes_may_be_told_to_the_app() -> None:
    async with World(Settings(on_scope_mismatch=Told.REDIRECT)) as world:
        answer = await world.browser.get("/oauth/authorize", params=world.asking(scope="oauth"))
        assert query_of(answer)["error"] == "invalid_scope"
        assert query_of(answer)["state"] == "xyz"


async def test_a_missing_right_may_be_told_to_the_app() -> None:
    async with World(Settings(on_missing_right=Told.REDIRECT)) as world:
        world.hubspot.add_user(
            email=EMAIL, password=PASSWORD, portals=[world.portal.id], can_install=False
        )
        await world.sign_in()
        page = await world.browser.get(f"/oauth/{world.portal.id}/authorize", params=world.asking())
        assert query_of(page)["error"] == "access_denied"
        assert world.hubspot.hub.state.codes == {}


async def test_a_developers_key_may_be_refused() -> None:
    async with World(Settings(takes_developer_key=False)) as world:
        where = f"/integrators/timeline/v3/{world.app.id}/event-templates"
        answer = await world.api.get(where, params={"hapikey": world.app.developer_key})
        assert answer.status_code == 401


@pytest.mark.parametrize(("form", "media"), [("envelope", "json"), ("page", "html")])
async def test_a_415_has_the_body_that_the_settings_say(form: str, media: str) -> None:
    async with World(Settings(media_type_error=ErrorBody(form))) as world:
        answer = await world.api.post("/oauth/v3/token", json={})
        assert answer.status_code == 415
        assert media in answer.headers["content-type"]


async def test_the_use_of_private_apps_is_told_and_ends_at_midnight(world: World) -> None:
    headers = world.private()
    where = "/account-info/v3/api-usage/daily/private-apps"
    first = (await world.api.get(where, headers=headers)).json()["results"][0]
    assert (first["currentUsage"], first["usageLimit"]) == (1, 625_000)
    assert first["resetsAt"] == "2026-11-23T23:00:00Z"
    await world.clock.advance(timedelta(days=1))
    assert (await world.api.get(where, headers=headers)).json()["results"][0]["currentUsage"] == 1


async def test_the_offset_follows_the_season(world: World) -> None:
    headers = world.private()
    winter = (await world.api.get("/account-info/v3/details", headers=headers)).json()
    assert (winter["utcOffset"], winter["utcOffsetMilliseconds"]) == ("+01:00", 3_600_000)
    await world.clock.advance(timedelta(days=180))
    summer = (await world.api.get("/account-info/v3/details", headers=headers)).json()
    assert (summer["utcOffset"], summer["utcOffsetMilliseconds"]) == ("+02:00", 7_200_000)
