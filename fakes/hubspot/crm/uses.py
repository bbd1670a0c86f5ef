"""What uses a property, and so keeps it from being deleted."""

import re
from collections.abc import Iterator
from typing import Any

from fakes.hubspot.errors import invalid
from fakes.hubspot.state import Portal

_NAMING = frozenset(("property", "propertyName", "property_name"))
"""The keys under which workflows and filters name a property."""


def refuse_used(portal: Portal, name: str) -> None:
    """Let a property pass that no workflow and no list uses; one that is turned off counts too.

    Source: a probe of a real account and many clients' logs.

    Raises:
        RefusedError: It names each user.
    """
    users = list(_users(portal, name))
    if users:
        raise invalid(
            f"Property: {name} of object type 0-1 is currently used in {len(users)} places "
            "and cannot be deleted",
            sub_category="PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE",
            errors=[
                {
                    "message": f"{name} is in use",
                    "context": {"parentType": [kind], "parentName": [user]},
                }
                for kind, user in users
            ],
        )


def _users(portal: Portal, name: str) -> Iterator[tuple[str, str]]:
    for flow in portal.flows.values():
        if _mentions(flow.body, name):
            yield "WORKFLOW", str(flow.body.get("name", ""))
    for one in portal.lists.values():
        if one.archived_at is None and f"property:{name}" in one.topics:
            yield "LIST", one.name


def _mentions(value: Any, name: str) -> bool:
    """Return whether a workflow names a property: in a filter, a field, or a token of a text."""
    match value:
        case dict():
            return any(
                held == name if key in _NAMING and isinstance(held, str) else _mentions(held, name)
                for key, held in value.items()
            )
        case list():
            return any(_mentions(item, name) for item in value)
        case str():
            token = rf"\{{\{{\s*(?:enrolled_object|contact)\.{re.escape(name)}\s*\}}\}}"
            return re.search(token, value) is not None
        case _:
            return False
