"""The vault: secrets are sealed with the current key, and read with any that is set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.stores.vault import Vault, VaultError
from core.variables import Secret
from tests.core.builders import MARKETING, OLD_VAULT_KEY, PORTAL, VAULT_KEY
from tests.core.harness import Harness

OLD, NEW = Vault([OLD_VAULT_KEY]), Vault([VAULT_KEY])
BOTH = Vault([VAULT_KEY, OLD_VAULT_KEY])


@given(secret=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_is_read_again_and_hides_itself(secret: str) -> None:
    opened = NEW.unseal(NEW.seal(secret))
    assert opened == secret
    assert repr(opened) == "***"


def test_the_same_secret_is_sealed_otherwise_each_time() -> None:
    assert NEW.seal("secret") != NEW.seal("secret")


def test_a_retired_key_still_opens_and_seals_no_more() -> None:
    assert BOTH.unseal(OLD.seal("secret")) == "secret"
    assert NEW.unseal(BOTH.seal("secret")) == "secret"


def test_a_key_that_is_gone_opens_nothing_and_what_to_do_is_said() -> None:
    with pytest.raises(VaultError, match="keep retired keys"):
        NEW.unseal(OLD.seal("secret"))


def test_a_seal_that_was_tampered_with_is_refused() -> None:
    sealed = bytearray(NEW.seal("secret"))
    sealed[20] ^= 1
    with pytest.raises(VaultError):
        NEW.unseal(bytes(sealed))


@pytest.mark.parametrize("keys", [[], [""], ["short"], [VAULT_KEY, "é"], ["A" * 43]])
def test_a_key_of_the_wrong_form_is_refused_and_not_shown(keys: list[str]) -> None:
    with pytest.raises(VaultError, match="32 bytes") as caught:
        Vault(keys)
    assert VAULT_KEY not in str(caught.value)


async def test_a_core_goes_on_after_its_vault_key_was_rotated() -> None:
    async with Harness(vault_keys=(Secret(OLD_VAULT_KEY),)) as harness:
        await harness.install()
        await harness.link()
        harness.restart(vault_keys=(Secret(VAULT_KEY), Secret(OLD_VAULT_KEY)))
        await harness.execute()
        await harness.settle()
        assert len(harness.smsmode.sent) == 1


async def test_what_is_written_after_a_rotation_needs_the_new_key_alone() -> None:
    async with Harness(vault_keys=(Secret(OLD_VAULT_KEY),)) as harness:
        await harness.install()
        harness.restart(vault_keys=(Secret(VAULT_KEY), Secret(OLD_VAULT_KEY)))
        await harness.install()
        await harness.link()
        harness.restart(vault_keys=(Secret(VAULT_KEY),))
        assert (await harness.install_of(PORTAL)).marketing_key == MARKETING


async def test_an_installation_that_is_under_way_survives_the_rotation() -> None:
    async with Harness(vault_keys=(Secret(OLD_VAULT_KEY),)) as harness:
        async with harness.browser() as browser:
            state = await harness.depart(browser)
        harness.restart(vault_keys=(Secret(VAULT_KEY), Secret(OLD_VAULT_KEY)))
        async with harness.browser() as later:
            later.cookies = browser.cookies
            query = {"code": harness.hubspot.grant_code(PORTAL), "state": state}
            assert (await later.get("/oauth/callback", params=query)).status_code == 200
