"""Events as they are written: the same id again, unknown people, wrong ones, many at once."""

from typing import Any

import pytest

from fakes.hubspot.choices import TimelineRepeat
from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.timeline import EVENTS, template, written
from tests.fakes.hubspot.world import World


async def test_the_same_id_again_overwrites_and_may_move_to_another_contact(
    installed: World,
) -> None:
    first, second = await installed.contact(email="a@x.fr"), await installed.contact(email="b@x.fr")
    number = await template(installed)
    for contact, text in ((first, "un"), (first, "deux"), (second, "trois")):
        event = {"eventTemplateId": number, "id": "sms-1", "objectId": contact}
        await installed.api.post(
            "/integrators/timeline/v3/events", json={**event, "tokens": {"text": text}}
        )
    assert await written(installed, first) == []
    assert [shown["tokens"]["text"] for shown in await written(installed, second)] == ["trois"]


async def test_the_same_id_again_may_be_refused() -> None:
    async with World(Settings(timeline_repeat=TimelineRepeat.IMMUTABLE)) as world:
        await world.install()
        contact, number = await world.contact(email="a@x.fr"), await template(world)
        event = {"eventTemplateId": number, "id": "1", "objectId": contact, "tokens": {}}
        answers = [
            await world.api.post("/integrators/timeline/v3/events", json=event) for _ in range(2)
        ]
    assert [answer.status_code for answer in answers] == [201, 409]


async def test_an_unknown_email_makes_a_contact(installed: World) -> None:
    number = await template(installed)
    event: dict[str, Any] = {"eventTemplateId": number, "email": "New@x.fr", "tokens": {}}
    answer = await installed.api.post("/integrators/timeline/v3/events", json=event)
    contact = installed.portal.contacts[int(answer.json()["objectId"])]
    assert contact.values["email"] == "new@x.fr"


async def test_a_visitor_is_whom_an_event_named_with_it(installed: World) -> None:
    number = await template(installed)
    event = {"eventTemplateId": number, "utk": "visitor-1", "tokens": {}}
    assert (await installed.api.post(EVENTS, json=event)).status_code == 404
    named = await installed.api.post(EVENTS, json={**event, "email": "a@x.fr"})
    again = await installed.api.post(EVENTS, json={**event, "email": "other@x.fr"})
    assert again.json()["objectId"] == named.json()["objectId"]
    contact = await installed.contact(email="b@x.fr")
    told = await installed.api.post(EVENTS, json={**event, "objectId": contact})
    assert told.json()["objectId"] == contact


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"eventTemplateId": "42"}, 404),
        ({"objectId": "42"}, 404),
        ({"objectId": None}, 400),
        ({"tokens": {"nothing": "x"}}, 400),
        ({"tokens": None}, 400),
        ({"timestamp": "yesterday"}, 400),
    ],
)
async def test_a_wrong_event_is_refused(
    installed: World, changed: dict[str, Any], status: int
) -> None:
    contact, number = await installed.contact(email="a@x.fr"), await template(installed)
    event = {"eventTemplateId": number, "objectId": contact, "tokens": {}, **changed}
    answer = await installed.api.post("/integrators/timeline/v3/events", json=event)
    assert answer.status_code == status


async def test_a_batch_writes_what_it_can_and_lists_the_rest(installed: World) -> None:
    contact, number = await installed.contact(email="a@x.fr"), await template(installed)
    good = {"eventTemplateId": number, "id": "good", "objectId": contact, "tokens": {}}
    inputs = [good, {**good, "id": "bad", "objectId": "42"}]
    where = "/integrators/timeline/v3/events/batch/create"
    answer = await installed.api.post(where, json={"inputs": inputs})
    assert answer.status_code == 207
    assert (answer.json()["numErrors"], len(answer.json()["results"])) == (1, 1)
    assert (await installed.api.post(where, json={"inputs": [good]})).status_code == 201
