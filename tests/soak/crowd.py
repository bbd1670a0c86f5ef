"""Many contacts in one world: made, told their fates, and sent through the workflow."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sandbox.furnishing import Furnisher
from sandbox.tutorial import SOURCE, VISITOR
from sandbox.world import World

LARGEST_BATCH = 100
PACE = timedelta(seconds=1)
"""How long HubSpot takes to have a hundred contacts meet a trigger."""


class Crowd:
    """The contacts of a campaign.

    Args:
        world: Where they live; nothing is installed in it yet.
        size: How many there are, at most 10,000.
    """

    def __init__(self, world: World, size: int) -> None:
        self.world = world
        self.furnisher = Furnisher(world.http, world.addresses, world.parties.identities)
        self.phones = [f"336{20_000_000 + number}" for number in range(size)]
        self.contact_ids: list[str] = []

    async def furnish(self, fields: dict[str, str], fates: Sequence[str] = ()) -> None:
        """Install, make the contacts, deal ``fates`` out among them, and publish the workflow."""
        browser = self.world.browser()
        await self.furnisher.install(browser)
        await browser.close()
        await self.furnisher.link_keys()
        await self.furnisher.create_source()
        await self._create_contacts()
        for number, phone in enumerate(self.phones if fates else ()):
            await self._tell_fate(phone, fates[number % len(fates)])
        definition_id = await self.furnisher.find_action()
        await self.furnisher.create_flow(definition_id, fields=fields)
        await self.world.settle()

    async def enrol(self, pace: timedelta = PACE) -> None:
        """Have all contacts meet the trigger, a hundred in each ``pace``."""
        for start in range(0, len(self.contact_ids), LARGEST_BATCH):
            inputs = [
                {"id": contact_id, "properties": {SOURCE: VISITOR}}
                for contact_id in self.contact_ids[start : start + LARGEST_BATCH]
            ]
            await self._hubspot("batch/update", {"inputs": inputs})
            await self.world.advance(pace)

    async def _create_contacts(self) -> None:
        for start in range(0, len(self.phones), LARGEST_BATCH):
            inputs = [
                {"properties": {"email": f"{phone}@crowd.example", "phone": f"+{phone}"}}
                for phone in self.phones[start : start + LARGEST_BATCH]
            ]
            made = await self._hubspot("batch/create", {"inputs": inputs})
            self.contact_ids += [str(one["id"]) for one in made["results"]]
            await self.world.advance(PACE)
        for contact_id in self.contact_ids:
            await self.furnisher.set_marketing(contact_id)

    async def _hubspot(self, what: str, body: object) -> Any:
        return await self.furnisher.hubspot("POST", f"/crm/v3/objects/contacts/{what}", body)

    async def _tell_fate(self, phone: str, fate: str) -> None:
        url = f"{self.world.addresses.smsmode_api}/_control/smsmode/phones/{phone}"
        answer = await self.world.http.patch(url, json={"fate": fate})
        answer.raise_for_status()
