"""What keeps the integration from starting, each told in words and with no trace of a secret."""

import socket
from pathlib import Path

import pytest

from core.__main__ import main
from core.bootstrap import open_database
from core.domain.ids import PortalId
from core.environment import from_env
from core.stores.installs import Install, Installs, InstallState
from core.stores.vault import Vault
from core.variables import Secret
from fakes.kit.clock import EPOCH
from tests.core.builders import OLD_VAULT_KEY, PORTAL
from tests.core.environment import ENVIRONMENT, REQUIRED

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
