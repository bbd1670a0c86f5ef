"""The party: what every room of the fake is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fakes.kit.ids import SeededIds
from fakes.kit.journal import Entry, Journal
from fakes.kit.outbound import Outbound
from fakes.kit.scheduler import Scheduler
from fakes.smsmode.settings import Settings
from fakes.smsmode.state import State, Traffic

NAME = "smsmode"
"""How the journal calls this party."""


@dataclass(slots=True, kw_only=True)
class Party:
    """One smsmode.

    Args:
        scheduler: Its time.
        ids: Its ids and its chance.
        journal: Where it writes what happens.
        outbound: Its way to the apps' addresses.
        settings: How it answers open questions; may be replaced at any moment.
        state: What it remembers.
        skip: Moves its clock ahead; ``None`` when the clock is not its own.

    Attributes:
        seed: The network's chance, drawn from the ids' seed.
    """

    scheduler: Scheduler
    ids: SeededIds
    journal: Journal
    outbound: Outbound
    settings: Settings
    state: State = field(default_factory=State)
    skip: Callable[[timedelta], None] | None = None
    seed: int = field(init=False)

    def __post_init__(self) -> None:
        self.seed = self.ids.random.getrandbits(64)

    @property
    def traffic(self) -> Traffic:
        """What passed."""
        return self.state.traffic

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return self.scheduler.now()

    def tell(self, kind: str, **data: Any) -> None:
        """Write down that ``kind`` happened; ``data`` must be JSON-ready."""
        self.journal.write(NAME, kind, data)

    def written(self, after: int = 0) -> Iterator[Entry]:
        """Return what this fake has written down since the entry ``after``, oldest first."""
        return (entry for entry in self.journal.entries(after) if entry.party == NAME)
