"""Who enters a workflow, by which trigger, and how often."""

from datetime import timedelta

from fakes.hubspot.automation.enrolment import MOST_ENTRIES
from tests.fakes.hubspot.automation.bodies import (
    any_of,
    asks,
    branch,
    delay,
    done,
    is_any_of,
    trigger,
    writes,
)
from tests.fakes.hubspot.automation.playing import (
    IN_LYON,
    change,
    held,
    joins,
    last,
    new_list,
    publish,
)
from tests.fakes.hubspot.timeline import TEMPLATE
from tests.fakes.hubspot.world import World


async def test_joining_a_list_enrols_when_the_trigger_asks_for_it(installed: World) -> None:
    members = await new_list(installed)
    one = {"filterType": "IN_LIST", "listId": str(members.id), "operator": "IN_LIST"}
    await publish(installed, delay("1", 60), enrollmentCriteria=trigger(any_of(branch(one))))
    contact = await installed.contact(email="a@x.fr")
    assert await installed.enrollments() == []
    joins(installed, members, contact)
    assert [e["contactId"] for e in await installed.enrollments()] == [contact]


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
