"""The stage on which a scenario plays: one world, and what the scenario talks about."""

import asyncio
from collections.abc import Coroutine, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar

import httpx

from core.bootstrap import IN_MEMORY
from core.settings import Edition
from sandbox.browser import Browser
from sandbox.furnishing import Furnisher
from sandbox.identities import Identities
from sandbox.tutorial import SOURCE, TEXT, VISITOR, tutorial_flow
from sandbox.world import World

T = TypeVar("T")

KINDS = {"SMS Promotionnel": "promotional", "SMS Notification": "notification"}
PROPERTIES = {
    "CAL_Autres Sources": SOURCE,
    "Consentement SMS via smsmode": "smsmode_consent",
    "Numéro de téléphone mobile": "mobilephone",
}


class Stage:
    """One world, one marketer's browser, and the contact, workflow and phone at hand.

    Steps are plain functions: they call ``run`` on what takes time, since pytest-bdd would
    never run an ``async def`` step.
    """

    def __init__(self, edition: Edition = Edition.LEGACY, database: str = IN_MEMORY) -> None:
        self._runner = asyncio.Runner()
        self._edition, self._database = edition, database
        self.settings: dict[str, Any] = {}
        self.install_link = ""
        self.links: list[str] = []
        self.definition_id = ""
        self.flow_id = ""
        self.contact_id = ""
        self.phone = ""
        self.answer: httpx.Response | None = None
        self.finding: dict[str, Any] = {}
        self.card: dict[str, Any] = {}

    @cached_property
    def world(self) -> World:
        """The world, which begins when it is first spoken of, with ``settings`` that differ."""
        return World(seed=1, edition=self._edition, database=self._database, changes=self.settings)

    @cached_property
    def browser(self) -> Browser:
        return self.world.browser()

    @cached_property
    def furnisher(self) -> Furnisher:
        return Furnisher(self.world.http, self.world.addresses, self.identities)

    @cached_property
    def identities(self) -> Identities:
        return self.world.parties.identities

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        # The runner's own ``run`` would set up and take down signal handlers each time.
        return self._runner.get_loop().run_until_complete(work)

    def close(self) -> None:
        self.run(self.browser.close())
        self.run(self.world.parties.close())
        self._runner.close()

    def new_browser(self) -> Browser:
        return self.world.browser()

    def settle(self) -> None:
        self.run(self.world.settle())

    def advance(self, **duration: float) -> None:
        self.run(self.world.advance(timedelta(**duration)))

    def hubspot(self, method: str, path: str, body: object | None = None) -> Any:
        return self.run(self.furnisher.hubspot(method, path, body))

    def control_hubspot(self, method: str, path: str, body: object | None = None) -> Any:
        root = f"/_control/hubspot/portals/{self.identities.portal_id}"
        return self.hubspot(method, root + path, body)

    def control_smsmode(self, method: str, path: str, body: object | None = None) -> httpx.Response:
        url = f"{self.world.addresses.smsmode_api}/_control/smsmode{path}"
        return self.run(self.world.http.request(method, url, json=body))

    def furnish(self) -> None:
        """Do what the tutorial does before its first SMS; the contact at hand is the first."""
        furniture = self.run(self.furnisher.furnish(self.new_browser(), seed=1))
        self.definition_id = furniture.definition_id
        self.flow_id = furniture.flow_id
        self.use_contact(furniture.contact_ids[0])

    def move_to(self, identities: Identities) -> None:
        """Go on in another HubSpot account, which is furnished as the first one was."""
        self.identities = identities
        self.furnisher = Furnisher(self.world.http, self.world.addresses, identities)
        self.furnish()

    def use_contact(self, contact_id: str) -> None:
        self.contact_id = contact_id
        phone = self.contact("phone")["phone"] or ""
        digits = "".join(filter(str.isdigit, phone)).removeprefix("00")
        self.phone = "33" + digits[1:] if digits.startswith("0") else digits

    def contact(self, *properties: str) -> dict[str, str | None]:
        path = f"/crm/v3/objects/contacts/{self.contact_id}?properties={','.join(properties)}"
        found: dict[str, str | None] = self.hubspot("GET", path)["properties"]
        return found

    def add_contact(self, first: str, last: str, phone: str, *, marketing: bool = True) -> None:
        made = self.hubspot(
            "POST",
            "/crm/v3/objects/contacts",
            {"properties": {"firstname": first, "lastname": last, "phone": phone}},
        )
        if marketing:
            self.run(self.furnisher.set_marketing(made["id"]))
        self.use_contact(made["id"])

    def set_property(self, name: str, value: str) -> None:
        path = f"/crm/v3/objects/contacts/{self.contact_id}"
        self.hubspot("PATCH", path, {"properties": {name: value}})

    def enrol(self) -> None:
        """Have the contact at hand meet the trigger, again if need be."""
        self.set_property(SOURCE, "")
        self.settle()
        self.set_property(SOURCE, VISITOR)
        self.settle()

    def use_flow(self, fields: Mapping[str, str], *, is_enabled: bool = True) -> None:
        """Give the workflow at hand another form; what is not named is a promotional ``TEXT``."""
        form = {"type": "promotional", "text": TEXT, **fields}
        if not self.flow_id:
            self.flow_id = self.run(self.furnisher.create_flow(self.definition_id, fields=form))
            return
        known = self.hubspot("GET", f"/automation/v4/flows/{self.flow_id}")
        flow = tutorial_flow(self.definition_id, form, is_enabled=is_enabled)
        flow |= {"id": self.flow_id, "revisionId": known["revisionId"]}
        self.hubspot("PUT", f"/automation/v4/flows/{self.flow_id}", flow)

    def send(self, *, seconds: float = 10, **fields: str) -> None:
        """Have the workflow at hand send once to the contact at hand."""
        self.use_flow(fields)
        self.enrol()
        self.advance(seconds=seconds)

    def received(self, phone: str | None = None) -> list[dict[str, Any]]:
        """Return the SMS that a phone has received, oldest first."""
        number = self.phone if phone is None else phone
        if not number:
            return []
        thread = self.control_smsmode("GET", f"/phones/{number}").json()["thread"]
        return [
            bubble
            for bubble in thread
            if bubble["direction"] == "in"
            and bubble["kind"] == "message"
            and bubble["status"] == "DELIVERED"
        ]

    def timeline(self) -> list[dict[str, Any]]:
        """Return the events on the contact's timeline, newest first."""
        found: list[dict[str, Any]] = self.control_hubspot(
            "GET", f"/contacts/{self.contact_id}/timeline"
        )["results"]
        return found

    def enrollments(self) -> list[dict[str, Any]]:
        """Return the contact's passages through workflows, oldest first."""
        found: list[dict[str, Any]] = self.control_hubspot(
            "GET", f"/enrollments?contactId={self.contact_id}"
        )["results"]
        return found

    def balance(self) -> str:
        """Return what the smsmode account holds."""
        organisation = self.control_smsmode("GET", "/organisations").json()["organisations"][0]
        return str(organisation["balance"]["amount"])
