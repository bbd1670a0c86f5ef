"""What ends a token: a revocation, an uninstall, an install anew, and what none of them ends."""

import pytest

from fakes.hubspot.choices import AfterUninstall
from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import World

DETAILS = "/account-info/v3/details"


async def test_revoking_ends_refreshing_but_not_the_access_token(installed: World) -> None:
    revoked = await installed.token("/oauth/v3/token/revoke", token=installed.refresh_token)
    assert (revoked.status_code, revoked.content) == (200, b"")
    refreshed = await installed.token(
        grant_type="refresh_token", refresh_token=installed.refresh_token
    )
    assert refreshed.json()["status"] == "BAD_REFRESH_TOKEN"
    assert (await installed.api.get(DETAILS)).status_code == 200


async def test_deleting_the_refresh_token_leaves_the_app_connected(installed: World) -> None:
    answer = await installed.api.delete(f"/oauth/v1/refresh-tokens/{installed.refresh_token}")
    assert answer.status_code == 204
    assert installed.app.id in installed.portal.installs


async def test_the_app_is_connected_only_after_the_exchange(world: World) -> None:
    code = await world.code()
    assert world.portal.installs == {}
    await world.token(grant_type="authorization_code", code=code)
    assert world.app.id in world.portal.installs


async def test_installing_again_gives_a_new_refresh_token_beside_the_old(
    installed: World,
) -> None:
    before = installed.refresh_token
    await installed.install()
    assert installed.refresh_token != before
    for token in (before, installed.refresh_token):
        answer = await installed.token(grant_type="refresh_token", refresh_token=token)
        assert answer.json()["refresh_token"] == token


async def test_installing_again_may_end_the_old_refresh_token() -> None:
    async with World(Settings(reinstall_ends_refresh_token=True)) as world:
        await world.install()
        before = world.refresh_token
        await world.install()
        old = await world.token(grant_type="refresh_token", refresh_token=before)
    assert old.json()["status"] == "BAD_REFRESH_TOKEN"


async def test_an_uninstall_ends_what_every_earlier_install_was_given(installed: World) -> None:
    before = installed.refresh_token
    await installed.install()
    old = await installed.token(grant_type="refresh_token", refresh_token=before)
    bearer = {"Authorization": f"Bearer {old.json()['access_token']}"}
    assert (await installed.api.get(DETAILS, headers=bearer)).status_code == 200
    await installed.api.delete("/appinstalls/v3/external-install")
    assert (await installed.api.get(DETAILS, headers=bearer)).status_code == 401
    for token in (before, installed.refresh_token):
        answer = await installed.token(grant_type="refresh_token", refresh_token=token)
        assert answer.json()["status"] == "BAD_REFRESH_TOKEN"


@pytest.mark.parametrize("edition", ["v3", "2026-03"])
async def test_an_app_that_uninstalls_itself_loses_every_token(
    installed: World, edition: str
) -> None:
    answer = await installed.api.delete(f"/appinstalls/{edition}/external-install")
    assert answer.status_code == 204
    assert (await installed.api.get(DETAILS)).status_code == 401
    old = await installed.token(grant_type="refresh_token", refresh_token=installed.refresh_token)
    assert old.json()["status"] == "BAD_REFRESH_TOKEN"


async def test_with_grace_an_access_token_survives_the_uninstall_until_its_end() -> None:
    async with World(Settings(after_uninstall=AfterUninstall.GRACE)) as world:
        await world.install()
        await world.api.delete("/appinstalls/v3/external-install")
        assert (await world.api.get(DETAILS)).status_code == 200
