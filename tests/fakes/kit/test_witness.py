"""Who calls writes down the calls that nobody else does, and those alone."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound, loopback_only
from fakes.kit.witness import leads_to, witness

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OURS = "http://127.0.0.1:4103"
THEIRS = "http://localhost:3000/sms?x=1"
MOMENT = timedelta(seconds=1)


def app(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/gone":
        raise httpx.ConnectError("nobody is there")
    return httpx.Response(401, text="wrong signature", headers={"WWW-Authenticate": "v3"})


async def written(*urls: str) -> list[dict[str, object]]:
    journal = Journal(lambda: NOW)
    http = httpx.AsyncClient(transport=httpx.MockTransport(app))
    way = Outbound(http, loopback_only, witness(journal, "hubspot", [OURS]))
    for url in urls:
        await way.call("POST", url, body=b"{}", headers={"X-Signature": "s"}, timeout=MOMENT)
    return [entry.as_json() for entry in journal.entries()]


async def test_a_call_to_somebody_elses_app_is_an_exchange() -> None:
    [entry] = await written(THEIRS)
    assert (entry["party"], entry["kind"], entry["direction"]) == ("hubspot", "exchange", "out")
    assert (entry["method"], entry["url"], entry["status"]) == ("POST", THEIRS, 401)
    request, answer = entry["request"], entry["answer"]
    assert isinstance(request, dict)
    assert request["headers"]["x-signature"] == "s"
    assert request["headers"]["host"] == "localhost:3000"
    assert request["body"] == "{}"
    assert isinstance(answer, dict)
    assert answer["headers"]["www-authenticate"] == "v3"
    assert answer["body"] == "wrong signature"
    assert (entry["failure"], entry["detail"]) == (None, "")


@pytest.mark.parametrize(
    ("url", "failure"),
    [
        ("http://localhost:3000/gone", "unreachable"),
        ("https://app.example/sms", "forbidden"),
        ("http://localhost:x/sms", "unreachable"),
        ("nonsense", "unreachable"),
    ],
)
async def test_a_call_that_nobody_answers_is_written_down_too(url: str, failure: str) -> None:
    [entry] = await written(url)
    assert (entry["url"], entry["status"], entry["failure"]) == (url, None, failure)
    assert entry["detail"]
    assert entry["answer"] == {"headers": {}, "body": ""}


async def test_what_a_recorder_sees_does_not_stand_twice() -> None:
    assert await written(f"{OURS}/hubspot/actions", "http://localhost:4103/hubspot/actions") == []


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://api.hubapi.com/x", True),
        ("https://api.hubapi.com:443", True),
        ("http://api.hubapi.com/x", False),
        ("http://127.0.0.1:4103/x", True),
        ("http://localhost:4103", True),
        ("http://me.localhost:4103/", True),
        ("http://[::1]:4103/", False),
        ("http://127.0.0.1:4104/x", False),
    ],
)
def test_an_address_leads_to_one_by_any_name_of_this_machine(url: str, leads: bool) -> None:
    assert leads_to([OURS, "https://api.hubapi.com"])(url) is leads
