"""Bad weather: what goes wrong on the network of a world, drawn from its seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random

import httpx

from fakes.kit.journal import Journal
from fakes.kit.scheduler import Scheduler


class Fault(StrEnum):
    """One thing that may happen to a call."""

    UNREACHABLE = "unreachable"
    """No connection: nothing is done."""
    THROTTLED = "throttled"
    """429 at the door: nothing is done."""
    BROKEN = "broken"
    """503 at the door: nothing is done."""
    TIMED_OUT = "timed_out"
    """The call is lost on its way, and the caller waits in vain."""
    ANSWER_LOST = "answer_lost"
    """It is done, and the caller waits in vain."""
    ANSWER_BROKEN = "answer_broken"
    """It is done, and a proxy answers 502."""
    DOUBLED = "doubled"
    """It arrives twice; the caller sees the second answer."""
    LATE = "late"
    """The caller waits in vain, and it arrives after what was sent later."""


_DONE = frozenset({Fault.ANSWER_LOST, Fault.ANSWER_BROKEN, Fault.DOUBLED})
_STATUSES = {Fault.THROTTLED: 429, Fault.BROKEN: 503, Fault.ANSWER_BROKEN: 502}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How often which faults happen to some calls.

    Args:
        host: Where the calls go.
        path: What their path starts with.
        faults: What may happen, each as likely as the others.
        chance: How likely it is that one happens, from 0 to 1.
    """

    host: str
    path: str
    faults: tuple[Fault, ...]
    chance: float

    def concerns(self, url: httpx.URL) -> bool:
        """Return whether a call to ``url`` is one of those."""
        return url.host == self.host and url.path.startswith(self.path)


class Weather(httpx.AsyncBaseTransport):
    """A network on which some calls go wrong.

    Args:
        network: The network in fair weather.
        scheduler: When what is late arrives.
        journal: Where each fault is written down.
        random: Decides; the same calls in the same order meet the same faults.

    Attributes:
        rules: What may go wrong; the first that concerns a call counts. None at first.
        lateness: How long after its time the latest call arrives.
    """

    def __init__(
        self,
        network: httpx.AsyncBaseTransport,
        scheduler: Scheduler,
        journal: Journal,
        random: Random,
    ) -> None:
        self._network = network
        self._scheduler = scheduler
        self._journal = journal
        self._random = random
        self.rules: Sequence[Rule] = ()
        self.lateness = timedelta(seconds=45)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, unless something goes wrong.

        Raises:
            httpx.ConnectError: Nobody can be reached.
            httpx.ReadTimeout: No answer comes.
        """
        fault = self._draw(request.url) if self.rules else None
        if fault is None:
            return await self._network.handle_async_request(request)
        where = f"{request.method} {request.url}"
        self._journal.event("sandbox", f"network.{fault}", where=where)
        return await self._suffer(fault, request)

    def _draw(self, url: httpx.URL) -> Fault | None:
        rule = next((rule for rule in self.rules if rule.concerns(url)), None)
        if rule is None or self._random.random() >= rule.chance:
            return None
        return self._random.choice(rule.faults)

    async def _suffer(self, fault: Fault, request: httpx.Request) -> httpx.Response:
        if fault is Fault.UNREACHABLE:
            raise httpx.ConnectError("the way is cut", request=request)
        if fault is Fault.LATE:
            self._delay(request)
        if fault in _DONE:
            await self._network.handle_async_request(request)
        if fault is Fault.DOUBLED:
            return await self._network.handle_async_request(request)
        if fault in _STATUSES:
            return httpx.Response(_STATUSES[fault], request=request)
        raise httpx.ReadTimeout("no answer came", request=request)

    def _delay(self, request: httpx.Request) -> None:
        async def arrive() -> None:
            await self._network.handle_async_request(request)

        late = self.lateness * self._random.random()
        self._scheduler.after(late, arrive, label=f"network: late {request.url.path}")
