"""Every route answers, and what it answers is held to its schema: none is left out."""

import re
from collections.abc import Iterator
from typing import Any

from fakes.hubspot.answering import NO_JSON
from fakes.hubspot.app import TABLE
from fakes.hubspot.settings import Settings
from fakes.kit.schemas import MismatchError
from tests.fakes.hubspot.contract import SCHEMAS
from tests.fakes.hubspot.touring.tour import go_everywhere
from tests.fakes.hubspot.touring.traveller import Traveller
from tests.fakes.hubspot.world import World

GIVEN = re.compile(
    r"^control#settings$|^control#journal\.results|(#|\.)flow(Batch\.results)?\b"
    r"|\.(inputFields|outputFields|labels|executionRules|objectRequestOptions|filterBranch)\b"
    r"|\.(tokens|extraData|timelineIFrame)$|app_batch\.results\.properties$"
)
"""Where an answer holds what callers gave, under keys of their own."""


async def test_every_route_is_called_and_answers_as_its_schema_says_and_no_more() -> None:
    async with World(Settings(limits_calls=False)) as world:
        await world.install()
        tour = Traveller(world)
        await go_everywhere(tour)
    built = [route for route in TABLE.routes if route.is_built]
    assert sorted({(route.method, route.path) for route in built} - tour.seen) == []
    assert {route.answers for route in built} - tour.answers.keys() == {NO_JSON}
    strangers = (
        (f"{name}{place}", name, spoilt)
        for name, answer in tour.answers.items()
        for place, spoilt in with_a_stranger(answer)
    )
    taken = {place for place, name, spoilt in strangers if fits(name, spoilt)}
    assert sorted(place for place in taken if not GIVEN.search(place)) == []


async def test_what_is_known_and_not_built_says_so_on_every_route(installed: World) -> None:
    installed.hubspot.hub.settings = Settings(limits_calls=False)
    for route in (route for route in TABLE.routes if not route.is_built):
        path = re.sub(r"\{\w+\}", "1", route.path.replace("{objectType}", "deals"))
        answer = await installed.api.request(route.method, path)
        assert answer.status_code == 501
        assert f"{route.method} {path}" in answer.json()["message"]


def with_a_stranger(answer: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Give an answer with one key more in each of its objects, one at a time, and where."""
    if isinstance(answer, dict):
        yield place, {**answer, "stranger": 1}
        for name, part in answer.items():
            for where, spoilt in with_a_stranger(part, f"{place}.{name}"):
                yield where, {**answer, name: spoilt}
    elif isinstance(answer, list) and answer:
        for where, spoilt in with_a_stranger(answer[0], place):
            yield where, [spoilt, *answer[1:]]


def fits(name: str, answer: Any) -> bool:
    try:
        SCHEMAS.check(name, answer)
    except MismatchError:
        return False
    return True
