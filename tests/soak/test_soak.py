"""A campaign in the worst of weathers: nothing is lost and nothing is doubled."""

from datetime import timedelta

import pytest

from sandbox.addresses import host_of
from sandbox.faults import Fault, Rule
from sandbox.world import World
from tests.soak.crowd import Crowd
from tests.soak.ledgers import check_agreement, read_ledgers

SIZE = 60
FATES = ("delivered", "delayed", "expired", "spam", "early", "twice", "disordered", "silent")
TEXTS = ("Le salon ouvre demain.", "Bonjour $prenom, le salon ouvre demain.")
ALL = tuple(Fault)
SENDING = tuple(fault for fault in Fault if fault is not Fault.DOUBLED)
"""What may befall calls to smsmode, which sends what arrives twice twice: it has no idempotency key."""
CHANCE = 0.25


def rules(world: World) -> list[Rule]:
    """Return what goes wrong between the integration and the two vendors, in both directions."""
    hubspot, smsmode = world.addresses.hubspot_api, world.addresses.smsmode_api
    integration = host_of(world.addresses.integration)
    calls = [
        (host_of(hubspot), "/integrators/timeline/", ALL),
        (host_of(hubspot), "/automation/v4/actions/callbacks/", ALL),
        (host_of(hubspot), "/oauth/", ALL),
        (host_of(smsmode), "/sms/v1/", SENDING),
        (integration, "/hubspot/action", ALL),
        (integration, "/smsmode/", ALL),
    ]
    return [
        Rule(host=host, path=path, faults=faults, chance=CHANCE) for host, path, faults in calls
    ]


async def soak(seed: int, size: int, text: str) -> World:
    """Return the world after a campaign in bad weather and five days."""
    world = World(seed)
    crowd = Crowd(world, size)
    await crowd.furnish({"type": "promotional", "text": text}, FATES)
    world.weather.rules = rules(world)
    # What arrives later than smsmode is given to list an SMS could not be told from lost.
    world.weather.lateness = timedelta(seconds=25)
    await crowd.enrol()
    await world.advance(timedelta(days=5))
    return world


@pytest.mark.parametrize("text", TEXTS, ids=["shared", "own"])
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_in_any_weather_the_three_ledgers_agree(seed: int, text: str) -> None:
    async with await soak(seed, SIZE, text) as world:
        ledgers = await read_ledgers(world)
        check_agreement(ledgers, count=SIZE)
        happened = {entry.kind for entry in world.journal.entries() if entry.party == "sandbox"}
        assert happened >= {f"network.{fault}" for fault in ALL}
