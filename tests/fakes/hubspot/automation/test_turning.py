"""Filters that count from the present let contacts in and out as time alone passes."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.hubspot.automation.operations import holds
from fakes.hubspot.times import iso, read_moment
from tests.fakes.hubspot.automation.bodies import any_of, asks, branch, delay, flow, trigger
from tests.fakes.hubspot.world import World

FAIR = "salon"
QUARTER, INSTANT = timedelta(minutes=15), timedelta(milliseconds=1)
"""All that is generated turns on the quarter of an hour, or an instant after it."""
DAYS = timedelta(days=7)
PARIS = ZoneInfo("Europe/Paris")


def indexed(days: int, hours: int = 0, kind: str = "NOW", hour: int = 0) -> dict[str, Any]:
    """Return a point counted from now, or from an hour of today."""
    offset, reference = {"days": days, "hours": hours}, {"referenceType": kind, "hour": hour}
    return {"timeType": "INDEXED", "indexReference": reference, "offset": offset}


SOON = asks(FAIR, "IS_BEFORE", "TIME_POINT", timePoint=indexed(days=2))
"""The fair is in two days, or less."""
RECENT = asks(FAIR, "IS_LESS_THAN_X_DAYS_AGO", "ROLLING_DATE_RANGE", numberOfDays=3)
"""It was in the last three days."""


@pytest.fixture
async def fair(installed: World) -> World:
    await define(installed)
    return installed


async def define(world: World) -> None:
    made = {"name": FAIR, "label": "Salon", "groupName": "contactinformation"}
    body = {**made, "type": "datetime", "fieldType": "date"}
    assert (await world.api.post("/crm/v3/properties/contacts", json=body)).status_code == 201


async def publish(world: World, *filters: dict[str, Any], **rest: Any) -> str:
    body = flow(delay("1", 60 * 24 * 30), enrollmentCriteria=trigger(any_of(branch(*filters))))
    answer = await world.api.post("/automation/v4/flows", json={**body, **rest})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def going(world: World, days: float) -> str:
    """Return a contact who goes to a fair so many days from now."""
    return await world.contact(
        firstname="Ada", **{FAIR: iso(world.clock.now() + timedelta(days=days))}
    )


async def test_a_contact_enters_when_its_date_comes_near_and_nothing_else_happens(
    fair: World,
) -> None:
    contact = await going(fair, 5)
    await publish(fair, SOON)
    later = await going(fair, 6)
    await fair.clock.advance(timedelta(days=3))
    assert await fair.enrollments() == []
    await fair.clock.advance(timedelta(minutes=1))
    assert [one["contactId"] for one in await fair.enrollments()] == [contact]
    await fair.clock.advance(timedelta(days=1))
    assert [one["contactId"] for one in await fair.enrollments()] == [contact, later]


async def test_a_contact_leaves_when_its_date_is_long_past(fair: World) -> None:
    criteria = trigger(any_of(branch(RECENT)), unEnrollObjectsNotMeetingCriteria=True)
    await publish(fair, RECENT, enrollmentCriteria=criteria)
    await going(fair, 1)
    states = []
    for days in (0.5, 1, 2, 1):
        await fair.clock.advance(timedelta(days=days))
        states.append([one["state"] for one in await fair.enrollments()])
    assert states == [[], ["active"], ["active"], ["unenrolled"]]


async def test_time_alone_may_meet_the_goal(fair: World) -> None:
    contact = await going(fair, 1)
    number = await publish(fair, SOON, goalFilterBranch=any_of(branch(RECENT)))
    path = f"/_control/hubspot/portals/{fair.portal.id}/flows/{number}/enroll"
    await fair.api.post(path, json={"contactId": contact})
    await fair.clock.advance(timedelta(days=1))
    [enrollment] = await fair.enrollments()
    assert enrollment["reason"] == "the contact met the goal"


async def test_another_date_is_another_moment_and_a_flow_turned_off_waits_for_none(
    fair: World,
) -> None:
    contact = await going(fair, 5)
    number = await publish(fair, SOON)
    moved = {"properties": {FAIR: iso(fair.clock.now() + timedelta(days=9))}}
    await fair.api.patch(f"/crm/v3/objects/contacts/{contact}", json=moved)
    await fair.clock.advance(timedelta(days=6))
    assert await fair.enrollments() == []
    switch = f"/_control/hubspot/portals/{fair.portal.id}/flows/{number}/enabled"
    await fair.api.post(switch, json={"value": False})
    assert fair.clock.promised() == []
    await fair.clock.advance(timedelta(days=6))
    assert await fair.enrollments() == []


async def test_a_contact_that_is_deleted_does_not_enter(fair: World) -> None:
    contact = await going(fair, 5)
    await publish(fair, SOON)
    await fair.api.delete(f"/crm/v3/objects/contacts/{contact}")
    await fair.clock.advance(timedelta(days=6))
    assert await fair.enrollments() == []


async def test_as_time_passes_only_those_are_looked_at_whose_moment_has_come(fair: World) -> None:
    near = [await going(fair, 3) for _ in range(3)]
    for _ in range(30):
        await going(fair, 300)
    number = await publish(fair, SOON)
    watched = fair.hubspot.hub.portal(fair.portal.id).flows[int(number)]
    await fair.clock.advance(timedelta(days=30))
    assert sorted(one["contactId"] for one in await fair.enrollments()) == sorted(near)
    # At the moment itself, and just after it.
    assert watched.evaluations == 2 * len(near)


@dataclass(frozen=True)
class Bare:
    """One property at one moment, for a naive look."""

    held: datetime
    now: datetime
    zone: tzinfo = PARIS

    def value(self, _: str) -> str:
        return iso(self.held)

    def versions(self, _: str) -> list[str]:
        return [iso(self.held)]

    def changed_at(self, _: str) -> datetime:
        return self.held


points = st.builds(
    indexed,
    days=st.integers(-3, 3),
    hours=st.integers(-30, 30),
    kind=st.sampled_from(("NOW", "TODAY")),
    hour=st.integers(0, 23),
)
timed = st.one_of(
    st.builds(
        lambda operator, point: asks(FAIR, operator, "TIME_POINT", timePoint=point),
        st.sampled_from(("IS_BEFORE", "IS_AFTER")),
        points,
    ),
    st.builds(
        lambda operator, one, other: asks(
            FAIR,
            operator,
            "TIME_RANGED",
            lowerBoundTimePoint=one,
            upperBoundTimePoint=other,
        ),
        st.sampled_from(("IS_BETWEEN", "IS_NOT_BETWEEN")),
        points,
        points,
    ),
    st.builds(
        lambda days: asks(FAIR, "IS_LESS_THAN_X_DAYS_AGO", "ROLLING_DATE_RANGE", numberOfDays=days),
        st.integers(0, 4),
    ),
)


@settings(max_examples=20, deadline=None)
@given(asked=timed, quarters=st.integers(-200, 200))
async def test_a_contact_enters_at_the_very_moment_that_close_looks_would_see(
    asked: dict[str, Any], quarters: int
) -> None:
    async with World() as world:
        await world.install()
        await define(world)
        start = world.clock.now()
        held = start + QUARTER * quarters
        await world.contact(firstname="Ada", **{FAIR: iso(held)})
        await publish(world, asked)
        await world.clock.advance(DAYS)
        looks = [
            (at, holds(asked["operation"], FAIR, Bare(held, at)))
            for whole in range(DAYS // QUARTER)
            for at in (start + QUARTER * whole, start + QUARTER * whole + INSTANT)
        ]
        turned = [at for (_, before), (at, after) in pairwise(looks) if after and not before]
        entered = [read_moment(one["startedAt"]) for one in await world.enrollments()]
        assert entered == turned[:1]
