"""The custom card: its definition, who asks for it, and the answers that HubSpot shows.

Source: HubSpot developer docs, "CRM cards" (legacy, sunset on 2026-10-31) and "UI extensions".
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.domain.card import Exchange, Visit
from core.domain.errors import MalformedRequestError
from core.domain.ids import LARGEST_ID, ContactId, PortalId
from core.domain.language import Language, Words
from core.wire.hubspot_action_definition import LABELS
from core.wire.hubspot_paths import Paths
from core.wire.hubspot_properties import STATUS
from core.wire.requests import VendorRequest, get, with_json

TITLE = "smsmode"
PROPERTIES = ("phone", "mobilephone", "firstname", "lastname", STATUS)
"""What HubSpot sends along when it fetches the card."""

SEND, EDIT_TEMPLATES, CHECK = (
    Words(fr="Envoyer un SMS", en="Send an SMS"),
    Words(fr="Éditer les modèles", en="Edit the templates"),
    Words(fr="SMS non reçu ?", en="SMS not received?"),
)
"""The card's buttons. Source: smsmode HubSpot tutorial (single), for the first two."""

_STATUS, _DATE, _KIND, _TEXT, _DETAIL, _PHONE, _NONE = (
    Words(fr="Statut", en="Status"),
    Words(fr="Date", en="Date"),
    Words(fr="Type d'envoi", en="Message type"),
    Words(fr="Message", en="Message"),
    Words(fr="Détail", en="Detail"),
    Words(fr="Statut du téléphone pour smsmode", en="Phone status for smsmode"),
    Words(fr="Aucun SMS échangé avec ce contact", en="No SMS exchanged with this contact"),
)
_LONGEST_TITLE = 60
_DIGITS = re.compile(r"[0-9]{1,19}")
_IDENTITY = ("portalId", "userId", "userEmail", "associatedObjectId", "appId")

Query = Sequence[tuple[str, str]]
"""A query's parameters, as they came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button that opens a page of ours.

    Args:
        label: What it reads.
        url: Where it leads.
    """

    label: Words
    url: str


def definition(target_url: str, base_url: str) -> dict[str, Any]:
    """Return the legacy card that HubSpot fetches from ``target_url``.

    Args:
        target_url: Where HubSpot fetches it.
        base_url: What all its buttons' addresses begin with.
    """
    asked = {"name": "contacts", "propertiesToSend": list(PROPERTIES)}
    return {
        "title": TITLE,
        "fetch": {"targetUrl": target_url, "objectTypes": [asked]},
        "display": {"properties": []},
        "actions": {"baseUrls": [f"{base_url}/"]},
    }


def list_cards(paths: Paths, app_id: int) -> VendorRequest:
    """Return the question which cards the app has."""
    return get(f"{paths.cards}/{app_id}")


def create_card(paths: Paths, app_id: int, card: Mapping[str, Any]) -> VendorRequest:
    """Return the request that creates the card."""
    return with_json("POST", f"{paths.cards}/{app_id}", card)


def update_card(paths: Paths, app_id: int, card_id: str, card: Mapping[str, Any]) -> VendorRequest:
    """Return the request that brings the card up to date."""
    return with_json("PATCH", f"{paths.cards}/{app_id}/{card_id}", card)


def read_legacy_visit(query: Query) -> Visit:
    """Return who opened which record, from the query of a legacy card's fetch.

    Raises:
        MalformedRequestError: It lacks the account or the record, or is not about a contact.
    """
    asked = _once(query)
    if asked.get("associatedObjectType", "CONTACT") != "CONTACT":
        msg = "associatedObjectType must be CONTACT: the card is about contacts"
        raise MalformedRequestError(msg)
    return Visit(
        portal_id=PortalId(_number(asked, "portalId")),
        contact_id=ContactId(str(_number(asked, "associatedObjectId"))),
        user=asked.get("userEmail") or asked.get("userId", ""),
    )


def read_fetch_user(query: Query, app_id: int) -> tuple[PortalId, str]:
    """Return the account and the user that HubSpot says a ``hubspot.fetch`` comes from.

    HubSpot appends who asks to a query that the extension wrote; one that names the account
    itself would have it twice, and is refused.

    Raises:
        MalformedRequestError: The account is missing, or it is another app's extension.
    """
    asked = _once(query)
    if _number(asked, "appId") != app_id:
        msg = "appId is not this app's: only its own card may ask"
        raise MalformedRequestError(msg)
    return PortalId(_number(asked, "portalId")), asked.get("userEmail") or asked.get("userId", "")


def answer(
    exchanges: Sequence[Exchange],
    *,
    total: int,
    phone_status: str,
    links: Sequence[Link],
    language: Language,
) -> dict[str, Any]:
    """Return the legacy card's answer, version 1.

    HubSpot shows five results and no property of the whole card, so the phone's status stands
    in the first result.

    Args:
        exchanges: The last SMS, newest first, at most five.
        total: How many there are in all.
        phone_status: The property ``smsmode_status``, ``""`` when it is unset.
        links: The buttons, the primary one first.
        language: What the card speaks.
    """
    results = [_result(each, language) for each in exchanges]
    if not results:
        results = [{"objectId": 1, "title": _NONE.spoken_in(language), "properties": []}]
    results[0]["properties"].append(_property(_PHONE, phone_status or "—", language))
    primary, *others = (_iframe(link, language) for link in links)
    return {
        "results": results,
        "totalCount": total,
        "responseVersion": "v1",
        "primaryAction": primary,
        "secondaryActions": others,
    }


def exchange_json(exchange: Exchange, language: Language) -> dict[str, Any]:
    """Return an SMS as the card of a UI extension is told it."""
    return {
        "id": exchange.id,
        "direction": "received" if exchange.is_reply else "sent",
        "at": exchange.at.isoformat(),
        "type": exchange.kind,
        "typeLabel": _kind(exchange, language),
        "text": exchange.text,
        "status": exchange.status.spoken_in(language),
        "tone": exchange.tone,
        "detail": exchange.detail,
    }


def _result(exchange: Exchange, language: Language) -> dict[str, Any]:
    digest = hashlib.sha256(exchange.id.encode()).digest()
    text = " ".join(exchange.text.split())
    short = text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"
    properties = [
        _property(_STATUS, exchange.status.spoken_in(language), language, "STATUS")
        | {"optionType": exchange.tone.value},
        _property(_DATE, str(int(exchange.at.timestamp() * 1000)), language, "DATETIME"),
        _property(_KIND, _kind(exchange, language), language),
        _property(_TEXT, exchange.text, language),
        _property(_DETAIL, exchange.detail, language),
    ]
    return {
        # A number of six bytes: unique enough for five, and exact in every JSON reader.
        "objectId": int.from_bytes(digest[:6]),
        "title": short or "—",
        "properties": [each for each in properties if each["value"]],
    }


def _property(
    label: Words, value: str, language: Language, data_type: str = "STRING"
) -> dict[str, str]:
    return {"label": label.spoken_in(language), "dataType": data_type, "value": value}


def _iframe(link: Link, language: Language) -> dict[str, Any]:
    return {
        "type": "IFRAME",
        "width": 890,
        "height": 748,
        "uri": link.url,
        "label": link.label.spoken_in(language),
        "associatedObjectProperties": [],
    }


def _kind(exchange: Exchange, language: Language) -> str:
    if exchange.kind is None:
        return ""
    return str(LABELS[language]["inputFieldOptionLabels"]["type"][exchange.kind])


def _once(query: Query) -> dict[str, str]:
    """Return the parameters, when none that says who asks is there twice."""
    names = [name for name, _ in query]
    if twice := [name for name in _IDENTITY if names.count(name) > 1]:
        msg = f"in the query more than once: {', '.join(twice)}"
        raise MalformedRequestError(msg)
    return dict(query)


def _number(asked: Mapping[str, str], name: str) -> int:
    text = asked.get(name, "")
    if not _DIGITS.fullmatch(text) or int(text) > LARGEST_ID:
        msg = f"{name} must be in the query, and a number"
        raise MalformedRequestError(msg)
    return int(text)
