"""The table of every route that smsmode answers."""

from dataclasses import replace

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.kit.errors import ServiceError
from fakes.kit.facts import Certainty, Fact
from fakes.kit.routing import Handler, Route, RouteTable
from fakes.smsmode import lists, messages, optout, scheduled
from fakes.smsmode.callback_control import CALLBACK_CONTROL
from fakes.smsmode.campaigns import routes as campaigns
from fakes.smsmode.commons import (
    channels,
    consumptions,
    credentials,
    lookup,
    organisations,
    transfers,
)
from fakes.smsmode.control import TRAFFIC_CONTROL
from fakes.smsmode.errors import shown_in
from fakes.smsmode.ledger_control import LEDGER_CONTROL
from fakes.smsmode.not_built import NOT_BUILT
from fakes.smsmode.office import OFFICE_CONTROL
from fakes.smsmode.party import Party
from fakes.smsmode.running_control import RUNNING_CONTROL
from fakes.smsmode.site.routes import SITE

_SEND = Fact(Certainty.MANY, "smsmode API docs, Send an SMS; published clients")
_READ = Fact(Certainty.MANY, "smsmode API docs, Messages; published clients")
_CHANGE = Fact(Certainty.MANY, "smsmode API docs, Messages; official client")
_CAMPAIGNS = Fact(Certainty.MANY, "smsmode API docs, Campaigns; official client")
_COMMONS = Fact(Certainty.SINGLE, "smsmode API docs, as a published reference reads them")
_BALANCE = Fact(Certainty.MANY, "smsmode API docs, Organisations; a monitoring template")
_CONNECTOR = Fact(Certainty.SINGLE, "a published connector, tested live")
_PAGE = Fact(Certainty.ASSUMED, "smsmode.com, STOP mention: that there is a page")

_MESSAGES = (
    "/sms/v1/messages",
    "/sms/v1/channels/{channelId}/messages",
    "/sms/v1/campaigns/{campaignId}/messages",
    "/sms/v1/channels/{channelId}/campaigns/{campaignId}/messages",
)
_CAMPAIGN_BASES = ("/sms/v1/campaigns", "/sms/v1/channels/{channelId}/campaigns")
_ORGANISATIONS = "/commons/v1/organisations"
_CHANNELS = f"{_ORGANISATIONS}/{{organisationId}}/channels"
_TRANSFERS = f"{_ORGANISATIONS}/{{organisationId}}/transfers"
_CREDENTIALS = "/commons/v1/channels/{channelId}/credentials"
_CONSUMPTIONS = "/commons/v1/channels/{channelId}/consumptions"


def _message_routes(base: str) -> tuple[Route[Party], ...]:
    one = f"{base}/{{messageId}}"
    return (
        Route("POST", base, messages.send, _SEND, "sent"),
        Route("GET", base, lists.index, _READ, "lists#messages"),
        Route("GET", one, messages.show, _READ, "anything"),
        Route("PATCH", one, scheduled.change, _CHANGE, "message"),
        Route("DELETE", one, scheduled.cancel, _CHANGE, "message"),
    )


def _campaign_routes(base: str) -> tuple[Route[Party], ...]:
    one = f"{base}/{{campaignId}}"
    return (
        Route("POST", base, campaigns.create, _CAMPAIGNS, "campaign"),
        Route("GET", base, campaigns.index, _CAMPAIGNS, "lists#campaigns"),
        Route("GET", one, campaigns.show, _CAMPAIGNS, "campaign"),
        Route("PATCH", one, campaigns.change, _CAMPAIGNS, "campaign"),
        Route("DELETE", one, campaigns.cancel, _CAMPAIGNS, "campaign"),
    )


_COMMONS_ROUTES: tuple[Route[Party], ...] = (
    Route("POST", _ORGANISATIONS, organisations.create, _COMMONS, "organisation"),
    Route("GET", _ORGANISATIONS, organisations.index, _BALANCE, "lists#organisations"),
    Route(
        "GET", f"{_ORGANISATIONS}/{{organisationId}}", organisations.show, _BALANCE, "organisation"
    ),
    Route(
        "PATCH",
        f"{_ORGANISATIONS}/{{organisationId}}",
        organisations.change,
        _COMMONS,
        "organisation",
    ),
    Route("POST", _CHANNELS, channels.create, _COMMONS, "channel"),
    Route("GET", _CHANNELS, channels.index, _COMMONS, "lists#channels"),
    Route("GET", f"{_CHANNELS}/{{channelId}}", channels.show, _COMMONS, "channel"),
    Route("PATCH", f"{_CHANNELS}/{{channelId}}", channels.change, _COMMONS, "channel"),
    Route("POST", _CREDENTIALS, credentials.create, _COMMONS, "credential"),
    Route("GET", _CREDENTIALS, credentials.index, _COMMONS, "lists#credentials"),
    Route("GET", f"{_CREDENTIALS}/{{credentialId}}", credentials.show, _COMMONS, "credential"),
    Route("PATCH", f"{_CREDENTIALS}/{{credentialId}}", credentials.change, _COMMONS, "credential"),
    Route("DELETE", f"{_CREDENTIALS}/{{credentialId}}", credentials.delete, _COMMONS),
    Route("POST", _TRANSFERS, transfers.create, _COMMONS, "transfer"),
    Route("GET", _TRANSFERS, transfers.index, _COMMONS, "lists#transfers"),
    Route("GET", f"{_TRANSFERS}/{{transferId}}", transfers.show, _COMMONS, "transfer"),
    Route("GET", _CONSUMPTIONS, consumptions.index, _COMMONS, "lists#consumptions"),
    Route("GET", f"{_CONSUMPTIONS}/{{consumptionId}}", consumptions.show, _COMMONS, "consumption"),
    Route("GET", "/commons/v1/consumptions", consumptions.index, _CONNECTOR, "lists#consumptions"),
    Route("GET", "/commons/v1/lookup/{msisdn}", lookup.show, _COMMONS, "lookup"),
)


def _as_vendor(route: Route[Party]) -> Route[Party]:
    handler: Handler[Party] = route.handler

    async def answer(call: Call[Party]) -> Response:
        try:
            return await handler(call)
        except ServiceError as refusal:
            raise shown_in(call.party.settings, refusal) from None

    return replace(route, handler=answer)


VENDORS: tuple[Route[Party], ...] = (
    *(route for base in _MESSAGES for route in _message_routes(base)),
    *(route for base in _CAMPAIGN_BASES for route in _campaign_routes(base)),
    *_COMMONS_ROUTES,
    *NOT_BUILT,
)
"""The routes of smsmode's API."""

TABLE: RouteTable[Party] = RouteTable(
    (
        *(_as_vendor(route) for route in VENDORS),
        Route("GET", "/no-sms", optout.ask, _PAGE),
        Route("POST", "/no-sms", optout.confirm, _PAGE),
        Route("GET", "/no-sms/{code}", optout.ask, _PAGE),
        Route("POST", "/no-sms/{code}", optout.confirm, _PAGE),
        *SITE,
        *RUNNING_CONTROL,
        *TRAFFIC_CONTROL,
        *CALLBACK_CONTROL,
        *OFFICE_CONTROL,
        *LEDGER_CONTROL,
    )
)
"""Every route, the vendor's and the sandbox's own."""
