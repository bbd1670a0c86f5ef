"""The operator's routes when all is well, and the two that say whether the core lives."""

from typing import Any

import anyio
import pytest

from tests.core.builders import MARKETING, NOTIFICATION, PORTAL
from tests.core.harness import Harness

SECRETS = (MARKETING, NOTIFICATION, "access-", "refresh-")


async def test_an_invitation_is_a_link_that_nobody_can_guess(bare: Harness) -> None:
    links = [(await bare.operate("POST", "/installs", {"account": "A"})) for _ in range(2)]
    urls = [link.json()["install_url"] for link in links]
    assert [link.status_code for link in links] == [201, 201]
    assert all(url.startswith("https://sms.example/install/") for url in urls)
    assert len(set(urls)) == 2
    assert all(len(url.rsplit("/", 1)[1]) == 32 for url in urls)


async def test_the_accounts_are_listed_without_their_secrets(linked: Harness) -> None:
    answer = await linked.operate("GET", "/accounts")
    assert answer.json() == {
        "results": [
            {
                "portal_id": PORTAL,
                "state": "active",
                "account": "Salon",
                "country": "FR",
                "installed_at": "2026-11-23T09:00:00+00:00",
                "installed_by": "camille@salon.example",
                "linked": True,
            }
        ]
    }
    assert not any(secret in answer.text for secret in SECRETS)


async def test_an_account_without_messages_lists_none(linked: Harness) -> None:
    answer = await linked.operate("GET", f"/accounts/{PORTAL}/messages")
    assert answer.json() == {"results": []}


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"text": "a" * 149}, (160, 1, [])),
        ({"text": "a" * 150}, (161, 2, [])),
        ({"text": "a" * 150, "type": "notification"}, (150, 1, [])),
        ({"text": "$prenom", "type": "notification"}, (16, 1, [])),
        ({"text": "œ", "encoding": "unicode", "type": "notification"}, (1, 1, [])),
        ({"text": " "}, (12, 0, ["empty_text"])),
        ({"text": "a" * 1600, "sender": "à côté"}, (1611, 11, ["invalid_sender", "text_too_long"])),
    ],
)
async def test_a_preview_counts_as_the_send_will(
    bare: Harness, fields: dict[str, Any], shown: tuple[int, int, list[str]]
) -> None:
    answer = await bare.operate("POST", "/preview", {"type": "promotional", **fields})
    found = answer.json()
    assert (found["characters"], found["parts"], found["refusals"]) == shown


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"type": "pigeon"}, "unknown_type"), ({"encoding": "morse"}, "unknown_encoding")],
)
async def test_a_preview_of_what_does_not_exist_is_refused(
    bare: Harness, fields: dict[str, str], code: str
) -> None:
    body = {"type": "promotional", "text": "a", **fields}
    answer = await bare.operate("POST", "/preview", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


@pytest.mark.parametrize(("path", "said"), [("/health", "ok"), ("/ready", "ready")])
async def test_anybody_may_ask_whether_the_core_lives(bare: Harness, path: str, said: str) -> None:
    answer = await bare.request("GET", path)
    assert (answer.status_code, answer.json()) == (200, {"status": said})


async def test_a_core_whose_worker_stopped_is_alive_and_not_ready(bare: Harness) -> None:
    with anyio.move_on_after(0):
        await bare.core.queue.run(bare.core.handle, concurrency=1)
    assert (await bare.request("GET", "/health")).status_code == 200
    answer = await bare.request("GET", "/ready")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "worker_stopped")


async def test_a_core_on_tables_of_another_release_is_not_ready(bare: Harness) -> None:
    await bare.database.run(
        lambda tx: tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    )
    answer = await bare.request("GET", "/ready")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "stale_schema")
