"""The loopback sockets that people and other programs are served on."""

import socket

LOOPBACK = "127.0.0.1"
"""The only interface that anything is served on."""


def bind(port: int) -> socket.socket:
    """Return a socket that is bound to a loopback port; 0 takes a free one.

    Its connections send at once: otherwise the end of an answer would wait, 40 ms as a rule, until
    the caller has acknowledged its beginning.

    Raises:
        OSError: Somebody else has the port.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A server that has just been stopped leaves its port waiting for a minute.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.bind((LOOPBACK, port))
    except OSError:
        bound.close()
        raise
    return bound


def address_of(bound: socket.socket) -> str:
    """Return the address at which a server on ``bound`` answers."""
    return f"http://{LOOPBACK}:{bound.getsockname()[1]}"
