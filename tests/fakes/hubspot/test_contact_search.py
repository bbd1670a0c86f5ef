"""Searching contacts: filters, pages and what a query finds."""

import pytest

from tests.fakes.hubspot.world import World

V3 = "/crm/v3/objects/contacts"


@pytest.mark.parametrize(
    ("operator", "operand", "found"),
    [
        ("EQ", {"value": "LYON"}, ["a"]),
        ("NEQ", {"value": "Lyon"}, ["b", "c"]),
        ("IN", {"values": ["lyon", "nice"]}, ["a", "b"]),
        ("NOT_IN", {"values": ["lyon"]}, ["b", "c"]),
        ("HAS_PROPERTY", {}, ["a", "b"]),
        ("NOT_HAS_PROPERTY", {}, ["c"]),
        ("CONTAINS_TOKEN", {"value": "ly*"}, ["a"]),
        ("GT", {"value": "Lyon"}, ["b"]),
        ("BETWEEN", {"value": "A", "highValue": "M"}, ["a"]),
    ],
)
async def test_searches_filter(
    installed: World, operator: str, operand: dict[str, object], found: list[str]
) -> None:
    await installed.contact(firstname="a", city="Lyon")
    await installed.contact(firstname="b", city="Nice")
    await installed.contact(firstname="c")
    one = {"propertyName": "city", "operator": operator, **operand}
    answer = await installed.api.post(
        f"{V3}/search", json={"filterGroups": [{"filters": [one]}], "properties": ["firstname"]}
    )
    names = [contact["properties"]["firstname"] for contact in answer.json()["results"]]
    assert names == found
    assert answer.json()["total"] == len(found)


async def test_searches_page_by_offset_and_sort(installed: World) -> None:
    for name in ("b", "c", "a"):
        await installed.contact(firstname=name)
    body = {"limit": 2, "sorts": [{"propertyName": "firstname", "direction": "DESCENDING"}]}
    first = (await installed.api.post(f"{V3}/search", json=body)).json()
    assert [c["properties"]["firstname"] for c in first["results"]] == ["c", "b"]
    assert first["paging"] == {"next": {"after": "2"}}
    last = (await installed.api.post(f"{V3}/search", json={**body, "after": "2"})).json()
    assert "paging" not in last


async def test_a_query_finds_a_phone_without_its_country_code(installed: World) -> None:
    contact = await installed.contact(firstname="a", phone="+33 6 12 34 56 78")
    answer = await installed.api.post(f"{V3}/search", json={"query": "612345678"})
    assert [found["id"] for found in answer.json()["results"]] == [contact]
