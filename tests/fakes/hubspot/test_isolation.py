"""Many accounts and many apps in one fake: none sees, changes or is told of another's."""

from typing import Any

import pytest

from fakes.hubspot.state import App, Portal
from tests.fakes.hubspot.webhooks.listening import TARGET
from tests.fakes.hubspot.world import EMAIL, PASSWORD, REDIRECT, SCOPES, World

C = "/crm/v3/objects/contacts"


class Two:
    """Two accounts, each with both of two apps, and the keys of the four installs."""

    def __init__(self, world: World) -> None:
        self.world = world
        here = world.hubspot
        self.portals = (world.portal, here.add_portal(name="Autre"))
        other = here.add_app(name="Other", redirect_urls=[REDIRECT], scopes=SCOPES)
        self.apps = (world.app, other)
        here.add_user(email=EMAIL, password=PASSWORD, portals=[p.id for p in self.portals])
        self.keys: dict[tuple[int, int], dict[str, str]] = {}

    async def install(self) -> None:
        for portal in self.portals:
            for app in self.apps:
                self.world.portal, self.world.app = portal, app
                given = (await self.world.install()).json()
                assert given["hub_id"] == portal.id
                self.keys[portal.id, app.id] = given

    async def call(self, portal: Portal, app: App, method: str, path: str, body: Any = None) -> Any:
        bearer = {"Authorization": f"Bearer {self.keys[portal.id, app.id]['access_token']}"}
        return await self.world.api.request(method, path, json=body, headers=bearer)


@pytest.fixture
async def two(world: World) -> Two:
    found = Two(world)
    await found.install()
    return found


async def test_a_contact_is_its_accounts_alone(two: Two) -> None:
    (one, other), (app, _) = two.portals, two.apps
    person = {"properties": {"email": "a@x.fr", "city": "Lyon"}}
    made = (await two.call(one, app, "POST", C, person)).json()["id"]
    for method, path, body, expected in (
        ("GET", f"{C}/{made}", None, 404),
        ("GET", f"{C}/a@x.fr?idProperty=email", None, 404),
        ("PATCH", f"{C}/{made}", {"properties": {"city": "Nice"}}, 404),
        ("DELETE", f"{C}/{made}", None, 204),
        ("POST", f"{C}/gdpr-delete", {"objectId": made}, 204),
        ("POST", f"{C}/batch/archive", {"inputs": [{"id": made}]}, 204),
    ):
        assert (await two.call(other, app, method, path, body)).status_code == expected
    assert (await two.call(other, app, "POST", f"{C}/search", {})).json()["total"] == 0
    assert (await two.call(other, app, "GET", C)).json()["results"] == []
    kept = (await two.call(one, app, "GET", f"{C}/{made}?properties=city")).json()
    assert kept["properties"]["city"] == "Lyon"
    # The same address is free in the other account.
    assert (await two.call(other, app, "POST", C, person)).status_code == 201


async def test_both_apps_of_an_account_see_the_same_contacts(two: Two) -> None:
    (one, _), (app, other) = two.portals, two.apps
    made = (await two.call(one, app, "POST", C, {"properties": {"lastname": "A"}})).json()["id"]
    changed = await two.call(one, other, "PATCH", f"{C}/{made}", {"properties": {"city": "Lyon"}})
    assert changed.status_code == 200
    seen = await two.call(one, app, "GET", f"{C}/{made}?propertiesWithHistory=city")
    [version] = seen.json()["propertiesWithHistory"]["city"]
    assert version["sourceId"] == str(other.id)


async def test_what_an_app_sets_up_is_its_own(two: Two) -> None:
    app, other = two.apps
    for path in ("/automation/v4/actions/{}", "/webhooks/v3/{}/subscriptions"):
        theirs = path.format(app.id)
        answer = await two.world.api.get(theirs, params={"hapikey": other.developer_key})
        assert answer.status_code == 401
        own = await two.world.api.get(theirs, params={"hapikey": app.developer_key})
        assert own.status_code == 200


async def test_each_app_is_told_of_the_accounts_that_it_is_in(two: Two) -> None:
    (one, other), (app, _) = two.portals, two.apps
    key = {"hapikey": app.developer_key}
    root = f"/webhooks/v3/{app.id}"
    await two.world.api.put(f"{root}/settings", params=key, json={"targetUrl": TARGET})
    wanted = {"eventType": "contact.creation", "active": True}
    await two.world.api.post(f"{root}/subscriptions", params=key, json=wanted)
    gone = await two.call(other, app, "DELETE", "/appinstalls/v3/external-install")
    assert gone.status_code == 204
    for portal in two.portals:
        two.world.hubspot.add_contact(portal.id, {"lastname": "A"})
    await two.world.clock.run_due()
    [[event]] = two.world.backend.bodies()
    assert (event["portalId"], event["appId"]) == (one.id, app.id)


async def test_uninstalling_one_app_from_one_account_leaves_the_other_three(two: Two) -> None:
    (one, other), (app, second) = two.portals, two.apps
    await two.call(one, app, "DELETE", "/appinstalls/v3/external-install")
    alive = {
        (portal.id, each.id): (await two.call(portal, each, "GET", C)).status_code
        for portal in (one, other)
        for each in (app, second)
    }
    assert [status for _, status in sorted(alive.items())] == [401, 200, 200, 200]


async def test_a_refresh_token_is_good_for_its_own_app_only(two: Two) -> None:
    (one, _), (app, other) = two.portals, two.apps
    two.world.app = other
    form = {
        "grant_type": "refresh_token",
        "refresh_token": two.keys[one.id, app.id]["refresh_token"],
    }
    assert (await two.world.token(**form)).json()["status"] == "BAD_REFRESH_TOKEN"
    two.world.app = app
    assert (await two.world.token(**form)).json()["hub_id"] == one.id
