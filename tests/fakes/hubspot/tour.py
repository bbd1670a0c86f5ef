"""A tour of the fake: every route is called once, as who may call it calls it."""

from typing import Any

import httpx

from fakes.hubspot.answering import NO_JSON
from fakes.hubspot.app import TABLE
from tests.fakes.hubspot.automation.bodies import action, flow
from tests.fakes.hubspot.cards.bodies import CARD, V1
from tests.fakes.hubspot.test_timeline import TEMPLATE
from tests.fakes.hubspot.world import (
    ACTION_URL,
    REDIRECT,
    World,
    csrf_in,
    definition,
    triggered_by,
)


def before(method: str, end: str) -> list[str]:
    """Return what stands before ``end`` in the paths of ``method`` that end so: each edition."""
    return [
        route.path.removesuffix(end)
        for route in TABLE.routes
        if route.is_built and route.method == method and route.path.endswith(end)
    ]


LYON = triggered_by("city", "Lyon")["listFilterBranch"]
BLOCK = {"outputFields": {"hs_execution_state": "BLOCK"}}


class Tour:
    """Who goes round, and where they have been.

    Args:
        world: An installed app, without limits; its client holds each answer to its schema.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.seen: set[tuple[str, str]] = set()
        self.answers: dict[str, Any] = {}
        self._developer = {"hapikey": world.app.developer_key}
        self._private = world.private()
        self._portal = f"/_control/hubspot/portals/{world.portal.id}"

    async def go(self, method: str, path: str, body: Any = None, **how: Any) -> httpx.Response:
        """Call a route, which must not refuse, and remember it."""
        sent = {} if body is None else {"json": body}
        client: httpx.AsyncClient = how.pop("client", self.world.api)
        answer = await client.request(method, path, **sent, **how)
        assert answer.status_code < 400, f"{method} {path}: {answer.status_code} {answer.text}"
        route = TABLE.match(method, answer.request.url.path).route
        assert route is not None
        is_json = "json" in answer.headers.get("content-type", "")
        assert is_json is (route.answers != NO_JSON), f"{method} {path} answers {answer.headers}"
        if is_json:
            self.answers[route.answers] = answer.json()
        self.seen.add((route.method, route.path))
        return answer

    async def develop(self, method: str, path: str, body: Any = None, **how: Any) -> Any:
        """Call a route as the app's developer, and return its JSON, if any."""
        answer = await self.go(method, path, body, params=self._developer, **how)
        return answer.json() if answer.content else None

    async def _whole(self, method: str, path: str, body: Any = None, **how: Any) -> httpx.Response:
        """Call a route with the token of a private app, which may do everything."""
        return await self.go(method, path, body, headers=self._private, **how)

    async def everywhere(self) -> None:
        """Call every route."""
        app = self.world.app.id
        await self._pages_and_tokens()
        for visit, where in (
            (self._contacts, before("POST", "/gdpr-delete")),
            (self._properties, before("GET", "/groups")),
            (self._lists, before("PUT", "/{listId}/restore")),
            (self._definitions, before("GET", "/{definitionId}/revisions")),
            (self._flows, before("GET", "/flows/email-campaigns")),
            (self._callbacks, before("POST", "/{callbackId}/complete")),
            (self._webhooks, before("GET", "/subscriptions")),
            (self._timeline, before("GET", "/events/{templateId}/{eventId}/detail")),
            (self._cards, before("POST", "/views/migrate")),
        ):
            for root in where:
                await visit(root.format(appId=app))
        for root in before("GET", "/sample-response"):
            await self.go("GET", f"{root}/sample-response")
        for root in before("POST", "/types/projects"):
            await self._app_events(root)
        await self._screens()
        await self._editor()
        await self._rest()
        await self._ends()

    async def _pages_and_tokens(self) -> None:
        world, browser = self.world, self.world.browser
        asked = world.asking()
        consent = f"/oauth/{world.portal.id}/authorize"
        for path in ("/", "/login"):
            await self.go("GET", path, client=browser)
        form = {"email": "camille@client.example", "password": "Correct-Horse-42", "next": "/login"}
        await self.go("POST", "/login", client=browser, data=form)
        await self.go("GET", "/oauth/authorize", client=browser, params=asked)
        page = await self.go("GET", consent, client=browser, params=asked)
        decision = {"csrf": csrf_in(page.text), "decision": "connect"}
        await self.go("POST", consent, client=browser, params=asked, data=decision)
        keys = {"client_id": world.app.client_id, "client_secret": world.app.client_secret}
        refresh = {**keys, "grant_type": "refresh_token", "refresh_token": world.refresh_token}
        answers = [
            await self.go("POST", f"{root}/token", data=refresh)
            for root in before("POST", "/token")
        ]
        token = {**keys, "token": answers[-1].json()["access_token"]}
        await self.go("GET", f"/oauth/v1/access-tokens/{token['token']}")
        await self.go("GET", f"/oauth/v1/refresh-tokens/{world.refresh_token}")
        for root in before("POST", "/token/introspect"):
            await self.go("POST", f"{root}/token/introspect", data=token)
        for root in before("GET", "/details"):
            await self.go("GET", f"{root}/details")
            await self.go("GET", f"{root}/api-usage/daily/private-apps")

    async def _contacts(self, root: str) -> None:
        mail = f"{root[1:].replace('/', '.')}@x.fr"
        made = await self.go("POST", root, {"properties": {"email": mail, "city": "Lyon"}})
        one = f"{root}/{made.json()['id']}"
        await self.go("PATCH", one, {"properties": {"city": "Nice"}})
        await self.go("GET", one, params={"propertiesWithHistory": "city"})
        await self.go("GET", root, params={"limit": "1"})
        inputs: list[Any] = [{"properties": {"email": f"{n}{mail}"}} for n in range(3)]
        many = await self.go("POST", f"{root}/batch/create", {"inputs": inputs})
        ids = [{"id": one["id"]} for one in many.json()["results"]]
        change = {"properties": {"city": "Nice"}}
        fresh = {**change, "id": f"new{mail}", "idProperty": "email"}
        for verb, inputs in (
            ("read", [ids[0], {"id": "999"}]),
            ("update", [{**ids[0], **change}, {"id": "999", **change}]),
            ("upsert", [fresh]),
        ):
            asked = {"properties": ["city"], "propertiesWithHistory": []} if verb == "read" else {}
            await self.go("POST", f"{root}/batch/{verb}", {"inputs": inputs, **asked})
        await self.go("POST", f"{root}/search", {"query": mail, "limit": 1})
        merged = {"primaryObjectId": ids[0]["id"], "objectIdToMerge": ids[1]["id"]}
        await self.go("POST", f"{root}/merge", merged)
        await self.go("POST", f"{root}/batch/archive", {"inputs": ids[2:]})
        await self.go("POST", f"{root}/gdpr-delete", {"objectId": made.json()["id"]})
        last = await self.world.contact(email=f"last{mail}")
        await self.go("DELETE", f"{root}/{last}")

    async def _properties(self, root: str) -> None:
        group, name = {"name": "sms", "label": "SMS"}, "score"
        await self.go("POST", f"{root}/groups", group)
        await self.go("PATCH", f"{root}/groups/sms", {"label": "Textos"})
        await self.go("GET", f"{root}/groups/sms")
        await self.go("GET", f"{root}/groups")
        body = {"name": name, "label": "S", "groupName": "sms", "type": "number"}
        body["fieldType"] = "number"
        await self.go("POST", root, body)
        await self.go("PATCH", f"{root}/{name}", {"label": "Score"})
        await self.go("GET", f"{root}/{name}")
        await self.go("GET", root)
        await self.go("DELETE", f"{root}/{name}")
        many = [{**body, "name": "rank"}, {**body, "name": "Rank of"}]
        await self.go("POST", f"{root}/batch/create", {"inputs": many})
        named = {"inputs": [{"name": "rank"}, {"name": "nothing"}], "archived": False}
        await self.go("POST", f"{root}/batch/read", named)
        await self.go("POST", f"{root}/batch/archive", {"inputs": [{"name": "rank"}]})
        await self.go("DELETE", f"{root}/groups/sms")

    async def _lists(self, root: str) -> None:
        first, second = [await self.world.contact(firstname=name) for name in ("Ada", "Grace")]
        body = {"name": root, "objectTypeId": "0-1", "processingType": "MANUAL"}
        one = f"{root}/{(await self._whole('POST', root, body)).json()['list']['listId']}"
        await self._whole("GET", one)
        await self._whole("PUT", f"{one}/memberships/add", [first, "1"])
        change = {"recordIdsToAdd": [second], "recordIdsToRemove": []}
        await self._whole("PUT", f"{one}/memberships/add-and-remove", change)
        await self._whole("GET", f"{one}/memberships", params={"limit": "1"})
        await self._whole("GET", f"{root}/records/0-1/{first}/memberships")
        await self._whole("PUT", f"{one}/memberships/remove", [first])
        await self._whole("DELETE", f"{one}/memberships")
        await self._whole("PUT", f"{one}/update-list-name", params={"listName": "Renamed"})
        await self._whole("GET", f"{root}/object-type-id/0-1/name/Renamed")
        await self._whole("GET", root, params={"listIds": one.rpartition("/")[2]})
        await self._whole("POST", f"{root}/search", {"query": "re"})
        await self._whole("DELETE", one)
        await self._whole("PUT", f"{one}/restore")
        body = {**body, "processingType": "DYNAMIC", "filterBranch": LYON}
        made = (await self._whole("POST", root, {**body, "name": "Active"})).json()["list"]
        filters = f"{root}/{made['listId']}/update-list-filters"
        await self._whole("PUT", filters, {"filterBranch": LYON})
        await self._whole("DELETE", f"{root}/{made['listId']}")
        await self._whole("DELETE", one)

    async def _definitions(self, root: str) -> None:
        first = await self.develop("POST", root, definition())
        one = f"{root}/{first['id']}"
        await self.develop("PATCH", one, {"published": False})
        await self.develop("GET", one)
        await self.develop("GET", f"{one}/revisions")
        await self.develop("GET", f"{one}/revisions/1")
        text = {"content": "return 1;", "headers": {"content-type": "text/plain"}}
        for function in ("PRE_ACTION_EXECUTION", "PRE_FETCH_OPTIONS/texte"):
            await self.develop("PUT", f"{one}/functions/{function}", **text)
            await self.develop("GET", f"{one}/functions/{function}")
            await self.develop("GET", f"{one}/functions")
            await self.develop("DELETE", f"{one}/functions/{function}")
        await self.develop("POST", f"{one}/requires-object", {"requiresObject": True})
        await self.develop("GET", f"{one}/requires-object")
        await self.develop("DELETE", one)
        await self.go("GET", root, params={**self._developer, "archived": "true"})

    async def _flows(self, root: str) -> None:
        mail = action("1", "0-4", content_id="77")
        made = (await self.go("POST", f"{root}/flows", flow(mail))).json()
        one, number = f"{root}/flows/{made['id']}", made["id"]
        await self.go("GET", one)
        await self.go("PUT", one, {**made, "name": "Renamed"})
        await self.go("GET", f"{root}/flows", params={"limit": "1"})
        await self.go("GET", f"{root}/flows/email-campaigns")
        await self.go("GET", f"{root}/flows/performance/{number}")
        await self.go("POST", f"{root}/flows/batch/read", {"inputs": [{"flowId": number}]})
        wanted = {"inputs": [{"type": "FLOW_ID", "flowId": number}]}
        mapped = await self.go("POST", f"{root}/workflow-id-mappings/batch/read", wanted)
        legacy = mapped.json()["results"][0]["workflowId"]
        mail_address = f"{number}@flow.fr"
        await self.world.contact(email=mail_address)
        by_hand = f"/automation/v2/workflows/{legacy}/enrollments/contacts/{mail_address}"
        await self.go("POST", by_hand)
        await self.go("DELETE", by_hand)
        if "beta" in root:
            await self.go("GET", f"{one}/revisions/1")
            await self.go("GET", f"{root}/action-types")
        await self.go("DELETE", one)

    async def _callbacks(self, root: str) -> None:
        blocked = [await self._blocked() for _ in range(2)]
        outputs = {"outputFields": {"hs_execution_state": "SUCCESS"}}
        await self.go("POST", f"{root}/{blocked[0]}/complete", outputs)
        many = {"inputs": [{"callbackId": blocked[1], **outputs}]}
        await self.go("POST", f"{root}/complete", many)

    async def _blocked(self) -> str:
        """Return the callback of an execution that waits."""
        world = self.world
        number = await world.publish_flow(await world.define_action())
        contact = await world.contact(firstname="Ada")
        world.backend.replies = [(200, BLOCK)]
        path = f"{self._portal}/flows/{number}"
        await self.go("POST", f"{path}/enroll", {"contactId": contact})
        await world.clock.run_due()
        callback = world.backend.bodies()[-1]["callbackId"]
        return str(callback)

    async def _webhooks(self, root: str) -> None:
        await self.develop("PUT", f"{root}/settings", {"targetUrl": ACTION_URL})
        await self.develop("GET", f"{root}/settings")
        body = {"eventType": "contact.propertyChange", "propertyName": "city"}
        made = await self.develop("POST", f"{root}/subscriptions", body)
        one = f"{root}/subscriptions/{made['id']}"
        await self.develop("GET", one)
        await self.develop("PATCH", one, {"active": True})
        await self.develop("GET", f"{root}/subscriptions")
        many = {"inputs": [{"id": made["id"], "active": False}, {"id": "1", "active": False}]}
        await self.develop("POST", f"{root}/subscriptions/batch/update", many)
        await self.develop("DELETE", one)
        await self.develop("DELETE", f"{root}/settings")

    async def _timeline(self, root: str) -> None:
        where = f"{root}/{self.world.app.id}/event-templates"
        template = await self.develop("POST", where, TEMPLATE)
        one = f"{where}/{template['id']}"
        await self.develop("GET", one)
        await self.develop("PUT", one, {**TEMPLATE, "name": "Renamed"})
        token = {"name": "parts", "label": "SMS", "type": "number"}
        await self.develop("POST", f"{one}/tokens", token)
        await self.develop("PUT", f"{one}/tokens/parts", {"label": "Parts"})
        await self.develop("DELETE", f"{one}/tokens/parts")
        await self.develop("GET", where)
        frame = {"linkLabel": "See", "headerLabel": "SMS", "url": REDIRECT, "width": 1, "height": 1}
        event = {
            "eventTemplateId": template["id"],
            "id": "sms-1",
            "email": "timeline@x.fr",
            "tokens": {"status": "ok"},
            "extraData": {"parts": ["one"]},
            "timelineIFrame": frame,
        }
        written = (await self.go("POST", f"{root}/events", event)).json()
        wrong = {**event, "tokens": {"nothing": 1}}
        await self.go("POST", f"{root}/events/batch/create", {"inputs": [event, wrong]})
        read = f"{root}/events/{template['id']}/sms-1"
        for part in ("", "/detail", "/render"):
            await self.go("GET", f"{read}{part}")
        await self.go("GET", f"{self._portal}/contacts/{written['objectId']}/timeline")
        await self.develop("DELETE", one)

    async def _cards(self, root: str) -> None:
        made = await self.develop("POST", root, CARD)
        one = f"{root}/{made['id']}"
        await self.develop("GET", one)
        await self.develop("PATCH", one, {"title": "SMS"})
        await self.develop("GET", root)
        record = f"{self._portal}/contacts/{await self.world.contact(firstname='Ada')}/cards"
        self.world.backend.replies = [(200, V1)] * 6
        await self.go("GET", record)
        await self.go("GET", f"{record}/page")
        pressed = {"cardId": made["id"], "actionId": "0"}
        await self.go("POST", f"{record}/page", data=pressed)
        for number in (0, 1):
            await self.go("POST", f"{record}/{made['id']}/actions", {"actionId": number})
        swap = {"legacyCrmCardId": int(made["id"]), "appCardId": 77}
        await self.develop("POST", f"{root}/views/migrate", swap)
        await self.develop("DELETE", one)

    async def _app_events(self, root: str) -> None:
        declared = {"name": "sms", "properties": [{"name": "a", "label": "A", "type": "string"}]}
        await self.go("POST", f"/_control/hubspot/apps/{self.world.app.id}/event-types", declared)
        event = {"eventTypeName": "sms", "id": "1", "email": "a@x.fr", "properties": {"a": "b"}}
        await self.go("POST", f"{root}/events", event)
        await self.go("POST", f"{root}/events/batch", {"inputs": [{**event, "id": "2"}]})
        asked = {"projectName": "smsmode", "developerSymbol": "sms"}
        await self.go("POST", f"{root}/types/projects", asked)

    async def _screens(self) -> None:
        where = f"{self._portal}/contacts"
        made = await self.go("POST", where, {"properties": {"email": "screen@x.fr"}})
        one = f"{where}/{made.json()['id']}"
        await self.go("PATCH", one, {"properties": {"city": "Lyon"}})
        await self.go("GET", one)
        await self.go("GET", where)
        await self.go("POST", f"{one}/marketing", {"value": True})
        await self.go("POST", f"{one}/events", {"eventTypeId": "4-1639801"})
        await self.world.api.delete(f"/crm/v3/objects/contacts/{made.json()['id']}")
        await self.go("POST", f"{one}/restore")
        apps = f"{self._portal}/connected-apps"
        await self.go("GET", apps)
        await self.go("POST", f"{apps}/{self.world.app.id}/marketing", {"value": True})
        await self.go("GET", f"{self._portal}/enrollments")
        number = await self.world.publish_flow(await self.world.define_action())
        await self.go("POST", f"{self._portal}/flows/{number}/enabled", {"value": False})

    async def _editor(self) -> None:
        world = self.world
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
        path = f"{self._portal}/actions/{number}"
        choice = {"label": "Été", "value": "1", "description": "d"}
        world.backend.replies = [(200, {"options": [choice], "after": "2", "searchable": True})]
        await self.go("POST", f"{path}/options", {"field": "modele"})
        contact = await world.contact(firstname="Ada")
        await self.go("POST", f"{path}/test", {"contactId": contact})
        world.app.fetch_urls = ("https://app.example/backend",)
        fetch = {"url": "https://app.example/backend/sms"}
        await self.go("POST", f"{self._portal}/apps/{world.app.id}/fetch", fetch)

    async def _rest(self) -> None:
        root = "/_control/hubspot"
        for path in ("", "/portals", "/users", "/apps", "/settings", "/ledger", "/ledger/page"):
            await self.go("GET", f"{root}{path}")
        for name in before("GET", "/{ownerId}"):
            owners = (await self._whole("GET", name)).json()["results"]
            one = f"{name}/{owners[0]['id']}"
            await self._whole("GET", one)
        await self.go("GET", f"{root}/journal")
        await self.go("GET", f"{root}/clock")
        await self.go("POST", f"{root}/clock", {"advance_seconds": 1})
        await self.go("POST", f"{root}/portals", {"name": "Deux"})
        await self.go("POST", f"{self._portal}/private-tokens")
        person = {"email": "b@x.fr", "password": "p", "portals": [self.world.portal.id]}
        await self.go("POST", f"{root}/users", person)
        await self.go("POST", f"{root}/apps", {"name": "App", "redirectUrls": [REDIRECT]})
        await self.go("PATCH", f"{root}/settings", {"search_delay": 1})
        await self.go("POST", f"{root}/faults", {"kind": "ERROR", "path": "/nowhere"})
        await self.go("GET", f"{root}/faults")
        await self.go("DELETE", f"{root}/faults")

    async def _ends(self) -> None:
        """Uninstall by each way, and forget everything last."""
        world = self.world
        keys = {"client_id": world.app.client_id, "client_secret": world.app.client_secret}
        await self.go("DELETE", f"/oauth/v1/refresh-tokens/{world.refresh_token}")
        for root in before("POST", "/token/revoke"):
            await world.install()
            token = {**keys, "token": world.refresh_token, "token_type_hint": "refresh_token"}
            await self.go("POST", f"{root}/token/revoke", data=token)
        for root in before("DELETE", "/external-install"):
            await world.install()
            await self.go("DELETE", f"{root}/external-install")
        await world.install()
        await self.go("DELETE", f"{self._portal}/connected-apps/{world.app.id}")
        await world.install()
        connected = f"/connected-apps/{world.portal.id}/installed"
        page = await self.go("GET", connected, client=world.browser)
        form = {"csrf": csrf_in(page.text), "app": str(world.app.id), "name": world.app.name}
        await self.go("POST", connected, client=world.browser, data=form)
        await self.go("POST", "/_control/hubspot/reset")
