"""The served sandbox, as a process: it says when it is ready, answers, and stops when told."""

import json
import signal
import socket
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.sandbox.served import PATIENCE, sandbox_process

SHAPE: dict[str, Any] = {
    "console": str,
    "hubspot": {
        "api": str,
        "app": str,
        "portal_id": int,
        "app_id": int,
        "client_id": str,
        "client_secret": str,
        "developer_key": str,
        "access_token": str,
    },
    "smsmode": {
        "api": str,
        "ui": str,
        "api_keys": {"marketing": str, "notification": str, "admin": str},
    },
    "integration": str,
}
"""The ready line, on which scripts depend."""
ALL = SHAPE | {
    "hubspot": SHAPE["hubspot"] | {"user": {"email": str, "password": str}},
    "smsmode": SHAPE["smsmode"] | {"account": str},
    "operator_token": str,
}
"""What the sandbox tells besides, once it is asked."""


def test_it_says_where_everybody_is_in_one_line_and_answers_there() -> None:
    with sandbox_process("--json", "--port", "0", "--lang", "en") as process:
        ready = _read_ready(process.stdout)
        assert _shape(ready) == SHAPE
        with _client() as http:
            assert http.get(f"{ready['console']}/_sandbox/ready").json() == {"status": "ready"}
            for page in ("/", "/journal"):
                assert http.get(ready["console"] + page).status_code == 200
            assert _contacts(http, ready) == 8
            assert "Send an SMS" in _card(http, ready)
            told = http.get(f"{ready['console']}/_sandbox/identities").json()
            assert _shape(told) == ALL
            assert told["hubspot"]["client_secret"] == ready["hubspot"]["client_secret"]
            _see_every_clock_moved(http, ready)
            _throttle(http, ready)
            _hang_up_in_a_body(ready["console"])
            _see_it_answer(ready["console"])
        process.send_signal(signal.SIGINT)
        told, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, told) == (0, "")
    [complaint] = complaints.splitlines()
    assert "warning vendor.throttled vendor=HubSpot path=/crm/v3/objects/contacts/" in complaint


def test_an_empty_world_has_no_contacts_and_speaks_to_people_in_any_alphabet() -> None:
    ascii_alone = {"PYTHONIOENCODING": "ascii"}
    with sandbox_process("--empty", "--port", "0", "--lang", "en", **ascii_alone) as process:
        assert process.stdout is not None
        greeting = [process.stdout.readline() for _ in range(4)]
        assert "The sandbox is ready" in greeting[0]
        console = greeting[2].split()[-1]
        with _client() as http:
            assert (
                "This world is still empty"
                in http.get(console, headers={"accept-language": "en"}).text
            )
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complaints) == (0, "")


@pytest.mark.parametrize(
    "sent", ["", "POST /clock HTTP/1.1\r\nhost: {}\r\ncontent-length: 9\r\n\r\nto="]
)
def test_open_connections_do_not_keep_it_from_stopping(sent: str) -> None:
    with sandbox_process("--json", "--empty", "--port", "0") as process:
        host = urlsplit(_read_ready(process.stdout)["console"])
        with socket.create_connection((host.hostname or "", host.port or 0), PATIENCE) as caller:
            caller.sendall(sent.format(host.netloc).encode())
            _see_it_answer(host.geturl())
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complaints) == (0, "")


def test_a_port_in_use_ends_it_before_it_begins() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = min(taken.getsockname()[1], 65532)
        with sandbox_process("--json", "--port", str(port), "--lang", "en") as process:
            told, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, told) == (2, "")
    assert complaints.count("\n") == 1
    assert "--port 0" in complaints


def _see_every_clock_moved(http: httpx.Client, ready: dict[str, Any]) -> None:
    """Move the clock at either fake, as the README has it for one alone: it is everybody's."""
    hour = {"advance_seconds": 3600}
    clock = f"{ready['console']}/_sandbox/clock"
    began = datetime.fromisoformat(http.get(clock).json()["now"])
    for vendor in ("hubspot", "smsmode"):
        moved = http.post(f"{ready[vendor]['api']}/_control/{vendor}/clock", json=hour)
        assert moved.status_code == 200
    passed = datetime.fromisoformat(http.get(clock).json()["now"]) - began
    assert timedelta(hours=2) <= passed < timedelta(hours=3)


def _throttle(http: httpx.Client, ready: dict[str, Any]) -> None:
    """Have HubSpot turn away the integration, which says so on standard error."""
    identities = http.get(f"{ready['console']}/_sandbox/identities").json()
    api, portal = ready["hubspot"]["api"], ready["hubspot"]["portal_id"]
    contacts = http.get(f"{api}/_control/hubspot/portals/{portal}/contacts").json()["results"]
    fault = {"kind": "RATE_LIMIT", "path": "/crm/v3/objects/contacts"}
    assert http.post(f"{api}/_control/hubspot/faults", json=fault).status_code == 201
    checks = f"/operator/accounts/{portal}/contacts/{contacts[0]['id']}/checks"
    asked = {"authorization": f"Bearer {identities['operator_token']}"}
    http.get(ready["integration"] + checks, headers=asked)


def _hang_up_in_a_body(console: str) -> None:
    """Begin a request, and be gone before its end."""
    host = urlsplit(console)
    asked = f"POST /_sandbox/clock HTTP/1.1\r\nhost: {host.netloc}\r\ncontent-length: 9\r\n\r\n{{"
    with socket.create_connection((host.hostname or "", host.port or 0), PATIENCE) as caller:
        caller.sendall(asked.encode())


def _client() -> httpx.Client:
    return httpx.Client(timeout=PATIENCE, trust_env=False)


def _see_it_answer(console: str) -> None:
    """Return once the process has answered, and so read what was sent to it before."""
    with _client() as http:
        assert http.get(f"{console}/_sandbox/ready").status_code == 200


def _read_ready(stdout: Any) -> dict[str, Any]:
    ready: dict[str, Any] = json.loads(stdout.readline())
    return ready


def _shape(value: object) -> object:
    """Return a value with the type of each of its parts in the part's place."""
    if isinstance(value, dict):
        return {name: _shape(part) for name, part in value.items()}
    return type(value)


def _card(http: httpx.Client, ready: dict[str, Any]) -> str:
    """Return the page of the cards of an account's first contact."""
    hubspot = ready["hubspot"]
    asked = {"authorization": f"Bearer {hubspot['access_token']}"}
    first = http.get(f"{hubspot['api']}/crm/v3/objects/contacts?limit=1", headers=asked).json()
    place = f"portals/{hubspot['portal_id']}/contacts/{first['results'][0]['id']}/cards/page"
    return http.get(f"{hubspot['api']}/_control/hubspot/{place}").text


def _contacts(http: httpx.Client, ready: dict[str, Any]) -> int:
    hubspot = ready["hubspot"]
    answer = http.get(
        f"{hubspot['api']}/crm/v3/objects/contacts",
        headers={"authorization": f"Bearer {hubspot['access_token']}"},
    )
    return len(answer.json()["results"])
