"""Why a call got no answer is told in words: whether the app was reached, and what it did then."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from fakes.kit.outbound import Outbound, Outcome, loopback_only
from sandbox.live import loopback

SECOND = timedelta(seconds=1)

Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def served(handle: Handle) -> AsyncIterator[str]:
    """Give the place of an app that does this with each connection."""
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def call(url: str, within: timedelta = SECOND) -> Outcome:
    async with httpx.AsyncClient(transport=loopback()) as http:
        return await Outbound(http, loopback_only).call("POST", url, body=b"{}", timeout=within)


def answering(answer: bytes) -> Handle:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n{}")
        writer.write(answer)
        writer.close()

    return handle


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
async def test_an_app_that_hangs_up_was_reached(answer: bytes) -> None:
    async with served(answering(answer)) as place:
        outcome = await call(f"http://{place}/sms")
    assert outcome.failure == "closed"
    assert outcome.detail == (
        f"{place} was reached, and closed the connection without a whole answer: "
        "did its handler crash?"
    )


async def test_an_app_that_does_not_speak_http_was_reached() -> None:
    async with served(answering(b"hello\r\n\r\n")) as place:
        outcome = await call(f"http://{place}/sms")
    assert outcome.failure == "unreadable"
    assert outcome.detail.startswith(f"{place} was reached, and its answer is unreadable: ")


async def test_an_answer_that_cannot_be_decoded_is_an_outcome() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"
    async with served(answering(answer)) as place:
        outcome = await call(f"http://{place}/sms")
    assert outcome.failure == "unreadable"


async def test_an_app_that_takes_too_long_was_reached() -> None:
    stays = asyncio.Event()

    async def handle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await stays.wait()
        writer.close()

    async with served(handle) as place:
        outcome = await call(f"http://{place}/sms", timedelta(milliseconds=20))
        stays.set()
    assert outcome.failure == "timeout"
    assert outcome.detail == f"{place} was reached, and did not answer within 0.02 s"


async def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    outcome = await call(f"http://{place}/sms")
    assert outcome.failure == "unreachable"
    assert outcome.detail == f"nothing listens at {place}: the connection was refused"


async def test_https_where_http_is_spoken() -> None:
    async def handle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with served(handle) as place:
        outcome = await call(f"https://{place}/sms")
    assert outcome.failure == "unreachable"
    assert outcome.detail.startswith(f"{place} was reached, and does not answer in https: ")


@pytest.mark.parametrize(
    ("cause", "detail"),
    [
        (
            socket.gaierror(-2, "Name or service not known"),
            "the name app.localhost leads nowhere: no address is known for it",
        ),
        (
            ExceptionGroup("all attempts", [OSError("no route"), ConnectionRefusedError()]),
            "nothing listens at app.localhost:3000: the connection was refused",
        ),
        (OSError("no route"), "app.localhost:3000 could not be reached: it went wrong"),
    ],
)
async def test_what_no_connection_comes_from_is_looked_for(cause: Exception, detail: str) -> None:
    outcome = await call_failing(httpx.ConnectError("it went wrong"), cause)
    assert (outcome.failure, outcome.detail) == ("unreachable", detail)


async def test_a_certificate_that_is_refused_is_said_to_be() -> None:
    refused = ssl.SSLCertVerificationError("no")
    refused.verify_message = "self-signed certificate"
    outcome = await call_failing(httpx.ConnectError("it went wrong"), refused)
    assert outcome.detail == (
        "app.localhost:3000 was reached, and its certificate is refused: self-signed certificate"
    )


async def test_a_connection_that_takes_too_long_is_no_slow_answer() -> None:
    outcome = await call_failing(httpx.ConnectTimeout(""), TimeoutError())
    assert outcome.failure == "timeout"
    assert outcome.detail == "app.localhost:3000 could not be reached within 1 s"


async def call_failing(trouble: Exception, cause: Exception) -> Outcome:
    def fail(_: httpx.Request) -> httpx.Response:
        raise trouble from cause

    way = Outbound(httpx.AsyncClient(transport=httpx.MockTransport(fail)), loopback_only)
    return await way.call("GET", "http://me:pw@app.localhost:3000/sms", timeout=SECOND)
