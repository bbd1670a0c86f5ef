"""HubSpot's webhooks: what it tells the app of, without being asked.

Source: HubSpot developer docs, "Webhooks".
"""

from dataclasses import dataclass
from typing import Any

import orjson

from core.domain.errors import MalformedRequestError
from core.domain.ids import LARGEST_ID, ContactId, PortalId

PRIVACY_DELETION = "contact.privacyDeletion"
"""A person asked to be forgotten; ``contact.deletion`` comes beside it and asks for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that HubSpot tells.

    Args:
        kind: What happened, as HubSpot spells it; known to us or not.
        portal_id: In which account.
        contact_id: To whom.
    """

    kind: str
    portal_id: PortalId
    contact_id: ContactId


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
    return Notice(
        kind=kind,
        portal_id=PortalId(_number(item, "portalId", place)),
        # Notices about associations and the like have no objectId, and are not for us.
        contact_id=ContactId(str(_number(item, "objectId", place) if "objectId" in item else "")),
    )


def _number(item: dict[str, Any], name: str, place: str) -> int:
    value = item.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_ID:
        raise MalformedRequestError(f"{place}.{name} must be a whole number, as HubSpot's ids are")
    return value
