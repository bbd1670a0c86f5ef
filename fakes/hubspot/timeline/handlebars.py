"""The part of Handlebars that event templates use; it fills once, and escapes all it fills with.

It is ours because no Handlebars for Python is kept up (``pybars3`` and its fork have stood still
for years) and compiles templates to code, and because HubSpot's helpers are not Handlebars' own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from html import escape
from typing import Any

from fakes.hubspot.crm.values import text_of
from fakes.hubspot.times import read_moment

ZONE = "@zone"
"""Where a scope holds the time zone in which dates are shown; UTC without it."""

_TAG = re.compile(r"\{\{\{?\s*([#/]?)\s*([^{}]*?)\s*\}?\}\}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes."""

    path: str


@dataclass(frozen=True, slots=True)
class Block:
    """A helper around a part of the template."""

    helper: str
    path: str
    body: "tuple[str | Place | Block, ...]"
    otherwise: "tuple[str | Place | Block, ...]" = ()


Body = tuple[str | Place | Block, ...]
"""A part of a template, read."""

_DEEPEST = 50
"""How deep blocks may stand in each other; of deeper ones the marks are left out."""


def fill(template: str, scope: Mapping[str, Any]) -> str:
    """Return ``template`` with its places filled from ``scope``, as HTML text.

    Source: HubSpot developer docs, Timeline events: ``each``, ``formatDate`` (docs); ``if`` is
    Handlebars' own. What is filled in is never read as a template, and is always escaped.
    """
    pieces = _TAG.split(template)
    body, _ = _parse(iter(pieces), None, 0)
    return _render(body, scope)


def _parse(pieces: Iterator[str], until: str | None, depth: int) -> tuple[Body, Body]:
    first: list[str | Place | Block] = []
    rest: list[str | Place | Block] = []
    nodes = first
    for text in pieces:
        nodes.append(escape(text, quote=False))
        mark, content = next(pieces, ""), next(pieces, "")
        helper, _, path = content.partition(" ")
        if mark == "#" and depth < _DEEPEST:
            nodes.append(Block(helper, path.strip(), *_parse(pieces, helper, depth + 1)))
        elif mark == "/" and helper == until:
            break
        elif content == "else" and until is not None:
            nodes = rest
        elif content and not mark:
            nodes.append(Place(content))
    return tuple(first), tuple(rest)


def _render(nodes: Body, scope: Mapping[str, Any]) -> str:
    return "".join(_render_one(node, scope) for node in nodes)


def _render_one(node: str | Place | Block, scope: Mapping[str, Any]) -> str:
    match node:
        case str():
            return node
        case Place(path):
            return escape(text_of(_look_up(path, scope)))
        case Block("each", path, body, otherwise):
            items = _items(path, scope)
            shown = (_render(body, _inside(item, n, scope)) for n, item in enumerate(items))
            return "".join(shown) if items else _render(otherwise, scope)
        case Block("if" | "unless" as helper, path, body, otherwise):
            is_shown = bool(_look_up(path, scope)) is (helper == "if")
            return _render(body if is_shown else otherwise, scope)
        case Block("formatDate", path, _):
            return _date(_look_up(path, scope), scope.get(ZONE, UTC))
        case Block(_, _, body):
            return _render(body, scope)


def _items(path: str, scope: Mapping[str, Any]) -> list[Any]:
    found = _look_up(path, scope)
    return found if isinstance(found, list) else []


def _inside(item: Any, place: int, scope: Mapping[str, Any]) -> dict[str, Any]:
    own = item if isinstance(item, dict) else {}
    return {**scope, **own, "this": item, "@index": place}


def _look_up(path: str, scope: Mapping[str, Any]) -> Any:
    if path in scope:
        return scope[path]
    value: Any = scope
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _date(value: Any, zone: tzinfo) -> str:
    moment = read_moment(value)
    return "" if moment is None else moment.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
