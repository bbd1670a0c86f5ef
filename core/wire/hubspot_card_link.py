"""The card's signed links: who may open a page of it, which one, and until when.

HubSpot signs the fetch of a card and not the pages that its buttons open, so the fetch gives
each button a link that proves what the fetch proved.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import orjson

from core.domain.card import CardFault, CardLinkError, Visit
from core.domain.ids import ContactId, PortalId


class Purpose(StrEnum):
    """What a link lets one do."""

    SEND = "send"
    TEMPLATES = "templates"
    CHECKS = "checks"
    SUBMIT_SMS = "submit-sms"
    SUBMIT_TEMPLATES = "submit-templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a link carries.

    Args:
        visit: Who opens it, at which record.
        purpose: What for.
        expires_at: Until when.
        once: Names what the link does, so that doing it twice does it once; ``""`` where it
            does nothing.
    """

    visit: Visit
    purpose: Purpose
    expires_at: datetime
    once: str = ""


def seal(given: Pass, *, key: str) -> str:
    """Return the link's word for ``given``: what it says, a dot, and its seal."""
    visit = given.visit
    said = [
        visit.portal_id,
        visit.contact_id,
        visit.user,
        given.purpose,
        int(given.expires_at.timestamp()),
        given.once,
    ]
    body = base64.urlsafe_b64encode(orjson.dumps(said)).decode().rstrip("=")
    return f"{body}.{_mac(body, key)}"


def open_sealed(
    word: str, *, keys: Sequence[str], purposes: Sequence[Purpose], now: datetime
) -> Pass:
    """Return what a link's word says.

    Args:
        word: As it came.
        keys: Those that may have sealed it, several during a rotation.
        purposes: What it may be for.
        now: The present moment, aware.

    Raises:
        CardLinkError: It is not ours, for something else, or too old.
    """
    body, _, mac = word.rpartition(".")
    if not any(hmac.compare_digest(mac.encode(), _mac(body, key).encode()) for key in keys):
        raise CardLinkError(CardFault.FORGED_LINK)
    portal, contact, user, purpose, expires, once = orjson.loads(
        base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    )
    if purpose not in purposes:
        raise CardLinkError(CardFault.FORGED_LINK)
    expires_at = datetime.fromtimestamp(expires, UTC)
    if expires_at <= now:
        raise CardLinkError(CardFault.EXPIRED_LINK)
    visit = Visit(portal_id=PortalId(portal), contact_id=ContactId(contact), user=user)
    return Pass(visit=visit, purpose=Purpose(purpose), expires_at=expires_at, once=once)


def _mac(body: str, key: str) -> str:
    return hmac.new(key.encode(), f"card-link:{body}".encode(), hashlib.sha256).hexdigest()
