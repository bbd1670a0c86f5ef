"""What makes a contact leave a workflow, and stay out."""

from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.hubspot.automation.bodies import (
    any_of,
    asks,
    branch,
    delay,
    is_any_of,
    trigger,
    writes,
)
from tests.fakes.hubspot.automation.playing import (
    IN_LYON,
    change,
    joins,
    last,
    new_list,
    publish,
)
from tests.fakes.hubspot.world import World


async def test_who_meets_the_goal_leaves_and_does_not_come_back(installed: World) -> None:
    goal = any_of(branch(is_any_of("lifecyclestage", "customer")))
    again = trigger(IN_LYON, shouldReEnroll=True)
    await publish(installed, delay("1", 60), goalFilterBranch=goal, enrollmentCriteria=again)
    contact = await installed.contact(email="a@x.fr", city="Lyon")
    await change(installed, contact, lifecyclestage="customer")
    assert (await last(installed))["reason"] == "the contact met the goal"
    await change(installed, contact, city="Nice")
    await change(installed, contact, city="Lyon")
    assert len(await installed.enrollments()) == 1


async def test_a_property_that_the_flow_itself_writes_may_end_it(installed: World) -> None:
    goal = any_of(branch(is_any_of("lifecyclestage", "customer")))
    stage = writes("1", "lifecyclestage", "customer", to="2")
    await publish(installed, stage, delay("2", 60), goalFilterBranch=goal)
    await installed.contact(email="a@x.fr", city="Lyon")
    await installed.clock.run_due()
    ended = await last(installed)
    assert (ended["state"], [step["state"] for step in ended["steps"]]) == (
        "unenrolled",
        ["succeeded"],
    )


async def test_members_of_a_suppression_list_leave_and_stay_out(installed: World) -> None:
    excluded = await new_list(installed)
    await publish(installed, delay("1", 60), suppressionListIds=[excluded.id])
    inside = await installed.contact(email="a@x.fr", city="Lyon")
    joins(installed, excluded, inside)
    assert (await last(installed))["reason"] == "the contact is on a suppression list"
    outside = await installed.contact(email="b@x.fr", city="Nice")
    joins(installed, excluded, outside)
    await change(installed, outside, city="Lyon")
    assert len(await installed.enrollments()) == 1


async def test_who_meets_the_suppression_filters_leaves_and_stays_out(installed: World) -> None:
    abroad = any_of(branch(asks("country", "IS_EQUAL_TO", "STRING", value="Italie")))
    await publish(installed, delay("1", 60), suppressionFilterBranch=abroad)
    inside = await installed.contact(email="a@x.fr", city="Lyon")
    await installed.contact(email="b@x.fr", city="Lyon", country="Italie")
    await change(installed, inside, country="Italie")
    [only] = await installed.enrollments()
    assert only["reason"] == "the contact meets the suppression filters"


@pytest.mark.parametrize(("asked", "state"), [(True, "unenrolled"), (False, "active")])
async def test_who_no_longer_meets_the_trigger_leaves_when_asked(
    installed: World, asked: bool, state: str
) -> None:
    criteria = trigger(IN_LYON, unEnrollObjectsNotMeetingCriteria=asked)
    await publish(installed, delay("1", 60), enrollmentCriteria=criteria)
    contact = await installed.contact(email="a@x.fr", city="Lyon")
    await change(installed, contact, city="Nice")
    assert (await last(installed))["state"] == state


@pytest.mark.parametrize(
    ("setting", "state"),
    [
        ({"type": "ALL"}, "unenrolled"),
        ({"type": "SELECTIVE", "flowIds": ["585000001"]}, "unenrolled"),
        ({"type": "SELECTIVE", "flowIds": []}, "active"),
    ],
)
async def test_entering_one_flow_may_leave_others(
    installed: World, setting: dict[str, Any], state: str
) -> None:
    first = await publish(installed, delay("1", 60))
    assert first == "585000001"
    await publish(installed, delay("1", 60), unEnrollmentSetting=setting)
    await installed.contact(email="a@x.fr", city="Lyon")
    assert [e["state"] for e in await installed.enrollments()] == [state, "active"]


async def test_a_contact_merged_into_another_leaves_its_flows(installed: World) -> None:
    await publish(installed, delay("1", 60))
    one = await installed.contact(email="a@x.fr", city="Lyon")
    other = await installed.contact(email="b@x.fr")
    body = {"primaryObjectId": other, "objectIdToMerge": one}
    await installed.api.post("/crm/v3/objects/contacts/merge", json=body)
    await installed.clock.run_due()
    states = {e["contactId"]: e["state"] for e in await installed.enrollments()}
    assert states[one] == "unenrolled"
    await installed.clock.advance(timedelta(hours=2))
