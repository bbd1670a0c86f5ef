"""Webhooks as developers set them up: where to, and what of."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from fakes.hubspot.access import developer
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.bodies import inputs_of, read_object
from fakes.hubspot.errors import RefusedError, invalid, not_found
from fakes.hubspot.shapes import (
    flag_in,
    number_in,
    number_of,
    object_in,
    optional_text_in,
    text_in,
)
from fakes.hubspot.state import App
from fakes.hubspot.times import iso
from fakes.hubspot.webhooks.events import UNTOLD
from fakes.hubspot.webhooks.records import Subscription, Target
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

FIRST_SUBSCRIPTION_ID = 4_500_001
"""Where the numbers of subscriptions begin, as in captures of real calls."""

MOST_SUBSCRIPTIONS = 1000
"""How many an app may have. Source: HubSpot developer docs, Webhooks (docs)."""

EVENT_TYPES = frozenset(
    (
        *(
            f"{kind}.{event}"
            for kind in ("contact", "company", "deal", "ticket", "product", "line_item", "object")
            for event in (
                "creation", "deletion", "merge", "restore", "propertyChange", "associationChange",
            )
            if (kind, event) != ("product", "associationChange")
        ),
        "contact.privacyDeletion",
        "conversation.creation",
        "conversation.deletion",
        "conversation.newMessage",
        "conversation.propertyChange",
        "conversation.privacyDeletion",
        "event.completed",
    )
)  # fmt: skip
"""What can be subscribed to; this fake tells of contacts.

Source: HubSpot developer docs, Webhooks (spec).
"""

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Webhooks v3")
_READ = "developers-read"
_DEFAULT_CONCURRENT = 10
_FEWEST_CONCURRENT, _MOST_CONCURRENT = 5, 1000


async def read_settings(call: HubCall) -> Response:
    """Answer ``GET …/settings``."""
    target = developer(call, _READ).webhooks.target
    if target is None:
        raise not_found("No webhook settings for this app")
    return json_answer(target.as_json())


async def write_settings(call: HubCall) -> Response:
    """Answer ``PUT …/settings``. Assumed: 5 requests at once are allowed, as clients ask for."""
    app, now = developer(call), call.party.now()
    body = await read_object(call, "targetUrl")
    url = text_in(body, "targetUrl")
    if not url.startswith(("https://", "http://")):
        raise invalid("targetUrl must be an address that begins with https://.")
    concurrent = number_in(
        object_in(body, "throttling"),
        "maxConcurrentRequests",
        least=_FEWEST_CONCURRENT,
        most=_MOST_CONCURRENT,
    )
    former = app.webhooks.target
    app.webhooks.target = Target(
        url=url,
        concurrent=concurrent or _DEFAULT_CONCURRENT,
        created_at=now if former is None else former.created_at,
        updated_at=now,
        former=None if former is None else former.url_at(now, call.party.settings.webhook_cache),
    )
    return json_answer(app.webhooks.target.as_json())


async def delete_settings(call: HubCall) -> Response:
    """Answer ``DELETE …/settings``: nothing is told any more."""
    developer(call).webhooks.target = None
    return empty_answer()


async def list_subscriptions(call: HubCall) -> Response:
    """Answer ``GET …/subscriptions``."""
    found = developer(call, _READ).webhooks.subscriptions.values()
    return json_answer({"results": [one.as_json() for one in found]})


async def create_subscription(call: HubCall) -> Response:
    """Answer ``POST …/subscriptions``; one that is not asked to be active is not."""
    app, now = developer(call), call.party.now()
    body = await read_object(call, "eventType")
    kind, name = text_in(body, "eventType"), optional_text_in(body, "propertyName")
    _refuse_unfit(app, kind, name)
    made = Subscription(
        id=call.party.ids.count("subscription", FIRST_SUBSCRIPTION_ID),
        event_type=kind,
        property_name=name,
        object_type=optional_text_in(body, "objectTypeId"),
        event_name=optional_text_in(body, "eventTypeName"),
        active=flag_in(body, "active"),
        created_at=now,
        updated_at=now,
    )
    app.webhooks.subscriptions[made.id] = made
    return json_answer(made.as_json(), 201)


async def read_subscription(call: HubCall) -> Response:
    """Answer ``GET …/subscriptions/{subscriptionId}``."""
    found = _named(developer(call, _READ), call.params["subscriptionId"])
    return json_answer(found.as_json())


async def update_subscription(call: HubCall) -> Response:
    """Answer ``PATCH …/subscriptions/{subscriptionId}``: on or off."""
    found = _named(developer(call), call.params["subscriptionId"])
    _switch(call, found, await read_object(call))
    return json_answer(found.as_json())


async def delete_subscription(call: HubCall) -> Response:
    """Answer ``DELETE …/subscriptions/{subscriptionId}``."""
    app = developer(call)
    found = _named(app, call.params["subscriptionId"])
    app.webhooks.subscriptions.pop(found.id)
    return empty_answer()


async def update_batch(call: HubCall) -> Response:
    """Answer ``POST …/subscriptions/batch/update``: 207 when some are not there."""
    app, now = developer(call), iso(call.party.now())
    results, errors = [], []
    for item in inputs_of(await read_object(call)):
        try:
            found = _named(app, text_in(item, "id"))
        except RefusedError as refusal:
            if refusal.status != 404:  # noqa: PLR2004 - a subscription that is not there
                raise
            errors.append(refusal.item(ids=[text_in(item, "id")]))
            continue
        _switch(call, found, item)
        results.append(found.as_json())
    body: dict[str, Any] = {
        "status": "COMPLETE",
        "results": results,
        "startedAt": now,
        "completedAt": now,
    }
    if not errors:
        return json_answer(body)
    return json_answer({**body, "numErrors": len(errors), "errors": errors}, 207)


def _named(app: App, text: str) -> Subscription:
    found = app.webhooks.subscriptions.get(number_of(text) or 0)
    if found is None:
        raise not_found(f"No subscription of the app {app.id} has the id {text}")
    return found


def _switch(call: HubCall, found: Subscription, body: Mapping[str, Any]) -> None:
    found.active = flag_in(body, "active", default=found.active)
    found.updated_at = call.party.now()


def _refuse_unfit(app: App, kind: str, name: str | None) -> None:
    if kind not in EVENT_TYPES:
        raise invalid(f"The eventType '{kind[:80]}' is unknown.")
    if kind.endswith(".propertyChange") and not name:
        raise invalid(f"A subscription to {kind} needs a propertyName.")
    if name in UNTOLD:
        raise invalid(f"The property '{name}' cannot be subscribed to.")
    if len(app.webhooks.subscriptions) >= MOST_SUBSCRIPTIONS:
        raise invalid(f"An app has at most {MOST_SUBSCRIPTIONS} subscriptions.")


ROUTES = routes(
    (
        "/webhooks/v3/{appId}",
        "/webhooks/2026-03/{appId}",
        "/app-webhooks/2025-09/{appId}",
        "/app-webhooks/2026-09/{appId}",
    ),
    ("GET", "/settings", read_settings, _SPEC, "webhooks#settings"),
    ("PUT", "/settings", write_settings, _SPEC, "webhooks#settings"),
    ("DELETE", "/settings", delete_settings, _SPEC, NO_JSON),
    ("GET", "/subscriptions", list_subscriptions, _SPEC, "webhooks#subscriptions"),
    ("POST", "/subscriptions", create_subscription, _SPEC, "webhooks#subscription"),
    ("POST", "/subscriptions/batch/update", update_batch, _SPEC, "webhooks#batch"),
    ("GET", "/subscriptions/{subscriptionId}", read_subscription, _SPEC, "webhooks#subscription"),
    (
        "PATCH",
        "/subscriptions/{subscriptionId}",
        update_subscription,
        _SPEC,
        "webhooks#subscription",
    ),
    ("DELETE", "/subscriptions/{subscriptionId}", delete_subscription, _SPEC, NO_JSON),
)
