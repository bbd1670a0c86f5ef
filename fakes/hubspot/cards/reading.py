"""An app's answer about a record, in either version, as what the record shows."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from itertools import count
from typing import Any

from fakes.hubspot.cards.records import Action, ActionKind, Card, Sight
from fakes.hubspot.crm.values import text_of
from fakes.hubspot.shapes import (
    number_in,
    object_in,
    objects_in,
    optional_text_in,
    text_in,
    texts_in,
)
from fakes.hubspot.times import read_moment

MOST_RESULTS = 5
"""How many results a card shows. Source: HubSpot developer docs, CRM cards (docs)."""

_LARGEST = 10_000
_DATED = {"DATE": "%d/%m/%Y", "DATETIME": "%d/%m/%Y %H:%M"}


def read_sight(card: Card, body: Mapping[str, Any], zone: tzinfo) -> Sight:
    """Return what the record shows of an answer.

    Args:
        card: Whose answer it is.
        body: The answer.
        zone: Where its moments are shown; days are those of UTC. Assumed: both, and their form.

    Raises:
        RefusedError: The answer is not one of a card.
    """
    if body.get("responseVersion") == "v3":
        return _read_v3(card, body, zone)
    return _read_v1(card, body, zone)


def _read_v1(card: Card, body: Mapping[str, Any], zone: tzinfo) -> Sight:
    results, numbers = objects_in(body, "results"), count()
    asked: list[tuple[str, dict[str, Any]]] = [
        (role, object_in(body, f"{role}Action"))
        for role in ("settings", "primary")
        if body.get(f"{role}Action")
    ]
    asked += [("secondary", one) for one in objects_in(body, "secondaryActions")]
    asked += [("result", one) for result in results for one in objects_in(result, "actions")]
    return Sight(
        title=card.body["title"],
        results=tuple(_result_v1(card, one, zone) for one in results[:MOST_RESULTS]),
        total=number_in(body, "totalCount", least=0, most=2**31) or len(results),
        more_label=optional_text_in(body, "itemLabel") or "",
        more_url=optional_text_in(body, "allItemsLink"),
        actions=tuple(_action_v1(next(numbers), role, one) for role, one in asked),
    )


def _result_v1(card: Card, result: dict[str, Any], zone: tzinfo) -> dict[str, Any]:
    text_in(result, "objectId")
    declared = (
        {"label": one["label"], "value": _option(one, _shown(one, result[one["name"]], zone))}
        for one in card.body["display"]["properties"]
        if result.get(one["name"]) is not None
    )
    free = (
        {"label": text_in(one, "label"), "value": _shown(one, one.get("value"), zone)}
        for one in objects_in(result, "properties")
    )
    return {
        "title": text_in(result, "title"),
        "link": optional_text_in(result, "link"),
        "lines": [*declared, *free],
    }


def _shown(kind: Mapping[str, Any], value: object, zone: tzinfo) -> str:
    """Return a value as people read it: a date or a moment in their form, all else as it is."""
    form, moment = _DATED.get(str(kind.get("dataType"))), read_moment(value)
    if form is None or moment is None:
        return text_of(value)
    return (moment.astimezone(zone) if kind["dataType"] == "DATETIME" else moment).strftime(form)


def _option(declared: Mapping[str, Any], value: str) -> str:
    labels = {option["name"]: option["label"] for option in declared["options"]}
    return str(labels.get(value, value))


def _action_v1(number: int, role: str, body: Mapping[str, Any]) -> Action:
    kind = text_in(body, "type")
    asks = None
    if kind == "CONFIRMATION_ACTION_HOOK":
        names = ("confirmationMessage", "confirmButtonText", "cancelButtonText")
        asks = {name: text_in(body, name) for name in names}
    return Action(
        id=number,
        role=role,
        kind=_kind(kind),
        label=text_in(body, "label"),
        url=text_in(body, "uri"),
        method=(optional_text_in(body, "httpMethod") or "GET").upper(),
        properties=tuple(texts_in(body, "associatedObjectProperties")),
        width=_size(body, "width"),
        height=_size(body, "height"),
        confirmation=asks,
    )


def _read_v3(card: Card, body: Mapping[str, Any], zone: tzinfo) -> Sight:
    sections, numbers = objects_in(body, "sections"), count()
    return Sight(
        title=optional_text_in(body, "cardLabel") or card.body["title"],
        results=tuple(_section(one, zone) for one in sections[:MOST_RESULTS]),
        total=number_in(body, "totalCount", least=0, most=2**31) or len(sections),
        more_url=optional_text_in(body, "allItemsLinkUrl"),
        actions=tuple(_action_v3(next(numbers), role, one) for role, one in _asked_v3(body)),
    )


def _asked_v3(body: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    top = object_in(body, "topLevelActions")
    for role in ("settings", "primary"):
        if top.get(role):
            yield role, object_in(top, role)
    for one in objects_in(top, "secondary"):
        yield "secondary", one
    for section in objects_in(body, "sections"):
        for one in objects_in(section, "actions"):
            yield "result", one


def _section(section: dict[str, Any], zone: tzinfo) -> dict[str, Any]:
    lines = [
        {
            "label": optional_text_in(one, "label") or text_in(one, "name"),
            "value": _shown(one, one.get("value"), zone),
        }
        for one in objects_in(section, "tokens")
    ]
    link = optional_text_in(section, "linkUrl")
    return {"title": text_in(section, "title"), "link": link, "lines": lines}


def _action_v3(number: int, role: str, body: Mapping[str, Any]) -> Action:
    asks = object_in(body, "confirmation")
    words = {
        "confirmationMessage": "prompt",
        "confirmButtonText": "confirmButtonLabel",
        "cancelButtonText": "cancelButtonLabel",
    }
    return Action(
        id=number,
        role=role,
        kind=_kind(text_in(body, "type")),
        label=text_in(body, "label"),
        url=text_in(body, "url"),
        method=(optional_text_in(body, "httpMethod") or "GET").upper(),
        properties=tuple(texts_in(body, "propertyNamesIncluded")),
        width=_size(body, "width"),
        height=_size(body, "height"),
        confirmation={old: text_in(asks, new) for old, new in words.items()} if asks else None,
    )


def _kind(text: str) -> ActionKind:
    return ActionKind.IFRAME if text == "IFRAME" else ActionKind.ACTION_HOOK


def _size(body: Mapping[str, Any], name: str) -> int:
    return number_in(body, name, least=0, most=_LARGEST) or 0
