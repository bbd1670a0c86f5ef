"""What an account says of itself, and an app leaving it."""

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.installs import uninstall
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Account information")
_UNINSTALL = Fact(Certainty.SPEC, "HubSpot developer docs, App uninstalls")
_MINUTE_MS = 60_000


async def read_details(call: HubCall) -> Response:
    """Answer ``GET /account-info/…/details``."""
    portal = account(call).portal
    hours, minutes = portal.utc_offset[1:].split(":")
    sign = -1 if portal.utc_offset.startswith("-") else 1
    return json_answer(
        {
            "portalId": portal.id,
            "accountType": portal.account_type,
            "timeZone": portal.time_zone,
            "companyCurrency": portal.currency,
            "additionalCurrencies": [],
            "utcOffset": portal.utc_offset,
            "utcOffsetMilliseconds": sign * (int(hours) * 60 + int(minutes)) * _MINUTE_MS,
            "uiDomain": "app.hubspot.com",
            "dataHostingLocation": "eu1",
        }
    )


async def uninstall_app(call: HubCall) -> Response:
    """Answer ``DELETE /appinstalls/…/external-install``: the app of the token leaves."""
    caller = account(call)
    if caller.token.app_id is None:
        raise RefusedError(403, "Only the app itself can uninstall itself this way.")
    uninstall(call.party, caller.portal, caller.token.app_id, by="app")
    return empty_answer()


ROUTES = (
    *routes(
        ("/account-info/v3", "/account-info/2026-03"),
        ("GET", "/details", read_details, _SPEC, "account#details"),
    ),
    *routes(
        ("/appinstalls/v3", "/appinstalls/2026-03"),
        ("DELETE", "/external-install", uninstall_app, _UNINSTALL, NO_JSON),
    ),
)
