"""The four sockets."""

import socket

import pytest

from sandbox.sockets import PortTakenError, bind, ports_of


def test_zero_takes_four_ports_of_the_loopback_interface() -> None:
    sockets = bind(0)
    assert len(set(ports_of(sockets).values())) == 4
    assert {bound.getsockname()[0] for bound in sockets} == {"127.0.0.1"}
    for bound in sockets:
        bound.close()


def test_a_taken_port_is_named_and_the_others_are_given_back() -> None:
    first = _first_of_four_free()
    with socket.create_server(("127.0.0.1", first + 2)):
        with pytest.raises(PortTakenError) as refused:
            bind(first)
        assert refused.value.port == first + 2
    for bound in bind(first):
        bound.close()


def test_the_ports_follow_the_first_in_the_order_of_the_parties() -> None:
    first = _first_of_four_free()
    sockets = bind(first)
    assert ports_of(sockets) == {
        "console": first,
        "hubspot": first + 1,
        "smsmode": first + 2,
        "integration": first + 3,
    }
    for bound in sockets:
        bound.close()


def _first_of_four_free() -> int:
    """Return the first of four ports that were free a moment ago."""
    for candidate in range(20_000, 60_000, 4):
        try:
            sockets = bind(candidate)
        except PortTakenError:
            continue
        for bound in sockets:
            bound.close()
        return candidate
    pytest.fail("this machine has no four free ports in a row")
