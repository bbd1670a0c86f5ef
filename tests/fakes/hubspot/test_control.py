"""What people do on HubSpot's screens, unknown routes, and what the journal keeps."""

import re
from datetime import timedelta
from typing import Any

import pytest

from fakes.hubspot.settings import MarketingEnds, Settings
from tests.fakes.hubspot.world import REDIRECT, World

ROOT = "/_control/hubspot"
TOLD = ("status", "until_renewal")


def at(world: World, path: str) -> str:
    return f"{ROOT}/portals/{world.portal.id}{path}"


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


async def test_a_person_makes_a_contact_a_marketing_contact(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    answer = await installed.api.post(
        at(installed, f"/contacts/{contact}/marketing"), json={"value": True}
    )
    assert answer.json()["properties"]["hs_marketable_status"] == "true"


async def test_a_marketing_contact_ceases_to_be_one_when_the_next_month_begins(
    installed: World,
) -> None:
    contact = await installed.contact(email="a@x.fr")

    async def after(wait: timedelta = timedelta(), *, value: bool | None = None) -> Any:
        if value is not None:
            where = at(installed, f"/contacts/{contact}/marketing")
            await installed.api.post(where, json={"value": value})
        await installed.clock.advance(wait)
        held = (await installed.api.get(at(installed, f"/contacts/{contact}"))).json()
        return tuple(held["properties"][f"hs_marketable_{name}"] for name in TOLD)

    assert await after(value=True) == ("true", "false")
    assert await after(value=False) == ("true", "true")
    assert await after(timedelta(days=8), value=True) == ("true", "false")
    assert await after(timedelta(days=20), value=False) == ("true", "true")
    assert await after(timedelta(days=20)) == ("false", "false")


async def test_a_marketing_contact_may_cease_to_be_one_at_once() -> None:
    async with World(Settings(marketing_ends=MarketingEnds.AT_ONCE)) as world:
        await world.install()
        contact = await world.contact(email="a@x.fr")
        where = at(world, f"/contacts/{contact}/marketing")
        for value, status in ((True, "true"), (False, "false")):
            answer = await world.api.post(where, json={"value": value})
            assert answer.json()["properties"]["hs_marketable_status"] == status


@pytest.mark.parametrize(
    ("kind", "ending", "reason"),
    [("MARKETABLE", "false", "WORKFLOW"), ("NON_MARKETABLE", "true", "USER_SET")],
)
async def test_a_workflow_changes_the_marketing_status(
    installed: World, kind: str, ending: str, reason: str
) -> None:
    action = {
        "type": "SINGLE_CONNECTION",
        "actionId": "1",
        "actionTypeId": "0-31",
        "actionTypeVersion": 0,
        "fields": {"marketableType": kind},
    }
    await installed.publish_flow("1", actions=[action])
    contact = await installed.contact(firstname="Ada")
    where = at(installed, f"/contacts/{contact}")
    if kind == "NON_MARKETABLE":
        await installed.api.post(f"{where}/marketing", json={"value": True})
    await installed.api.patch(where, json={"properties": {"city": "Lyon"}})
    await installed.clock.run_due()
    held = (await installed.api.get(where)).json()["properties"]
    assert held["hs_marketable_status"] == "true"
    assert held["hs_marketable_until_renewal"] == ending
    assert held["hs_marketable_reason_type"] == reason


async def test_contacts_that_a_marketing_app_makes_are_marketing_contacts(
    installed: World,
) -> None:
    where = at(installed, f"/connected-apps/{installed.app.id}/marketing")
    for value, status in ((True, "true"), (False, "false")):
        assert (await installed.api.post(where, json={"value": value})).status_code == 200
        made = {"properties": {"email": f"{status}@x.fr"}}
        held = (await installed.api.post("/crm/v3/objects/contacts", json=made)).json()
        assert held["properties"]["hs_marketable_status"] == status


async def test_a_persons_edit_is_theirs_in_the_history(installed: World) -> None:
    contact = await installed.contact(email="a@x.fr")
    where = at(installed, f"/contacts/{contact}")
    await installed.api.patch(where, json={"properties": {"city": "Lyon"}})
    shown = (await installed.api.get(where)).json()
    [version] = shown["propertiesWithHistory"]["city"]
    assert (version["sourceType"], version["updatedByUserId"]) == ("CRM_UI", 52500001)


async def test_portals_apps_users_and_tokens_are_made_over_http(world: World) -> None:
    portal = await world.api.post(f"{ROOT}/portals", json={"name": "Deux", "locale": "en"})
    number = portal.json()["portalId"]
    app = await world.api.post(f"{ROOT}/apps", json={"name": "App", "redirectUrls": [REDIRECT]})
    assert app.json()["clientSecret"]
    user = await world.api.post(
        f"{ROOT}/users",
        json={"email": "B@x.fr", "password": "p", "portals": [number], "canInstall": False},
    )
    assert user.json()["accounts"] == [{"portalId": number, "canInstall": False}]
    token = (await world.api.post(f"{ROOT}/portals/{number}/private-tokens")).json()["token"]
    details = await world.api.get(
        "/account-info/v3/details", headers={"Authorization": f"Bearer {token}"}
    )
    assert details.json()["portalId"] == number
    assert len((await world.api.get(f"{ROOT}/portals")).json()["results"]) == 2


async def test_settings_change_while_it_runs(world: World) -> None:
    answer = await world.api.patch(
        f"{ROOT}/settings", json={"code_lifetime": 10, "refresh_tokens": "rotate"}
    )
    assert answer.json()["code_lifetime"] == 10
    code = await world.code()
    await world.clock.advance(timedelta(seconds=11))
    expired = await world.token(grant_type="authorization_code", code=code)
    assert expired.json()["status"] == "EXPIRED_AUTH_CODE"


async def test_control_routes_take_json_that_says_it_is_a_form(world: World) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    body = '{"search_delay": 2}'
    answer = await world.api.patch(f"{ROOT}/settings", content=body, headers=form)
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
    assert (await world.api.patch(f"{ROOT}/settings", json=changes)).status_code == 400


async def test_a_reset_forgets_what_passed_and_drops_what_was_promised(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    await installed.contact(firstname="Ada", city="Lyon")
    assert (await installed.api.post(f"{ROOT}/reset")).status_code == 204
    await installed.clock.advance(timedelta(days=4))
    assert installed.backend.asked == []
    (portal,) = (await installed.api.get(f"{ROOT}/portals")).json()["results"]
    assert (portal["contacts"], portal["apps"]) == (0, [])


async def test_a_reset_leaves_who_is_who_and_lets_the_app_in_again(installed: World) -> None:
    token = (
        await installed.api.post(f"{ROOT}/portals/{installed.portal.id}/private-tokens")
    ).json()["token"]
    apps = (await installed.api.get(f"{ROOT}/apps")).json()
    people = (await installed.api.get(f"{ROOT}/users")).json()
    bearer = {"authorization": f"Bearer {token}"}
    action = await installed.define_action()
    for _ in range(2):
        await installed.publish_flow(action)
        await installed.contact(firstname="Ada")
        assert (await installed.api.post(f"{ROOT}/reset")).status_code == 204
        assert (await installed.api.get(f"{ROOT}/apps")).json() == apps
        assert (await installed.api.get(f"{ROOT}/users")).json() == people
        for path in ("/crm/v3/objects/contacts", "/automation/v4/flows"):
            assert (await installed.api.get(path, headers=bearer)).json()["results"] == []
        await installed.install()


async def test_the_control_routes_are_listed(world: World) -> None:
    listed = (await world.api.get(ROOT)).json()["results"]
    takes = {line["route"]: line["takes"] for line in listed}
    assert takes[f"POST {ROOT}/reset"] == "nothing"
    assert "advance_seconds" in takes[f"POST {ROOT}/clock"]
    assert "redirectUrls" in takes[f"POST {ROOT}/apps"]
    silent = [name for name, what in takes.items() if what == "nothing" and "GET" not in name]
    assert all(name.endswith(("/reset", "/private-tokens")) or "DELETE" in name for name in silent)


async def test_an_unknown_route_is_a_404_page_and_names_the_nearest_in_the_journal(
    world: World,
) -> None:
    answer = await world.api.get("/crm/v3/object/contacts")
    assert (answer.status_code, answer.headers["content-type"][:9]) == (404, "text/html")
    [event] = world.events("route.unknown")
    assert event["nearest"] == "GET /crm/v3/objects/contacts"


async def test_the_journal_is_read_by_kind_and_from_where_one_was(world: World) -> None:
    await world.api.get("/crm/v3/object/contacts")
    await world.api.get("/crm/v3/objects/deals")
    where, kind = f"{ROOT}/journal", {"kind": "route."}
    first, second = (await world.api.get(where, params=kind)).json()["results"]
    assert (first["kind"], first["nearest"]) == ("route.unknown", "GET /crm/v3/objects/contacts")
    later = await world.api.get(where, params={**kind, "after": first["seq"]})
    assert later.json()["results"] == [second]
    newest = await world.api.get(where, params={**kind, "limit": 1, "order": "newest-first"})
    after = str(second["seq"])
    assert newest.json() == {"results": [second], "paging": {"next": {"after": after}}}
    refused = await world.api.get(where, params={"since": 1})
    assert refused.status_code == 400
    assert "after, kind, limit, order" in refused.json()["message"]


async def test_the_clock_of_a_fake_that_stands_alone_is_moved_by_hand(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    installed.backend.replies = [(500, b"")] * 100
    await installed.contact(firstname="Ada", city="Lyon")
    for tries in (1, 2, 3):
        await installed.clock.run_due()
        assert len(installed.backend.asked) == tries
        await installed.api.post(f"{ROOT}/clock", json={"advance_seconds": 120})
    assert (await installed.api.get(f"{ROOT}/clock")).json() == {"now": "2026-11-23T09:06:00Z"}
    assert (await installed.api.post(f"{ROOT}/clock", json={})).status_code == 400
    installed.hubspot.hub.skip = None
    away = await installed.api.post(f"{ROOT}/clock", json={"advance_seconds": 120})
    assert away.status_code == 409


async def test_a_wrong_method_is_a_405(world: World) -> None:
    answer = await world.api.put("/crm/v3/objects/contacts")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]


async def test_the_journal_links_an_enrolment_to_its_execution(installed: World) -> None:
    await installed.publish_flow(await installed.define_action())
    contact = await installed.contact(firstname="Ada", city="Lyon")
    await installed.clock.run_due()
    [enrolled] = installed.events("contact.enrolled")
    [attempted] = installed.events("action.attempted")
    assert enrolled["contactId"] == attempted["contactId"] == int(contact)
    assert enrolled["enrollmentId"] == attempted["enrollmentId"]
    assert attempted["callbackId"] == installed.backend.bodies()[0]["callbackId"]
    assert [e["appId"] for e in installed.events("app.installed")] == [installed.app.id]


async def test_two_runs_of_one_seed_write_the_same_journal() -> None:
    digests = set()
    for _ in range(2):
        async with World(seed=11) as world:
            await world.install()
            await world.publish_flow(await world.define_action())
            await world.contact(firstname="Ada", city="Lyon")
            await world.clock.run_due()
            digests.add(world.journal.digest())
    assert len(digests) == 1


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
    assert (await world.api.post(f"{ROOT}/apps", json=body)).status_code == status
