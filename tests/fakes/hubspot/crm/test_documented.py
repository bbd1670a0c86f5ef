"""What the documentation says of values, unique properties, links, merges and time limits."""

from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.hubspot.world import World

C, P = "/crm/v3/objects/contacts", "/crm/v3/properties/contacts"
KEPT = timedelta(days=90)
SIZES = [{"label": size, "value": size, "hidden": False} for size in "SML"]


async def define(world: World, name: str, kind: str, field: str, **more: Any) -> int:
    body = {"name": name, "label": name, "groupName": "contactinformation", **more}
    answer = await world.api.post(P, json={**body, "type": kind, "fieldType": field})
    return answer.status_code


async def write(world: World, contact: str, **properties: Any) -> Any:
    answer = await world.api.patch(f"{C}/{contact}", json={"properties": properties})
    assert answer.status_code == 200, answer.text
    return answer.json()["properties"]


def link(kind: int, to: str) -> dict[str, Any]:
    one = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": kind}
    return {"to": {"id": to}, "types": [one]}


async def test_several_choices_are_replaced_or_added_to(installed: World) -> None:
    await define(installed, "sizes", "enumeration", "checkbox", options=SIZES)
    contact = await installed.contact(firstname="Ada")
    assert (await write(installed, contact, sizes="S;M"))["sizes"] == "S;M"
    assert (await write(installed, contact, sizes=";L;S"))["sizes"] == "S;M;L"
    assert (await write(installed, contact, sizes="L"))["sizes"] == "L"


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("date", "1769904000000", "2026-02-01"),
        ("date", 1769990400000, "2026-02-02"),
        ("date", "2026-02-01", "2026-02-01"),
        ("datetime", "1769904000120", "2026-02-01T00:00:00.120Z"),
        ("datetime", "2026-02-01T02:00:00+02:00", "2026-02-01T00:00:00Z"),
        ("number", 3, "3"),
        ("bool", True, "true"),
        ("bool", "FALSE", "false"),
    ],
)
async def test_values_are_texts_of_one_form(
    installed: World, kind: str, given: object, kept: str
) -> None:
    fields = {"date": "date", "datetime": "date", "number": "number", "bool": "booleancheckbox"}
    assert await define(installed, "x", kind, fields[kind]) == 201
    contact = await installed.contact(firstname="Ada")
    assert (await write(installed, contact, x=given))["x"] == kept


async def test_a_stage_goes_back_only_once_cleared(installed: World) -> None:
    contact = await installed.contact(firstname="Ada", lifecyclestage="customer")
    kept = await write(installed, contact, lifecyclestage="subscriber")
    assert kept["lifecyclestage"] == "customer"
    assert "lifecyclestage" not in await write(installed, contact, lifecyclestage="")
    kept = await write(installed, contact, lifecyclestage="subscriber")
    assert kept["lifecyclestage"] == "subscriber"


async def test_a_unique_property_names_one_contact_and_finds_it(installed: World) -> None:
    assert await define(installed, "card", "string", "text", hasUniqueValue=True) == 201
    contact = await installed.contact(firstname="Ada", card="A-1")
    taken = {"properties": {"firstname": "Bob", "card": "A-1"}}
    refused = await installed.api.post(C, json=taken)
    assert (refused.status_code, contact in refused.json()["message"]) == (409, True)
    found = await installed.api.get(f"{C}/A-1", params={"idProperty": "card"})
    assert found.json()["id"] == contact
    patched = await installed.api.patch(
        f"{C}/A-1", params={"idProperty": "card"}, json={"properties": {"city": "Lyon"}}
    )
    assert patched.json()["properties"]["city"] == "Lyon"
    inputs = [
        {"id": card, "idProperty": "card", "properties": {"firstname": "Eve"}}
        for card in ("A-1", "A-2")
    ]
    upserted = await installed.api.post(f"{C}/batch/upsert", json={"inputs": inputs})
    assert [one["new"] for one in upserted.json()["results"]] == [False, True]
    other = await installed.api.get(f"{C}/x", params={"idProperty": "city"})
    assert other.status_code == 400


async def test_at_most_ten_properties_are_unique(installed: World) -> None:
    made = [
        await define(installed, f"card{n}", "string", "text", hasUniqueValue=True)
        for n in range(11)
    ]
    assert made == [201] * 10 + [400]


async def test_links_are_made_with_a_contact_and_shown_when_asked(installed: World) -> None:
    friend = await installed.contact(firstname="Bob")
    body = {
        "properties": {"firstname": "Ada"},
        "associations": [link(279, "77"), link(1, "77"), link(449, friend)],
    }
    made = (await installed.api.post(C, json=body)).json()["id"]
    asked = {"associations": "companies,contacts,deals"}
    for path in (f"{C}/{made}", C):
        answer = (await installed.api.get(path, params=asked)).json()
        shown = answer if path != C else next(o for o in answer["results"] if o["id"] == made)
        assert shown["associations"] == {
            "companies": {
                "results": [
                    {"id": "77", "type": "contact_to_company_unlabeled"},
                    {"id": "77", "type": "contact_to_company"},
                ]
            },
            "contacts": {"results": [{"id": friend, "type": "contact_to_contact"}]},
        }
    back = (await installed.api.get(f"{C}/{friend}", params={"associations": "contact"})).json()
    assert back["associations"]["contacts"]["results"][0]["id"] == made


@pytest.mark.parametrize("wrong", [link(9999, "1"), link(449, "1"), {"to": {"id": "1"}}])
async def test_a_link_that_cannot_be_made_makes_no_contact(
    installed: World, wrong: dict[str, Any]
) -> None:
    body = {"properties": {"firstname": "Ada"}, "associations": [wrong]}
    assert (await installed.api.post(C, json=body)).status_code == 400
    assert installed.portal.contacts == {}


async def test_a_merge_keeps_values_history_emails_and_the_first_creation(
    installed: World,
) -> None:
    one = await installed.contact(email="a@x.fr", city="Lyon")
    await installed.clock.advance(timedelta(minutes=1))
    other = await installed.contact(email="b@x.fr", city="Nice", jobtitle="CTO")
    await installed.clock.advance(timedelta(minutes=1))
    body = {"primaryObjectId": other, "objectIdToMerge": one}
    merged = (await installed.api.post(f"{C}/merge", json=body)).json()
    held = merged["properties"]
    assert (held["email"], held["hs_additional_emails"]) == ("b@x.fr", "a@x.fr")
    assert (held["city"], held["jobtitle"]) == ("Nice", "CTO")
    assert held["hs_merged_object_ids"] == f"{other};{one}"
    first = installed.clock.now() - timedelta(minutes=2)
    assert held["createdate"] == first.strftime("%Y-%m-%dT%H:%M:%SZ")
    shown = await installed.api.get(f"{C}/{merged['id']}", params={"propertiesWithHistory": "city"})
    cities = [v["value"] for v in shown.json()["propertiesWithHistory"]["city"]]
    assert cities == ["Nice", "Lyon"]
    for email in ("a@x.fr", "b@x.fr"):
        found = await installed.api.get(f"{C}/{email}", params={"idProperty": "email"})
        assert found.json()["id"] == merged["id"]
    same = {"primaryObjectId": merged["id"], "objectIdToMerge": merged["id"]}
    assert (await installed.api.post(f"{C}/merge", json=same)).status_code == 400


async def test_a_deleted_contact_can_be_read_and_restored_for_ninety_days(world: World) -> None:
    world.api.headers.update(world.private())
    contact = await world.contact(email="a@x.fr")
    await world.api.delete(f"{C}/{contact}")
    archived = {"archived": "true"}
    restore = f"/_control/hubspot/portals/{world.portal.id}/contacts/{contact}/restore"
    await world.clock.advance(KEPT)
    assert (await world.api.get(f"{C}/{contact}", params=archived)).status_code == 200
    [listed] = (await world.api.get(C, params=archived)).json()["results"]
    assert listed["archivedAt"] == "2026-11-23T09:00:00Z"
    await world.clock.advance(timedelta(seconds=1))
    assert (await world.api.get(f"{C}/{contact}", params=archived)).status_code == 404
    assert (await world.api.get(C, params=archived)).json()["results"] == []
    assert (await world.api.post(restore)).status_code == 400


async def test_a_deleted_property_can_be_read_for_ninety_days(world: World) -> None:
    world.api.headers.update(world.private())
    await define(world, "score", "number", "number")
    contact = await world.contact(firstname="Ada", score="3")
    await world.api.delete(f"{P}/score")
    asked = {"properties": "score"}
    held = (await world.api.get(f"{C}/{contact}", params=asked)).json()["properties"]
    assert "score" not in held
    archived = {"archived": "true"}
    await world.clock.advance(KEPT)
    assert (await world.api.get(f"{P}/score", params=archived)).json()["archived"] is True
    listed = (await world.api.get(P, params=archived)).json()["results"]
    assert [one["name"] for one in listed] == ["score"]
    await world.clock.advance(timedelta(seconds=1))
    assert (await world.api.get(f"{P}/score", params=archived)).status_code == 404
    assert (await world.api.get(P, params=archived)).json()["results"] == []


async def test_no_property_is_sensitive(installed: World) -> None:
    asked = {"dataSensitivity": "sensitive"}
    assert (await installed.api.get(P, params=asked)).json()["results"] == []
    assert len((await installed.api.get(P)).json()["results"]) > 20


@pytest.mark.parametrize("verb", ["read", "create", "update", "upsert", "archive"])
async def test_a_batch_has_a_hundred_inputs_at_most(installed: World, verb: str) -> None:
    one = {"id": "1", "properties": {"firstname": "Ada"}}
    answer = await installed.api.post(f"{C}/batch/{verb}", json={"inputs": [one] * 101})
    assert (answer.status_code, answer.json()["category"]) == (400, "VALIDATION_ERROR")


async def test_a_list_leads_on_by_a_link(installed: World) -> None:
    made = [await installed.contact(firstname=name) for name in "abc"]
    page = (await installed.api.get(C, params={"limit": 2, "properties": "city"})).json()
    following = page["paging"]["next"]
    assert following["after"] == made[2]
    last = (await installed.api.get(following["link"])).json()
    assert [one["id"] for one in last["results"]] == [made[2]]
    assert "city" in last["results"][0]["properties"]
    assert "paging" not in last


async def test_computed_phones_tell_country_region_and_what_searches_look_for(
    installed: World,
) -> None:
    contact = await installed.contact(phone="01 42 68 53 00", firstname="Ada")
    asked = "hs_calculated_phone_number", "hs_calculated_phone_number_country_code"
    more = "hs_calculated_phone_number_region_code", "hs_calculated_phone_number_area_code"
    searched = ("hs_searchable_calculated_international_phone_number",)
    names = ",".join((*asked, *more, *searched))
    shown = await installed.api.get(f"{C}/{contact}", params={"properties": names})
    held = shown.json()["properties"]
    assert [held[name] for name in (*asked, *more, *searched)] == [
        "+33142685300", "33", "FR", "1", "33142685300",
    ]  # fmt: skip
    odd = await write(installed, contact, phone="call me")
    assert "hs_calculated_phone_number" not in odd
