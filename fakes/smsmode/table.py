"""The table of every route that smsmode answers."""

from fakes.kit.facts import Certainty, Fact
from fakes.kit.routing import Route, RouteTable
from fakes.smsmode import lists, messages, optout, scheduled
from fakes.smsmode.control import TRAFFIC_CONTROL
from fakes.smsmode.office import OFFICE_CONTROL
from fakes.smsmode.party import Party

_SEND = Fact(Certainty.MANY, "smsmode API docs, Send an SMS; published clients")
_READ = Fact(Certainty.MANY, "smsmode API docs, Messages; published clients")
_CHANGE = Fact(Certainty.MANY, "smsmode API docs, Messages; official client")
_PAGE = Fact(Certainty.ASSUMED, "smsmode.com, STOP mention")

_BASES = (
    "/sms/v1/messages",
    "/sms/v1/channels/{channelId}/messages",
    "/sms/v1/campaigns/{campaignId}/messages",
    "/sms/v1/channels/{channelId}/campaigns/{campaignId}/messages",
)


def _message_routes(base: str) -> tuple[Route[Party], ...]:
    one = f"{base}/{{messageId}}"
    return (
        Route("POST", base, messages.send, _SEND),
        Route("GET", base, lists.index, _READ),
        Route("GET", one, messages.show, _READ),
        Route("PATCH", one, scheduled.change, _CHANGE),
        Route("DELETE", one, scheduled.cancel, _CHANGE),
    )


TABLE: RouteTable[Party] = RouteTable(
    (
        *(route for base in _BASES for route in _message_routes(base)),
        Route("GET", "/no-sms", optout.ask, _PAGE),
        Route("POST", "/no-sms", optout.confirm, _PAGE),
        Route("GET", "/no-sms/{code}", optout.ask, _PAGE),
        Route("POST", "/no-sms/{code}", optout.confirm, _PAGE),
        *TRAFFIC_CONTROL,
        *OFFICE_CONTROL,
    )
)
"""Every route, the vendor's and the sandbox's own."""
