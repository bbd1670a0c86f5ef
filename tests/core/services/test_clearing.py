"""What waited for its hour is sent only where HubSpot still lets the app in when it comes."""

import httpx
import pytest

from tests.core.builders import PORTAL
from tests.core.harness import Harness

HOUR = 3600
TOKEN = "POST /oauth/v1/token"  # noqa: S105 - a path
NAMED, SHARED = "Bonjour $prenom", "Le salon ouvre demain."


async def wait_for_the_morning(harness: Harness, text: str = NAMED, count: int = 1) -> None:
    """Have SMS accepted at nine in the evening, and told of; the world begins at ten."""
    await harness.advance(11 * HOUR)
    for number in range(count):
        phone = {"phone": f"+336111111{number:02}"}
        await harness.execute(f"ap-{number}", contact_id=500 + number, properties=phone, text=text)
    await harness.advance(60)
    assert harness.smsmode.sent == []
    harness.hubspot.calls.clear()


@pytest.mark.parametrize("text", [NAMED, SHARED])
async def test_an_account_that_left_overnight_sends_nothing_in_the_morning(
    linked: Harness, text: str
) -> None:
    await wait_for_the_morning(linked, text, count=2)
    linked.hubspot.revoke(PORTAL)
    await linked.advance(24 * HOUR)
    assert linked.smsmode.sent == []
    assert (await linked.install_of()).state == "revoked"
    assert (await linked.message("ap-0")).detail.startswith("L'application n'est plus connectée")


@pytest.mark.parametrize("text", [NAMED, SHARED])
async def test_one_renewal_of_its_token_shows_that_an_account_is_there_for_all_that_waits(
    linked: Harness, text: str
) -> None:
    await wait_for_the_morning(linked, text, count=20)
    await linked.advance(11 * HOUR)
    assert len(linked.smsmode.sent) == 20
    assert len(linked.hubspot.calls_to(TOKEN)) == 1


@pytest.mark.parametrize("text", [NAMED, SHARED])
@pytest.mark.parametrize("trouble", [500, 429, httpx.ConnectError])
async def test_while_hubspot_cannot_say_what_waits_waits_on(
    linked: Harness, trouble: int | type[Exception], text: str
) -> None:
    await wait_for_the_morning(linked, text, count=2)
    linked.hubspot.trouble(TOKEN, trouble, times=3)
    await linked.advance(11 * HOUR - 60)
    assert linked.smsmode.sent == []
    await linked.advance(600)
    assert len(linked.smsmode.sent) == 2
    assert (await linked.install_of()).state == "active"


@pytest.mark.parametrize("text", [NAMED, SHARED])
async def test_what_hubspot_never_answers_for_is_refused_in_the_end(
    linked: Harness, text: str
) -> None:
    await wait_for_the_morning(linked, text, count=2)
    linked.hubspot.trouble(TOKEN, 500, times=1000)
    await linked.advance(10 * 24 * HOUR)
    assert linked.smsmode.sent == []
    assert [(await linked.message(f"ap-{n}")).status for n in range(2)] == ["refused"] * 2
    given_up = (await linked.operate("GET", "/failures")).json()["tasks"]
    assert [task["kind"] for task in given_up if task["kind"] != "publish"] == ["send"] * 2


async def test_an_account_that_left_and_came_back_overnight_sends_in_the_morning(
    linked: Harness,
) -> None:
    await wait_for_the_morning(linked)
    linked.hubspot.revoke(PORTAL)
    await linked.advance(HOUR)
    await linked.install()
    await linked.advance(12 * HOUR)
    assert len(linked.smsmode.sent) == 1


async def test_an_account_deleted_overnight_sends_nothing_in_the_morning(linked: Harness) -> None:
    await wait_for_the_morning(linked)
    await linked.operate("DELETE", f"/accounts/{PORTAL}")
    await linked.advance(24 * HOUR)
    assert linked.smsmode.sent == []


async def test_who_has_just_asked_for_an_sms_is_not_asked_for_first(linked: Harness) -> None:
    await linked.advance(3 * HOUR)
    linked.hubspot.trouble(TOKEN, 500, times=1000)
    await linked.execute(type="notification")
    await linked.settle()
    assert len(linked.smsmode.sent) == 1
