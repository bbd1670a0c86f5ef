"""Which way contacts go through a workflow, and when."""

from datetime import timedelta

from tests.fakes.hubspot.automation.bodies import (
    action,
    any_of,
    asks,
    branch,
    delay,
    leads_to,
    writes,
)
from tests.fakes.hubspot.automation.playing import (
    FLOWS,
    held,
    last,
    new_list,
    publish,
)
from tests.fakes.hubspot.world import World


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
