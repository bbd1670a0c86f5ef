"""The weather of a world: what each fault does to a call, and that a seed repeats it."""

from collections import Counter
from datetime import timedelta
from random import Random

import httpx
import pytest

from fakes.kit.clock import VirtualClock
from fakes.kit.journal import Journal
from sandbox.faults import Fault, Rule, Weather
from sandbox.world import World

URL = "https://there.example/a/b"


class Place(httpx.AsyncBaseTransport):
    """Counts what arrives."""

    def __init__(self) -> None:
        self.arrived: list[bytes] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.arrived.append(request.content)
        return httpx.Response(200, text=f"arrival {len(self.arrived)}", request=request)


class Scene:
    def __init__(self, *faults: Fault, chance: float = 1, seed: int = 1) -> None:
        self.clock, self.place = VirtualClock(), Place()
        self.journal = Journal(self.clock.now)
        self.weather = Weather(self.place, self.clock, self.journal, Random(seed))
        self.weather.rules = [Rule(host="there.example", path="/a/", faults=faults, chance=chance)]
        self.http = httpx.AsyncClient(transport=self.weather)

    async def call(self, url: str = URL) -> str:
        try:
            answer = await self.http.post(url, content=b"x")
        except httpx.TransportError as error:
            return type(error).__name__
        return str(answer.status_code)


@pytest.mark.parametrize(
    ("fault", "seen", "arrivals"),
    [
        (Fault.UNREACHABLE, "ConnectError", 0),
        (Fault.THROTTLED, "429", 0),
        (Fault.BROKEN, "503", 0),
        (Fault.TIMED_OUT, "ReadTimeout", 0),
        (Fault.ANSWER_LOST, "ReadTimeout", 1),
        (Fault.ANSWER_BROKEN, "502", 1),
        (Fault.DOUBLED, "200", 2),
        (Fault.LATE, "ReadTimeout", 0),
    ],
)
async def test_each_fault_does_what_it_says(fault: Fault, seen: str, arrivals: int) -> None:
    scene = Scene(fault)
    assert await scene.call() == seen
    assert len(scene.place.arrived) == arrivals
    assert [entry.kind for entry in scene.journal.entries()] == [f"network.{fault}"]


async def test_what_is_late_arrives_within_the_lateness() -> None:
    scene = Scene(Fault.LATE)
    scene.weather.lateness = timedelta(seconds=10)
    await scene.call()
    await scene.clock.advance(timedelta(seconds=10))
    assert scene.place.arrived == [b"x"]


@pytest.mark.parametrize("url", ["https://there.example/other", "https://elsewhere.example/a/b"])
async def test_calls_that_no_rule_concerns_go_through(url: str) -> None:
    scene = Scene(Fault.BROKEN)
    assert await scene.call(url) == "200"


async def test_a_chance_is_how_often_and_a_seed_repeats_it() -> None:
    async def play(seed: int) -> list[str]:
        scene = Scene(Fault.BROKEN, chance=0.25, seed=seed)
        return [await scene.call() for _ in range(400)]

    first = await play(1)
    assert 70 < Counter(first)["503"] < 130
    assert await play(1) == first
    assert await play(2) != first


async def test_the_weather_of_a_world_is_fair_at_first() -> None:
    async with World() as world:
        answer = await world.http.get(f"{world.addresses.integration}/health")
        assert answer.status_code == 200
        assert world.weather.rules == ()
