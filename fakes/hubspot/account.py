"""What an account says of itself, and an app leaving it."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from fakes.hubspot.access import account
from fakes.hubspot.answering import NO_JSON, HubCall, routes
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.installs import uninstall
from fakes.hubspot.limits import meter
from fakes.hubspot.state import Portal
from fakes.hubspot.times import iso
from fakes.kit.answers import empty_answer, json_answer
from fakes.kit.facts import Certainty, Fact

_SPEC = Fact(Certainty.SPEC, "HubSpot developer docs, Account information")
_UNINSTALL = Fact(Certainty.SPEC, "HubSpot developer docs, App uninstalls")
_LIVE = Fact(Certainty.SINGLE, "a live run on a developer test account")
_MILLISECOND = timedelta(milliseconds=1)


async def read_details(call: HubCall) -> Response:
    """Answer ``GET /account-info/…/details``."""
    return json_answer(_details(call, account(call).portal))


async def read_named_details(call: HubCall) -> Response:
    """Answer ``GET /account-info/2026-09/details``, which tells the account's name and age too."""
    portal = account(call).portal
    newer = {"portalName": portal.name, "createdAt": iso(portal.created_at)}
    return json_answer({**_details(call, portal), **newer})


def _details(call: HubCall, portal: Portal) -> dict[str, Any]:
    local = call.party.now().astimezone(ZoneInfo(portal.time_zone))
    offset = local.utcoffset() or timedelta()
    minutes, sign = abs(offset) // timedelta(minutes=1), "-" if offset < timedelta() else "+"
    return {
        "portalId": portal.id,
        "accountType": portal.account_type,
        "timeZone": portal.time_zone,
        "companyCurrency": portal.currency,
        "additionalCurrencies": [],
        "utcOffset": f"{sign}{minutes // 60:02d}:{minutes % 60:02d}",
        "utcOffsetMilliseconds": offset // _MILLISECOND,
        "uiDomain": portal.ui_domain,
        "dataHostingLocation": portal.data_centre,
    }


async def read_private_use(call: HubCall) -> Response:
    """Answer ``GET …/api-usage/daily/private-apps``: how many calls private apps made today."""
    portal, now = account(call).portal, call.party.now()
    used, resets_at = meter.used_today(call.party, portal)
    use = {
        "name": "private-apps-api-calls-daily",
        "usageLimit": call.party.settings.private_calls_per_day,
        "currentUsage": used,
        "collectedAt": iso(now),
        "fetchStatus": "SUCCESS",
        "resetsAt": iso(resets_at),
    }
    return json_answer({"results": [use]})


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
        ("GET", "/api-usage/daily/private-apps", read_private_use, _SPEC, "account#usage"),
    ),
    *routes(
        ("/account-info/2026-09",),
        ("GET", "/details", read_named_details, _LIVE, "account#details"),
        ("GET", "/api-usage/daily/private-apps", read_private_use, _SPEC, "account#usage"),
    ),
    *routes(
        ("/appinstalls/v3", "/appinstalls/2026-03", "/appinstalls/2026-09"),
        ("DELETE", "/external-install", uninstall_app, _UNINSTALL, NO_JSON),
    ),
)
