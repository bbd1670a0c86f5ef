"""Faults on demand: what the next calls meet, and nobody else."""

import asyncio
from datetime import timedelta

import pytest

from tests.fakes.hubspot.world import World

FAULTS = "/_control/hubspot/faults"
DETAILS = "/account-info/v3/details"


async def test_the_next_calls_meet_a_429(installed: World) -> None:
    await installed.api.post(FAULTS, json={"kind": "RATE_LIMIT", "count": 2, "policy": "SECONDLY"})
    answers = [await installed.api.get(DETAILS) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].json()["policyName"] == "SECONDLY"
    assert (await installed.api.get(FAULTS)).json()["results"] == []


async def test_an_error_of_hubspots_changes_nothing(installed: World) -> None:
    await installed.api.post(FAULTS, json={"kind": "ERROR", "status": 503, "path": "/crm/"})
    assert (await installed.api.get(DETAILS)).status_code == 200
    body = {"properties": {"email": "a@x.fr"}}
    assert (await installed.api.post("/crm/v3/objects/contacts", json=body)).status_code == 503
    assert installed.portal.contacts == {}


async def test_only_the_accounts_own_calls_meet_its_fault(installed: World) -> None:
    other = installed.hubspot.add_portal(name="Autre")
    await installed.api.post(FAULTS, json={"kind": "ERROR", "portalId": other.id})
    assert (await installed.api.get(DETAILS)).status_code == 200
    token = installed.hubspot.add_private_token(other.id)
    theirs = await installed.api.get(DETAILS, headers={"Authorization": f"Bearer {token}"})
    assert theirs.status_code == 500


async def test_a_slow_answer_comes_when_the_clock_has_moved(installed: World) -> None:
    await installed.api.post(FAULTS, json={"kind": "SLOW", "seconds": 20})

    async with asyncio.TaskGroup() as group:
        body = {"properties": {"email": "a@x.fr"}}
        waiting = group.create_task(installed.api.post("/crm/v3/objects/contacts", json=body))
        while installed.clock.next_due() is None:
            await asyncio.wait([waiting], timeout=0)
        await installed.clock.advance(timedelta(seconds=19))
        assert not waiting.done()
        await installed.clock.advance(timedelta(seconds=1))
    assert waiting.result().json()["properties"]["email"] == "a@x.fr"
    [struck] = installed.events("fault.struck")
    assert (struck["method"], struck["body"]) == ("POST", '{"properties":{"email":"a@x.fr"}}')


@pytest.mark.parametrize("body", [{"status": 429}, {"kind": "RAIN"}])
async def test_a_fault_of_no_kind_is_told_which_there_are(
    world: World, body: dict[str, object]
) -> None:
    answer = await world.api.post(FAULTS, json=body)
    assert answer.status_code == 400
    assert "one of RATE_LIMIT, ERROR, SLOW at 'kind'" in answer.json()["message"]


async def test_a_fault_that_is_none_is_refused(installed: World) -> None:
    for body in (
        {"kind": "RAIN"},
        {"kind": "ERROR", "status": 200},
        {"kind": "ERROR", "status": 404},
        {"kind": "SLOW", "count": 0},
    ):
        assert (await installed.api.post(FAULTS, json=body)).status_code == 400


@pytest.mark.parametrize(
    ("status", "retry_after"), [(414, None), (423, None), (477, "60"), (521, None), (504, None)]
)
async def test_calls_meet_each_trouble_that_hubspot_tells_of(
    installed: World, status: int, retry_after: str | None
) -> None:
    await installed.api.post(FAULTS, json={"kind": "ERROR", "status": status})
    answer = await installed.api.get(DETAILS)
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == retry_after


async def test_faults_can_be_called_off(installed: World) -> None:
    await installed.api.post(FAULTS, json={"kind": "ERROR", "count": 9})
    await installed.api.delete(FAULTS)
    assert (await installed.api.get(DETAILS)).status_code == 200
