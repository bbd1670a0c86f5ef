"""What ``doctor`` says of the two vendors: whether they take what the core would give them."""

from dataclasses import replace

import httpx
import pytest

from core.commands.doctor import MOST_ACCOUNTS
from core.domain.ids import PortalId
from core.variables import Secret
from tests.core.builders import MARKETING, NOTIFICATION, PORTAL
from tests.core.harness import Harness
from tests.core.operating import about, examined


@pytest.mark.parametrize(
    ("change", "what", "named"),
    [
        ({"client_id": "another"}, "client id and secret", "HUBSPOT_CLIENT_ID"),
        (
            {"client_secrets": (Secret("s3cret"), Secret("s3cret-2"))},
            "client id and secret",
            "first in HUBSPOT_CLIENT_SECRETS",
        ),
        ({"developer_key": Secret("s3cret")}, "developer key", "HUBSPOT_DEVELOPER_KEY"),
        ({"app_id": 7}, "developer key", "HUBSPOT_APP_ID"),
    ],
)
async def test_what_hubspot_does_not_take_is_told(
    linked: Harness, change: dict[str, object], what: str, named: str
) -> None:
    found = await examined(linked, replace(linked.settings, **change))  # type: ignore[arg-type] # any setting
    verdict, _, todo = about(found, what)
    assert (verdict, named in todo) == ("trouble", True)
    assert "s3cret" not in found.as_lines()


@pytest.mark.parametrize("trouble", [500, 429, 418, httpx.ConnectError])
async def test_what_hubspot_does_not_tell_is_no_trouble(
    linked: Harness, trouble: int | type[Exception]
) -> None:
    linked.hubspot.trouble("/oauth/v1/token", trouble)
    linked.hubspot.trouble("/event-templates", trouble)
    found = await examined(linked)
    assert found.is_sound
    assert about(found, "client id and secret")[0] == "warning"
    assert about(found, "developer key")[0] == "warning"


async def test_keys_that_smsmode_does_not_take_any_more_are_told(linked: Harness) -> None:
    linked.smsmode.keys.remove(NOTIFICATION)
    verdict, said, todo = about(await examined(linked), f"keys of account {PORTAL}")
    assert verdict == "trouble"
    assert said == "smsmode refuses the notification key (Unknown key)"
    assert todo == f"Run python -m core link-keys --portal {PORTAL}."


@pytest.mark.parametrize(
    ("flows", "verdict"),
    [
        ({MARKETING: "OTP", NOTIFICATION: "MARKETING"}, "trouble"),
        ({MARKETING: "MARKETING", NOTIFICATION: "MARKETING"}, "warning"),
    ],
)
async def test_keys_of_channels_for_other_sms_are_told(
    linked: Harness, flows: dict[str, str], verdict: str
) -> None:
    linked.smsmode.flows = flows
    assert about(await examined(linked), f"keys of account {PORTAL}")[0] == verdict


async def test_keys_that_cannot_be_tried_now_are_no_trouble(linked: Harness) -> None:
    linked.smsmode.trouble("GET /sms/v1/messages", 500)
    found = await examined(linked)
    assert (about(found, f"keys of account {PORTAL}")[0], found.is_sound) == ("warning", True)


async def test_the_keys_of_many_accounts_are_not_all_tried(linked: Harness) -> None:
    install = await linked.install_of()
    for number in range(MOST_ACCOUNTS + 1):
        other = replace(install, portal_id=PortalId(number + 1), callback_key=f"key-{number}")
        await linked.database.run(lambda tx, other=other: linked.installs.save(tx, other))  # type: ignore[misc] # bound at once
    assert about(await examined(linked), "keys")[1] == "those of 2 other account(s) were not tried"
