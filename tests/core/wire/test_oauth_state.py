"""The OAuth state: sealed, and open to its own key alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.wire import oauth_state

KEY = "key"
NONCES = st.text(st.characters(exclude_categories=["Cs"]))


@given(nonce=NONCES)
def test_what_is_sealed_opens(nonce: str) -> None:
    assert oauth_state.open_sealed(oauth_state.seal(nonce, key=KEY), key=KEY) == nonce


@given(nonce=NONCES, other=NONCES.filter(lambda key: key != KEY))
def test_another_key_opens_nothing(nonce: str, other: str) -> None:
    assert oauth_state.open_sealed(oauth_state.seal(nonce, key=KEY), key=other) is None


@given(state=NONCES)
def test_what_was_not_sealed_does_not_open(state: str) -> None:
    assert oauth_state.open_sealed(state, key=KEY) is None


@pytest.mark.parametrize("spoilt", ["x{0}", "{0}0", "{0} ", ".{0}", "{0}.{1}"])
def test_a_changed_state_does_not_open(spoilt: str) -> None:
    state = oauth_state.seal("nonce", key=KEY)
    assert oauth_state.open_sealed(spoilt.format(state, state), key=KEY) is None


def test_a_browser_is_remembered_without_its_cookie() -> None:
    mark = oauth_state.browser_mark("cookie")
    assert "cookie" not in mark
    assert mark == oauth_state.browser_mark("cookie") != oauth_state.browser_mark("cookies")
