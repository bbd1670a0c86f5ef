"""The commands on PostgreSQL: migrate first, then as many workers as one likes."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from core.__main__ import main
from core.migrations.running import HEAD
from tests.core.builders import OPERATOR
from tests.core.environment import ENVIRONMENT
from tests.postgres import PostgresServer

IN_TIME = 30


def settings(url: str) -> dict[str, str]:
    return {**ENVIRONMENT, "CORE_DATABASE": url}


@pytest.fixture
def empty_url(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.empty_database() as url:
        yield url


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_starts_on_tables_of_another_release(
    empty_url: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command], settings(empty_url)) == 2
    told = capsys.readouterr().err
    assert "run `python -m core migrate` first" in told
    assert "Traceback" not in told


def test_migrate_says_what_it_did_and_does_nothing_twice(
    empty_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate"], settings(empty_url)) == 0
    assert main(["migrate"], settings(empty_url)) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"The tables were at step none and are at step {HEAD}.",
        f"The tables were at step {HEAD} and are at step {HEAD}.",
    ]


def test_a_server_that_cannot_be_reached_is_told_without_its_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = "postgresql://somebody:s3cret@/nothing?host=/nowhere"
    assert main(["worker"], settings(url)) == 2
    told = capsys.readouterr().err
    assert "cannot be reached" in told
    assert "s3cret" not in told


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("postgresql://somebody:s3cret@127.0.0.1:1/core", "PostgreSQL at 127.0.0.1:1 "),
        ("postgresql://somebody:s3cret@/core?host=/nowhere", "PostgreSQL at /nowhere:5432 "),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_by_its_host_and_port(
    url: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["migrate"], settings(url)) == 2
    told = capsys.readouterr().err
    assert where in told
    assert "CORE_DATABASE" in told
    assert not any(secret in told for secret in ("somebody", "s3cret"))


def test_a_database_that_is_neither_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worker"], settings("mysql://somebody:s3cret@host/core")) == 2
    told = capsys.readouterr().err
    assert "CORE_DATABASE cannot be used" in told
    assert "s3cret" not in told


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_works_until_it_is_told_to_stop_and_leaves_the_others_nothing(
    postgres_url: str, how: signal.Signals
) -> None:
    environment = {**settings(postgres_url), "PATH": os.defpath}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-m", "core", "worker"], env=environment, stderr=subprocess.PIPE, text=True
    )
    timer = threading.Timer(IN_TIME, process.kill)
    timer.start()
    workers = "SELECT id FROM procrastinate_workers"
    with psycopg.connect(postgres_url, autocommit=True) as listening:
        try:
            while not listening.execute(workers).fetchall():
                assert process.poll() is None
            process.send_signal(how)
            _, told = process.communicate()
        finally:
            timer.cancel()
            process.kill()
        assert process.returncode == 0
        events = [json.loads(line)["event"] for line in told.splitlines()]
        assert events == ["process.started", "process.stopped"]
        assert listening.execute(workers).fetchall() == []


def test_a_worker_tells_its_health_and_its_metrics_to_the_operator(postgres_url: str) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**settings(postgres_url), "PATH": os.defpath, "CORE_LOG_LEVEL": "warning"}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "core", "worker", "--port", str(port)], env=environment
    )
    timer = threading.Timer(IN_TIME, process.kill)
    timer.start()
    transport = httpx.HTTPTransport(retries=10)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport) as http:
        try:
            assert http.get("/ready").json() == {"status": "ready"}
            assert http.get("/metrics").status_code == 401
            operator = {"authorization": f"Bearer {OPERATOR}"}
            assert "smsmode_hubspot_tasks" in http.get("/metrics", headers=operator).text
            assert http.post("/hubspot/action").status_code == 404
            process.send_signal(signal.SIGTERM)
            assert process.wait() == 0
        finally:
            timer.cancel()
            process.kill()
