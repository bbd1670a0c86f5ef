"""Which kinds of records there are, by the names that callers may use."""

import re

from fakes.hubspot.errors import RefusedError

_NAMES = frozenset(
    (
        "calls",
        "carts",
        "communications",
        "companies",
        "contacts",
        "deals",
        "emails",
        "feedback_submissions",
        "goal_targets",
        "invoices",
        "leads",
        "line_items",
        "meetings",
        "notes",
        "orders",
        "postal_mail",
        "products",
        "quotes",
        "services",
        "subscriptions",
        "tasks",
        "tickets",
    )
)
"""Source: HubSpot's interface descriptions (spec)."""
_NUMBERED = re.compile(r"[02]-\d+|p\d+_\w+")
"""How a kind of record is named by its number, or as an account's own."""


def refuse_unknown_kind(name: str) -> None:
    """Let the name of a kind of record pass: plural, singular, or by number.

    Source: seen in many clients' logs; it has no category there.

    Raises:
        RefusedError: There is no such kind (400).
    """
    plurals = {name, f"{name}s", f"{name.removesuffix('y')}ies"}
    if _NAMES.isdisjoint(plurals) and not _NUMBERED.fullmatch(name):
        raise RefusedError(400, f"Unable to infer object type from: {name}")
