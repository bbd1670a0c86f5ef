"""``doctor``: each thing that is wrong is told, with what to do, and nothing is changed."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import anyio
import httpx
import pytest

from core.__main__ import main
from core.bootstrap import open_database
from core.commands.doctor import examine
from core.commands.findings import Examined, Finding, trouble
from core.commands.hosts import is_loopback
from core.migrations.running import HEAD
from core.stores.installs import Installs
from core.stores.vault import Vault
from core.variables import Secret
from tests.core.builders import PORTAL
from tests.core.environment import REQUIRED
from tests.core.harness import Harness
from tests.core.operating import LONG, NEW_KEY, Way, about, examined


async def test_a_sound_set_up_is_said_to_be_fine(linked: Harness) -> None:
    calls = len(linked.hubspot.calls)
    rows = await linked.count()
    found = await examined(linked)
    assert {one.verdict for one in found.findings} == {"fine"}, found.as_lines()
    lines = found.as_lines().splitlines()
    assert "[fine] the core that runs: answers; 1 account(s)" in lines
    assert f"[fine] keys of account {PORTAL}: smsmode takes both" in lines
    assert "[fine] HubSpot's clock: 0 s from this machine's" in lines
    assert "[fine] client id and secret: HubSpot takes them" in lines
    assert "[fine] developer key: HubSpot takes it for app 4242" in lines
    assert await linked.count() == rows
    asked = {request.method for request in linked.hubspot.calls[calls:]}
    assert asked == {"GET", "POST"}
    assert linked.hubspot.calls_to("POST")[-1].url.path == "/oauth/v1/token"


def test_what_to_do_about_several_things_is_told_once() -> None:
    found = Examined(
        [trouble("a", "1", "Mend it."), trouble("a", "2", "Mend it."), Finding("b", "")]
    )
    assert found.as_lines().splitlines() == [
        "[trouble] a: 1",
        "[trouble] a: 2",
        "    Mend it.",
        "[fine] b: ",
    ]


async def test_where_it_points_is_told(linked: Harness) -> None:
    _, said, _ = about(await examined(linked), "hosts")
    assert said.startswith("CORE_PUBLIC_URL https://sms.example, HUBSPOT_API_URL https://api.hub")
    assert said.endswith("SMSMODE_API_URL https://smsmode.test")


async def test_hosts_of_this_machine_and_others_are_warned_about(linked: Harness) -> None:
    mixed = replace(linked.settings, smsmode_api="http://127.0.0.2:4102", operator_token=LONG)
    verdict, said, todo = about(await examined(linked, mixed), "hosts")
    assert verdict == "warning"
    assert "some are on this machine" in said
    assert "SMSMODE_API_URL" in todo


@pytest.mark.parametrize(
    ("url", "is_near"),
    [
        ("http://localhost:4101", True),
        ("http://sms.localhost", True),
        ("http://127.0.0.2:80", True),
        ("http://[::1]:80", True),
        ("https://localhost.example", False),
        ("http://10.0.0.1", False),
    ],
)
def test_what_is_this_machine(url: str, *, is_near: bool) -> None:
    assert is_loopback(url) is is_near


async def test_a_token_that_can_be_guessed_is_warned_about(linked: Harness) -> None:
    found = await examined(linked, linked.settings)
    verdict, said, _ = about(found, "operator's token")
    assert (verdict, said) == ("warning", "14 characters, which can be guessed")
    assert found.is_sound


async def test_each_trouble_is_told_with_what_to_do(installed: Harness) -> None:
    wrong = replace(
        installed.settings,
        public_url=installed.settings.public_url.replace("https", "http"),
        smsmode_api="https://nowhere.example",
    )
    found = await examined(installed, wrong)
    assert not found.is_sound
    lines = found.as_lines()
    assert "[trouble] public address: http://sms.example is not https" in lines
    assert f"Run python -m core link-keys --portal {PORTAL}." in lines
    assert "[trouble] smsmode: https://nowhere.example does not answer" in lines
    assert "SMSMODE_API_URL" in lines


async def test_an_account_that_has_left_needs_no_keys(installed: Harness) -> None:
    installed.hubspot.revoke(PORTAL)
    await installed.advance(3600)
    await installed.operate("GET", f"/accounts/{PORTAL}/contacts/1/checks")
    assert (await installed.install_of()).state == "revoked"
    assert (await examined(installed)).is_sound


async def test_a_clock_that_is_wrong_is_told(linked: Harness) -> None:
    found = await examined(linked, vendors_late=timedelta(hours=1))
    assert not found.is_sound
    assert "Set this machine's clock" in found.as_lines()


async def test_a_database_is_looked_at_where_it_stands(linked: Harness, tmp_path: Path) -> None:
    settings = replace(linked.settings, database=str(tmp_path / "core.sqlite3"))
    database = open_database(settings, inline=True)
    assert "in use by a core that runs" in (await examined(linked, settings)).as_lines()
    install = await linked.install_of()
    database.run_now(lambda tx: Installs(Vault(settings.vault_keys)).save(tx, install))
    database.close()
    assert (
        "1 account(s), whose secrets can be read" in (await examined(linked, settings)).as_lines()
    )
    stranger = replace(settings, vault_keys=(Secret(NEW_KEY),))
    assert "CORE_VAULT_KEYS" in (await examined(linked, stranger)).as_lines()


async def test_an_older_file_is_fine_since_it_is_brought_up_at_the_start(
    linked: Harness, tmp_path: Path
) -> None:
    settings = replace(linked.settings, database=str(tmp_path / "core.sqlite3"))
    database = open_database(settings, inline=True)
    older = "UPDATE alembic_version SET version_num = '0001'"
    database.run_now(lambda tx: tx.exec_driver_sql(older))
    database.close()
    verdict, said, _ = about(await examined(linked, settings), "database")
    assert (verdict, said) == ("fine", f"at step 0001: brought to {HEAD} at the next start")


async def test_a_core_that_does_not_run_is_told(linked: Harness) -> None:
    found = await examined(linked, runs=False)
    assert "Start it with python -m core serve." in found.as_lines()


async def test_a_core_with_another_operators_token_is_told_as_such(linked: Harness) -> None:
    way = Way(linked, linked.clock.now(), runs=True)
    stranger = replace(linked.settings, operator_token=LONG)
    async with httpx.AsyncClient(transport=way) as http:
        found = await examine(stranger, http, linked.clock)
    verdict, said, todo = about(found, "the core that runs")
    assert (verdict, todo) == (
        "trouble",
        "Set CORE_OPERATOR_TOKEN alike for it and for its commands.",
    )
    assert "another operator's token" in said


async def test_a_core_that_answers_and_does_not_work_is_told(linked: Harness) -> None:
    with anyio.move_on_after(0):
        await linked.core.queue.run(linked.core.handle, concurrency=1)
    found = await examined(linked, linked.settings)
    verdict, said, _ = about(found, "the core that runs")
    assert (verdict, said.partition(":")[0]) == ("trouble", "the worker has stopped")


async def test_what_was_given_up_is_warned_about(linked: Harness) -> None:
    await linked.database.run(lambda tx: linked.core.queue.enqueue(tx, "dance", "1"))
    linked.hubspot.trouble("POST /integrators", 400)
    await linked.execute("ap-1")
    await linked.advance(10)
    found = await examined(linked)
    verdict, said, todo = about(found, "given up")
    assert (verdict, said) == ("warning", "2 things wait for the operator")
    assert "python -m core replay" in todo
    assert found.is_sound


def test_with_nothing_set_every_variable_is_told_as_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["doctor", "--json"], {"CORE_PUBLC_URL": "https://sms.example"}) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["sound"] is False
    said = [finding["said"] for finding in told["findings"]]
    assert said == [
        *(f"{name} is missing" for name in REQUIRED),
        "CORE_PUBLC_URL is unknown: is CORE_PUBLIC_URL meant?",
    ]
    assert {finding["verdict"] for finding in told["findings"]} == {"trouble"}
    assert "docs/settings.md" in told["findings"][0]["todo"]


def test_a_variable_that_is_none_of_ours_is_warned_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = dict.fromkeys(("HUBSPOT_API_URL", "SMSMODE_API_URL"), "http://127.0.0.1:9")
    environment = REQUIRED | nowhere | {"CORE_PUBLIC_URL": "http://127.0.0.1:9"}
    environment |= {"CORE_DATABASE": str(tmp_path / "core.sqlite3"), "CORE_CONCURENCY": "4"}
    assert main(["doctor"], environment) == 1
    told = capsys.readouterr().out
    assert "[warning] settings: CORE_CONCURENCY is unknown: is CORE_CONCURRENCY meant?" in told
