"""The record that cards are shown on."""

import pytest

from tests.fakes.hubspot.cards.record import Record, defined
from tests.fakes.hubspot.world import World


@pytest.fixture
async def record(installed: World) -> Record:
    await defined(installed)
    contact = await installed.contact(email="a@x.fr", firstname="Ada", phone="+33 6")
    return Record(installed, contact)
