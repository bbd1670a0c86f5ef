"""The page of connected apps: who installed what, and taking an app out by its name."""

import httpx
import pytest

from tests.fakes.hubspot.world import PASSWORD, World, csrf_in


def page_of(world: World) -> str:
    return f"/connected-apps/{world.portal.id}/installed"


async def take_out(world: World, **changed: str) -> httpx.Response:
    page = await world.browser.get(page_of(world))
    form = {"csrf": csrf_in(page.text), "app": str(world.app.id), "name": world.app.name}
    return await world.browser.post(page_of(world), data={**form, **changed})


async def test_without_a_session_the_page_asks_to_sign_in(world: World) -> None:
    page = await world.browser.get(page_of(world))
    assert "Se souvenir de moi" in page.text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ["Applications connectées", "Créer des événements chronologiques"]),
        ("en", ["Connected apps", "Create timeline events"]),
    ],
)
async def test_the_page_tells_of_each_app_by_whom_since_when_and_what_for(
    installed: World, lang: str, words: list[str]
) -> None:
    page = await installed.browser.get(page_of(installed), params={"lang": lang})
    told = [*words, installed.app.name, "smsmode", "camille@client.example", "2026-11-23 10:00"]
    assert [one for one in told if one not in page.text] == []


async def test_an_app_is_uninstalled_by_typing_its_name(installed: World) -> None:
    wrong = await take_out(installed, name="another")
    assert wrong.status_code == 400
    assert "Le nom saisi" in wrong.text
    assert installed.app.id in installed.portal.installs
    gone = await take_out(installed)
    assert gone.status_code == 303
    page = await installed.browser.get(gone.headers["location"])
    assert "Aucune application" in page.text
    assert (await installed.api.get("/account-info/v3/details")).status_code == 401


async def test_a_forged_form_uninstalls_nothing(installed: World) -> None:
    assert (await take_out(installed, csrf="guess")).status_code == 403
    assert installed.app.id in installed.portal.installs


async def test_who_may_not_install_may_not_uninstall(installed: World) -> None:
    person = {"email": "stagiaire@client.example", "password": PASSWORD}
    installed.hubspot.add_user(**person, portals=[installed.portal.id], can_install=False)
    await installed.sign_in(**person)
    assert (await take_out(installed)).status_code == 403
    other = installed.hubspot.add_portal(name="Autre")
    page = await installed.browser.get(f"/connected-apps/{other.id}/installed")
    assert page.status_code == 403


async def test_an_app_whose_developer_is_not_named_is_published_under_its_own_name(
    installed: World,
) -> None:
    app = {"name": "My app", "redirectUrls": ["http://localhost:3000/callback"], "scopes": []}
    made = await installed.api.post("/_control/hubspot/apps", json=app)
    assert made.json()["developer"] == "My app"
