"""The ledger: every route and behaviour with its source, and every open question with a setting."""

from dataclasses import fields

import pytest

from fakes.hubspot.behaviours import BEHAVIOURS
from fakes.hubspot.choices import RefreshTokens
from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import World

LEDGER = "/_control/hubspot/ledger"
SETTINGS = {field.name for field in fields(Settings)}


def test_the_open_questions_are_all_there_in_their_order() -> None:
    assert [b.question for b in BEHAVIOURS if b.question] == list(range(1, 33))


def test_every_open_question_is_a_setting() -> None:
    assert not [b.question for b in BEHAVIOURS if b.question and not b.settings]


def test_every_setting_is_the_ledgers_and_every_one_of_the_ledgers_is_there() -> None:
    assert {name for b in BEHAVIOURS for name in b.settings} == SETTINGS


async def test_each_route_is_in_the_ledger_with_its_source(world: World) -> None:
    lines = (await world.api.get(LEDGER)).json()["results"]
    named = {line["name"]: line for line in lines}
    assert named["POST /oauth/v1/token"]["standing"] == "documented"
    assert named["GET /crm/v3/objects/{objectType}"]["built"] is False
    assert named["code lifetime"]["settings"] == ["code_lifetime"]
    assert not [name for name in named if "/_control" in name]
    assert all(line["source"] for line in lines)


@pytest.mark.parametrize(
    ("lang", "title", "standing"),
    [
        ("fr", "Fidélité du faux HubSpot", "documenté, non construit"),
        ("en", "Fidelity of the fake HubSpot", "documented, not built"),
    ],
)
async def test_the_ledger_is_a_page_too(world: World, lang: str, title: str, standing: str) -> None:
    world.hubspot.hub.settings = Settings(refresh_tokens=RefreshTokens.ROTATE)
    page = await world.api.get(f"{LEDGER}/page", params={"lang": lang})
    assert page.headers["content-type"].startswith("text/html")
    for said in (title, standing, "POST /oauth/v1/token", "refresh_tokens=rotate (keep)"):
        assert said in page.text


@pytest.mark.parametrize(
    "asked",
    [
        "GET /crm/v3/objects/deals",
        "POST /crm/v3/objects/companies/batch/read",
        "POST /crm/objects/2026-03/2-1234/search",
        "GET /crm/properties/2026-09/companies/name",
        "PUT /crm/v4/objects/contacts/1/associations/companies/2",
        "GET /webhooks-journal/journal/2026-03/earliest",
        "GET /contacts/v1/contact/email/a@x.fr/profile",
        "POST /webhooks-journal/snapshots/2026-03/crm",
    ],
)
async def test_what_hubspot_has_and_the_fake_has_not_says_so(installed: World, asked: str) -> None:
    answer = await installed.api.request(*asked.split())
    assert answer.status_code == 501
    assert asked in answer.json()["message"]
    [event] = installed.events("route.not_built")
    assert event["asked"] == asked


async def test_a_kind_of_record_that_hubspot_has_not_is_refused_in_its_words(
    installed: World,
) -> None:
    contact = await installed.contact(firstname="Ada")
    one = f"/crm/v3/objects/contacts/{contact}"
    for asked in ("/crm/v3/objects/widgets", f"{one}?associations=deals,widgets"):
        answer = await installed.api.get(asked)
        assert answer.status_code == 400
        assert answer.json()["message"] == "Unable to infer object type from: widgets"
    known = await installed.api.get(f"{one}?associations=deals,company,notes,2-123")
    assert known.status_code == 200
