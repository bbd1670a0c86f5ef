"""A HubSpot served by itself, an app that it calls, and a person with a browser."""

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import orjson
import pytest

PATIENCE = 30
"""Seconds after which something that should have come is missed."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One request that the app received."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class ActionApp:
    """The app's server: keeps what HubSpot sends, and asks it to wait."""

    address: str = ""
    heard: "queue.Queue[Heard]" = field(default_factory=queue.Queue)

    def next(self) -> Heard:
        return self.heard.get(timeout=PATIENCE)


@dataclass(frozen=True, slots=True)
class Place:
    """What a developer knows of the served HubSpot."""

    known: dict[str, Any]
    redirect_url: str

    def __getattr__(self, name: str) -> Any:
        return self.known[name]

    def code(self) -> str:
        """Return an authorization code, as a person's browser brings it back."""
        with httpx.Client(base_url=self.address, follow_redirects=False) as browser:
            page = browser.post("/login", data={"email": self.email, "password": self.password})
            assert page.status_code == 303, page.text
            asked = {k: v[0] for k, v in parse_qs(urlsplit(self.install_url).query).items()}
            where = f"/oauth/{self.portal_id}/authorize"
            consent = browser.get(where, params=asked).text
            csrf = consent.partition('name="csrf" value="')[2].partition('"')[0]
            form = {"csrf": csrf, "decision": "connect"}
            back = browser.post(where, params=asked, data=form).headers["location"]
        return parse_qs(urlsplit(back).query)["code"][0]

    def control(self, method: str, path: str, body: object = None) -> Any:
        """Return what a control route answers."""
        url = f"{self.address}/_control/hubspot{path}"
        answer = httpx.request(method, url, json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    redirect_url = "http://localhost:3000/oauth/callback"
    command = [sys.executable, "-m", "fakes.hubspot", "--port", "0", "--json"]
    # Our own module, run by this very Python.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:  # noqa: S603
        assert served.stdout is not None
        yield Place(orjson.loads(served.stdout.readline()), redirect_url)
        served.send_signal(signal.SIGINT)
        assert served.wait(PATIENCE) == 0


@pytest.fixture(scope="module")
def action_app() -> Iterator[ActionApp]:
    app = ActionApp()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            url = f"{app.address}{self.path}"
            app.heard.put(Heard("POST", url, dict(self.headers.items()), body))
            answer = orjson.dumps({"outputFields": {"hs_execution_state": "BLOCK"}})
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        app.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield app
        server.shutdown()
        thread.join()
