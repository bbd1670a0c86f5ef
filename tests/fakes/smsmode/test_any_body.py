"""Bodies and queries of any shape: smsmode does what they say, or refuses them in its own shape."""

from typing import Any, NamedTuple

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.smsmode.codes import Role
from fakes.smsmode.settings import Settings, as_json
from tests.fakes.damage import JUNK, damaged
from tests.fakes.smsmode.conftest import APP, PHONE, Desk, Listener, request

LATER = "2026-11-24T10:00:00"
EVERYTHING = {
    "sender": "Salon",
    "sentDate": LATER,
    "refClient": "one-1",
    "callbackUrlStatus": f"{APP}/status",
    "callbackUrlMo": f"{APP}/mo",
}
MESSAGE = request(stop=True, encoding="GSM7", **EVERYTHING)
CAMPAIGN = {
    "recipients": [{"to": PHONE, "refClient": "two-2"}],
    **{name: value for name, value in MESSAGE.items() if name != "recipient"},
    "endDate": "2026-11-25T10:00:00",
}
ADDRESS = {"address1": "1 rue", "zipCode": "13001", "city": "Marseille", "country": "FR"}
PERSON = {"firstName": "Jean", "lastName": "MARTIN", "email": "j@salon.example", "mobile": PHONE}
ORGANISATION = {
    "name": "Below",
    "contact": PERSON,
    "address": ADDRESS,
    "companyInformation": {"name": "Salon", "registrationNumber": "732829320"},
    "balance": {"paymentType": "PREPAID", "parentBilling": False},
    "monthlyConsumptionLimit": 12.5,
}
CHANNEL = {
    "name": "New",
    "type": "SMS",
    "flow": "OTP",
    "dailyConsumptionLimit": 1.5,
    "defaultCallbackUrlStatus": f"{APP}/status",
    "defaultFromField": "Salon",
    "fromFieldList": ["Salon"],
}
KEY = {"name": "New", "type": "API_KEY", "roles": ["USER"], "authorizedIps": ["::1"]}
CONTROL = "/_control/smsmode"


class Asked(NamedTuple):
    method: str
    path: str
    body: Any


ROUTES = [
    Asked("POST", "/sms/v1/messages", MESSAGE),
    Asked("POST", "/sms/v1/messages", [MESSAGE]),
    Asked("PATCH", "/sms/v1/messages/{message}", MESSAGE),
    Asked("POST", "/sms/v1/campaigns", CAMPAIGN),
    Asked("PATCH", "/sms/v1/campaigns/{campaign}", {"sentDate": LATER, "body": {"text": "Salon"}}),
    Asked("POST", "/commons/v1/organisations", ORGANISATION),
    Asked("PATCH", "/commons/v1/organisations/{organisation}", ORGANISATION),
    Asked("POST", "/commons/v1/organisations/{organisation}/channels", CHANNEL),
    Asked("PATCH", "/commons/v1/organisations/{organisation}/channels/{channel}", CHANNEL),
    Asked("POST", "/commons/v1/channels/{channel}/credentials", KEY),
    Asked("PATCH", "/commons/v1/channels/{channel}/credentials/{key}", {**KEY, "blocked": False}),
    Asked(
        "POST",
        "/commons/v1/organisations/{organisation}/transfers",
        {"organisationDestination": {"organisationId": "{below}"}, "amount": 1, "reference": "r"},
    ),
    Asked("PATCH", f"{CONTROL}/phones/{PHONE}", {"fate": "expired"}),
    Asked("POST", f"{CONTROL}/phones/{PHONE}/reply", {"text": "oui", "to": "36034"}),
    Asked("PATCH", f"{CONTROL}/settings", as_json(Settings())),
    Asked("PATCH", f"{CONTROL}/callbacks/valve", {"holds": True, "drops": 1, "duplicates": 1}),
    Asked("POST", f"{CONTROL}/callbacks/release", {"order": ["callback-1"]}),
    Asked("POST", f"{CONTROL}/organisations", {"name": "New", "balance": "12.50"}),
    Asked("PUT", f"{CONTROL}/organisations/{{organisation}}/balance", {"amount": "12.50"}),
    Asked("POST", f"{CONTROL}/organisations/{{organisation}}/channels", CHANNEL),
    Asked("POST", f"{CONTROL}/channels/{{channel}}/keys", {"name": "New", "roles": ["USER"]}),
]
LISTS = [
    "/sms/v1/messages",
    "/sms/v1/campaigns",
    "/commons/v1/organisations",
    "/commons/v1/organisations/{organisation}/transfers",
    "/commons/v1/channels/{channel}/credentials",
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


class Furnished:
    """A desk with one of everything that a path may name."""

    async def __aenter__(self) -> "Furnished":
        self._out = httpx.AsyncClient(transport=httpx.MockTransport(Listener()))
        self.desk = Desk(self._out, Listener())
        self.admin = self.desk.new_key(self.desk.marketing, Role.ADMIN)
        post = ("/sms/v1/messages", "/sms/v1/campaigns", "/commons/v1/organisations")
        bodies = (MESSAGE, CAMPAIGN, ORGANISATION)
        made = [await self.call("POST", *each) for each in zip(post, bodies, strict=True)]
        message, campaign, below = (answer.json() for answer in made)
        self._names = {
            "message": message["messageId"],
            "campaign": campaign["campaignId"],
            "below": below["organisationId"],
            "organisation": self.desk.organisation.organisation_id,
            "channel": self.desk.marketing.channel_id,
            "key": self.desk.key.credential_id,
        }
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.desk.http.aclose()
        await self._out.aclose()

    async def call(self, method: str, path: str, body: object = None) -> httpx.Response:
        headers = {"X-Api-Key": self.admin}
        return await self.desk.http.request(method, path, json=body, headers=headers)

    def path(self, path: str) -> str:
        return path.format(**self._names)


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
