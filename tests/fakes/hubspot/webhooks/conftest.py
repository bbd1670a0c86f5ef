"""An app that is told of changes of city, and clients that set it up."""

import pytest

from tests.fakes.hubspot.webhooks.listening import listen, subscribe
from tests.fakes.hubspot.world import World


@pytest.fixture
async def listening(installed: World) -> World:
    await listen(installed)
    await subscribe(installed, "contact.propertyChange", "city")
    return installed
