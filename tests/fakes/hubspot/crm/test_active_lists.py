"""Lists that fill themselves: at any time they hold who meets their filters, and nobody else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.bodies import flow, triggered_by
from tests.fakes.hubspot.world import World

C, L = "/crm/v3/objects/contacts", "/crm/v3/lists"
CITIES = st.sampled_from(("Lyon", "Nice", ""))


def branch(*filters: dict[str, Any]) -> dict[str, Any]:
    inner = {"filterBranchType": "AND", "filters": list(filters)}
    return {"filterBranchType": "OR", "filterBranches": [inner]}


def city(*values: str) -> dict[str, Any]:
    operation = {"operationType": "ENUMERATION", "operator": "IS_ANY_OF", "values": list(values)}
    return {"filterType": "PROPERTY", "property": "city", "operation": operation}


def unknown(name: str) -> dict[str, Any]:
    operation = {"operationType": "ALL_PROPERTY", "operator": "IS_UNKNOWN"}
    return {"filterType": "PROPERTY", "property": name, "operation": operation}


def on_list(number: str, operator: str = "IN_LIST") -> dict[str, Any]:
    return {"filterType": "IN_LIST", "listId": number, "operator": operator}


def updated_within(hours: int) -> dict[str, Any]:
    """The filter of contacts whose city has changed in the last hours."""
    back = {
        "timeType": "INDEXED",
        "indexReference": {"referenceType": "NOW"},
        "offset": {"hours": -hours},
    }
    operation = {
        "operationType": "TIME_POINT",
        "operator": "IS_AFTER",
        "timePoint": back,
        "propertyParser": "UPDATED_AT",
    }
    return {"filterType": "PROPERTY", "property": "city", "operation": operation}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World(Settings(limits_calls=False)) as made:
        await made.install()
        made.api.headers.update(made.private())
        yield made


async def make(world: World, filters: Any, kind: str = "DYNAMIC", name: str = "") -> httpx.Response:
    body = {"name": name or str(filters)[:200], "objectTypeId": "0-1", "processingType": kind}
    return await world.api.post(L, json={**body, "filterBranch": filters})


async def make_list(world: World, filters: Any, kind: str = "DYNAMIC") -> str:
    answer = await make(world, filters, kind)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["list"]["listId"])


async def members(world: World, number: str) -> list[str]:
    found = (await world.api.get(f"{L}/{number}/memberships")).json()["results"]
    return [one["recordId"] for one in found]


async def move(world: World, contact: str, to: str) -> None:
    await world.api.patch(f"{C}/{contact}", json={"properties": {"city": to}})


async def test_who_comes_to_meet_the_filters_joins_and_who_ceases_to_leaves(world: World) -> None:
    ada = await world.contact(firstname="Ada", city="Lyon")
    number = await make_list(world, branch(city("Lyon")))
    assert await members(world, number) == [ada]
    bob = await world.contact(firstname="Bob", city="Lyon")
    await move(world, ada, "Nice")
    assert await members(world, number) == [bob]
    await world.api.delete(f"{C}/{bob}")
    assert await members(world, number) == []


async def test_a_snapshot_is_filled_once(world: World) -> None:
    ada = await world.contact(firstname="Ada", city="Lyon")
    number = await make_list(world, branch(city("Lyon")), "SNAPSHOT")
    bob = await world.contact(firstname="Bob", city="Lyon")
    await move(world, ada, "Nice")
    assert await members(world, number) == [ada]
    await world.api.put(f"{L}/{number}/memberships/add", json=[bob])
    assert await members(world, number) == [ada, bob]


async def test_absence_counts_from_the_first_moment(world: World) -> None:
    number = await make_list(world, branch(unknown("phone")))
    ada = await world.contact(firstname="Ada")
    await world.contact(firstname="Bob", phone="0612345678")
    assert await members(world, number) == [ada]


async def test_other_filters_change_who_is_on_the_list(world: World) -> None:
    ada, bob = [await world.contact(firstname=one, city=one) for one in ("Lyon", "Nice")]
    number = await make_list(world, branch(city("Lyon")))
    body = {"filterBranch": branch(city("Nice"))}
    answer = await world.api.put(f"{L}/{number}/update-list-filters", json=body)
    assert answer.json()["updatedList"]["listVersion"] == 2
    assert await members(world, number) == [bob]
    await move(world, ada, "Paris")
    await move(world, ada, "Nice")
    assert await members(world, number) == [ada, bob]
    shown = await world.api.get(f"{L}/{number}", params={"includeFilters": "true"})
    assert shown.json()["list"]["filterBranch"] == body["filterBranch"]
    assert "filterBranch" not in (await world.api.get(f"{L}/{number}")).json()["list"]


async def test_time_alone_takes_contacts_off(world: World) -> None:
    number = await make_list(world, branch(updated_within(24)))
    ada = await world.contact(firstname="Ada", city="Lyon")
    assert await members(world, number) == [ada]
    await world.clock.advance(timedelta(hours=23))
    assert await members(world, number) == [ada]
    await world.clock.advance(timedelta(hours=2))
    assert await members(world, number) == []


async def test_who_comes_onto_a_suppression_list_leaves_the_workflow(world: World) -> None:
    number = await make_list(world, branch(city("Nice")))
    world.backend.replies = [(200, {"outputFields": {"hs_execution_state": "BLOCK"}})]
    await world.publish_flow(await world.define_action(), suppressionListIds=[int(number)])
    ada = await world.contact(firstname="Ada", city="Lyon")
    await world.contact(firstname="Bob", city="Nice")
    await world.clock.run_due()
    assert [one["contactId"] for one in world.events("contact.enrolled")] == [int(ada)]
    await move(world, ada, "Nice")
    where = f"/_control/hubspot/portals/{world.portal.id}/enrollments"
    [enrolled] = (await world.api.get(where)).json()["results"]
    assert (enrolled["contactId"], enrolled["state"]) == (ada, "unenrolled")


async def test_joining_a_list_enrols(world: World) -> None:
    number = await make_list(world, branch(city("Paris")))
    criteria = {**triggered_by("city", "x"), "listFilterBranch": branch(on_list(number))}
    await world.publish_flow(await world.define_action(), enrollmentCriteria=criteria)
    ada = await world.contact(firstname="Ada", city="Paris")
    assert [one["contactId"] for one in world.events("contact.enrolled")] == [int(ada)]


@pytest.mark.parametrize(
    "filters",
    [
        None,
        {},
        {"filterBranchType": "XOR"},
        branch({"filterType": "WEATHER"}),
        branch({"filterType": "PROPERTY", "property": "nothing", **flow("1")}),
        branch(unknown("nothing")),
        branch(on_list("999")),
    ],
)
async def test_filters_that_cannot_be_met_are_refused(world: World, filters: Any) -> None:
    assert (await make(world, filters, name="Active")).status_code == 400


async def test_members_are_not_changed_by_hand_and_filters_make_no_circle(world: World) -> None:
    ada = await world.contact(firstname="Ada", city="Lyon")
    first = await make_list(world, branch(city("Lyon")))
    second = await make_list(world, branch(on_list(first)))
    for method, path, body in (
        ("PUT", f"{L}/{first}/memberships/add", [ada]),
        ("DELETE", f"{L}/{first}/memberships", None),
        ("PUT", f"{L}/{first}/update-list-filters", {"filterBranch": branch(on_list(second))}),
        ("PUT", f"{L}/{first}/update-list-filters", {"filterBranch": branch(on_list(first))}),
    ):
        assert (await world.api.request(method, path, json=body)).status_code == 400
    assert await members(world, second) == [ada]


async def test_a_deleted_list_sleeps_until_it_is_restored(world: World) -> None:
    number = await make_list(world, branch(city("Lyon")))
    await world.api.delete(f"{L}/{number}")
    ada = await world.contact(firstname="Ada", city="Lyon")
    await world.api.put(f"{L}/{number}/restore")
    assert await members(world, number) == [ada]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), CITIES), max_size=12), st.integers(0, 12))
async def test_a_list_always_holds_who_meets_its_filters(
    moves: list[tuple[int, str]], place: int
) -> None:
    async with World(Settings(limits_calls=False)) as world:
        world.api.headers.update(world.private())
        people = [await world.contact(firstname=name) for name in "abc"]
        held = dict.fromkeys(people, "")
        first = second = ""
        for number, (who, to) in enumerate([*moves, (0, "Lyon")]):
            if number == min(place, len(moves)):
                first = await make_list(world, branch(city("Lyon", "Nice")))
                second = await make_list(world, branch(on_list(first, "NOT_IN_LIST")))
            await move(world, people[who], to)
            held[people[who]] = to
            if first:
                assert await members(world, first) == [one for one in people if held[one]]
                assert await members(world, second) == [one for one in people if not held[one]]
