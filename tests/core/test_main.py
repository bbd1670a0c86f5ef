"""``python -m core`` as people run it: a process that serves and stops, and what it says of itself."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from core.__main__ import main
from core.commands.settings_page import page
from tests.core.builders import OPERATOR
from tests.core.environment import ENVIRONMENT

PATIENCE = 20
"""Seconds that a process may take to start or stop; it takes less than two."""

SECRET_PATHS = (
    "/oauth/callback?code=s3cret-code&state=s3cret-state",
    "/install/s3cret-ticket",
    "/card/send?link=s3cret-link",
    "/nothing/s3cret?s3cret=s3cret",
)


class Served:
    """A core in a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = int(found.getsockname()[1])
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "core", "serve", "--port", str(self.port)],
            env={
                **ENVIRONMENT,
                "CORE_DATABASE": str(folder / "core.sqlite3"),
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PATH": os.defpath,
            },
            cwd=folder,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.timer = threading.Timer(PATIENCE, self.process.kill)
        self.timer.start()

    def wait_until_ready(self) -> None:
        """Return when it answers; it is killed when that takes too long."""
        while self.process.poll() is None:
            try:
                self.ask("/ready")
            except OSError:
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.05)
            else:
                return
        pytest.fail("it ended before it answered")

    def ask(self, path: str, *, token: str | None = None) -> object:
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        url = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return json.load(answer)

    def stop(self, how: signal.Signals) -> tuple[int, str]:
        """Return the exit code and what was written on the way."""
        self.process.send_signal(how)
        _, written = self.process.communicate()
        return self.process.returncode, written

    def close(self) -> None:
        self.timer.cancel()
        self.process.kill()
        self.process.wait()
        if self.process.stderr is not None:
            self.process.stderr.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    served.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_alone_until_it_is_told_to_stop_and_leaves_a_whole_database(
    served: Served, tmp_path: Path, how: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    served.wait_until_ready()
    same = {**ENVIRONMENT, "CORE_DATABASE": str(tmp_path / "core.sqlite3")}
    assert main(["serve", "--port", "0"], same) == 2
    assert "is in use" in capsys.readouterr().err
    assert served.ask("/operator/accounts", token=OPERATOR) == {"results": []}
    for path in SECRET_PATHS:
        with pytest.raises(urllib.error.HTTPError):
            served.ask(path)
    code, written = served.stop(how)
    assert code == 0
    lines = [json.loads(line) for line in written.splitlines()]
    assert {line["level"] for line in lines} == {"info"}
    started = {"host": "127.0.0.1", "port": served.port, "database": "sqlite"}
    assert started.items() <= lines[0].items()
    assert [line["event"] for line in (lines[0], lines[-1])] == [
        "process.started",
        "process.stopped",
    ]
    assert all(line["logger"].startswith("core") for line in lines)
    answered = [line["route"] for line in lines if line["event"] == "request.answered"]
    assert {"/operator/accounts", "/oauth/callback", "/install/{ticket}"} <= {*answered}
    assert "s3cret" not in written
    assert (tmp_path / "core.sqlite3").exists()
    assert not (tmp_path / "core.sqlite3-wal").exists()


def test_a_terminal_of_another_alphabet_is_shown_what_it_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(shown, encoding="ascii", write_through=True))
    assert main(["settings"], {}) == 0
    assert b"CORE_DATABASE" in shown.getvalue()


def test_the_settings_are_listed_with_nothing_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"], {}) == 0
    assert capsys.readouterr().out == page()


def test_a_variable_that_is_none_of_ours_is_told_in_the_log_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "core.sqlite3"
    misspelt = ENVIRONMENT | {"CORE_DATABASE": str(file), "CORE_CONCURENCY": "4"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        main(["serve", "--port", str(taken.getsockname()[1])], misspelt)
    (told,) = [record for record in caplog.records if record.msg == "settings.misnamed"]
    assert told.__dict__["problem"] == "CORE_CONCURENCY is unknown: is CORE_CONCURRENCY meant?"


@pytest.mark.parametrize("arguments", [[], ["dance"], ["serve", "--port", "many"]])
def test_a_command_that_does_not_exist_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments, ENVIRONMENT)
    assert caught.value.code == 2
    assert "usage: python -m core" in capsys.readouterr().err


def test_where_keys_are_taken_from_is_told_by_the_help_of_their_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["link-keys", "--help"], {})
    told = " ".join(capsys.readouterr().out.split())
    assert "Link an account's two API keys, from SMSMODE_MARKETING_KEY and" in told
    assert "piped in" in told


def test_where_it_serves_by_default_is_told_by_its_help(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"], {})
    told = capsys.readouterr().out
    assert "127.0.0.1" in told
    assert "8080" in told
