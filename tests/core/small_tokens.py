"""Who has let an app in: the codes and tokens of a small HubSpot."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import httpx

from tests.core.vendors import Vendor

CLIENT = {"client_id": "client-id", "client_secret": "yyyyyyyy-yyyy"}
LIFETIME = timedelta(minutes=30)


@dataclass
class TokenGiver(Vendor):
    """A vendor of which an account lets an app in with a code, and the app then comes with a token."""

    codes: dict[str, int] = field(default_factory=dict)
    refreshers: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    rotates: bool = False

    def grant_code(self, portal_id: int) -> str:
        """Return a code, as an account's consent gives one."""
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = portal_id
        return code

    def revoke(self, portal_id: int) -> None:
        """Let the app into an account no more: its tokens are dead."""
        self.refreshers = {k: v for k, v in self.refreshers.items() if v != portal_id}
        self.kill_access(portal_id)

    def kill_access(self, portal_id: int) -> None:
        """End an account's access tokens before their time."""
        self.tokens = {k: v for k, v in self.tokens.items() if v[0] != portal_id}

    def grant(self, request: httpx.Request) -> httpx.Response:
        asked = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
        for name, known in CLIENT.items():
            if asked[name] != known:
                return httpx.Response(400, json={"status": f"BAD_{name.upper()}", "message": "no"})
        if asked["grant_type"] == "authorization_code":
            portal_id = self.codes.pop(asked["code"], None)
            refresher, refusal = f"refresh-{portal_id}-1", "BAD_AUTH_CODE"
        else:
            portal_id = self.refreshers.get(asked["refresh_token"])
            refresher, refusal = asked["refresh_token"], "BAD_REFRESH_TOKEN"
        if portal_id is None:
            return httpx.Response(400, json={"status": refusal, "message": "no"})
        if self.rotates:
            del self.refreshers[refresher]
            refresher = f"{refresher}+"
        self.refreshers[refresher] = portal_id
        access = f"access-{portal_id}-{len(self.calls)}"
        self.tokens[access] = (portal_id, self.clock.now() + LIFETIME)
        granted = {"access_token": access, "refresh_token": refresher, "expires_in": 1800}
        return httpx.Response(200, json=granted)

    def introspect(self, _: httpx.Request, token: str) -> httpx.Response:
        portal_id = self.tokens[token][0]
        owner = {"hub_id": portal_id, "user": "camille@salon.example", "hub_domain": "salon"}
        return httpx.Response(200, json={**owner, "scopes": ["oauth"]})

    def introspect_form(self, request: httpx.Request) -> httpx.Response:
        return self.introspect(request, parse_qs(request.content.decode())["token"][0])

    def _owner(self, request: httpx.Request) -> int | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        portal_id, until = self.tokens.get(token, (None, self.clock.now()))
        return portal_id if until > self.clock.now() else None
