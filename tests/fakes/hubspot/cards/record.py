"""A contact's record on the screen, with a card on it."""

from typing import Any

import httpx

from tests.fakes.hubspot.cards.bodies import CARD, CARDS
from tests.fakes.hubspot.world import World


def key(world: World) -> dict[str, str]:
    return {"hapikey": world.app.developer_key}


async def defined(world: World, body: object = CARD) -> httpx.Response:
    return await world.api.post(f"{CARDS}/{world.app.id}", params=key(world), json=body)


class Record:
    """A contact's record on the screen."""

    def __init__(self, world: World, contact: str) -> None:
        self.world = world
        self.path = f"/_control/hubspot/portals/{world.portal.id}/contacts/{contact}/cards"

    def answers(self, *bodies: Any) -> None:
        self.world.backend.replies = [(200, body) for body in bodies]

    async def card(self) -> Any:
        [card] = (await self.world.api.get(self.path)).json()["results"]
        return card

    async def press(self, number: int, *replies: Any, **body: Any) -> httpx.Response:
        card = await self.card()
        self.answers(*replies)
        where = f"{self.path}/{card['cardId']}/actions"
        return await self.world.api.post(where, json={"actionId": number, **body})
