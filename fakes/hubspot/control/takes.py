"""What each control route takes, in one line for people; a route that is not named takes nothing."""

from collections.abc import Mapping
from enum import StrEnum

from fakes.hubspot.answering import CONTROL
from fakes.hubspot.limits.meter import Policy
from fakes.hubspot.limits.records import FaultKind

_PORTAL = "/portals/{portalId}"
_CONTACT = f"{_PORTAL}/contacts/{{contactId}}"


def _any_of(kinds: type[StrEnum]) -> str:
    return " | ".join(f'"{kind}"' for kind in kinds)


TAKES: Mapping[str, str] = {
    f"{method} {CONTROL}{path}": takes
    for method, path, takes in (
        ("GET", "/journal", "?after=SEQ&kind=BEGINNING&limit=100&order=oldest-first|newest-first"),
        ("GET", "/calls", "?appId=ID&callbackId=ID: the last thousand calls to apps, oldest first"),
        ("POST", "/clock", '{"advance_seconds": 86400}: so much time passes at once'),
        (
            "POST",
            "/portals",
            (
                '{"name": "Salon", "domain": "salon.example"}, and optionally "locale", "country", '
                '"timeZone", "utcOffset", "currency", "accountType", "dataHostingLocation", '
                '"lackingScopes"'
            ),
        ),
        (
            "POST",
            "/users",
            '{"email": …, "password": …, "portals": [ID, …]}, and optionally "name", "canInstall"',
        ),
        (
            "POST",
            "/apps",
            (
                '{"name": "App", "redirectUrls": [URL, …]}, and optionally "scopes", '
                '"optionalScopes", "developer", "clientId", "clientSecret", "developerKey", '
                '"isVerified", "fetchUrls"'
            ),
        ),
        ("PATCH", "/apps/{appId}", "what POST /apps takes, as far as it changes"),
        (
            "POST",
            "/apps/{appId}/event-types",
            (
                '{"name": "sent", "properties": [{"name", "label", "type"}, …]}, and optionally '
                '"label", "objectType", "headerTemplate", "detailTemplate"'
            ),
        ),
        ("PATCH", "/settings", '{"NAME": VALUE, …}: as GET shows them'),
        (
            "POST",
            "/faults",
            (
                f'{{"kind": {_any_of(FaultKind)}}}, and optionally "count", "path", "portalId"; '
                f'"policy" of the first: {_any_of(Policy)}; "status" of the second; "seconds" of '
                "the third"
            ),
        ),
        ("POST", f"{_PORTAL}/contacts", '{"properties": {"email": …, "phone": …}}'),
        ("PATCH", _CONTACT, '{"properties": {"phone": …}}'),
        ("POST", f"{_CONTACT}/marketing", '{"value": true | false}'),
        ("GET", f"{_CONTACT}/cards", "?userEmail=EMAIL, anybody of the account without"),
        (
            "GET",
            f"{_CONTACT}/cards/page",
            "?userEmail=EMAIL, anybody of the account without; &back=URL of this machine: a link",
        ),
        ("POST", f"{_CONTACT}/cards/page", "the page's form: cardId, actionId, confirmed"),
        (
            "POST",
            f"{_CONTACT}/cards/{{cardId}}/actions",
            '{"actionId": 0}, and optionally "confirmed", "userEmail"',
        ),
        (
            "POST",
            f"{_PORTAL}/apps/{{appId}}/fetch",
            '{"url": URL}, and optionally "method", "body", "timeout" in ms, "userEmail"',
        ),
        ("POST", f"{_PORTAL}/flows/{{flowId}}/enroll", '{"contactId": ID}'),
        (
            "POST",
            f"{_PORTAL}/flows/{{flowId}}/enabled",
            '{"value": true | false}, and optionally "enrollExisting"',
        ),
    )
}
