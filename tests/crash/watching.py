"""A journal that wakes whoever waits for something to happen."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from fakes.kit.journal import Exchange, Journal


class WatchedJournal(Journal):
    """A journal with ``until``: nobody has to look again and again.

    Attributes:
        told: What happened, by what and to whom: whoever waits need not read all of it each time.
    """

    def __init__(self, now: Callable[..., Any]) -> None:
        super().__init__(now)
        self.told: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
        self._news = asyncio.Event()

    async def until(self, is_so: Callable[[], bool], *, seconds: float) -> None:
        """Return once ``is_so``; it is asked again whenever something is written down.

        Raises:
            TimeoutError: It was not so for ``seconds``.
        """
        async with asyncio.timeout(seconds):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    def write(self, party: str, kind: str, data: Exchange | Mapping[str, Any]) -> None:
        super().write(party, kind, data)
        self.told[kind, party].append(data)
        self._news.set()
