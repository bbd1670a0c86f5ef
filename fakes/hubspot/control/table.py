"""Every control route, on one page."""

from starlette.responses import Response

from fakes.hubspot.answering import HubCall, routes
from fakes.hubspot.control import places, screens
from fakes.kit.answers import json_answer
from fakes.kit.facts import Certainty, Fact

ROOT = "/_control/hubspot"
_OURS = Fact(Certainty.ASSUMED, "the fake's own, for what people do on HubSpot's screens")
_PORTAL = "/portals/{portalId}"
_CONTACT = f"{_PORTAL}/contacts/{{contactId}}"


async def list_routes(call: HubCall) -> Response:  # noqa: ARG001 - the same for every fake
    """Answer ``GET /_control/hubspot``: what there is."""
    return json_answer({"results": [f"{route.method} {route.path}" for route in ROUTES]})


ROUTES = routes(
    (ROOT,),
    ("GET", "", list_routes, _OURS),
    ("GET", "/portals", places.list_portals, _OURS),
    ("POST", "/portals", places.create_portal, _OURS),
    ("POST", f"{_PORTAL}/private-tokens", places.create_private_token, _OURS),
    ("GET", "/users", places.list_users, _OURS),
    ("POST", "/users", places.create_user, _OURS),
    ("GET", "/apps", places.list_apps, _OURS),
    ("POST", "/apps", places.create_app, _OURS),
    ("GET", "/settings", places.read_settings, _OURS),
    ("PATCH", "/settings", places.change_settings, _OURS),
    ("POST", "/reset", places.reset, _OURS),
    ("GET", f"{_PORTAL}/contacts", screens.list_contacts, _OURS),
    ("POST", f"{_PORTAL}/contacts", screens.create_contact, _OURS),
    ("GET", _CONTACT, screens.read_contact, _OURS),
    ("PATCH", _CONTACT, screens.update_contact, _OURS),
    ("POST", f"{_CONTACT}/marketing", screens.set_marketing, _OURS),
    ("GET", f"{_CONTACT}/timeline", screens.read_timeline, _OURS),
    ("GET", f"{_PORTAL}/connected-apps", screens.list_connected_apps, _OURS),
    ("DELETE", f"{_PORTAL}/connected-apps/{{appId}}", screens.disconnect_app, _OURS),
    ("POST", f"{_PORTAL}/flows/{{flowId}}/enroll", screens.enroll_contact, _OURS),
    ("POST", f"{_PORTAL}/flows/{{flowId}}/enabled", screens.switch_flow, _OURS),
    ("GET", f"{_PORTAL}/enrollments", screens.list_enrollments, _OURS),
)
