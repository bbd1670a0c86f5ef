"""One of everything that a path may name, and a body for each thing that may be made."""

import re
from datetime import timedelta
from typing import Any

import httpx

from fakes.smsmode.codes import Role
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


class Furnished:
    """A desk where a message was sent and a campaign planned; its callbacks are held."""

    async def __aenter__(self) -> "Furnished":
        self._out = httpx.AsyncClient(transport=httpx.MockTransport(Listener()))
        self.desk = Desk(self._out, Listener())
        self._admin = self.desk.new_key(self.desk.marketing, Role.ADMIN)
        await self.desk.control("PATCH", "/callbacks/valve", {"holds": True})
        own = self.desk.organisation.organisation_id
        await self._make("/sms/v1/messages", request())
        await self.desk.clock.advance(timedelta(seconds=5))
        campaign = await self._make("/sms/v1/campaigns", CAMPAIGN)
        below = await self._make("/commons/v1/organisations", ORGANISATION)
        gift = {"organisationDestination": {"organisationId": below["organisationId"]}, "amount": 1}
        transfer = await self._make(f"/commons/v1/organisations/{own}/transfers", gift)
        (message,) = self.desk.smsmode.state.traffic.archive.of_campaign(campaign["campaignId"])
        (used,) = (await self.call("GET", "/commons/v1/consumptions")).json()["items"]
        form = await self.desk.http.get("/register")
        (captcha,) = re.findall('name="captcha_id" value="([^"]+)"', form.text)
        self.names = {
            "messageId": message.message_id,
            "campaignId": campaign["campaignId"],
            "below": below["organisationId"],
            "organisationId": own,
            "channelId": self.desk.marketing.channel_id,
            "credentialId": self.desk.key.credential_id,
            "transferId": transfer["transferId"],
            "consumptionId": used["consumptionId"],
            "callbackId": "callback-1",
            "captchaId": captcha,
            "msisdn": PHONE,
        }
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.desk.http.aclose()
        await self._out.aclose()

    async def call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask with the administrator's key."""
        headers = {"X-Api-Key": self._admin}
        return await self.desk.http.request(method, path, json=body, headers=headers)

    def path(self, path: str) -> str:
        """Return a route's ``path`` with the ids of what there is."""
        return path.format(**self.names)

    async def _make(self, path: str, body: object) -> dict[str, Any]:
        answer = await self.call("POST", path, body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())
