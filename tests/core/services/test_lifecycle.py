"""Accounts that are deleted, people who are forgotten, and keys that are retired."""

import json
from typing import Any

import httpx
import pytest

from core.domain.status import SmsStatus
from core.stores.schema import metadata
from core.stores.vault import VaultError
from tests.core.builders import (
    OLD_VAULT_KEY,
    OTHER_PORTAL,
    PORTAL,
    VAULT_KEY,
    Harness,
    reply,
    report,
    sign,
)

CONTACT = 512
PERSONAL = ("11111111", "Zoé", "Merci", "STOP")


def deletion(portal_id: int = PORTAL, contact_id: int = CONTACT, **more: Any) -> dict[str, Any]:
    return {
        "eventId": 1,
        "subscriptionId": 2,
        "portalId": portal_id,
        "appId": 4242,
        "occurredAt": 1769000000000,
        "subscriptionType": "contact.privacyDeletion",
        "attemptNumber": 0,
        "objectId": contact_id,
        **more,
    }


async def deliver(harness: Harness, *notices: dict[str, Any]) -> httpx.Response:
    body = json.dumps(list(notices)).encode()
    headers = sign(body, harness.clock, path="/hubspot/webhooks")
    return await harness.request("POST", "/hubspot/webhooks", content=body, headers=headers)


async def live_a_little(harness: Harness) -> None:
    """Have an SMS delivered and answered, with a STOP, and another one wait."""
    await harness.execute("ap-1")
    await harness.settle()
    await harness.call_back("status", report())
    await harness.call_back("inbound", reply("Merci", reply_id="mo-1"))
    await harness.call_back("inbound", reply("STOP", reply_id="mo-2"))
    await harness.execute("ap-2", properties={"phone": ""}, text="Bonjour")


async def dump(harness: Harness) -> str:
    """Return all that the tables hold, as text."""

    def read(tx: Any) -> str:
        rows = [row for t in metadata.sorted_tables for row in tx.execute(t.select()).all()]
        return "\n".join(map(str, rows))

    return await harness.database.run(read)


async def figures(harness: Harness) -> list[dict[str, Any]]:
    answer = await harness.operate("GET", f"/accounts/{PORTAL}/figures")
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


async def test_who_asks_to_be_forgotten_is_and_the_figures_stay(linked: Harness) -> None:
    await live_a_little(linked)
    before = await figures(linked)
    assert (await deliver(linked, deletion())).status_code == 204
    text = await dump(linked)
    assert not [word for word in PERSONAL if word in text]
    assert await figures(linked) == before
    assert before == [{"day": "2026-11-23", "status": "received", "parts": 1, "count": 1}]


async def test_being_told_twice_changes_nothing_more(linked: Harness) -> None:
    await live_a_little(linked)
    await deliver(linked, deletion())
    text = await dump(linked)
    assert (await deliver(linked, deletion(), deletion())).status_code == 204
    assert await dump(linked) == text


async def test_others_are_left_alone(linked: Harness) -> None:
    await linked.install(OTHER_PORTAL)
    await linked.link(OTHER_PORTAL)
    await linked.execute("ap-3", contact_id=513)
    await linked.execute("ap-4", portal_id=OTHER_PORTAL)
    await linked.settle()
    await deliver(linked, deletion())
    assert (await linked.message("ap-3")).recipient
    assert (await linked.message("ap-4", OTHER_PORTAL)).recipient


async def test_what_was_not_sent_yet_never_is(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.execute("ap-2", text="Le salon ouvre demain.")
    await deliver(linked, deletion())
    await linked.advance(3600)
    assert linked.smsmode.sent == []
    assert {one["status"] for one in await figures(linked)} == {SmsStatus.REFUSED}


async def test_late_news_of_a_forgotten_person_brings_nothing_back(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.settle()
    await deliver(linked, deletion())
    late = report(body={"text": "Bonjour Zoé"}, recipient={"to": "33611111111"})
    await linked.call_back("status", late)
    await linked.advance(10)
    assert (await figures(linked))[0]["status"] == "received"
    assert not [word for word in PERSONAL if word in await dump(linked)]
    assert linked.hubspot.events == {}


async def test_what_else_hubspot_tells_is_passed_over(linked: Harness) -> None:
    await live_a_little(linked)
    text = await dump(linked)
    others = [
        deletion(subscriptionType="contact.deletion"),
        deletion(subscriptionType="contact.propertyChange", propertyName="phone"),
        deletion(portal_id=999),
        {"subscriptionType": "contact.associationChange", "portalId": PORTAL},
    ]
    assert (await deliver(linked, *others)).status_code == 204
    assert await dump(linked) == text


async def test_an_account_is_deleted_with_all_that_was_done_for_it(linked: Harness) -> None:
    await live_a_little(linked)
    answer = await linked.operate("DELETE", f"/accounts/{PORTAL}")
    assert answer.status_code == 204
    assert [call.method for call in linked.hubspot.calls_to("/external-install")] == ["DELETE"]
    kept = ("provisions", "procrastinate_jobs", "limits", "leases")
    tables = [t.name for t in metadata.sorted_tables if t.name not in kept]
    assert await linked.count(*tables) == 0
    await linked.advance(86400)
    assert await linked.core.queue.failed() == []


async def test_an_account_that_is_unknown_or_already_deleted_cannot_be_deleted(
    linked: Harness,
) -> None:
    await linked.operate("DELETE", f"/accounts/{PORTAL}")
    answer = await linked.operate("DELETE", f"/accounts/{PORTAL}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_account")


async def test_an_account_that_has_left_can_be_deleted_all_the_same(linked: Harness) -> None:
    linked.hubspot.revoke(PORTAL)
    assert (await linked.operate("DELETE", f"/accounts/{PORTAL}")).status_code == 204


async def test_nothing_is_deleted_while_hubspot_cannot_be_told(linked: Harness) -> None:
    linked.hubspot.trouble("/external-install", 500)
    assert (await linked.operate("DELETE", f"/accounts/{PORTAL}")).status_code == 502
    assert (await linked.install_of()).linked


async def test_a_deleted_account_may_install_again(linked: Harness) -> None:
    before = (await linked.install_of()).callback_key
    await linked.operate("DELETE", f"/accounts/{PORTAL}")
    assert (await linked.install()).status_code == 200
    again = await linked.install_of()
    assert (again.linked, again.callback_key == before) == (False, False)


async def test_resealing_makes_the_retired_key_needless(linked: Harness) -> None:
    keys = [OLD_VAULT_KEY, VAULT_KEY]
    linked.restart(vault_keys=tuple(keys))
    assert await linked.core.lifecycle.reseal() == 1
    linked.restart(vault_keys=(OLD_VAULT_KEY,))
    assert (await linked.install_of()).linked
    linked.restart(vault_keys=(VAULT_KEY,))
    with pytest.raises(VaultError):
        await linked.install_of()


@pytest.mark.parametrize("place", [0, 1])
async def test_both_client_secrets_count_during_a_rotation(linked: Harness, place: int) -> None:
    linked.restart(client_secrets=("new-secret", "yyyyyyyy-yyyy"))
    body = b"[]"
    secret = ("new-secret", "yyyyyyyy-yyyy")[place]
    headers = sign(body, linked.clock, secret=secret, path="/hubspot/webhooks")
    answer = await linked.request("POST", "/hubspot/webhooks", content=body, headers=headers)
    assert answer.status_code == 204
