"""What the logs tell of requests: where, never the secrets that the address holds."""

import logging

import pytest
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request

from core.http.errors import place_of
from tests.core.builders import MARKETING, OPERATOR, execution, report
from tests.core.harness import Harness

TEXT = "Un texte que personne ne doit lire"


def written(caplog: pytest.LogCaptureFixture) -> str:
    """Return all that was logged: messages, fields and traces."""
    trace = logging.Formatter()
    return "\n".join(f"{record.__dict__} {trace.format(record)}" for record in caplog.records)


async def test_a_refused_callback_is_logged_without_its_key(
    linked: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "core")
    key = (await linked.install_of()).callback_key
    await linked.call_back("status", b"{")
    await linked.request("POST", f"/smsmode/{key.swapcase()}/inbound", json=report())
    logs = written(caplog)
    assert "/smsmode/{key}/status" in logs
    assert "/smsmode/{key}/inbound" in logs
    assert key not in logs
    assert key.swapcase() not in logs


async def test_each_request_is_told_once_by_its_route(
    linked: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "core.http.measuring")
    await linked.call_back("status", report())
    await linked.request("GET", "/nothing/s3cret?code=s3cret")
    told = [
        {name: vars(record)[name] for name in ("method", "route", "status", "ms")}
        for record in caplog.records
        if record.name == "core.http.measuring"
    ]
    assert told == [
        {"method": "POST", "route": "/smsmode/{key}/status", "status": 204, "ms": 0},
        {"method": "GET", "route": "unmatched", "status": 404, "ms": 0},
    ]


async def test_each_status_of_an_sms_is_told_once_by_its_ids(
    linked: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "core")
    await linked.execute("ap-1", text=TEXT)
    await linked.advance(10)
    for _ in range(2):
        await linked.call_back("status", report())
    told = [vars(record) for record in caplog.records if record.message == "sms.status"]
    assert [(one["ref"], one["status"]) for one in told] == [("ap-1", "sent"), ("ap-1", "received")]
    assert {one["message_id"] for one in told} == {(await linked.message()).id}
    assert TEXT not in written(caplog)


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
async def test_what_is_asked_over_and_over_is_told_to_who_wants_details(
    linked: Harness, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    caplog.set_level(logging.DEBUG, "core.http.measuring")
    headers = {"authorization": f"Bearer {OPERATOR}"}
    await linked.request("GET", path, headers=headers)
    await linked.request("POST", path)
    told = [record for record in caplog.records if record.name == "core.http.measuring"]
    assert [record.levelname for record in told] == ["DEBUG", "INFO"]


async def test_an_install_link_that_is_refused_is_logged_without_its_ticket(
    bare: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "core")
    await bare.request("GET", "/install/a-ticket-of-somebody")
    assert "a-ticket-of-somebody" not in written(caplog)


async def test_a_statement_that_fails_is_logged_without_what_it_held(
    linked: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "core")
    await linked.database.run(lambda tx: tx.exec_driver_sql("ALTER TABLE inbox RENAME TO gone"))
    with pytest.raises(DBAPIError) as raised:
        await linked.signed(execution("ap-1", text=TEXT))
    assert "request.failed" in written(caplog)
    assert TEXT not in written(caplog)
    assert MARKETING not in written(caplog)
    assert TEXT not in str(raised.value)


def test_a_place_is_a_route_with_its_values_left_out() -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/smsmode/s3cret/status",
        "path_params": {"key": "s3cret"},
        "query_string": b"",
        "headers": [],
    }
    assert place_of(Request(scope)) == "/smsmode/{key}/status"
