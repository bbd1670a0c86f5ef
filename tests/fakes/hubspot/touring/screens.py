"""The routes of people and of the control plane, and those by which an app leaves."""

from tests.fakes.hubspot.touring.traveller import Traveller, before
from tests.fakes.hubspot.world import REDIRECT, csrf_in


async def pages_and_tokens(by: Traveller) -> None:
    world, browser = by.world, by.world.browser
    asked = world.asking()
    consent = f"/oauth/{world.portal.id}/authorize"
    for path in ("/", "/login"):
        await by.go("GET", path, client=browser)
    form = {"email": "camille@client.example", "password": "Correct-Horse-42", "next": "/login"}
    await by.go("POST", "/login", client=browser, data=form)
    await by.go("GET", "/oauth/authorize", client=browser, params=asked)
    page = await by.go("GET", consent, client=browser, params=asked)
    decision = {"csrf": csrf_in(page.text), "decision": "connect"}
    await by.go("POST", consent, client=browser, params=asked, data=decision)
    keys = {"client_id": world.app.client_id, "client_secret": world.app.client_secret}
    refresh = {**keys, "grant_type": "refresh_token", "refresh_token": world.refresh_token}
    answers = [
        await by.go("POST", f"{root}/token", data=refresh) for root in before("POST", "/token")
    ]
    token = {**keys, "token": answers[-1].json()["access_token"]}
    await by.go("GET", f"/oauth/v1/access-tokens/{token['token']}")
    await by.go("GET", f"/oauth/v1/refresh-tokens/{world.refresh_token}")
    for root in before("POST", "/token/introspect"):
        await by.go("POST", f"{root}/token/introspect", data=token)
    for root in before("GET", "/details"):
        await by.go("GET", f"{root}/details")
        await by.go("GET", f"{root}/api-usage/daily/private-apps")


async def screens(by: Traveller) -> None:
    where = f"{by.portal}/contacts"
    made = await by.go("POST", where, {"properties": {"email": "screen@x.fr"}})
    one = f"{where}/{made.json()['id']}"
    await by.go("PATCH", one, {"properties": {"city": "Lyon"}})
    await by.go("GET", one)
    await by.go("GET", where)
    await by.go("POST", f"{one}/marketing", {"value": True})
    await by.go("POST", f"{one}/events", {"eventTypeId": "4-1639801"})
    await by.world.api.delete(f"/crm/v3/objects/contacts/{made.json()['id']}")
    await by.go("POST", f"{one}/restore")
    apps = f"{by.portal}/connected-apps"
    await by.go("GET", apps)
    await by.go("POST", f"{apps}/{by.world.app.id}/marketing", {"value": True})
    await by.go("GET", f"{by.portal}/enrollments")
    number = await by.world.publish_flow(await by.world.define_action())
    await by.go("POST", f"{by.portal}/flows/{number}/enabled", {"value": False})


async def editor(by: Traveller) -> None:
    world = by.world
    url = {
        "name": "modele",
        "type": "enumeration",
        "fieldType": "select",
        "optionsUrl": REDIRECT,
    }
    field = {"typeDefinition": url, "supportedValueTypes": ["STATIC_VALUE"]}
    number = await world.define_action(
        inputFields=[field], labels={"en": {"actionName": "S"}}, executionRules=[]
    )
    path = f"{by.portal}/actions/{number}"
    choice = {"label": "Été", "value": "1", "description": "d"}
    world.backend.replies = [(200, {"options": [choice], "after": "2", "searchable": True})]
    await by.go("POST", f"{path}/options", {"field": "modele"})
    contact = await world.contact(firstname="Ada")
    await by.go("POST", f"{path}/test", {"contactId": contact})
    world.app.fetch_urls = ("https://app.example/backend",)
    fetch = {"url": "https://app.example/backend/sms"}
    await by.go("POST", f"{by.portal}/apps/{world.app.id}/fetch", fetch)


async def rest(by: Traveller) -> None:
    root = "/_control/hubspot"
    for path in ("", "/portals", "/users", "/apps", "/settings", "/ledger", "/ledger/page"):
        await by.go("GET", f"{root}{path}")
    for name in before("GET", "/{ownerId}"):
        owners = (await by.whole("GET", name)).json()["results"]
        one = f"{name}/{owners[0]['id']}"
        await by.whole("GET", one)
    await by.go("GET", f"{root}/journal")
    await by.go("GET", f"{root}/calls")
    await by.go("GET", f"{root}/clock")
    await by.go("POST", f"{root}/clock", {"advance_seconds": 1})
    await by.go("POST", f"{root}/portals", {"name": "Deux"})
    await by.go("POST", f"{by.portal}/private-tokens")
    person = {"email": "b@x.fr", "password": "p", "portals": [by.world.portal.id]}
    await by.go("POST", f"{root}/users", person)
    await by.go("POST", f"{root}/apps", {"name": "App", "redirectUrls": [REDIRECT]})
    await by.go("PATCH", f"{root}/apps/{by.world.app.id}", {"developer": "D"})
    await by.go("PATCH", f"{root}/settings", {"search_delay": 1})
    await by.go("POST", f"{root}/faults", {"kind": "ERROR", "path": "/nowhere"})
    await by.go("GET", f"{root}/faults")
    await by.go("DELETE", f"{root}/faults")


async def ends(by: Traveller) -> None:
    """Uninstall by each way, and forget everything last."""
    world = by.world
    keys = {"client_id": world.app.client_id, "client_secret": world.app.client_secret}
    await by.go("DELETE", f"/oauth/v1/refresh-tokens/{world.refresh_token}")
    for root in before("POST", "/token/revoke"):
        await world.install()
        token = {**keys, "token": world.refresh_token, "token_type_hint": "refresh_token"}
        await by.go("POST", f"{root}/token/revoke", data=token)
    for root in before("DELETE", "/external-install"):
        await world.install()
        await by.go("DELETE", f"{root}/external-install")
    await world.install()
    await by.go("DELETE", f"{by.portal}/connected-apps/{world.app.id}")
    await world.install()
    connected = f"/connected-apps/{world.portal.id}/installed"
    page = await by.go("GET", connected, client=world.browser)
    form = {"csrf": csrf_in(page.text), "app": str(world.app.id), "name": world.app.name}
    await by.go("POST", connected, client=world.browser, data=form)
    await by.go("POST", "/_control/hubspot/reset")
