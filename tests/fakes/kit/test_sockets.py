"""The sockets that are served: the core's too, which takes its own."""

import socket

import pytest

from core.commands.processes import listen
from fakes.kit.sockets import address_of, bind
from sandbox.sockets import bind as bind_all


def listeners() -> list[socket.socket]:
    return [bind(0), listen("127.0.0.1", 0), *bind_all(0)]


def test_what_is_answered_goes_out_at_once() -> None:
    for listener in listeners():
        listener.listen()
        with listener, socket.create_connection(listener.getsockname()):
            accepted, _ = listener.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_an_address_is_where_it_answers() -> None:
    with bind(0) as bound:
        assert address_of(bound) == f"http://127.0.0.1:{bound.getsockname()[1]}"


def test_a_port_is_taken_once() -> None:
    with bind(0) as bound:
        bound.listen()
        with pytest.raises(OSError, match="in use"):
            bind(bound.getsockname()[1])
