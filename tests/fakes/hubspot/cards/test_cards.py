"""Cards: defined by the app's developer, fetched when a record opens, shown to a person."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings

from core.wire.hubspot_signature import verify
from fakes.hubspot.cards.definitions import FIRST_CARD_ID
from fakes.hubspot.choices import CardSunset
from fakes.hubspot.settings import Settings
from fakes.kit.outbound import Outbound
from tests.fakes.damage import JUNK, damaged
from tests.fakes.hubspot.cards.bodies import BASE, CARD, CARDS, V1, V3
from tests.fakes.hubspot.cards.record import Record, defined, key
from tests.fakes.hubspot.world import EMAIL, World


async def test_a_card_is_defined_changed_listed_and_deleted(installed: World) -> None:
    made = (await defined(installed)).json()
    where = f"{CARDS}/{installed.app.id}/{made['id']}"
    changed = await installed.api.patch(where, params=key(installed), json={"title": "SMS"})
    assert (changed.json()["title"], changed.json()["fetch"]) == ("SMS", made["fetch"])
    listed = await installed.api.get(
        f"/crm/extensions/cards-dev/2026-03/{installed.app.id}", params=key(installed)
    )
    assert [one["id"] for one in listed.json()["results"]] == [made["id"]]
    assert (await installed.api.delete(where, params=key(installed))).status_code == 204
    assert (await installed.api.get(where, params=key(installed))).status_code == 404


async def test_an_app_has_25_cards_at_most(installed: World) -> None:
    answers = [await defined(installed) for _ in range(26)]
    assert [answer.status_code for answer in answers] == [201] * 25 + [400]


async def test_a_card_on_companies_needs_their_scopes(installed: World) -> None:
    fetch = {**CARD["fetch"], "objectTypes": [{"name": "companies", "propertiesToSend": []}]}  # type: ignore[dict-item]  # the card is JSON
    answer = await defined(installed, {**CARD, "fetch": fetch})
    assert answer.status_code == 400
    assert "crm.objects.companies.read" in answer.json()["message"]


async def test_the_fetch_tells_who_looks_at_whom_and_is_signed(record: Record) -> None:
    record.answers(V1)
    await record.card()
    [(request, body)] = record.world.backend.asked
    query = dict(request.query_params)
    assert query["associatedObjectType"] == "CONTACT"
    assert (query["phone"], query["firstname"], query["userEmail"]) == ("+33 6", "Ada", EMAIL)
    assert (request.method, body) == ("GET", b"")
    verify(
        method="GET",
        url=str(request.url),
        body=b"",
        headers=request.headers,
        secrets=[record.world.app.client_secret],
        now=record.world.clock.now(),
    )


async def test_five_results_show_and_a_link_to_the_others(record: Record) -> None:
    record.answers(V1)
    card = await record.card()
    assert (len(card["results"]), card["total"]) == (5, 12)
    assert (card["moreLabel"], card["moreUrl"]) == ("Voir les autres SMS", f"{BASE}all")
    assert card["results"][0]["lines"] == [
        {"label": "Statut", "value": "Reçu"},
        {"label": "Texte", "value": "Bonjour"},
    ]
    assert card["isSunset"] is True


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("DATETIME", "1795765455000", "27/11/2026 08:44"),
        ("DATETIME", 1795765456000, "27/11/2026 08:44"),
        ("DATETIME", "2026-11-27T23:30:00Z", "28/11/2026 00:30"),
        ("DATE", "2026-12-01", "01/12/2026"),
        ("DATE", "soon", "soon"),
        ("STRING", "1795765455000", "1795765455000"),
    ],
)
async def test_a_date_shows_as_people_read_it(
    record: Record, kind: str, value: object, shown: str
) -> None:
    line = {"label": "Date", "name": "d", "dataType": kind, "value": value}
    for answer in (
        {"results": [{"objectId": 1, "title": "SMS", "properties": [line]}]},
        {"responseVersion": "v3", "sections": [{"id": "1", "title": "SMS", "tokens": [line]}]},
    ):
        record.answers(answer)
        assert (await record.card())["results"][0]["lines"] == [{"label": "Date", "value": shown}]


async def test_an_answer_of_version_3_shows_too(record: Record) -> None:
    record.answers(V3)
    card = await record.card()
    assert (card["title"], card["results"][0]["title"]) == ("SMS", "SMS 1")
    assert [action["role"] for action in card["actions"]] == ["primary", "secondary"]
    assert card["actions"][1]["confirmation"]["confirmationMessage"] == "Vraiment ?"


async def test_an_action_outside_the_base_urls_hides_the_card(record: Record) -> None:
    stray = {**V1["primaryAction"], "uri": "https://other.example/"}  # type: ignore[dict-item]  # the answer is JSON
    record.answers({**V1, "primaryAction": stray})
    card = await record.card()
    assert "https://other.example/" in card["message"]
    assert card["results"] == []


@pytest.mark.parametrize("reply", [(500, {}), (200, b"<html>"), (200, {"results": 1})])
async def test_a_card_that_cannot_be_had_says_so(record: Record, reply: Any) -> None:
    record.world.backend.replies = [reply]
    card = await record.card()
    assert (bool(card["message"]), card["actions"]) == (reply[1] != b"<html>", [])


async def test_a_late_card_shows_an_error(record: Record) -> None:
    record.world.backend.replies = [httpx.ReadTimeout("late")]
    assert "timeout" in (await record.card())["message"]


async def test_a_card_has_three_seconds_to_be_reached_and_five_to_answer(record: Record) -> None:
    waited: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        waited.append(request.extensions["timeout"])
        return httpx.Response(200, json=V1)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as way:
        record.world.hubspot.hub.outbound = Outbound(way, lambda _: True)
        assert (await record.card())["message"] == ""
    assert [(one["connect"], one["read"]) for one in waited] == [(3, 5)]


async def test_an_app_that_left_shows_no_card(record: Record) -> None:
    world = record.world
    where = f"/_control/hubspot/portals/{world.portal.id}/connected-apps/{world.app.id}"
    await world.api.delete(where)
    assert (await world.api.get(record.path)).json()["results"] == []


async def test_when_the_sunset_is_enforced_there_are_no_cards() -> None:
    async with World(Settings(card_sunset=CardSunset.ENFORCED)) as world:
        await world.install()
        assert (await defined(world)).status_code == 410
        contact = await world.contact(email="a@x.fr")
        assert (await world.api.get(Record(world, contact).path)).json()["results"] == []


@settings(deadline=None, max_examples=40)
@given(body=damaged(CARD))
async def test_a_damaged_definition_is_taken_or_refused(body: Any) -> None:
    async with World() as world:
        assert (await defined(world, body)).status_code in {201, 400}


@settings(deadline=None, max_examples=40)
@given(answer=damaged(V1) | damaged(V3) | JUNK)
async def test_a_damaged_answer_is_shown_or_said_to_be_unreadable(answer: Any) -> None:
    async with World() as world:
        await world.install()
        await defined(world)
        contact = await world.contact(email="a@x.fr")
        world.backend.replies = [(200, json.dumps(answer).encode())]
        assert (await world.api.get(Record(world, contact).path)).status_code == 200


async def test_a_card_that_is_swapped_for_an_app_card_is_shown_no_more(record: Record) -> None:
    world = record.world
    where = f"/crm/extensions/cards-dev/2026-03/{world.app.id}/views/migrate"
    query = {"hapikey": world.app.developer_key}
    body = {"legacyCrmCardId": FIRST_CARD_ID, "appCardId": 77, "allowDuplicateAppCardIds": False}
    unknown = await world.api.post(where, params=query, json={**body, "legacyCrmCardId": 5})
    assert unknown.status_code == 404
    done = (await world.api.post(where, params=query, json=body)).json()
    assert (done["totalPortalCount"], done["remainingPortalCount"]) == (1, 0)
    assert (await world.api.get(record.path)).json()["results"] == []
    assert (await world.api.post(where, params=query, json=body)).status_code == 400


@pytest.mark.parametrize(
    "root", ["/crm/v3/extensions/cards-dev", "/crm/extensions/cards-dev/2026-03"]
)
async def test_the_sample_is_an_answer_that_records_show(record: Record, root: str) -> None:
    sample = (await record.world.api.get(f"{root}/sample-response")).json()
    # Its button leads elsewhere than this app's may.
    record.answers({**sample, "topLevelActions": {"secondary": []}})
    [shown] = (await record.world.api.get(record.path)).json()["results"]
    assert shown["results"][0]["title"] == sample["sections"][0]["title"]
