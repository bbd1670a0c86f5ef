"""What the vendors say of a set-up, asked without any effect: their clocks, and the app's secrets."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from core.clients.hubspot import with_developer_key
from core.clients.vendor import Answer, Vendor
from core.commands.findings import Finding, Verdict, trouble, warning
from core.domain.errors import ProviderError
from core.ground import paths_of
from core.metrics import Metrics
from core.ports import Clock
from core.settings import Settings
from core.wire import hubspot_crm, hubspot_oauth
from core.wire.requests import VendorRequest

MOST_SKEW = timedelta(minutes=1)
"""How far this machine's clock may be from the vendors': signatures are good for five minutes."""

_PATIENCE = timedelta(seconds=5)
_BAD_REQUEST, _DENIED = 400, frozenset((401, 403, 404))
_NO_TOKEN = "doctor"  # noqa: S105 - nobody's


async def look_at_vendors(
    settings: Settings, http: httpx.AsyncClient, clock: Clock
) -> list[Finding]:
    """Return what is found of HubSpot and smsmode, and what HubSpot says of the app's secrets."""
    hubspot = await _look_at("HubSpot", settings.hubspot_api, http, clock)
    smsmode = await _look_at("smsmode", settings.smsmode_api, http, clock)
    if hubspot[0].verdict is Verdict.FINE:
        vendor = Vendor("HubSpot", settings.hubspot_api, http, Metrics(clock), timeout=_PATIENCE)
        hubspot += [await _client(settings, vendor), await _developer(settings, vendor)]
    return hubspot + smsmode


async def _look_at(name: str, url: str, http: httpx.AsyncClient, clock: Clock) -> list[Finding]:
    try:
        answer = await http.get(f"{url}/", timeout=_PATIENCE.total_seconds())
    except httpx.RequestError as exc:
        todo = f"Let this machine out to {url}, or set {name.upper()}_API_URL."
        return [trouble(name, f"{url} does not answer ({exc!r})", todo)]
    found = [Finding(name, f"{url} answers")]
    theirs = _moment(answer.headers.get("date"))
    if theirs is not None:
        skew = abs(clock.now() - theirs)
        what, said = f"{name}'s clock", f"{skew.total_seconds():.0f} s from this machine's"
        wrong = trouble(what, said, "Set this machine's clock, as with NTP.")
        found.append(Finding(what, said) if skew <= MOST_SKEW else wrong)
    return found


async def _client(settings: Settings, vendor: Vendor) -> Finding:
    """Ask for an access token with a refresh token that nobody was given.

    Assumed: HubSpot looks at the client before the token, as RFC 6749 (5.2) asks.
    """
    what = "client id and secret"
    asked = hubspot_oauth.refresh(
        paths_of(settings),
        client_id=settings.client_id,
        client_secret=settings.client_secrets[0],
        refresh_token=_NO_TOKEN,
    )
    answer = await _ask(vendor, asked)
    said = answer if isinstance(answer, str) else hubspot_oauth.refusal(answer.body)
    match said:
        case "BAD_REFRESH_TOKEN" | "invalid_grant":
            return Finding(what, "HubSpot takes them")
        case "BAD_CLIENT_ID":
            todo = "Set HUBSPOT_CLIENT_ID to the client id of the app's page on HubSpot."
        case "BAD_CLIENT_SECRET" | "invalid_client":
            todo = "Put the app's current client secret first in HUBSPOT_CLIENT_SECRETS."
        case _:
            return _unsure(what, said)
    return trouble(what, f"HubSpot refuses them: {said}", todo)


async def _developer(settings: Settings, vendor: Vendor) -> Finding:
    """Ask for the app's event templates."""
    what = "developer key"
    asked = hubspot_crm.list_templates(paths_of(settings), settings.app_id)
    answer = await _ask(vendor, with_developer_key(asked, settings.developer_key))
    if isinstance(answer, str):
        return _unsure(what, answer)
    if answer.status in _DENIED:
        said = f"HubSpot refuses it for app {settings.app_id}: {answer.status}"
        return trouble(what, said, "Check HUBSPOT_DEVELOPER_KEY and HUBSPOT_APP_ID.")
    if answer.status >= _BAD_REQUEST:
        return _unsure(what, str(answer.status))
    return Finding(what, f"HubSpot takes it for app {settings.app_id}")


async def _ask(vendor: Vendor, request: VendorRequest) -> Answer | str:
    """Return the answer, or why there is none."""
    try:
        return await vendor.ask(request, {})
    except ProviderError as exc:
        return exc.message


def _unsure(what: str, said: str) -> Finding:
    return warning(what, f"HubSpot does not tell: {said or 'no reason'}", "Ask again later.")


def _moment(date: str | None) -> datetime | None:
    try:
        return None if date is None else parsedate_to_datetime(date).astimezone(UTC)
    except ValueError:
        return None
