"""Bodies and queries of any shape: smsmode does what they say, or refuses them in its own shape."""

from typing import Any, NamedTuple

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.smsmode.settings import Settings
from fakes.smsmode.settings_json import as_json
from tests.fakes.damage import JUNK, damaged
from tests.fakes.smsmode.conftest import PHONE
from tests.fakes.smsmode.furnished import (
    CAMPAIGN,
    CHANNEL,
    KEY,
    LATER,
    MESSAGE,
    ORGANISATION,
    Furnished,
)

CONTROL = "/_control/smsmode"


class Asked(NamedTuple):
    method: str
    path: str
    body: Any


ROUTES = [
    Asked("POST", "/sms/v1/messages", MESSAGE),
    Asked("POST", "/sms/v1/messages", [MESSAGE]),
    Asked("PATCH", "/sms/v1/messages/{messageId}", MESSAGE),
    Asked("POST", "/sms/v1/campaigns", CAMPAIGN),
    Asked(
        "PATCH", "/sms/v1/campaigns/{campaignId}", {"sentDate": LATER, "body": {"text": "Salon"}}
    ),
    Asked("POST", "/commons/v1/organisations", ORGANISATION),
    Asked("PATCH", "/commons/v1/organisations/{organisationId}", ORGANISATION),
    Asked("POST", "/commons/v1/organisations/{organisationId}/channels", CHANNEL),
    Asked("PATCH", "/commons/v1/organisations/{organisationId}/channels/{channelId}", CHANNEL),
    Asked("POST", "/commons/v1/channels/{channelId}/credentials", KEY),
    Asked(
        "PATCH",
        "/commons/v1/channels/{channelId}/credentials/{credentialId}",
        {**KEY, "blocked": False},
    ),
    Asked(
        "POST",
        "/commons/v1/organisations/{organisationId}/transfers",
        {"organisationDestination": {"organisationId": "x"}, "amount": 1, "reference": "r"},
    ),
    Asked("PATCH", f"{CONTROL}/phones/{PHONE}", {"fate": "expired"}),
    Asked("POST", f"{CONTROL}/phones/{PHONE}/reply", {"text": "oui", "to": "36034"}),
    Asked("PATCH", f"{CONTROL}/settings", as_json(Settings())),
    Asked("PATCH", f"{CONTROL}/callbacks/valve", {"holds": True, "drops": 1, "duplicates": 1}),
    Asked("POST", f"{CONTROL}/callbacks/release", {"order": ["callback-1"]}),
    Asked("POST", f"{CONTROL}/organisations", {"name": "New", "balance": "12.50"}),
    Asked("PUT", f"{CONTROL}/organisations/{{organisationId}}/balance", {"amount": "12.50"}),
    Asked("POST", f"{CONTROL}/organisations/{{organisationId}}/channels", CHANNEL),
    Asked("POST", f"{CONTROL}/channels/{{channelId}}/keys", {"name": "New", "roles": ["USER"]}),
]
LISTS = [
    "/sms/v1/messages",
    "/sms/v1/campaigns",
    "/commons/v1/organisations",
    "/commons/v1/organisations/{organisationId}/transfers",
    "/commons/v1/channels/{channelId}/credentials",
    "/commons/v1/consumptions",
]
NAMES = ["page", "pageSize", "startDate", "endDate"] + [
    f"{kind}[{name}]"
    for kind in ("searchBy", "sortBy")
    for name in ("direction", "refClient", "to", "status", "sentDate", "periodType", "channel.type")
]
WORDS = st.sampled_from(["", "0", "1", "100", "MT", "ENDED", "ASC", LATER, "0001-01-01T00:00:00"])


def _asked() -> st.SearchStrategy[Asked]:
    # Drawn whole: an ``async def`` test cannot draw while it runs.
    return st.sampled_from(ROUTES).flatmap(
        lambda asked: st.builds(asked._replace, body=damaged(asked.body) | JUNK)
    )


@given(_asked())
@settings(max_examples=60)
async def test_a_damaged_body_is_obeyed_or_refused(asked: Asked) -> None:
    async with Furnished() as world:
        answer = await world.call(asked.method, world.path(asked.path), asked.body)
        assert answer.status_code < 500
        await world.desk.clock.advance(world.desk.smsmode.settings.immediate_within)
        shown = await world.call("GET", "/sms/v1/messages?endDate=2030-01-01T00:00:00")
        assert shown.status_code == 200


@given(st.sampled_from(LISTS), st.dictionaries(st.sampled_from(NAMES), WORDS | st.text()))
async def test_any_query_is_answered_or_refused(path: str, query: dict[str, str]) -> None:
    async with Furnished() as world:
        address = str(httpx.URL(world.path(path), params=query))
        assert (await world.call("GET", address)).status_code in {200, 400}
