"""The way out: whatever the other side does, it is an outcome and not an exception."""

from datetime import timedelta

import httpx
import pytest

from fakes.kit.outbound import Outbound, loopback_only

SECOND = timedelta(seconds=1)


def outbound(answer: httpx.Response | Exception) -> Outbound:
    def respond(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Outbound(httpx.AsyncClient(transport=httpx.MockTransport(respond)), loopback_only)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:4103/x", True),
        ("http://127.9.9.9/", True),
        ("http://[::1]:80/", True),
        ("http://localhost:1/", True),
        ("http://app.localhost/", True),
        ("https://example.org/", False),
        ("http://192.168.1.1/", False),
        ("http://127.0.0.1.example.org/", False),
        ("nonsense", False),
    ],
)
def test_only_this_machine_is_loopback(url: str, allowed: bool) -> None:
    assert loopback_only(url) is allowed


async def test_an_answer_is_an_outcome() -> None:
    outcome = await outbound(httpx.Response(201, content=b"ok")).call(
        "POST", "http://127.0.0.1/", body=b"x", timeout=SECOND
    )
    assert (outcome.status, outcome.body, outcome.succeeded) == (201, b"ok", True)


@pytest.mark.parametrize(
    ("trouble", "failure"),
    [
        (httpx.ReadTimeout("slow"), "timeout"),
        (httpx.ConnectError("nobody"), "unreachable"),
    ],
)
async def test_trouble_is_an_outcome(trouble: Exception, failure: str) -> None:
    outcome = await outbound(trouble).call("GET", "http://127.0.0.1/", timeout=SECOND)
    assert (outcome.status, outcome.failure, outcome.succeeded) == (None, failure, False)


async def test_an_address_elsewhere_is_not_called() -> None:
    outcome = await outbound(AssertionError("called")).call(
        "GET", "https://example.org/", timeout=SECOND
    )
    assert outcome.failure == "forbidden"


@pytest.mark.parametrize(("given", "connect"), [(SECOND * 3, 3.0), (None, 30.0)])
async def test_a_connection_may_have_less_time_than_the_answer(
    given: timedelta | None, connect: float
) -> None:
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200)

    way = Outbound(httpx.AsyncClient(transport=httpx.MockTransport(respond)), loopback_only)
    url = "http://127.0.0.1/"
    await way.call("GET", url, timeout=SECOND * 30, connect_timeout=given)
    waits = seen[0].extensions["timeout"]
    assert (waits["connect"], waits["read"]) == (connect, 30.0)
