"""Telling apps: batches, requests under way, tries over a day, and disorder when asked for."""

from datetime import timedelta
from functools import partial
from random import Random

import orjson

from fakes.hubspot.calling import USER_AGENT, Why, make_call
from fakes.hubspot.calls import Purpose
from fakes.hubspot.choices import UriSigned, WebhookOrder
from fakes.hubspot.crm.contacts import READ
from fakes.hubspot.crm.records import Change
from fakes.hubspot.hub import Hub
from fakes.hubspot.signing import decode_uri, sign_v1, sign_v3, signed_v3
from fakes.hubspot.state import App, Portal
from fakes.hubspot.times import epoch_ms
from fakes.hubspot.webhooks.events import PROPERTY_CHANGE, events_of, origin_of
from fakes.hubspot.webhooks.records import Notice, Queue, Subscription
from fakes.kit.outbound import Outcome

LARGEST_BATCH = 100
"""How many events a request has at most. Source: HubSpot developer docs, Webhooks (docs)."""

_EVENT_IDS = 2**32
_TIMEOUT_TOLD = "10000"
"""Source: a capture of a real call (single)."""
_DUPLICATED = 0.3
_MISTAKEN = 0.1
_LONGEST_DISORDER = timedelta(seconds=10)


def notice(hub: Hub, change: Change) -> None:
    """Line up what apps are to be told of a change: those that may read the account's contacts.

    Source: HubSpot developer docs, Webhooks: a scope for each type of object (docs).
    """
    portal = hub.state.portals[change.portal_id]
    for app_id, install in portal.installs.items():
        app = hub.state.apps[app_id]
        is_set_up = app.webhooks.subscriptions and app.webhooks.target is not None
        if is_set_up and READ in install.scopes:
            _line_up(hub, portal, app, change)


def _line_up(hub: Hub, portal: Portal, app: App, change: Change) -> None:
    head = {"portalId": portal.id, "appId": app.id, "occurredAt": epoch_ms(hub.now())}
    origin = origin_of(change)
    told = [
        Notice(
            event={
                "eventId": hub.ids.random.randrange(_EVENT_IDS),
                "subscriptionId": subscription.id,
                **head,
                **event,
                **origin,
            }
        )
        for event in events_of(change)
        for subscription in app.webhooks.subscriptions.values()
        if _is_told(subscription, event["subscriptionType"], event.get("propertyName"))
    ]
    if not told:
        return
    queue = app.webhooks.queues.setdefault(portal.id, Queue())
    wait = hub.settings.webhook_batch_wait
    if hub.settings.webhook_order is WebhookOrder.CHAOS:
        told, wait = _disordered(hub.ids.random, told)
    label = f"webhooks of app {app.id} for account {portal.id}"
    queue.waiting += told
    hub.later(wait, partial(_pump, hub, portal, app), label=label)


def _is_told(subscription: Subscription, kind: str, name: str | None) -> bool:
    is_kind = subscription.active and subscription.event_type == kind
    return is_kind and (kind != PROPERTY_CHANGE or subscription.property_name == name)


def _disordered(chance: Random, told: list[Notice]) -> tuple[list[Notice], timedelta]:
    again = [Notice(event=one.event) for one in told if chance.random() < _DUPLICATED]
    mixed = [*told, *again]
    chance.shuffle(mixed)
    return mixed, chance.random() * _LONGEST_DISORDER


async def _pump(hub: Hub, portal: Portal, app: App) -> None:
    queue = app.webhooks.queues[portal.id]
    target = app.webhooks.target
    if target is None or app.id not in portal.installs:
        queue.waiting.clear()
        return
    while queue.waiting and queue.in_flight < target.concurrent:
        if hub.settings.webhook_order is WebhookOrder.CHAOS:
            hub.ids.random.shuffle(queue.waiting)
        batch, queue.waiting = queue.waiting[:LARGEST_BATCH], queue.waiting[LARGEST_BATCH:]
        queue.in_flight += 1
        label = f"webhook of {len(batch)} events for app {app.id}, account {portal.id}"
        url = target.url_at(hub.now(), hub.settings.webhook_cache)
        hub.later(timedelta(), partial(_send, hub, portal, app, url, batch), label=label)


async def _send(hub: Hub, portal: Portal, app: App, url: str, batch: list[Notice]) -> None:
    try:
        outcome = await _post(hub, app, url, batch)
    finally:
        app.webhooks.queues[portal.id].in_flight -= 1
    hub.event(
        "webhook.attempted",
        portalId=portal.id,
        appId=app.id,
        events=[one.event["eventId"] for one in batch],
        objectIds=sorted({one.event.get("objectId") or 0 for one in batch}),
        attempts=sorted({one.attempt for one in batch}),
        status=outcome.status,
        failure=outcome.failure,
    )
    is_mistaken = (
        hub.settings.webhook_order is WebhookOrder.CHAOS and hub.ids.random.random() < _MISTAKEN
    )
    if not outcome.succeeded or is_mistaken:
        for one in batch:
            _retry(hub, portal, app, one)
    await _pump(hub, portal, app)


async def _post(hub: Hub, app: App, url: str, batch: list[Notice]) -> Outcome:
    body = orjson.dumps([_as_sent(one) for one in batch])
    stamp = epoch_ms(hub.now())
    is_decoded = hub.settings.signs_v3_uri is UriSigned.DECODED
    uri = decode_uri(url) if is_decoded else url
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"{USER_AGENT} - WebhooksExecutorDaemon-executor",
        "X-HubSpot-Signature": sign_v1(app.client_secret, body),
        "X-HubSpot-Signature-Version": "v1",
        "X-HubSpot-Signature-v3": sign_v3(app.client_secret, "POST", uri, body, stamp),
        "X-HubSpot-Request-Timestamp": str(stamp),
        "X-HubSpot-Timeout-Millis": _TIMEOUT_TOLD,
    }
    # What an app is told counts from 0.
    latest = 1 + max(one.attempt for one in batch)
    made = await make_call(
        hub,
        Why(app=app, purpose=Purpose.WEBHOOK, attempt=latest),
        "POST",
        url,
        body,
        headers=headers,
        signed=signed_v3("POST", uri, body, stamp),
        timeout=hub.settings.webhook_timeout,
    )
    return made.outcome


def _as_sent(one: Notice) -> dict[str, object]:
    """Return the event with its attempt, the keys in the order of captured calls."""
    sent: dict[str, object] = {}
    for name, value in one.event.items():
        sent[name] = value
        if name == "subscriptionType":
            sent["attemptNumber"] = one.attempt
    return sent


def _retry(hub: Hub, portal: Portal, app: App, one: Notice) -> None:
    now, chance = hub.now(), hub.ids.random
    if one.retries is None:
        span, most = hub.settings.webhook_retry_span, hub.settings.webhook_retries
        one.retries = sorted(now + chance.random() * span for _ in range(most))
    if not one.retries:
        hub.event(
            "webhook.abandoned", portalId=portal.id, appId=app.id, eventId=one.event["eventId"]
        )
        return
    due = one.retries.pop(0)
    one.attempt += 1
    label = f"webhook event {one.event['eventId']}, attempt {one.attempt}, for app {app.id}"
    hub.later(due - now, partial(_again, hub, portal, app, one), label=label)


async def _again(hub: Hub, portal: Portal, app: App, one: Notice) -> None:
    app.webhooks.queues[portal.id].waiting.append(one)
    await _pump(hub, portal, app)
