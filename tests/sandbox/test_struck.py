"""Faults that are struck on purpose stand with what they befell: one cause shows them."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.feed import Feed
from sandbox.furnishing import Furnisher
from sandbox.tutorial import SOURCE, VISITOR
from sandbox.world import World

DELIVERED = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [
        ("/integrators/timeline", "RATE_LIMIT", 429),
        ("/automation/v4/actions/callbacks/complete", "ERROR", 503),
    ],
)
async def test_what_was_struck_follows_from_the_enrolment(
    path: str, kind: str, status: int
) -> None:
    async with World(seed=1) as world:
        furnisher = Furnisher(world.http, world.addresses, world.parties.identities)
        furniture = await furnisher.furnish(world.browser(), seed=1)
        await furnisher.hubspot(
            "POST", "/_control/hubspot/faults", {"kind": kind, "path": path, "status": 503}
        )
        contact = f"/crm/v3/objects/contacts/{furniture.contact_ids[0]}"
        await furnisher.hubspot("PATCH", contact, {"properties": {SOURCE: VISITOR}})
        await world.advance(DELIVERED)
        feed = Feed(world.journal)
        [enrolled] = feed.of_kind("contact.enrolled", 2)
        story = feed.latest(1000, cause=enrolled["seq"])
    [struck] = [entry for entry in story if entry["kind"] == "fault.struck"]
    assert (struck["method"], struck["path"][: len(path)]) == ("POST", path)
    [failed] = [entry for entry in story if _is_to(entry, path) and entry["status"] == status]
    assert failed["request"]["body"] == struck["body"] != ""
    assert any(_is_to(entry, path) and entry["status"] < 300 for entry in story)


def _is_to(entry: dict[str, Any], path: str) -> bool:
    return entry["kind"] == "exchange" and path in entry["url"]
