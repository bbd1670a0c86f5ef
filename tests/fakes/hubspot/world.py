"""What the tests of the fake stand on: its surroundings, hand-written."""

from collections.abc import Callable
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx
import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from fakes.hubspot.app import HubSpot
from fakes.hubspot.settings import Settings
from fakes.kit.clock import VirtualClock
from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound
from tests.fakes.hubspot.bodies import definition, flow, success
from tests.fakes.hubspot.contract import check_answer

SCOPES = (
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.schemas.contacts.read",
    "crm.schemas.contacts.write",
    "automation",
    "timeline",
)
CONTROL = "/_control/hubspot"
REDIRECT = "https://app.example/oauth/callback"
EMAIL, PASSWORD = "camille@client.example", "Correct-Horse-42"

Reply = tuple[int, object]


class Backend:
    """The app's server: keeps what it is asked, and answers what it was told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Request, bytes]] = []
        self.replies: list[Reply | Exception] = []
        self.on_call: Callable[[], Any] | None = None
        self.retry_after = "7000"

    def bodies(self) -> list[Any]:
        return [orjson.loads(body) for _, body in self.asked]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self.asked.append((request, await request.body()))
        if self.on_call is not None:
            await self.on_call()
        reply = self.replies.pop(0) if self.replies else (200, success())
        if isinstance(reply, Exception):
            raise reply
        status, body = reply
        headers = {"retry-after": self.retry_after} if status == 429 else {}
        content = body if isinstance(body, bytes) else orjson.dumps(body)
        await Response(content, status, headers)(scope, receive, send)


class World:
    """A HubSpot on a virtual clock with account, app and person, and clients that call it."""

    def __init__(self, settings: Settings | None = None, seed: int = 7) -> None:
        self.clock = VirtualClock()
        self.journal = Journal(self.clock.now)
        self.backend = Backend()
        self._out = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.backend))
        self.hubspot = HubSpot(
            scheduler=self.clock,
            ids=SeededIds(seed, "hubspot"),
            journal=self.journal,
            outbound=Outbound(self._out, lambda _: True),
            settings=settings or Settings(),
            skip=lambda by: self.clock.jump(self.clock.now() + by),
        )
        self.portal = self.hubspot.add_portal(name="Client")
        self.app = self.hubspot.add_app(
            name="smsmodeEnvoisMS",
            redirect_urls=[REDIRECT],
            scopes=SCOPES,
            optional_scopes=["tickets"],
        )
        self.hubspot.add_user(email=EMAIL, password=PASSWORD, portals=[self.portal.id])
        self.browser = self.client("https://app.hubspot.com")
        self.api = self.client("https://api.hubapi.com")
        self.refresh_token = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in (self._out, self.browser, self.api):
            await client.aclose()

    def client(self, base_url: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.hubspot.app)
        checks = {"response": [check_answer]}
        return httpx.AsyncClient(transport=transport, base_url=base_url, event_hooks=checks)

    def asking(self, **changed: str) -> dict[str, str]:
        query = {
            "client_id": self.app.client_id,
            "redirect_uri": REDIRECT,
            "scope": " ".join(SCOPES),
            "state": "xyz",
        }
        return {name: value for name, value in {**query, **changed}.items() if value}

    async def sign_in(self, **changed: str) -> httpx.Response:
        form = {"email": EMAIL, "password": PASSWORD, "next": "/login", **changed}
        return await self.browser.post("/login", data=form)

    async def consent(self, decision: str = "connect", **changed: str) -> httpx.Response:
        address = f"/oauth/{self.portal.id}/authorize"
        page = await self.browser.get(address, params=self.asking(**changed))
        form = {"csrf": csrf_in(page.text), "decision": decision}
        return await self.browser.post(address, params=self.asking(**changed), data=form)

    async def code(self, **changed: str) -> str:
        await self.sign_in()
        return query_of(await self.consent(**changed))["code"]

    async def token(self, path: str = "/oauth/v1/token", **changed: str) -> httpx.Response:
        form = {
            "client_id": self.app.client_id,
            "client_secret": self.app.client_secret,
            "redirect_uri": REDIRECT,
            **changed,
        }
        return await self.api.post(path, data=form)

    def private(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.hubspot.add_private_token(self.portal.id)}"}

    async def install(self) -> httpx.Response:
        answer = await self.token(grant_type="authorization_code", code=await self.code())
        self.refresh_token = answer.json()["refresh_token"]
        self.api.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return answer

    async def define_action(self, **changed: object) -> str:
        answer = await self.api.post(
            f"/automation/v4/actions/{self.app.id}?hapikey={self.app.developer_key}",
            json={**definition(), **changed},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def publish_flow(self, definition_id: str, **changed: object) -> str:
        answer = await self.api.post(
            "/automation/v4/flows", json={**flow(definition_id), **changed}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def contact(self, **properties: str) -> str:
        answer = await self.api.post("/crm/v3/objects/contacts", json={"properties": properties})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def enrollments(self) -> list[Any]:
        answer = await self.api.get(f"/_control/hubspot/portals/{self.portal.id}/enrollments")
        return list(answer.json()["results"])

    async def only_step(self) -> Any:
        [enrollment] = await self.enrollments()
        [step] = enrollment["steps"]
        return step

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [e.as_json() for e in self.journal.entries() if e.kind == kind]


def csrf_in(page: str) -> str:
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def query_of(answer: httpx.Response) -> dict[str, str]:
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}


def at(world: World, path: str) -> str:
    """Return the control route of the account, with ``path`` below it."""
    return f"{CONTROL}/portals/{world.portal.id}{path}"
