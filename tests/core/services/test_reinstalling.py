"""Installing twice: nothing is doubled, nothing is lost, and half a try is finished by the next."""

import asyncio
from html import unescape

from core.settings import Edition
from tests.core.builders import MARKETING, OTHER_PORTAL, PORTAL, execution
from tests.core.harness import Harness


async def test_installing_twice_puts_nothing_in_place_twice(installed: Harness) -> None:
    await installed.install()
    assert len(installed.hubspot.templates) == 3
    assert len(installed.hubspot.actions) == 1
    assert len(installed.hubspot.properties) == 2
    assert await installed.count("installs") == 1


async def test_a_second_account_costs_no_template_or_action(installed: Harness) -> None:
    await installed.install(OTHER_PORTAL)
    assert len(installed.hubspot.calls_to("POST /integrators")) == 3
    assert len(installed.hubspot.calls_to("POST /automation")) == 1
    assert await installed.count("installs") == 2


async def test_two_accounts_at_once_create_everything_once(bare: Harness) -> None:
    pages = await asyncio.gather(bare.install(PORTAL), bare.install(OTHER_PORTAL))
    assert [page.status_code for page in pages] == [200, 200]
    assert len(bare.hubspot.templates) == 3
    assert len(bare.hubspot.actions) == 1


async def test_a_property_that_is_there_already_does_not_stop_the_installation(
    bare: Harness,
) -> None:
    bare.hubspot.properties["smsmode_consent"] = {"name": "smsmode_consent"}
    assert (await bare.install()).status_code == 200
    assert "smsmode_status" in bare.hubspot.properties


async def test_an_archived_property_is_restored_by_the_next_installation(
    installed: Harness,
) -> None:
    del installed.hubspot.properties["smsmode_consent"]
    await installed.install()
    assert "smsmode_consent" in installed.hubspot.properties


async def test_templates_and_action_made_by_an_earlier_database_are_found_again(
    installed: Harness,
) -> None:
    async with Harness() as anew:
        anew.hubspot.templates = installed.hubspot.templates
        anew.hubspot.actions = installed.hubspot.actions
        await anew.install()
        assert len(anew.hubspot.templates) == 3
        assert len(anew.hubspot.actions) == 1
        assert [call.method for call in anew.hubspot.calls_to("/automation")] == ["GET", "PATCH"]


async def test_a_try_that_broke_halfway_is_finished_and_not_doubled(bare: Harness) -> None:
    bare.hubspot.trouble("POST /automation", 500, done=True)
    assert (await bare.install()).status_code == 400
    assert (await bare.install()).status_code == 200
    assert len(bare.hubspot.templates) == 3
    assert len(bare.hubspot.actions) == 1


async def test_a_new_address_makes_a_second_action_and_keeps_the_first(
    installed: Harness,
) -> None:
    installed.restart(public_url="https://moved.example")
    await installed.install()
    urls = [action["actionUrl"] for action in installed.hubspot.actions.values()]
    assert urls == ["https://sms.example/hubspot/action", "https://moved.example/hubspot/action"]


async def test_reinstalling_keeps_the_keys_and_the_callback_address(linked: Harness) -> None:
    before = await linked.install_of()
    page = await linked.install()
    assert "Ses clés API restent reliées" in unescape(page.text)
    assert "Il reste à relier" not in page.text
    after = await linked.install_of()
    assert (after.marketing_key, after.callback_key) == (MARKETING, before.callback_key)
    assert after.access_token != before.access_token


async def test_reinstalling_for_another_smsmode_account_forgets_the_keys_of_the_former(
    linked: Harness,
) -> None:
    before = await linked.install_of()
    page = await linked.install(account="Autre")
    assert "Il reste à relier" in page.text
    after = await linked.install_of()
    assert (after.account, after.linked) == ("Autre", False)
    # smsmode still reports there on what was sent before.
    assert after.callback_key == before.callback_key
    await linked.install(account="Autre")
    await linked.link()
    await linked.install(account="Autre")
    assert (await linked.install_of()).linked


async def test_reinstalling_makes_a_revoked_account_active_again(linked: Harness) -> None:
    linked.hubspot.revoke(PORTAL)
    await linked.execute()
    await linked.advance(2)
    assert (await linked.install_of()).state == "revoked"
    await linked.install()
    assert (await linked.install_of()).state == "active"
    assert (await linked.signed(execution("ap-2"))).status_code == 200


async def test_the_dated_edition_installs_on_its_own_paths() -> None:
    async with Harness(edition=Edition.DATED) as dated:
        assert (await dated.install()).status_code == 200
        assert dated.hubspot.calls_to("POST /oauth/2026-03/token")
        assert dated.hubspot.calls_to("POST /crm/properties/2026-03/contacts")
        assert not dated.hubspot.calls_to("/crm/v3")
