"""Every control route, on one page."""

from starlette.responses import Response

from fakes.hubspot.answering import CONTROL, NO_JSON, HubCall, routes
from fakes.hubspot.control import (
    calls,
    cards,
    event_types,
    faults,
    ledger,
    places,
    running,
    screens,
)
from fakes.hubspot.control.takes import TAKES
from fakes.kit.answers import json_answer
from fakes.kit.facts import Certainty, Fact
from fakes.kit.running import listing

_OURS = Fact(Certainty.ASSUMED, "the fake's own, for what people do on HubSpot's screens")
_PORTAL = "/portals/{portalId}"
_CONTACT = f"{_PORTAL}/contacts/{{contactId}}"


async def list_routes(call: HubCall) -> Response:  # noqa: ARG001 - the same for every fake
    """Answer ``GET /_control/hubspot``: what there is, and what each takes."""
    return json_answer(listing(ROUTES, TAKES))


ROUTES = routes(
    (CONTROL,),
    ("GET", "", list_routes, _OURS, "control#routes"),
    ("GET", "/portals", places.list_portals, _OURS, "control#portals"),
    ("POST", "/portals", places.create_portal, _OURS, "control#portal"),
    ("POST", f"{_PORTAL}/private-tokens", places.create_private_token, _OURS, "control#secret"),
    ("GET", "/users", places.list_users, _OURS, "control#users"),
    ("POST", "/users", places.create_user, _OURS, "control#user"),
    ("GET", "/apps", places.list_apps, _OURS, "control#apps"),
    ("POST", "/apps", places.create_app, _OURS, "control#app"),
    ("PATCH", "/apps/{appId}", places.change_app, _OURS, "control#app"),
    ("POST", "/apps/{appId}/event-types", event_types.declare, _OURS, "control#event_type"),
    ("GET", "/settings", places.read_settings, _OURS, "control#settings"),
    ("PATCH", "/settings", places.change_settings, _OURS, "control#settings"),
    ("POST", "/reset", places.reset, _OURS, NO_JSON),
    ("GET", "/journal", running.read_journal, _OURS, "control#journal"),
    ("GET", "/calls", calls.list_calls, _OURS, "control#calls"),
    ("GET", "/clock", running.read_clock, _OURS, "control#clock"),
    ("POST", "/clock", running.move_clock, _OURS, "control#clock"),
    ("GET", "/ledger", ledger.show_ledger, _OURS, "control#ledger"),
    ("GET", "/ledger/page", ledger.show_page, _OURS, NO_JSON),
    ("GET", "/faults", faults.list_faults, _OURS, "control#faults"),
    ("POST", "/faults", faults.create_fault, _OURS, "control#fault"),
    ("DELETE", "/faults", faults.clear_faults, _OURS, NO_JSON),
    ("GET", f"{_PORTAL}/contacts", screens.list_contacts, _OURS, "control#contacts"),
    ("POST", f"{_PORTAL}/contacts", screens.create_contact, _OURS, "control#contact"),
    ("GET", _CONTACT, screens.read_contact, _OURS, "control#contact"),
    ("PATCH", _CONTACT, screens.update_contact, _OURS, "control#contact"),
    ("POST", f"{_CONTACT}/marketing", screens.set_marketing, _OURS, "control#contact"),
    ("GET", f"{_CONTACT}/timeline", screens.read_timeline, _OURS, "control#timeline"),
    ("GET", f"{_CONTACT}/cards", cards.list_cards, _OURS, "cards#sights"),
    ("GET", f"{_CONTACT}/cards/page", cards.show_cards, _OURS, NO_JSON),
    ("POST", f"{_CONTACT}/cards/page", cards.use_cards, _OURS, NO_JSON),
    ("POST", f"{_CONTACT}/cards/{{cardId}}/actions", cards.press_button, _OURS, "cards#pressed"),
    ("POST", f"{_PORTAL}/apps/{{appId}}/fetch", cards.fetch, _OURS, "cards#fetched"),
    ("GET", f"{_PORTAL}/connected-apps", screens.list_connected_apps, _OURS, "control#connected"),
    ("DELETE", f"{_PORTAL}/connected-apps/{{appId}}", screens.disconnect_app, _OURS, NO_JSON),
    (
        "POST",
        f"{_PORTAL}/flows/{{flowId}}/enroll",
        screens.enroll_contact,
        _OURS,
        "control#enrollment",
    ),
    ("POST", f"{_PORTAL}/flows/{{flowId}}/enabled", screens.switch_flow, _OURS, "control#flow"),
    ("GET", f"{_PORTAL}/enrollments", screens.list_enrollments, _OURS, "control#enrollments"),
)
