"""Many at the card at once: they wait for the account's turn, or are told the truth and when."""

from html import unescape

import pytest

from core.ports import DatabaseDownError
from tests.core.harness import Harness
from tests.core.http.visiting import fetch, links

CONTACT = {"firstname": "Zoé", "lastname": "Martin", "phone": "06 11 11 11 11"}
SEND = "Envoyer un SMS"


@pytest.fixture
async def linked(linked: Harness) -> Harness:
    linked.hubspot.contacts["512"] = CONTACT
    return linked


async def test_a_record_opened_again_and_again_waits_for_its_turn(linked: Harness) -> None:
    way = (await links(linked))[SEND]
    statuses = [(await linked.request("GET", way)).status_code for _ in range(20)]
    assert statuses == [200] * 20
    assert 0 < linked.waited.total_seconds() < 2


async def test_a_turn_that_is_far_off_is_told_and_hubspot_is_not_asked(linked: Harness) -> None:
    linked.restart(hubspot_calls=1)
    way = (await links(linked))[SEND]
    await linked.request("GET", way)
    before = len(linked.hubspot.calls)

    shown = await linked.request("GET", way)
    assert (shown.status_code, shown.headers["retry-after"]) == (503, "10")
    assert "réessayez dans 10 s" in unescape(shown.text)

    told = await fetch(linked, "GET", "summary")
    assert (told.status_code, told.headers["retry-after"]) == (503, "10")
    assert told.json()["error"]["code"] == "out_of_turn"
    assert "was not asked" in told.json()["error"]["message"]
    assert len(linked.hubspot.calls) == before
    assert not linked.waited


async def test_hubspot_that_asks_to_wait_a_moment_is_asked_again_after_it(linked: Harness) -> None:
    linked.hubspot.trouble("contacts/512", 429, headers={"retry-after": "1"})
    told = await fetch(linked, "GET", "summary")
    assert told.status_code == 200
    assert linked.waited.total_seconds() == 1


async def test_hubspot_that_asks_to_wait_long_is_obeyed_and_quoted(linked: Harness) -> None:
    linked.hubspot.trouble("contacts/512", 429, headers={"retry-after": "40"})
    told = await fetch(linked, "GET", "summary")
    assert (told.status_code, told.headers["retry-after"]) == (503, "40")
    assert told.json()["error"]["code"] == "throttled"


async def test_hubspot_that_refuses_is_not_said_to_be_silent(linked: Harness) -> None:
    way = (await links(linked))[SEND]
    linked.hubspot.trouble("contacts/512", 403, body={"category": "MISSING_SCOPES"})
    shown = await linked.request("GET", way)
    assert shown.status_code == 502
    assert "HubSpot a refusé" in unescape(shown.text)
    assert "MISSING_SCOPES" in shown.text


async def test_a_database_that_is_down_is_told_to_people_as_a_page(linked: Harness) -> None:
    way = (await links(linked))[SEND]

    def fail() -> None:
        raise DatabaseDownError

    linked.database.observe(before=fail)
    shown = await linked.request("GET", way)
    assert shown.status_code == 503
    assert "indisponible" in unescape(shown.text)
    assert "Réessayer" in unescape(shown.text)
