"""Routes that HubSpot has and this fake does not do: a 501 that says so."""

from starlette.responses import Response

from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.errors import RefusedError
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot's interface descriptions")
_OBJECTS = (
    "calls",
    "carts",
    "communications",
    "companies",
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
"""Kinds of records other than contacts."""
_OTHERS = (
    ("GET", "/crm/v3/schemas"),
    ("POST", "/crm/v3/schemas"),
    ("GET", "/crm/v3/pipelines/{objectType}"),
    ("POST", "/crm/v3/imports"),
    ("GET", "/crm/v3/imports"),
    ("POST", "/crm/v3/exports/export/async"),
    ("GET", "/communication-preferences/v3/definitions"),
    ("POST", "/communication-preferences/v3/subscribe"),
    ("POST", "/communication-preferences/v3/unsubscribe"),
    ("GET", "/communication-preferences/v3/status/email/{emailAddress}"),
    ("POST", "/files/v3/files"),
    ("GET", "/files/v3/files/{fileId}"),
    ("GET", "/marketing/v3/forms"),
    ("GET", "/marketing/v3/emails"),
    ("GET", "/marketing/v3/campaigns"),
    ("POST", "/events/v3/send"),
    ("GET", "/events/v3/events"),
    ("GET", "/conversations/v3/conversations/threads"),
    ("GET", "/settings/v3/users"),
    ("GET", "/settings/v3/users/teams"),
    ("GET", "/business-units/v3/business-units/user/{userId}"),
    ("GET", "/cms/v3/pages/site-pages"),
    ("GET", "/cms/v3/blogs/posts"),
    ("GET", "/automation/v4/sequences"),
    ("GET", "/account-info/v3/activity/login"),
    ("GET", "/account-info/v3/activity/audit-logs"),
    ("GET", "/webhooks-journal/journal/2026-03/earliest"),
    ("GET", "/webhooks-journal/journal/2026-03/latest"),
    ("GET", "/webhooks-journal/journal/2026-03/offset/{offset}/next"),
    ("GET", "/webhooks-journal/subscriptions/2026-03"),
    ("POST", "/webhooks-journal/subscriptions/2026-03"),
)


async def refuse(call: HubCall) -> Response:
    """Refuse, naming the route.

    Raises:
        RefusedError: 501, always.
    """
    asked = f"{call.request.method} {call.request.url.path}"
    call.party.event("route.not_built", asked=asked)
    raise RefusedError(501, f"HubSpot has {asked}; this fake does not do it.")


_OBJECT_LINES = tuple(
    line
    for kind in _OBJECTS
    for line in (
        ("GET", f"/crm/v3/objects/{kind}"),
        ("POST", f"/crm/v3/objects/{kind}"),
        ("POST", f"/crm/v3/objects/{kind}/search"),
        ("GET", f"/crm/v3/objects/{kind}/{{objectId}}"),
        ("PATCH", f"/crm/v3/objects/{kind}/{{objectId}}"),
        ("DELETE", f"/crm/v3/objects/{kind}/{{objectId}}"),
    )
)
ROUTES = routes(
    ("",),
    *((method, path, refuse, _SPEC, NO_JSON) for method, path in (*_OBJECT_LINES, *_OTHERS)),
    is_built=False,
)
"""Everything that is known and not built."""
