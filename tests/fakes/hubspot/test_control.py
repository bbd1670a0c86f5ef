"""What people do on HubSpot's screens, and what is set up by the control routes beside them."""

import re
from datetime import timedelta

import pytest

from fakes.hubspot.limits.meter import Policy
from fakes.hubspot.limits.records import FaultKind
from tests.fakes.hubspot.world import CONTROL, REDIRECT, World, at


async def test_the_connected_apps_show_who_installed_them(installed: World) -> None:
    [shown] = (await installed.api.get(at(installed, "/connected-apps"))).json()["results"]
    assert shown["name"] == "smsmodeEnvoisMS"
    assert shown["installedBy"] == "camille@client.example"


async def test_uninstalling_on_the_screen_ends_tokens_and_fails_what_runs(
    installed: World,
) -> None:
    await installed.publish_flow(await installed.define_action())
    installed.backend.replies = [(200, {"outputFields": {"hs_execution_state": "BLOCK"}})]
    await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    answer = await installed.api.delete(at(installed, f"/connected-apps/{installed.app.id}"))
    assert answer.status_code == 204
    assert (await installed.api.get("/account-info/v3/details")).status_code == 401
    assert (await installed.only_step())["state"] == "failed"


async def test_after_the_uninstall_the_action_fails_without_a_call(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    await installed.api.delete(at(installed, f"/connected-apps/{installed.app.id}"))
    body = {"properties": {"firstname": "Ada", "city": "Lyon"}}
    await installed.api.post(at(installed, "/contacts"), json=body)
    await installed.clock.run_due()
    assert installed.backend.asked == []
    assert (await installed.only_step())["state"] == "failed"


async def test_a_persons_edit_is_theirs_in_the_history(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    where = at(installed, f"/contacts/{contact}")
    await installed.api.patch(where, json={"properties": {"city": "Lyon"}})
    shown = (await installed.api.get(where)).json()
    [version] = shown["propertiesWithHistory"]["city"]
    assert (version["sourceType"], version["updatedByUserId"]) == ("CRM_UI", 52500001)


async def test_portals_apps_users_and_tokens_are_made_over_http(world: World) -> None:
    portal = await world.api.post(f"{CONTROL}/portals", json={"name": "Deux", "locale": "en"})
    number = portal.json()["portalId"]
    app = await world.api.post(f"{CONTROL}/apps", json={"name": "App", "redirectUrls": [REDIRECT]})
    assert app.json()["clientSecret"]
    user = await world.api.post(
        f"{CONTROL}/users",
        json={"email": "B@x.fr", "password": "p", "portals": [number], "canInstall": False},
    )
    assert user.json()["accounts"] == [{"portalId": number, "canInstall": False}]
    token = (await world.api.post(f"{CONTROL}/portals/{number}/private-tokens")).json()["token"]
    details = await world.api.get(
        "/account-info/v3/details", headers={"Authorization": f"Bearer {token}"}
    )
    assert details.json()["portalId"] == number
    assert len((await world.api.get(f"{CONTROL}/portals")).json()["results"]) == 2


async def test_settings_change_while_it_runs(world: World) -> None:
    answer = await world.api.patch(
        f"{CONTROL}/settings", json={"code_lifetime": 10, "refresh_tokens": "rotate"}
    )
    assert answer.json()["code_lifetime"] == 10
    code = await world.code()
    await world.clock.advance(timedelta(seconds=11))
    expired = await world.token(grant_type="authorization_code", code=code)
    assert expired.json()["status"] == "EXPIRED_AUTH_CODE"


async def test_control_routes_take_json_that_says_it_is_a_form(world: World) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    body = '{"search_delay": 2}'
    answer = await world.api.patch(f"{CONTROL}/settings", content=body, headers=form)
    assert answer.json()["search_delay"] == 2
    private = {**form, **world.private()}
    where = "/crm/v3/objects/contacts/search"
    assert (await world.api.post(where, content="{}", headers=private)).status_code == 415


@pytest.mark.parametrize(
    "changes",
    [
        {"nothing": 1},
        {"code_lifetime": "long"},
        {"code_lifetime": -1},
        {"code_lifetime": True},
        {"access_lifetime": 1e12},
        {"access_lifetime": 1e300},
        {"action_retry_first": 0},
        {"refresh_tokens": "never"},
        {"calls_per_window": 0},
        {"webhook_retries": -1},
        {"timeline_unknown_template": 200},
    ],
)
async def test_a_setting_that_does_not_fit_is_refused(
    world: World, changes: dict[str, object]
) -> None:
    assert (await world.api.patch(f"{CONTROL}/settings", json=changes)).status_code == 400


async def test_a_reset_forgets_what_passed_and_drops_what_was_promised(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    await installed.contact(firstname="Ada", city="Lyon")
    assert (await installed.api.post(f"{CONTROL}/reset")).status_code == 204
    await installed.clock.advance(timedelta(days=4))
    assert installed.backend.asked == []
    (portal,) = (await installed.api.get(f"{CONTROL}/portals")).json()["results"]
    assert (portal["contacts"], portal["apps"]) == (0, [])


async def test_a_reset_leaves_who_is_who_and_lets_the_app_in_again(installed: World) -> None:
    token = (
        await installed.api.post(f"{CONTROL}/portals/{installed.portal.id}/private-tokens")
    ).json()["token"]
    apps = (await installed.api.get(f"{CONTROL}/apps")).json()
    people = (await installed.api.get(f"{CONTROL}/users")).json()
    bearer = {"authorization": f"Bearer {token}"}
    action = await installed.define_action()
    for _ in range(2):
        await installed.publish_flow(action)
        await installed.contact(firstname="Ada")
        assert (await installed.api.post(f"{CONTROL}/reset")).status_code == 204
        assert (await installed.api.get(f"{CONTROL}/apps")).json() == apps
        assert (await installed.api.get(f"{CONTROL}/users")).json() == people
        for path in ("/crm/v3/objects/contacts", "/automation/v4/flows"):
            assert (await installed.api.get(path, headers=bearer)).json()["results"] == []
        await installed.install()


async def test_the_control_routes_are_listed(world: World) -> None:
    listed = (await world.api.get(CONTROL)).json()["results"]
    takes = {line["route"]: line["takes"] for line in listed}
    assert takes[f"POST {CONTROL}/reset"] == "nothing"
    assert "advance_seconds" in takes[f"POST {CONTROL}/clock"]
    assert "redirectUrls" in takes[f"POST {CONTROL}/apps"]
    kinds = takes[f"POST {CONTROL}/faults"]
    assert all(f'"{kind}"' in kinds for kind in (*FaultKind, *Policy))
    silent = [name for name, what in takes.items() if what == "nothing" and "GET" not in name]
    assert all(name.endswith(("/reset", "/private-tokens")) or "DELETE" in name for name in silent)


async def test_the_clock_of_a_fake_that_stands_alone_is_moved_by_hand(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    installed.backend.replies = [(500, b"")] * 100
    await installed.contact(firstname="Ada", city="Lyon")
    for tries in (1, 2, 3):
        await installed.clock.run_due()
        assert len(installed.backend.asked) == tries
        await installed.api.post(f"{CONTROL}/clock", json={"advance_seconds": 120})
    assert (await installed.api.get(f"{CONTROL}/clock")).json() == {"now": "2026-11-23T09:06:00Z"}
    assert (await installed.api.post(f"{CONTROL}/clock", json={})).status_code == 400
    installed.hubspot.hub.skip = None
    away = await installed.api.post(f"{CONTROL}/clock", json={"advance_seconds": 120})
    assert away.status_code == 409


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Un HubSpot sur cette machine"), ("en", "A HubSpot on this")]
)
async def test_the_bare_address_leads_people_on(world: World, language: str, title: str) -> None:
    page = await world.api.get("/", headers={"accept-language": language})
    assert page.status_code == 200
    assert title in page.text
    links = set(re.findall(r'href="(/[^"]+)"', page.text)) - {"/?lang=fr", "/?lang=en"}
    assert len(links) == 6
    assert {(await world.api.get(link)).status_code for link in links} == {200}


async def test_the_home_page_leads_to_the_cards_of_the_newest_contacts(installed: World) -> None:
    contacts = [await installed.contact(email=f"{number}@x.fr") for number in range(12)]
    page = await installed.api.get("/")
    assert at(installed, f"/contacts/{contacts[-1]}/cards/page") in page.text
    assert page.text.count("/cards/page") == 10


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://app.example/back", 201),
        ("http://localhost:3000/back", 201),
        ("http://127.0.0.1:4103/back", 201),
        ("http://app.example/back", 400),
        ("https://192.0.2.1/back", 400),
        ("ftp://localhost/back", 400),
        ("back", 400),
    ],
)
async def test_an_apps_redirect_address_is_https_or_of_this_machine(
    world: World, url: str, status: int
) -> None:
    body = {"name": "Other", "redirectUrls": [url]}
    assert (await world.api.post(f"{CONTROL}/apps", json=body)).status_code == status
