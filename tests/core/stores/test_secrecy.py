"""What lies on the disk, in the log and in answers holds no secret."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.core.builders import (
    CLIENT_SECRET,
    MARKETING,
    NOTIFICATION,
    OPERATOR,
    PHONE,
    PORTAL,
    VAULT_KEY,
    reply,
    report,
)
from tests.core.harness import Harness
from tests.core.services.living import PERSONAL, deletion, deliver, live_a_little


@pytest.fixture
async def lived(tmp_path: Path) -> AsyncIterator[Harness]:
    """A core on a file that has been through all there is."""
    async with Harness(database=str(tmp_path / "core.sqlite3")) as harness:
        await harness.install()
        await harness.link()
        await harness.execute()
        await harness.call_back("status", report(refClient="ap-1"))
        await harness.call_back("inbound", reply("STOP"))
        await harness.advance(2)
        await harness.advance(3600)
        await harness.call_back("status", report("READ"))
        await harness.advance(2)
        yield harness


def all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


async def test_the_files_hold_no_token_and_no_key(lived: Harness, tmp_path: Path) -> None:
    install = await lived.install_of()
    secrets = [install.access_token, install.refresh_token, MARKETING, NOTIFICATION]
    secrets += [VAULT_KEY, CLIENT_SECRET, OPERATOR, *lived.hubspot.tokens]
    written = all_bytes(tmp_path)
    assert b"Bonjour" in written
    assert [secret for secret in secrets if secret.encode() in written] == []


async def test_the_files_hold_nothing_of_who_was_forgotten(tmp_path: Path) -> None:
    async with Harness(database=str(tmp_path / "core.sqlite3")) as harness:
        await harness.install()
        await harness.link()
        await live_a_little(harness)
        assert [word for word in PERSONAL if word.encode() in all_bytes(tmp_path)]
        await deliver(harness, deletion())
        assert [word for word in PERSONAL if word.encode() in all_bytes(tmp_path)] == []


async def test_the_files_hold_nothing_of_an_account_that_was_deleted(
    lived: Harness, tmp_path: Path
) -> None:
    words = [b"Bonjour", PHONE[1:].encode(), b"Salon"]
    assert [word for word in words if word in all_bytes(tmp_path)] == words
    await lived.operate("DELETE", f"/accounts/{PORTAL}")
    assert [word for word in words if word in all_bytes(tmp_path)] == []


async def test_the_file_is_for_its_owner_alone(lived: Harness, tmp_path: Path) -> None:
    assert lived.settings.database == str(tmp_path / "core.sqlite3")
    assert (tmp_path / "core.sqlite3").stat().st_mode & 0o077 == 0


async def test_the_log_holds_no_secret_no_text_and_no_number(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, logger="core")
    async with Harness() as harness:
        await harness.install()
        await harness.link()
        await harness.execute(text="Mot secret")
        await harness.call_back("inbound", reply("Autre secret"))
        harness.smsmode.trouble("POST", 400, body={"errorCode": "4", "message": "no"})
        await harness.advance(2)
        tokens = [*harness.hubspot.tokens, *harness.hubspot.refreshers]
    told = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "action.accepted" in told
    kept = [MARKETING, NOTIFICATION, CLIENT_SECRET, OPERATOR, "secret", PHONE, PHONE[1:], *tokens]
    assert [word for word in kept if word in told] == []
