"""The operator's commands, each against a core that runs in this process."""

import io
import json
from argparse import Namespace
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from core.bootstrap import open_database
from core.clients.running import NotAnsweredError, Running
from core.commands.asking import NotGivenUpError, link_keys, replay, rotate
from core.commands.doctor import Examined, examine
from core.settings import MARKETING_KEY, NOTIFICATION_KEY, Settings
from core.stores.installs import Installs
from core.stores.vault import Vault
from core.variables import Secret
from tests.core.builders import MARKETING, NOTIFICATION, PORTAL, Harness

KEYS = {MARKETING_KEY: MARKETING, NOTIFICATION_KEY: NOTIFICATION}
ACCOUNT = Namespace(portal=PORTAL)
NEW_KEY = "bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleSE="
LIST = Namespace(kind=None, item=None, all=False)


def way_to(harness: Harness, **vendors: httpx.Response) -> httpx.AsyncClient:
    """Return a client that reaches the core, and vendors that answer as told or not at all."""
    core = httpx.ASGITransport(harness.core.app)

    class Way(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.host == httpx.URL(harness.settings.public_url).host:
                return await core.handle_async_request(request)
            for name, answer in vendors.items():
                if name in str(request.url.host):
                    return answer
            msg = "nobody is there"
            raise httpx.ConnectError(msg)

    return httpx.AsyncClient(transport=Way())


def core_of(harness: Harness) -> Running:
    return Running(way_to(harness), harness.settings)


async def test_the_keys_of_an_account_are_linked_from_the_environment(bare: Harness) -> None:
    await bare.install()
    said = await link_keys(core_of(bare), ACCOUNT, KEYS)
    assert said == f"The keys of account {PORTAL} are linked: it can send."
    assert (await bare.install_of()).linked


async def test_a_key_of_a_channel_for_other_sms_is_linked_with_a_warning(bare: Harness) -> None:
    await bare.install()
    bare.smsmode.flows = {MARKETING: "MARKETING", NOTIFICATION: "MARKETING"}
    said = (await link_keys(core_of(bare), ACCOUNT, KEYS)).splitlines()
    assert said[0] == f"The keys of account {PORTAL} are linked: it can send."
    assert said[1].startswith("Warning: the notification key's channel is for MARKETING SMS")


async def test_keys_that_are_given_for_each_other_are_refused_in_words(bare: Harness) -> None:
    await bare.install()
    bare.smsmode.flows = {MARKETING: "TRANSACTIONAL", NOTIFICATION: "MARKETING"}
    with pytest.raises(NotAnsweredError, match="swapped"):
        await link_keys(core_of(bare), ACCOUNT, KEYS)
    assert not (await bare.install_of()).linked


async def test_keys_may_be_piped_in_line_by_line(
    bare: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bare.install()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{MARKETING}\n{NOTIFICATION}\n"))
    await link_keys(core_of(bare), ACCOUNT, {})
    assert (await bare.install_of()).notification_key == NOTIFICATION


async def test_keys_of_an_account_that_is_not_there_are_refused_in_words(bare: Harness) -> None:
    with pytest.raises(NotAnsweredError, match="has not installed the application"):
        await link_keys(core_of(bare), ACCOUNT, KEYS)


async def test_what_was_given_up_is_listed_and_done_again(linked: Harness) -> None:
    running = core_of(linked)
    assert await replay(running, LIST, {}) == "Nothing was given up."
    await linked.database.run(
        lambda tx: linked.core.queue.enqueue(tx, "dance", "1", account=PORTAL)
    )
    await linked.settle()
    assert await replay(running, LIST, {}) == "dance  1  nobody does 'dance'"
    for kind, item in (("sing", "1"), (None, "2"), ("hubspot", "1")):
        with pytest.raises(NotGivenUpError, match=f"{item} was not given up") as caught:
            await replay(running, Namespace(kind=kind, item=item, all=False), {})
        assert caught.value.code == "not_given_up"
    others = Namespace(kind="sing", item=None, all=True)
    assert await replay(running, others, {}) == "Nothing was given up."
    one = Namespace(kind=None, item="1", all=False)
    assert await replay(running, one, {}) == "1 will be done again now."
    assert await replay(running, LIST, {}) == "Nothing was given up."


async def test_what_hubspot_refused_for_good_is_told_again(linked: Harness) -> None:
    linked.hubspot.trouble("POST /integrators", 400)
    await linked.execute("ap-1")
    await linked.advance(10)
    running = core_of(linked)
    listed = await replay(running, LIST, {})
    assert listed.startswith("hubspot  ap-1-sent  ")
    assert "ap-1-sent" not in linked.hubspot.events
    every = Namespace(kind=None, item=None, all=True)
    assert await replay(running, every, {}) == "1 will be done again now."
    await linked.advance(10)
    assert "ap-1-sent" in linked.hubspot.events
    assert await replay(running, LIST, {}) == "Nothing was given up."


async def test_secrets_are_read_with_the_new_key_alone_once_they_are_rotated(
    linked: Harness,
) -> None:
    old, new = linked.settings.vault_keys[0], Secret(NEW_KEY)
    linked.restart(vault_keys=(new, old))
    assert "1 account(s)" in await rotate(core_of(linked), Namespace(), {})
    linked.restart(vault_keys=(new,))
    assert (await linked.install_of()).marketing_key == MARKETING


async def examined(harness: Harness, settings: Settings | None = None) -> Examined:
    date = {"date": harness.clock.now().strftime("%a, %d %b %Y %H:%M:%S GMT")}
    vendors = {"hubspot": httpx.Response(404, headers=date), "smsmode": httpx.Response(401)}
    async with way_to(harness, **vendors) as http:
        return await examine(settings or harness.settings, http, harness.clock)


async def test_a_sound_set_up_is_said_to_be_fine(linked: Harness) -> None:
    found = await examined(linked)
    assert found.is_sound, found.as_lines()
    assert "[fine] the core that runs: answers; 1 account(s), all with keys" in found.as_lines()
    assert "[fine] HubSpot's clock: 0 s from this machine's" in found.as_lines()
    assert json.loads(found.as_json())["sound"] is True


async def test_each_trouble_is_told_with_what_to_do(bare: Harness) -> None:
    await bare.install()
    wrong = replace(
        bare.settings,
        public_url=bare.settings.public_url.replace("https", "http"),
        smsmode_api="https://nowhere.example",
    )
    bare.clock.jump(bare.clock.now() + timedelta(hours=1))
    lines = (await examined(bare, wrong)).as_lines()
    assert "[trouble] public address: http://sms.example is not https" in lines
    assert f"Run python -m core link-keys --portal {PORTAL}." in lines
    assert "[trouble] smsmode: https://nowhere.example does not answer" in lines
    assert "SMSMODE_API_URL" in lines


async def test_a_clock_that_is_wrong_is_told(linked: Harness) -> None:
    vendors = {"hub": httpx.Response(200, headers={"date": "Mon, 23 Nov 2020 09:00:00 GMT"})}
    async with way_to(linked, **vendors) as http:
        found = await examine(linked.settings, http, linked.clock)
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


async def test_a_core_that_does_not_run_is_told(linked: Harness) -> None:
    found = await examine(linked.settings, linked.http, linked.clock)
    assert "Start it with python -m core serve." in found.as_lines()
