"""What each control route takes, in one line for people; a route that is not named takes nothing."""

from collections.abc import Mapping

from fakes.smsmode.control import PREFIX

TAKES: Mapping[str, str] = {
    f"{method} {PREFIX}{path}": takes
    for method, path, takes in (
        ("GET", "/journal", "?after=SEQ&kind=BEGINNING&limit=100&order=oldest-first|newest-first"),
        ("POST", "/clock", '{"advance_seconds": 93600}: so much time passes at once'),
        ("PATCH", "/phones/{msisdn}", '{"fate": "expired"}: as a magic number\'s; null for none'),
        ("POST", "/phones/{msisdn}/reply", '{"text": "STOP"}, and optionally "to", "messageId"'),
        ("PUT", "/blacklist/{msisdn}", "?scope=ORGANISATION-OR-CHANNEL-ID, everywhere without"),
        ("DELETE", "/blacklist/{msisdn}", "?scope=ORGANISATION-OR-CHANNEL-ID, everywhere without"),
        ("PATCH", "/settings", '{"NAME": VALUE, …}: as GET shows them'),
        ("GET", "/callbacks", "?messageId=ID"),
        ("PATCH", "/callbacks/valve", '{"holds": true, "drops": 0, "duplicates": 0}: any of them'),
        ("POST", "/callbacks/release", '{"order": "oldest-first" | "newest-first" | [ID, …]}'),
        ("POST", "/organisations", '{"name": "Salon"}, and optionally "balance"'),
        ("PUT", "/organisations/{organisationId}/balance", '{"amount": "12.50"}'),
        (
            "POST",
            "/organisations/{organisationId}/channels",
            (
                '{"name": "Marketing", "flow": "MARKETING"}, and optionally "defaultFromField", '
                '"fromFieldList", "defaultCallbackUrlStatus", "defaultCallbackUrlMo"'
            ),
        ),
        ("POST", "/channels/{channelId}/keys", '{"name": "App"}, and optionally "roles": ["USER"]'),
    )
}
