"""Access tokens: renewed in time, once, and kept; a dead refresh token ends it."""

import asyncio

import httpx
import pytest

from core.ports import Task
from tests.core.builders import PORTAL, SETTINGS
from tests.core.harness import Harness

TOKEN = "/oauth/v1/token"  # noqa: S105 - a path
MINUTE = 60


async def tell(harness: Harness, number: int = 1) -> None:
    """Give the account some news, and let it go out."""
    await harness.call_back("inbound", {"messageId": f"mo-{number}", "from": "33611111111"})
    await harness.advance(1)


def refreshes(harness: Harness) -> int:
    return sum(b"grant_type=refresh_token" in c.content for c in harness.hubspot.calls_to(TOKEN))


async def test_a_token_that_lives_is_used_as_it_is(linked: Harness) -> None:
    await linked.advance(28 * MINUTE)
    await tell(linked)
    assert refreshes(linked) == 0


async def test_a_token_is_renewed_a_minute_before_its_end(linked: Harness) -> None:
    await linked.advance(29 * MINUTE)
    await tell(linked)
    assert refreshes(linked) == 1
    assert [c for c in linked.hubspot.calls if c.url.path == TOKEN][-1].method == "POST"


async def test_a_token_that_died_early_is_renewed_on_the_401(linked: Harness) -> None:
    linked.hubspot.kill_access(PORTAL)
    await tell(linked)
    assert refreshes(linked) == 1
    assert len(linked.hubspot.calls_to("/search")) == 2


async def test_the_new_token_is_kept(linked: Harness) -> None:
    linked.hubspot.kill_access(PORTAL)
    await tell(linked, 1)
    linked.restart()
    await tell(linked, 2)
    assert refreshes(linked) == 1


async def test_a_refresh_token_that_is_exchanged_for_another_is_kept(linked: Harness) -> None:
    linked.hubspot.rotates = True
    for number in range(3):
        linked.hubspot.kill_access(PORTAL)
        await tell(linked, number)
    assert refreshes(linked) == 3
    assert (await linked.install_of()).refresh_token == f"refresh-{PORTAL}-1+++"


async def test_many_calls_at_once_make_one_refresh(linked: Harness) -> None:
    linked.hubspot.kill_access(PORTAL)
    linked.hubspot.rotates = True
    for number in range(20):
        await linked.call_back("inbound", {"messageId": f"m{number}", "from": "33611111111"})
    tasks = [Task(kind="identify", item=f"m{number}") for number in range(20)]
    await asyncio.gather(*map(linked.core.handle, tasks))
    assert refreshes(linked) == 1


@pytest.mark.parametrize("status", ["BAD_REFRESH_TOKEN", "BAD_HUB", "invalid_grant"])
async def test_a_dead_refresh_token_marks_the_account_as_revoked(
    linked: Harness, status: str
) -> None:
    linked.hubspot.kill_access(PORTAL)
    linked.hubspot.trouble(TOKEN, 400, body={"status": status})
    await tell(linked)
    shown = (await linked.operate("GET", "/accounts")).json()["results"]
    assert [account["state"] for account in shown] == ["revoked"]


async def test_a_revoked_account_is_not_asked_for_again(linked: Harness) -> None:
    linked.hubspot.revoke(PORTAL)
    await tell(linked, 1)
    linked.hubspot.calls.clear()
    await tell(linked, 2)
    assert linked.hubspot.calls == []


@pytest.mark.parametrize("trouble", [500, 429, httpx.ReadTimeout, httpx.ConnectError, 200])
async def test_trouble_with_the_refresh_revokes_nobody_and_is_tried_again(
    linked: Harness, trouble: int | type[Exception]
) -> None:
    linked.hubspot.kill_access(PORTAL)
    linked.hubspot.trouble(TOKEN, trouble)
    await tell(linked)
    assert (await linked.install_of()).state == "active"
    await linked.advance(MINUTE)
    assert refreshes(linked) == 2


@pytest.mark.parametrize("status", ["BAD_CLIENT_SECRET", "BAD_CLIENT_ID", ""])
async def test_a_client_secret_that_hubspot_refuses_revokes_and_buries_nothing(
    linked: Harness, status: str
) -> None:
    linked.hubspot.kill_access(PORTAL)
    linked.hubspot.trouble(TOKEN, 400, body={"status": status}, times=3)
    await linked.execute()
    await linked.advance(3600)
    assert (await linked.install_of()).state == "active"
    assert linked.labels() == ["Transmis"]


async def test_the_current_client_secret_is_the_one_that_is_sent(linked: Harness) -> None:
    linked.restart(client_secrets=("new", *SETTINGS.client_secrets))
    linked.hubspot.kill_access(PORTAL)
    await tell(linked)
    assert b"client_secret=new&" in linked.hubspot.calls_to(TOKEN)[-1].content
