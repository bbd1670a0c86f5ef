"""What stands at the root: where a person who opens the address goes from there."""

from itertools import islice

from starlette.responses import Response

from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.oauth.pages import render
from fakes.hubspot.state import Portal
from fakes.kit.facts import Certainty, Fact

_OURS = Fact(Certainty.ASSUMED, "the fake's own, for who opens its address in a browser")

_MOST_CONTACTS = 10


async def show_home(call: HubCall) -> Response:
    """Answer ``GET /``: the accounts, and the cards of their newest contacts."""
    shown = [(portal, _newest(portal)) for portal in call.party.state.portals.values()]
    return render(call, "home.html", portals=shown)


def _newest(portal: Portal) -> list[Contact]:
    latest = map(portal.contacts.__getitem__, reversed(portal.contact_order))
    return list(islice((one for one in latest if one.archived_at is None), _MOST_CONTACTS))


ROUTES = routes(("/",), ("GET", "", show_home, _OURS, NO_JSON))
