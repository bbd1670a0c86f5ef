"""Routes that HubSpot has and this fake does not do: a 501 that says so."""

from collections.abc import Iterable

from starlette.responses import Response

from fakes.hubspot.answering import NO_JSON, Answer, HubCall, Line, routes
from fakes.hubspot.crm.kinds import refuse_unknown_kind
from fakes.hubspot.errors import RefusedError
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot's interface descriptions")
_LEGACY = Fact(Certainty.DOCS, "HubSpot developer docs, legacy APIs")
_RECORDS = (
    ("GET", ""),
    ("POST", ""),
    ("GET", "/{objectId}"),
    ("PATCH", "/{objectId}"),
    ("DELETE", "/{objectId}"),
    ("POST", "/search"),
    ("POST", "/merge"),
    *(("POST", f"/batch/{verb}") for verb in ("read", "create", "update", "upsert", "archive")),
)
_PROPERTIES = (
    ("GET", ""),
    ("POST", ""),
    ("GET", "/{propertyName}"),
    ("PATCH", "/{propertyName}"),
    ("DELETE", "/{propertyName}"),
    ("GET", "/groups"),
    ("POST", "/groups"),
    *(("POST", f"/batch/{verb}") for verb in ("read", "create", "archive")),
)
_ASSOCIATIONS = (
    ("GET", "/objects/{objectType}/{objectId}/associations/{toObjectType}"),
    ("PUT", "/objects/{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}"),
    ("DELETE", "/objects/{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}"),
    ("GET", "/associations/{objectType}/{toObjectType}/labels"),
    *(
        ("POST", f"/associations/{{objectType}}/{{toObjectType}}/batch/{verb}")
        for verb in ("read", "create", "archive")
    ),
)
_JOURNAL = (
    *(("GET", f"/journal/2026-03/{place}") for place in ("earliest", "latest")),
    ("GET", "/journal/2026-03/offset/{offset}/next"),
    *(("GET", f"/journal/2026-03/batch/{place}/{{count}}") for place in ("earliest", "latest")),
    ("GET", "/journal/2026-03/batch/{offset}/next/{count}"),
    ("POST", "/journal/2026-03/batch/read"),
    ("GET", "/subscriptions/2026-03"),
    ("POST", "/subscriptions/2026-03"),
    ("GET", "/subscriptions/2026-03/{subscriptionId}"),
    ("DELETE", "/subscriptions/2026-03/{subscriptionId}"),
    ("POST", "/snapshots/2026-03/crm"),
)
_OLDER = (
    ("POST", "/contacts/v1/contact"),
    ("GET", "/contacts/v1/contact/vid/{contactId}/profile"),
    ("POST", "/contacts/v1/contact/vid/{contactId}/profile"),
    ("GET", "/contacts/v1/contact/email/{email}/profile"),
    ("POST", "/contacts/v1/contact/createOrUpdate/email/{email}"),
    ("GET", "/contacts/v1/lists/all/contacts/all"),
    ("GET", "/contacts/v1/lists/{listId}/contacts/all"),
    ("GET", "/contacts/v1/search/query"),
    ("GET", "/properties/v1/contacts/properties"),
    ("POST", "/properties/v1/contacts/properties"),
    ("POST", "/engagements/v1/engagements"),
    ("GET", "/integrations/v1/me"),
)
"""What apps called before v3, and some still do."""
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
)


async def refuse(call: HubCall) -> Response:
    """Refuse, naming the route.

    Raises:
        RefusedError: 501, always.
    """
    asked = f"{call.request.method} {call.request.url.path}"
    call.party.event("route.not_built", asked=asked)
    raise RefusedError(501, f"HubSpot has {asked}; this fake does not do it.")


async def refuse_kind(call: HubCall) -> Response:
    """Refuse a route of another kind of record than contacts.

    Raises:
        RefusedError: 501, or 400 when there is no such kind.
    """
    refuse_unknown_kind(call.params["objectType"])
    return await refuse(call)


def _lines(answer: Answer, known: Iterable[tuple[str, str]], fact: Fact = _SPEC) -> list[Line]:
    return [(method, path, answer, fact, NO_JSON) for method, path in known]


def _roots(area: str) -> tuple[str, ...]:
    roots = (f"/crm/v3/{area}", f"/crm/{area}/2026-03", f"/crm/{area}/2026-09")
    return tuple(f"{root}/{{objectType}}" for root in roots)


ROUTES = (
    *routes(_roots("objects"), *_lines(refuse_kind, _RECORDS), is_built=False),
    *routes(_roots("properties"), *_lines(refuse_kind, _PROPERTIES), is_built=False),
    *routes(("/crm/v4",), *_lines(refuse, _ASSOCIATIONS), is_built=False),
    *routes(("/webhooks-journal",), *_lines(refuse, _JOURNAL), is_built=False),
    *routes(("",), *_lines(refuse, _OTHERS), is_built=False),
    *routes(("",), *_lines(refuse, _OLDER, _LEGACY), is_built=False),
)
"""Everything that is known and not built."""
