"""A clock for tests of what hurries clocks: virtual, and it remembers its rate."""

from datetime import datetime, timedelta

from fakes.kit.clock import VirtualClock


class HurriedClock:
    """A ``console.window.Time`` over a virtual clock; skipping runs nothing."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.rate = 1.0

    def now(self) -> datetime:
        return self._clock.now()

    def set_rate(self, rate: float) -> None:
        self.rate = rate

    def skip(self, by: timedelta) -> None:
        self._clock.jump(self._clock.now() + by)

    def promised(self) -> list[tuple[datetime, str]]:
        return self._clock.promised()
