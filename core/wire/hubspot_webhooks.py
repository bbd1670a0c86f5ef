"""HubSpot's webhooks: what it tells the app of, unasked, and how it is had to.

Source: HubSpot developer docs, "Webhooks".
"""

from dataclasses import dataclass
from typing import Any

import orjson

from core.domain.errors import MalformedRequestError, ProviderDownError
from core.domain.ids import LARGEST_ID, ContactId, PortalId
from core.wire.hubspot_paths import Paths
from core.wire.hubspot_properties import CONSENT
from core.wire.requests import VendorRequest, get, read_object, with_json

PRIVACY_DELETION = "contact.privacyDeletion"
"""A person asked to be forgotten; ``contact.deletion`` comes beside it and asks for nothing."""
MERGE = "contact.merge"
"""Contacts became one, which may have an id of its own."""

PROPERTY_CHANGE = "contact.propertyChange"
"""A property of a contact has another value."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the app may be told of.

    Args:
        kind: As HubSpot spells it.
        property: Which property, for the change of one.
    """

    kind: str
    property: str = ""


TOLD_OF = (Topic(PRIVACY_DELETION), Topic(MERGE), Topic(PROPERTY_CHANGE, CONSENT))
"""What the app is to be told of."""

AT_ONCE = 10
"""How many deliveries HubSpot makes at once: what it does unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What the app is told of.

    Args:
        id: HubSpot's.
        topic: What of.
        active: Whether it is told.
    """

    id: str
    topic: Topic
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that HubSpot tells.

    Args:
        kind: What happened, as HubSpot spells it; known to us or not.
        portal_id: In which account.
        contact_id: To whom; of a merge, who it led to.
        merged: Who became that contact, for a merge.
        property: Which property has changed, for the change of one.
        value: What it is now.
    """

    kind: str
    portal_id: PortalId
    contact_id: ContactId
    merged: tuple[ContactId, ...] = ()
    property: str = ""
    value: str = ""


def point(paths: Paths, app_id: int, url: str) -> VendorRequest:
    """Return the request that has all deliveries made to ``url``."""
    body = {"targetUrl": url, "throttling": {"maxConcurrentRequests": AT_ONCE}}
    return with_json("PUT", f"{paths.webhooks}/{app_id}/settings", body)


def list_subscriptions(paths: Paths, app_id: int) -> VendorRequest:
    """Return the question what the app is told of."""
    return get(f"{paths.webhooks}/{app_id}/subscriptions")


def subscribe(paths: Paths, app_id: int, topic: Topic) -> VendorRequest:
    """Return the request that has the app told of ``topic``, in every account that installed it."""
    body: dict[str, object] = {"eventType": topic.kind, "active": True}
    if topic.property:
        body["propertyName"] = topic.property
    return with_json("POST", f"{paths.webhooks}/{app_id}/subscriptions", body)


def activate(paths: Paths, app_id: int, subscription_id: str) -> VendorRequest:
    """Return the request that has the app told again of what a subscription is about."""
    path = f"{paths.webhooks}/{app_id}/subscriptions/{subscription_id}"
    return with_json("PATCH", path, {"active": True})


def parse_subscriptions(body: bytes) -> tuple[Subscription, ...]:
    """Return what the app is told of.

    Raises:
        ProviderDownError: The answer cannot be read: ask again.
    """
    results = read_object(body, "HubSpot's subscriptions").get("results")
    if not isinstance(results, list) or not all(isinstance(item, dict) for item in results):
        raise ProviderDownError("HubSpot listed no subscriptions, not even none")
    return tuple(
        Subscription(
            str(item.get("id")),
            Topic(str(item.get("eventType")), str(item.get("propertyName") or "")),
            item.get("active") is True,
        )
        for item in results
    )


def parse(raw: bytes) -> tuple[Notice, ...]:
    """Return what a delivery tells; HubSpot may tell it twice, and in any order.

    Raises:
        MalformedRequestError: It is not a list of notices.
    """
    try:
        items = orjson.loads(raw)
    except orjson.JSONDecodeError as exc:
        raise MalformedRequestError("the body is not JSON") from exc
    if not isinstance(items, list):
        raise MalformedRequestError("the body must be a list of notices")
    return tuple(_notice(item, f"[{place}]") for place, item in enumerate(items))


def _notice(item: object, place: str) -> Notice:
    if not isinstance(item, dict):
        raise MalformedRequestError(f"{place} must be an object")
    kind = item.get("subscriptionType")
    if not isinstance(kind, str) or not kind:
        raise MalformedRequestError(f"{place}.subscriptionType must be a text that is not empty")
    portal_id = PortalId(_number(item.get("portalId"), f"{place}.portalId"))
    if kind == MERGE:
        return _merge(item, portal_id, place)
    # Notices about associations and the like have no objectId, and are not for us.
    named = str(_number(item["objectId"], f"{place}.objectId")) if "objectId" in item else ""
    return Notice(
        kind=kind,
        portal_id=portal_id,
        contact_id=ContactId(named),
        property=_text(item, "propertyName", place),
        value=_text(item, "propertyValue", place),
    )


def _text(item: dict[str, Any], name: str, place: str) -> str:
    value = item.get(name)
    if value is not None and not isinstance(value, str):
        raise MalformedRequestError(f"{place}.{name} must be a text")
    return value or ""


def _merge(item: dict[str, Any], portal_id: PortalId, place: str) -> Notice:
    into = _number(item.get("newObjectId"), f"{place}.newObjectId")
    others = item.get("mergedObjectIds")
    if not isinstance(others, list):
        raise MalformedRequestError(f"{place}.mergedObjectIds must be a list")
    former = {_number(item.get("primaryObjectId"), f"{place}.primaryObjectId")}
    former |= {_number(other, f"{place}.mergedObjectIds") for other in others}
    return Notice(
        kind=MERGE,
        portal_id=portal_id,
        contact_id=ContactId(str(into)),
        merged=tuple(ContactId(str(one)) for one in sorted(former - {into})),
    )


def _number(value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_ID:
        raise MalformedRequestError(f"{place} must be a whole number, as HubSpot's ids are")
    return value
