"""``python -m core`` as people run it: a clear refusal, or a process that serves and stops."""

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
from pathlib import Path

import pytest

from core.__main__ import main
from core.bootstrap import open_database
from core.commands.settings_page import page
from core.domain.ids import PortalId
from core.environment import from_env
from core.stores.installs import Install, Installs, InstallState
from core.stores.vault import Vault
from core.variables import Secret
from fakes.kit.clock import EPOCH
from tests.core.builders import OLD_VAULT_KEY, OPERATOR, PORTAL, VAULT_KEY
from tests.core.test_settings import REQUIRED

PATIENCE = 20
"""Seconds that a process may take to start or stop; it takes less than two."""

SECRET_PATHS = (
    "/oauth/callback?code=s3cret-code&state=s3cret-state",
    "/install/s3cret-ticket",
    "/card/send?link=s3cret-link",
    "/nothing/s3cret?s3cret=s3cret",
)

INSTALL = Install(
    portal_id=PortalId(PORTAL),
    state=InstallState.ACTIVE,
    account="Salon",
    installed_at=EPOCH,
    installed_by="camille@salon.example",
    hub_domain="salon",
    country="FR",
    callback_key="callback-key",
    access_token=Secret("access"),
    access_expires_at=EPOCH,
    refresh_token=Secret("refresh"),
)
ENVIRONMENT = REQUIRED | {"CORE_VAULT_KEYS": VAULT_KEY, "CORE_OPERATOR_TOKEN": OPERATOR}


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


def test_a_bad_environment_is_explained_and_nothing_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "core.sqlite3"
    bad = {**ENVIRONMENT, "CORE_DATABASE": str(database), "CORE_COUNTRY": "France"}
    del bad["HUBSPOT_APP_ID"]
    assert main(["serve"], bad) == 2
    told = capsys.readouterr()
    assert "- HUBSPOT_APP_ID is missing" in told.err
    assert "- CORE_COUNTRY cannot be used: 'France'" in told.err
    assert "Traceback" not in told.err
    assert told.out == ""
    assert not database.exists()


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


def test_a_vault_key_of_the_wrong_form_is_explained_and_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = {
        **REQUIRED,
        "CORE_VAULT_KEYS": "s3cret-vault",
        "CORE_DATABASE": str(tmp_path / "core.sqlite3"),
    }
    assert main(["serve"], bad) == 2
    told = capsys.readouterr().err
    assert "32 bytes" in told
    assert "s3cret" not in told
    assert "Traceback" not in told


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_starts_on_secrets_that_no_vault_key_opens(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = ENVIRONMENT | {"CORE_DATABASE": str(tmp_path / "core.sqlite3")}
    settings = from_env(environment)
    database = open_database(settings, inline=True)
    database.run_now(lambda tx: Installs(Vault([OLD_VAULT_KEY])).save(tx, INSTALL))
    database.close()
    given = [command, "--port=0"] if command == "serve" else [command]
    assert main(given, environment) == 2
    told = capsys.readouterr().err
    assert told.startswith("vault_unreadable: ")
    assert "keep retired keys behind the current one" in told


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "doctor"])
def test_a_database_of_a_later_release_is_left_alone_and_told(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = ENVIRONMENT | {"CORE_DATABASE": str(tmp_path / "core.sqlite3")}
    database = open_database(from_env(environment), inline=True)
    later = "UPDATE alembic_version SET version_num = '9999'"
    database.run_now(lambda tx: tx.exec_driver_sql(later))
    database.close()
    given = [command, "--port=0"] if command == "serve" else [command]
    assert main(given, environment) != 0
    told = "".join(capsys.readouterr())
    assert "is at step 9999" in told
    assert "start the release that made it" in told.lower()
    assert "Traceback" not in told


@pytest.mark.parametrize("arguments", [[], ["dance"], ["serve", "--port", "many"]])
def test_a_command_that_does_not_exist_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments, ENVIRONMENT)
    assert caught.value.code == 2
    assert "usage: python -m core" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told_before_anything_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "core.sqlite3"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port], ENVIRONMENT | {"CORE_DATABASE": str(file)}) == 2
    told = capsys.readouterr().err
    assert f"127.0.0.1:{port} cannot be served (Address already in use): choose another" in told
    assert not file.exists()


@pytest.mark.parametrize("host", ["no such", "192.0.2.1", "a..b"])
def test_a_host_that_is_not_this_machine_is_told_from_a_port_that_is_taken(
    host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = ENVIRONMENT | {"CORE_DATABASE": str(tmp_path / "core.sqlite3")}
    assert main(["serve", "--port", "0", "--host", host], environment) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"no_such_host: --host '{host}' is no address of this machine")
    assert "--port" not in told


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


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_what_is_no_port_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", f"--port={port}"], ENVIRONMENT)
    assert "a port is a number from 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "doctor"])
def test_a_database_that_cannot_be_opened_is_told(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = ENVIRONMENT | {"CORE_DATABASE": str(tmp_path / "nowhere" / "core.sqlite3")}
    given = [command, "--port=0"] if command == "serve" else [command]
    assert main(given, environment) != 0
    told = "".join(capsys.readouterr())
    assert "cannot be used as the database" in told
    assert "Traceback" not in told
