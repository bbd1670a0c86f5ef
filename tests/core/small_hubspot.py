"""A HubSpot as small as it can be: it grants tokens and remembers what it was told."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.core.small_tokens import TokenGiver

DEVELOPER_KEY = "developer-key-of-the-app"

DATED = {
    "/oauth/2026-03/token": "/oauth/v1/token",
    "/appinstalls/2026-03": "/appinstalls/v3",
    "/account-info/2026-03": "/account-info/v3",
    "/crm/objects/2026-03": "/crm/v3/objects",
    "/crm/properties/2026-03": "/crm/v3/properties",
    "/automation/actions/callbacks/2026-03": "/automation/v4/actions/callbacks",
    "/crm/extensions/cards-dev/2026-03": "/crm/v3/extensions/cards-dev",
    "/webhooks/2026-03": "/webhooks/v3",
    "/automation/actions/2026-03": "/automation/v4/actions",
}
"""The dated paths, by the beginning, and the paths that they stand for."""


@dataclass
class SmallHubSpot(TokenGiver):
    """One HubSpot with one app; its accounts are whoever has a code."""

    properties: dict[str, Any] = field(default_factory=dict)
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    actions: dict[str, dict[str, Any]] = field(default_factory=dict)
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    webhooks: dict[str, Any] = field(default_factory=dict)
    subscriptions: dict[str, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[str, dict[str, str]] = field(default_factory=dict)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    completions: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    batches: list[tuple[str, int]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    partial: bool = False
    time_zone: str = "Europe/Paris"

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        for dated, legacy in DATED.items():
            path = path.replace(dated, legacy)
        for pattern, method in _ROUTES:
            if match := re.fullmatch(pattern, f"{request.method} {path}"):
                return method(self, request, *match.groups())
        return httpx.Response(404, json={"message": f"no such route: {path}"})

    def describe(self, request: httpx.Request) -> httpx.Response:
        portal_id = self._owner(request)
        if portal_id is None:
            return _denied()
        return httpx.Response(200, json={"portalId": portal_id, "timeZone": self.time_zone})

    def create_property(self, request: httpx.Request) -> httpx.Response:
        if self._owner(request) is None:
            return _denied()
        asked = json.loads(request.content)
        if asked["name"] in self.properties:
            told = {"category": "OBJECT_ALREADY_EXISTS", "message": "it is there"}
            return httpx.Response(409, json=told)
        self.properties[asked["name"]] = asked
        return httpx.Response(201, json=asked)

    def template(self, request: httpx.Request) -> httpx.Response:
        return self._define(request, self.templates)

    def action(self, request: httpx.Request) -> httpx.Response:
        return self._define(request, self.actions)

    def card(self, request: httpx.Request) -> httpx.Response:
        return self._define(request, self.cards)

    def amend_card(self, request: httpx.Request, card_id: str) -> httpx.Response:
        self.cards[card_id] |= json.loads(request.content)
        return httpx.Response(200, json=self.cards[card_id])

    def point(self, request: httpx.Request) -> httpx.Response:
        self.webhooks = json.loads(request.content)
        return httpx.Response(200, json=self.webhooks)

    def subscription(self, request: httpx.Request) -> httpx.Response:
        return self._define(request, self.subscriptions)

    def amend_subscription(self, request: httpx.Request, subscription_id: str) -> httpx.Response:
        self.subscriptions[subscription_id] |= json.loads(request.content)
        return httpx.Response(200, json=self.subscriptions[subscription_id])

    def read(self, request: httpx.Request, contact_id: str) -> httpx.Response:
        if self._owner(request) is None:
            return _denied()
        if contact_id not in self.contacts:
            return httpx.Response(404, json={"message": "resource not found"})
        return httpx.Response(200, json={"id": contact_id, "properties": self.contacts[contact_id]})

    def amend(self, request: httpx.Request, definition_id: str) -> httpx.Response:
        self.actions[definition_id] |= json.loads(request.content)
        return httpx.Response(200, json=self.actions[definition_id])

    def complete(self, request: httpx.Request) -> httpx.Response:
        def take(item: dict[str, Any]) -> None:
            self.completions.append((item["callbackId"], item["outputFields"]))

        return self._batch(request, "completions", "callbackId", take, 204)

    def record(self, request: httpx.Request) -> httpx.Response:
        def take(item: dict[str, Any]) -> None:
            self.events[item["id"]] = item

        return self._batch(request, "events", "id", take, 201)

    def write(self, request: httpx.Request) -> httpx.Response:
        def take(item: dict[str, Any]) -> None:
            self.contacts.setdefault(item["id"], {}).update(item["properties"])

        return self._batch(request, "properties", "id", take, 200)

    def leave(self, request: httpx.Request) -> httpx.Response:
        portal_id = self._owner(request)
        if portal_id is None:
            return _denied()
        self.revoke(portal_id)
        return httpx.Response(204)

    def search(self, request: httpx.Request) -> httpx.Response:
        if self._owner(request) is None:
            return _denied()
        groups = json.loads(request.content)["filterGroups"]
        wanted = {(f["propertyName"], f["value"]) for group in groups for f in group["filters"]}
        found = [{"id": k} for k, known in self.contacts.items() if wanted & set(known.items())]
        return httpx.Response(200, json={"total": len(found), "results": found})

    def _define(self, request: httpx.Request, known: dict[str, Any]) -> httpx.Response:
        if request.url.params.get("hapikey") != DEVELOPER_KEY:
            return _denied()
        if request.method == "GET":
            return httpx.Response(200, json={"results": list(known.values())})
        made = {"id": str(1000 + len(known)), **json.loads(request.content)}
        known[made["id"]] = made
        return httpx.Response(201, json=made)

    def _batch(
        self, request: httpx.Request, what: str, key: str, take: Any, status: int
    ) -> httpx.Response:
        """Take all inputs; one that is refused fails all, or itself alone when ``partial``."""
        if self._owner(request) is None:
            return _denied()
        inputs = json.loads(request.content)["inputs"]
        self.batches.append((what, len(inputs)))
        bad = [item[key] for item in inputs if item[key] in self.refuses]
        if bad and not self.partial:
            told = {"category": "VALIDATION_ERROR", "message": f"{bad[0]} is not valid"}
            return httpx.Response(400, json=told)
        for item in inputs:
            if item[key] not in bad:
                take(item)
        if bad:
            errors = [{"status": "error", "message": f"{one} is not valid"} for one in bad]
            return httpx.Response(207, json={"results": [], "errors": errors})
        return httpx.Response(204) if status == 204 else httpx.Response(status, json={})


def _denied() -> httpx.Response:
    return httpx.Response(401, json={"category": "INVALID_AUTHENTICATION", "message": "no"})


_ROUTES: tuple[tuple[str, Callable[..., httpx.Response]], ...] = (
    (r"POST /oauth/v1/token", SmallHubSpot.grant),
    (r"POST /oauth/v1/token/introspect", SmallHubSpot.introspect_form),
    (r"GET /oauth/v1/access-tokens/(.+)", SmallHubSpot.introspect),
    (r"GET /account-info/v3/details", SmallHubSpot.describe),
    (r"POST /crm/v3/properties/contacts", SmallHubSpot.create_property),
    (r"(?:GET|POST) /integrators/timeline/v3/4242/event-templates", SmallHubSpot.template),
    (r"POST /integrators/timeline/v3/events/batch/create", SmallHubSpot.record),
    (r"POST /automation/v4/actions/callbacks/complete", SmallHubSpot.complete),
    (r"(?:GET|POST) /automation/v4/actions/4242", SmallHubSpot.action),
    (r"PATCH /automation/v4/actions/4242/(.+)", SmallHubSpot.amend),
    (r"(?:GET|POST) /crm/v3/extensions/cards-dev/4242", SmallHubSpot.card),
    (r"PATCH /crm/v3/extensions/cards-dev/4242/(.+)", SmallHubSpot.amend_card),
    (r"PUT /webhooks/v3/4242/settings", SmallHubSpot.point),
    (r"(?:GET|POST) /webhooks/v3/4242/subscriptions", SmallHubSpot.subscription),
    (r"PATCH /webhooks/v3/4242/subscriptions/(.+)", SmallHubSpot.amend_subscription),
    (r"GET /crm/v3/objects/contacts/(\d+)", SmallHubSpot.read),
    (r"POST /crm/v3/objects/contacts/batch/update", SmallHubSpot.write),
    (r"DELETE /appinstalls/v3/external-install", SmallHubSpot.leave),
    (r"POST /crm/v3/objects/contacts/search", SmallHubSpot.search),
)
