"""The four loopback sockets of a served world, taken before anything else is begun."""

import socket
from collections.abc import Sequence
from contextlib import ExitStack

from fakes.kit import sockets as loopback

PARTIES = ("console", "hubspot", "smsmode", "integration")
"""Whose socket is whose, in order."""
LAST_PORT = 65535


class PortTakenError(Exception):
    """A port cannot be had.

    Args:
        port: Which.
        reason: What the system says.
    """

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(f"port {port}: {reason}")
        self.port = port
        self.reason = reason


def bind(first: int) -> tuple[socket.socket, ...]:
    """Return one bound socket for each of ``PARTIES``; nothing listens on them yet.

    Args:
        first: The console's port, 1 to 65532; the others follow it. 0 takes any four free ones.

    Raises:
        PortTakenError: One of them cannot be had; the others are given back.
    """
    with ExitStack() as taken:
        sockets = tuple(
            taken.enter_context(_bind_one(first and first + place)) for place in range(len(PARTIES))
        )
        taken.pop_all()
    return sockets


def ports_of(sockets: Sequence[socket.socket]) -> dict[str, int]:
    """Return each party's port by its name in ``PARTIES``."""
    return {
        party: int(bound.getsockname()[1]) for party, bound in zip(PARTIES, sockets, strict=True)
    }


def _bind_one(port: int) -> socket.socket:
    try:
        return loopback.bind(port)
    except OSError as exc:
        raise PortTakenError(port, exc.strerror or str(exc)) from exc
