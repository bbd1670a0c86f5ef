"""What stands at the root: where a person who opens the address goes from there."""

from starlette.responses import Response

from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.oauth.pages import render
from fakes.kit.facts import Certainty, Fact

_OURS = Fact(Certainty.ASSUMED, "the fake's own, for who opens its address in a browser")


async def show_home(call: HubCall) -> Response:
    """Answer ``GET /``."""
    return render(call, "home.html", portals=call.party.state.portals.values())


ROUTES = routes(("/",), ("GET", "", show_home, _OURS, NO_JSON))
