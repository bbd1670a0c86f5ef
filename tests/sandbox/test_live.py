"""A served world writes down its fakes' calls to somebody else's app, and its own parties' once."""

from datetime import timedelta

import pytest

from sandbox.addresses import on_ports
from sandbox.live import LiveWorld


@pytest.mark.parametrize("party", ["hubspot", "smsmode"])
async def test_calls_to_somebody_elses_app_are_exchanges_of_who_calls(party: str) -> None:
    # Nobody listens on any of these ports.
    world = LiveWorld(seed=1, rate=0, addresses=on_ports(1, 2, 3, 4))
    parties = world.parties
    outbound = {"hubspot": parties.hubspot.hub.outbound, "smsmode": parties.smsmode.party.outbound}
    for url in ("http://localhost:5/sms", "http://127.0.0.1:4/hubspot/actions"):
        await outbound[party].call("POST", url, timeout=timedelta(seconds=1))
    await world.close()
    written = [entry.as_json() for entry in world.journal.entries()]
    [entry] = [entry for entry in written if entry["kind"] == "exchange"]
    assert (entry["party"], entry["url"]) == (party, "http://localhost:5/sms")
    assert entry["failure"] == "unreachable"
