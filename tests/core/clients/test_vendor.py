"""One vendor over HTTP: what comes back, or fails to, as our errors."""

from datetime import timedelta

import httpx
import pytest

from core.clients.http import Client
from core.clients.system import SystemClock, SystemIds
from core.clients.vendor import Vendor
from core.domain.errors import OutcomeUnknownError, ProviderDownError, ThrottledError
from core.metrics import Metrics
from core.wire.requests import get, with_form, with_json


class Far:
    """The other end of the line: keeps what it hears, and answers or fails as told."""

    def __init__(self, what: httpx.Response | type[Exception]) -> None:
        self.what = what
        self.heard: list[httpx.Request] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.heard.append(request)
        if isinstance(self.what, httpx.Response):
            return self.what
        raise self.what("told to fail")

    def vendor(self) -> Vendor:
        http = Client(transport=httpx.MockTransport(self))
        return Vendor(
            "acme",
            "https://acme.test/base",
            http,
            Metrics(SystemClock()),
            timeout=timedelta(seconds=3),
        )


async def test_a_request_goes_to_the_vendors_address_with_its_credentials() -> None:
    far = Far(httpx.Response(200, content=b"{}"))
    await far.vendor().ask(get("/things", limit="2"), {"x-api-key": "k"})
    (heard,) = far.heard
    assert str(heard.url) == "https://acme.test/base/things?limit=2"
    assert (heard.method, heard.headers["x-api-key"]) == ("GET", "k")
    assert "content-type" not in heard.headers


async def test_a_cookie_does_not_go_out_with_another_call() -> None:
    far = Far(httpx.Response(200, headers={"set-cookie": "session=acme-1"}, content=b"{}"))
    vendor = far.vendor()
    await vendor.ask(get("/things"), {})
    await vendor.ask(get("/things"), {})
    assert [heard.headers.get("cookie") for heard in far.heard] == [None, None]


@pytest.mark.parametrize(
    ("request_", "kind", "content"),
    [
        (with_json("POST", "/a", {"é": 1}), "application/json", '{"é":1}'.encode()),
        (with_form("/a", {"x": "1 2"}), "application/x-www-form-urlencoded", b"x=1+2"),
    ],
)
async def test_a_body_travels_to_the_byte_with_its_type(
    request_: object, kind: str, content: bytes
) -> None:
    far = Far(httpx.Response(200))
    await far.vendor().ask(request_, {})  # type: ignore[arg-type] # pytest's tables are untyped
    assert far.heard[0].content == content
    assert far.heard[0].headers["content-type"] == kind


@pytest.mark.parametrize("status", [200, 201, 204, 207, 400, 401, 404, 409])
async def test_what_the_vendor_decides_is_an_answer(status: int) -> None:
    answer = await Far(httpx.Response(status, content=b"x")).vendor().ask(get("/a"), {})
    assert (answer.status, answer.body) == (status, b"x")


@pytest.mark.parametrize("what", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_what_never_left_was_not_done(what: type[Exception]) -> None:
    with pytest.raises(ProviderDownError, match="acme cannot be reached"):
        await Far(what).vendor().ask(get("/a"), {})


@pytest.mark.parametrize(
    "what",
    [httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError, httpx.DecodingError],
)
async def test_what_left_and_was_not_answered_may_have_been_done(what: type[Exception]) -> None:
    with pytest.raises(OutcomeUnknownError, match="acme did not answer POST /a"):
        await Far(what).vendor().ask(with_json("POST", "/a", {}), {})


@pytest.mark.parametrize("status", [301, 302, 307, 500, 503, 521])
async def test_an_answer_that_decides_nothing_leaves_it_open(status: int) -> None:
    far = Far(httpx.Response(status, headers={"location": "https://else.test"}))
    with pytest.raises(OutcomeUnknownError, match=str(status)):
        await far.vendor().ask(get("/a"), {})
    assert len(far.heard) == 1


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("0", timedelta(0)),
        ("7", timedelta(seconds=7)),
        ("999", timedelta(seconds=999)),
        ("1000", timedelta(seconds=1)),
        ("1500", timedelta(seconds=1.5)),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("-1", None),
        ("inf", None),
        ("nan", None),
        ("1e300", None),
        (None, None),
    ],
)
async def test_how_long_a_vendor_asks_us_to_wait(said: str | None, wait: timedelta | None) -> None:
    headers = {} if said is None else {"retry-after": said}
    with pytest.raises(ThrottledError) as caught:
        await Far(httpx.Response(429, headers=headers)).vendor().ask(get("/a"), {})
    assert caught.value.retry_after == wait


def test_live_ids_are_never_the_same_twice() -> None:
    ids = SystemIds()
    assert len({ids.uuid() for _ in range(50)} | {ids.token() for _ in range(50)}) == 100
    assert len(ids.token(12)) == 12
    assert ids.token().isalnum()


def test_live_time_is_told_in_utc() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert now <= SystemClock().now()
