"""Accounts that are deleted, and keys that are retired."""

import pytest

from core.stores.schema import metadata
from core.stores.vault import VaultError
from tests.core.builders import OLD_VAULT_KEY, PORTAL, VAULT_KEY, sign
from tests.core.harness import Harness
from tests.core.services.living import live_a_little


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


async def test_what_was_given_up_for_an_account_is_deleted_with_it(linked: Harness) -> None:
    linked.hubspot.trouble("/callbacks", 500, times=1000)
    await linked.execute()
    await linked.advance(2 * 86400)
    assert len(await linked.core.queue.failed()) == 1
    await linked.operate("DELETE", f"/accounts/{PORTAL}")
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
