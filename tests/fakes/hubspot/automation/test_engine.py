"""Who enters a workflow, which way they go, and what makes them leave."""

from datetime import timedelta
from typing import Any

import pytest

from fakes.hubspot.automation.enrolment import MOST_ENTRIES
from fakes.hubspot.crm import membership
from fakes.hubspot.crm.records import Channel, Source
from tests.fakes.hubspot.automation.bodies import (
    action,
    any_of,
    asks,
    branch,
    delay,
    done,
    flow,
    is_any_of,
    leads_to,
    trigger,
    writes,
)
from tests.fakes.hubspot.test_timeline import TEMPLATE
from tests.fakes.hubspot.world import World

FLOWS = "/automation/v4/flows"
IN_LYON = any_of(branch(is_any_of("city", "Lyon")))
BY_UI = Source(channel=Channel.UI)


async def publish(world: World, *actions: dict[str, Any], **rest: Any) -> str:
    body = flow(*actions, **{"enrollmentCriteria": trigger(IN_LYON), **rest})
    answer = await world.api.post(FLOWS, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def change(world: World, contact: str, **properties: str) -> None:
    path = f"/crm/v3/objects/contacts/{contact}"
    answer = await world.api.patch(path, json={"properties": properties})
    assert answer.status_code == 200, answer.text
    await world.clock.run_due()


async def held(world: World, contact: str, name: str) -> str:
    path = f"/_control/hubspot/portals/{world.portal.id}/contacts/{contact}"
    return str((await world.api.get(path)).json()["properties"][name])


async def last(world: World) -> Any:
    return (await world.enrollments())[-1]


async def new_list(world: World) -> Any:
    portal = world.hubspot.hub.portal(world.portal.id)
    return membership.create_list(world.hubspot.hub, portal, "Exclus")


def joins(world: World, to: Any, contact: str) -> None:
    portal = world.hubspot.hub.portal(world.portal.id)
    membership.join(world.hubspot.hub, portal, to, [int(contact)], BY_UI)


async def test_a_branch_by_filters_takes_the_first_that_is_met(installed: World) -> None:
    ways = {
        "type": "LIST_BRANCH",
        "actionId": "1",
        "listBranches": [
            {
                "branchName": "mobile",
                "filterBranch": any_of(branch(asks("phone", "IS_KNOWN", "ALL_PROPERTY"))),
                "connection": leads_to("2"),
            }
        ],
        "defaultBranch": leads_to("3"),
    }
    await publish(
        installed, ways, writes("2", "firstname", "mobile"), writes("3", "firstname", "aucun")
    )
    with_phone = await installed.contact(email="a@x.fr", city="Lyon", phone="0612345678")
    without = await installed.contact(email="b@x.fr", city="Lyon")
    await installed.clock.run_due()
    assert await held(installed, with_phone, "firstname") == "mobile"
    assert await held(installed, without, "firstname") == "aucun"


async def test_a_branch_by_value_follows_what_an_earlier_action_answered(
    installed: World,
) -> None:
    definition = await installed.define_action()
    send = {
        "type": "SINGLE_CONNECTION",
        "actionId": "1",
        "actionTypeId": f"1-{definition}",
        "fields": {"type_envoi": "promo"},
        "connection": leads_to("2"),
    }
    ways = {
        "type": "STATIC_BRANCH",
        "actionId": "2",
        "inputValue": {"type": "FIELD_DATA", "actionId": "1", "dataKey": "errorCode"},
        "staticBranches": [{"branchValue": "NO_CREDIT", "connection": leads_to("3")}],
    }
    await publish(installed, send, ways, writes("3", "firstname", "sans crédit"))
    installed.backend.replies = [(200, {"outputFields": {"errorCode": "NO_CREDIT"}})]
    contact = await installed.contact(email="a@x.fr", city="Lyon")
    await installed.clock.run_due()
    assert await held(installed, contact, "firstname") == "sans crédit"


async def test_a_branch_by_lot_takes_each_way_sometimes(installed: World) -> None:
    ways = {
        "type": "AB_TEST_BRANCH",
        "actionId": "1",
        "testBranches": [{"connection": leads_to("2")}, {"connection": leads_to("3")}],
    }
    await publish(installed, ways, writes("2", "firstname", "A"), writes("3", "firstname", "B"))
    for number in range(20):
        await installed.contact(email=f"{number}@x.fr", city="Lyon")
    await installed.clock.run_due()
    taken = {e["steps"][1]["actionId"] for e in await installed.enrollments()}
    assert taken == {"2", "3"}


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


async def test_joining_a_list_enrols_when_the_trigger_asks_for_it(installed: World) -> None:
    members = await new_list(installed)
    one = {"filterType": "IN_LIST", "listId": str(members.id), "operator": "IN_LIST"}
    await publish(installed, delay("1", 60), enrollmentCriteria=trigger(any_of(branch(one))))
    contact = await installed.contact(email="a@x.fr")
    assert await installed.enrollments() == []
    joins(installed, members, contact)
    assert [e["contactId"] for e in await installed.enrollments()] == [contact]


async def test_a_flow_may_put_contacts_on_a_list_and_take_them_off(installed: World) -> None:
    chosen = await new_list(installed)
    step = {"type": "SINGLE_CONNECTION", "actionTypeId": "0-13"}
    fields = {"listId": str(chosen.id)}
    first = {**step, "actionId": "1", "fields": fields, "connection": leads_to("2")}
    last_one = {**step, "actionId": "3", "fields": {**fields, "action": "REMOVE"}}
    await publish(installed, first, delay("2", 5, to="3"), last_one)
    contact = int(await installed.contact(email="a@x.fr", city="Lyon"))
    await installed.clock.run_due()
    assert contact in chosen.members
    await installed.clock.advance(timedelta(minutes=5))
    assert contact not in chosen.members


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


async def test_each_named_trigger_brings_a_contact_in_again(installed: World) -> None:
    criteria = trigger(
        IN_LYON,
        shouldReEnroll=True,
        reEnrollmentTriggersFilterBranches=[
            branch(is_any_of("lifecyclestage", "customer")),
            branch(asks("phone", "IS_KNOWN", "ALL_PROPERTY")),
        ],
    )
    await publish(installed, writes("1", "firstname", "Ada"), enrollmentCriteria=criteria)
    contact = await installed.contact(email="a@x.fr", city="Lyon")
    await installed.clock.run_due()
    for entries, changed in [
        (2, {"lifecyclestage": "customer"}),
        (3, {"phone": "0612345678"}),
        (4, {"phone": "0698765432"}),
        (4, {"city": "Nice"}),
        (4, {"phone": "0611111111"}),
        (4, {"city": "Lyon"}),
    ]:
        await change(installed, contact, **changed)
        assert len(await installed.enrollments()) == entries, changed


async def test_an_event_on_the_timeline_may_be_what_a_trigger_asks(installed: World) -> None:
    key = {"hapikey": installed.app.developer_key}
    root = f"/integrators/timeline/v3/{installed.app.id}/event-templates"
    template = (await installed.api.post(root, params=key, json=TEMPLATE)).json()["id"]
    told = {
        "filterType": "INTEGRATION_EVENT",
        "eventTypeId": int(template),
        "filterLines": [asks("text", "CONTAINS", "STRING", value="reçu")],
    }
    await publish(installed, delay("1", 60), enrollmentCriteria=trigger(any_of(branch(told))))
    contact = await installed.contact(email="a@x.fr")
    for text in ("envoyé", "reçu"):
        assert await installed.enrollments() == []
        event = {"eventTemplateId": template, "objectId": contact, "tokens": {"text": text}}
        answer = await installed.api.post("/integrators/timeline/v3/events", json=event)
        assert answer.status_code == 201, answer.text
    assert [e["contactId"] for e in await installed.enrollments()] == [contact]


async def test_flows_that_bring_each_others_contacts_in_are_stopped(installed: World) -> None:
    for here, there in (("Lyon", "Nice"), ("Nice", "Lyon")):
        criteria = trigger(any_of(branch(is_any_of("city", here))), shouldReEnroll=True)
        await publish(installed, writes("1", "city", there), enrollmentCriteria=criteria)
    contact = await installed.contact(email="a@x.fr", city="Lyon")
    await installed.clock.run_due()
    assert len(await installed.enrollments()) == 2 * MOST_ENTRIES
    [told] = installed.events("flow.looping")
    assert told["contactId"] == int(contact)
    await installed.clock.advance(timedelta(minutes=1))
    await change(installed, contact, city="Paris")
    await change(installed, contact, city="Lyon")
    assert len(await installed.enrollments()) > 2 * MOST_ENTRIES


async def test_an_unpublished_action_goes_on_where_it_is_used_and_is_offered_no_more(
    installed: World,
) -> None:
    number = await installed.define_action()
    await publish(installed, action("1", f"1-{number}", type_envoi="promo"))
    where = f"/automation/v4/actions/{installed.app.id}/{number}"
    key = {"hapikey": installed.app.developer_key}
    await installed.api.patch(where, params=key, json={"published": False})
    offered = (await installed.api.get("/automation/2026-09-beta/action-types")).json()["results"]
    assert f"1-{number}" not in {one["actionTypeId"] for one in offered}
    await installed.contact(email="a@x.fr", city="Lyon")
    await installed.clock.run_due()
    assert (await last(installed))["steps"][0]["state"] == "succeeded"


async def test_a_change_of_property_is_an_event_too(installed: World) -> None:
    event = done(
        "4-655002",
        asks("hs_name", "IS_EQUAL_TO", "STRING", value="city"),
        asks("hs_value", "IS_EQUAL_TO", "STRING", value="Lyon"),
    )
    criteria = {"type": "EVENT_BASED", "shouldReEnroll": True, "eventFilterBranches": [event]}
    await publish(installed, writes("1", "firstname", "Ada"), enrollmentCriteria=criteria)
    contact = await installed.contact(email="a@x.fr", city="Nice")
    for city in ("Lyon", "Nice", "Lyon"):
        await change(installed, contact, city=city)
    assert len(await installed.enrollments()) == 2


async def test_actions_wait_for_the_opening_in_the_accounts_zone(installed: World) -> None:
    hours = {"startTime": {"hour": 9, "minute": 0}, "endTime": {"hour": 18, "minute": 0}}
    await publish(
        installed,
        writes("1", "firstname", "Ada"),
        timeWindows=[{"day": "TUESDAY", **hours}],
        blockedDates=[{"dayOfMonth": 24, "month": "NOVEMBER", "year": 2026}],
    )
    contact = await installed.contact(email="a@x.fr", firstname="Bob", city="Lyon")
    await installed.clock.advance(timedelta(days=7, hours=22, minutes=59))
    assert await held(installed, contact, "firstname") == "Bob"
    await installed.clock.advance(timedelta(minutes=1))
    assert await held(installed, contact, "firstname") == "Ada"
    assert installed.clock.now().isoformat() == "2026-12-01T08:00:00+00:00"


async def test_a_delay_until_a_date_reads_it_from_the_contact(installed: World) -> None:
    date = {"type": "OBJECT_PROPERTY", "propertyName": "createdate"}
    until = action("1", "0-35", "2", date=date, delta="2", time_unit="DAYS")
    await publish(installed, until, writes("2", "firstname", "Ada"))
    contact = await installed.contact(email="a@x.fr", firstname="Bob", city="Lyon")
    await installed.clock.advance(timedelta(hours=47))
    assert await held(installed, contact, "firstname") == "Bob"
    await installed.clock.advance(timedelta(hours=1))
    assert await held(installed, contact, "firstname") == "Ada"


async def test_a_change_is_measured_for_its_contact_alone(installed: World) -> None:
    number = await publish(installed, delay("1", 60))
    await publish(
        installed,
        delay("1", 60),
        enrollmentCriteria=trigger(any_of(branch(asks("phone", "IS_KNOWN", "ALL_PROPERTY")))),
    )
    for index in range(50):
        await installed.contact(email=f"{index}@x.fr", city="Paris")
    watched = installed.hubspot.hub.portal(installed.portal.id).flows[int(number)]
    before = watched.evaluations
    contact = await installed.contact(email="a@x.fr")
    await change(installed, contact, firstname="Ada")
    assert watched.evaluations == before
    await change(installed, contact, city="Lyon")
    assert watched.evaluations == before + 1


async def test_a_flow_turned_on_by_the_api_may_enrol_who_matches_already(
    installed: World,
) -> None:
    await installed.api.patch(
        "/_control/hubspot/settings", json={"publishing_enrols_existing": True}
    )
    await installed.contact(email="a@x.fr", city="Lyon")
    await publish(installed, delay("1", 60))
    assert len(await installed.enrollments()) == 1


async def test_what_a_contact_does_may_bring_it_in(installed: World) -> None:
    form = done("4-1639801", asks("hs_form_id", "IS_EQUAL_TO", "STRING", value="7"))
    french = branch(asks("country", "IS_EQUAL_TO", "STRING", value="France"))
    criteria = {
        "type": "EVENT_BASED",
        "eventFilterBranches": [form],
        "refinementCriteria": french,
    }
    said = {"type": "ENROLLMENT_EVENT_PROPERTY", "propertyName": "hs_form_id"}
    await publish(installed, writes("1", "firstname", said), enrollmentCriteria=criteria)
    contact = await installed.contact(email="a@x.fr", country="France")
    elsewhere = await installed.contact(email="b@x.fr", country="Italie")
    for who, form_id in [(contact, "6"), (elsewhere, "7"), (contact, "7"), (contact, "7")]:
        path = f"/_control/hubspot/portals/{installed.portal.id}/contacts/{who}/events"
        body = {"eventTypeId": "4-1639801", "properties": {"hs_form_id": form_id}}
        assert (await installed.api.post(path, json=body)).status_code == 201
        await installed.clock.run_due()
    assert [e["contactId"] for e in await installed.enrollments()] == [contact]
    assert await held(installed, contact, "firstname") == "7"


async def test_what_a_contact_has_done_may_be_what_a_trigger_asks(installed: World) -> None:
    await publish(installed, delay("1", 5), enrollmentCriteria=trigger(any_of(done("4-666440"))))
    contact = await installed.contact(email="a@x.fr")
    path = f"/_control/hubspot/portals/{installed.portal.id}/contacts/{contact}/events"
    await installed.api.post(path, json={"eventTypeId": "4-666440"})
    assert [e["contactId"] for e in await installed.enrollments()] == [contact]


async def test_the_older_api_enrols_by_email_and_takes_out(installed: World) -> None:
    number = await publish(installed, delay("1", 60))
    contact = await installed.contact(email="a@x.fr")
    inputs = [{"type": "FLOW_ID", "flowId": number}]
    mapped = await installed.api.post(
        "/automation/v4/workflow-id-mappings/batch/read", json={"inputs": inputs}
    )
    legacy = mapped.json()["results"][0]["workflowId"]
    path = f"/automation/v2/workflows/{legacy}/enrollments/contacts/a@x.fr"
    assert (await installed.api.post(path)).status_code == 204
    assert (await last(installed))["contactId"] == contact
    assert (await installed.api.delete(path)).status_code == 204
    assert (await last(installed))["state"] == "unenrolled"
    assert (await installed.api.post(path.replace("a@x", "b@x"))).status_code == 404


async def test_the_other_routes_of_flows_answer(installed: World) -> None:
    email = action("1", "0-4", content_id="77")
    number = await publish(installed, email)
    await installed.contact(email="a@x.fr", city="Lyon")
    await installed.clock.run_due()
    performance = (await installed.api.get(f"{FLOWS}/performance/{number}")).json()
    assert (performance["enrolledCount"], performance["completedCount"]) == (1, 1)
    campaigns = await installed.api.get(f"{FLOWS}/email-campaigns", params={"flowId": number})
    assert [one["emailContentId"] for one in campaigns.json()["results"]] == ["77"]
    beta = "/automation/2026-09-beta"
    revision = await installed.api.get(f"{beta}/flows/{number}/revisions/1")
    assert revision.json()["revisionId"] == "1"
    types = (await installed.api.get(f"{beta}/action-types")).json()["results"]
    assert {"actionTypeId": "0-1", "actionTypeVersion": 0} in types


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
