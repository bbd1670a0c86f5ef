"""Who wants to know of commits: the queue's wake-up, and tests that crash at one."""

from collections.abc import Callable

Notice = Callable[[], None]
"""What is called about a commit, on the thread that commits."""


class Announced:
    """A database that announces its commits."""

    def __init__(self) -> None:
        self._before: list[Notice] = []
        self._after: list[Notice] = []

    def observe(self, *, before: Notice | None = None, after: Notice | None = None) -> None:
        """Have every commit announced from now on.

        Args:
            before: Called when the work is done, before it is committed; what it raises rolls
                the work back and comes out of ``run``.
            after: Called when the work is committed; what it raises comes out of ``run`` and
                undoes nothing.
        """
        if before is not None:
            self._before.append(before)
        if after is not None:
            self._after.append(after)

    def _forget_observers(self) -> None:
        self._before.clear()
        self._after.clear()

    def _announce_commit(self) -> None:
        for notice in self._before:
            notice()

    def _announce_committed(self) -> None:
        for notice in self._after:
            notice()
