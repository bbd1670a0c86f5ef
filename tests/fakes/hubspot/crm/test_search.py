"""Searches find what a naive reading of their filters finds, in the order and pages asked."""

from datetime import timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import World

C = "/crm/v3/objects/contacts"
CUSTOM = (
    {"name": "points", "type": "number", "fieldType": "number"},
    {"name": "day", "type": "date", "fieldType": "date"},
    {"name": "sizes", "type": "enumeration", "fieldType": "checkbox"},
)
CITIES = ["Lyon", "lyon", "Nice", "Le Mans"]
POINTS = ["1", "2", "2.0", "10", "-3"]
DAYS = ["2026-01-01", "2026-02-10", "2025-12-31"]
SIZES = ["S", "M", "L"]
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "city": st.sampled_from(CITIES),
            "points": st.sampled_from(POINTS),
            "day": st.sampled_from(DAYS),
            "sizes": st.lists(st.sampled_from(SIZES), min_size=1, unique=True).map(";".join),
        },
    ),
    min_size=1,
    max_size=6,
)
VALUES = {"city": [*CITIES, "paris"], "points": POINTS, "day": DAYS, "sizes": SIZES}
COMPARING = ("EQ", "NEQ", "LT", "LTE", "GT", "GTE")


@st.composite
def filters(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(VALUES)))
    value, high = (draw(st.sampled_from(VALUES[name])) for _ in range(2))
    listed = draw(st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=3))
    shapes: list[dict[str, Any]] = [
        {"operator": draw(st.sampled_from(COMPARING)), "value": value},
        {"operator": "BETWEEN", "value": value, "highValue": high},
        {"operator": draw(st.sampled_from(("IN", "NOT_IN"))), "values": listed},
        {"operator": draw(st.sampled_from(("HAS_PROPERTY", "NOT_HAS_PROPERTY")))},
    ]
    if name == "city":
        token = draw(st.sampled_from(("ly*", "mans", "*e", "le mans", "x")))
        shapes += [
            {"operator": operator, "value": token}
            for operator in ("CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN")
        ]
    return {"propertyName": name, **draw(st.sampled_from(shapes))}


GROUPS = st.lists(
    st.fixed_dictionaries({"filters": st.lists(filters(), min_size=1, max_size=3)}), max_size=3
)


def naively(person: dict[str, str], one: dict[str, Any]) -> bool:
    """What a filter says, read as a person reads it."""
    name, operator = one["propertyName"], one["operator"]
    if operator.startswith("NOT_") or operator == "NEQ":
        positive = {"NEQ": "EQ"}.get(operator, operator.removeprefix("NOT_"))
        return not naively(person, {**one, "operator": positive})
    if name not in person:
        return False
    if operator == "HAS_PROPERTY":
        return True
    if operator == "CONTAINS_TOKEN":
        held, sought = person[name].lower(), one["value"].lower()
        return fnmatchcase(held, sought) or all(
            any(fnmatchcase(word, token) for word in held.split()) for token in sought.split()
        )
    if operator == "IN":
        wanted = [v for v in one["values"] if name != "city" or v == v.lower()]
        return any(read(name, h) == read(name, w) for h in held_by(person, name) for w in wanted)
    return any(compares(operator, read(name, held), one) for held in held_by(person, name))


def compares(operator: str, held: Any, one: dict[str, Any]) -> bool:
    value = read(one["propertyName"], one["value"])
    if operator == "BETWEEN":
        return bool(value <= held <= read(one["propertyName"], one["highValue"]))
    return bool(
        (held == value and operator in ("EQ", "LTE", "GTE"))
        or (held < value and operator in ("LT", "LTE"))
        or (held > value and operator in ("GT", "GTE"))
    )


def held_by(person: dict[str, str], name: str) -> list[str]:
    return person[name].split(";") if name == "sizes" else [person[name]]


def read(name: str, text: str) -> Any:
    if name == "points":
        return Decimal(text)
    return text.lower() if name == "city" else text


async def furnish(world: World) -> None:
    for one in CUSTOM:
        options = (
            [{"label": size, "value": size, "hidden": False} for size in SIZES]
            if "sizes" in one.values()
            else []
        )
        body = {**one, "label": one["name"], "groupName": "contactinformation", "options": options}
        answer = await world.api.post("/crm/v3/properties/contacts", json=body)
        assert answer.status_code == 201, answer.text


async def found_by(world: World, body: dict[str, Any]) -> httpx.Response:
    return await world.api.post(f"{C}/search", json=body)


async def all_found(world: World, body: dict[str, Any]) -> list[str]:
    names, after = [], "0"
    while after:
        answer = (await found_by(world, {**body, "after": after, "limit": 2})).json()
        names += [one["properties"]["firstname"] for one in answer["results"]]
        assert answer["total"] >= len(names)
        after = answer.get("paging", {}).get("next", {}).get("after", "")
    return names


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, changed=PEOPLE, groups=GROUPS)
async def test_a_search_finds_whom_its_filters_name(
    people: list[dict[str, str]],
    changed: list[dict[str, str]],
    groups: list[dict[str, Any]],
) -> None:
    async with World(Settings(limits_calls=False)) as world:
        world.api.headers.update(world.private())
        await furnish(world)
        ids = [await world.contact(**one, firstname=str(i)) for i, one in enumerate(people)]
        asked = {"filterGroups": groups, "properties": ["firstname"]}
        for _ in ("made", "changed"):
            assert await all_found(world, asked) == expected(people, groups)
            now = [{**one, **change} for one, change in zip(people, changed, strict=False)]
            people = now + people[len(now) :]
            for number, change in zip(ids, changed, strict=False):
                await world.api.patch(
                    f"{C}/{number}", json={"properties": {"jobtitle": "x", **change}}
                )


def expected(people: list[dict[str, str]], groups: list[dict[str, Any]]) -> list[str]:
    return [
        str(place)
        for place, person in enumerate(people)
        if not groups or any(all(naively(person, one) for one in g["filters"]) for g in groups)
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"filterGroups": [{"filters": []}] * 6},
        {"filterGroups": [{"filters": [{"propertyName": "city", "operator": "HAS_PROPERTY"}] * 7}]},
        {"filterGroups": [{"filters": [{"propertyName": "city", "operator": "HAS_PROPERTY"}] * 6}] * 4},
        {"filterGroups": [{"filters": [{"propertyName": "city", "operator": "LIKE"}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "nothing", "operator": "HAS_PROPERTY"}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "city", "operator": "EQ"}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "createdate", "operator": "GT", "value": "x"}]}]},
        {"sorts": ["city", "zip"]},
        {"sorts": [{"propertyName": "city", "direction": "UP"}]},
        {"limit": 201},
        {"limit": 100, "after": "9901"},
        {"query": "x" * 3000},
    ],
)  # fmt: skip
async def test_a_search_beyond_its_limits_is_refused(
    installed: World, body: dict[str, Any]
) -> None:
    answer = await found_by(installed, body)
    assert answer.status_code == 400
    assert answer.json()["category"] == "VALIDATION_ERROR"


async def test_numbers_sort_as_numbers_and_those_without_come_last(installed: World) -> None:
    await furnish(installed)
    for points in ("10", "9", "", "-1"):
        await installed.contact(firstname=points or "none", points=points)
    ascending = await all_found(installed, {"sorts": [{"propertyName": "points"}]})
    descending = await all_found(installed, {"sorts": ["-points"]})
    assert ascending == ["-1", "9", "10", "none"]
    assert descending == ["10", "9", "-1", "none"]


async def test_with_an_indexing_delay_a_search_sees_the_past() -> None:
    async with World(Settings(search_delay=timedelta(seconds=5))) as world:
        world.api.headers.update(world.private())
        number = await world.contact(firstname="a", city="Lyon")
        in_lyon = {
            "filterGroups": [
                {"filters": [{"propertyName": "city", "operator": "EQ", "value": "Lyon"}]}
            ]
        }
        assert (await found_by(world, in_lyon)).json()["total"] == 0
        await world.clock.advance(timedelta(seconds=5))
        await world.api.patch(f"{C}/{number}", json={"properties": {"city": "Nice"}})
        assert (await found_by(world, in_lyon)).json()["total"] == 1
        await world.clock.advance(timedelta(seconds=5))
        assert (await found_by(world, in_lyon)).json()["total"] == 0
