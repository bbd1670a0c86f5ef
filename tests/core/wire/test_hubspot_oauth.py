"""OAuth as it travels: the address, the forms, and what is read of the answers."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from core.domain.errors import ProviderDownError
from core.wire import hubspot_oauth
from core.wire.hubspot_paths import DATED, LEGACY, Paths
from core.wire.requests import VendorRequest

KEY = "k&"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GRANTED = {"access_token": "a", "refresh_token": "r", "expires_in": 1800}


def test_scopes_are_separated_by_an_escaped_space() -> None:
    url = hubspot_oauth.authorize_url(
        "https://app.hubspot.com",
        client_id="id",
        redirect_uri="https://sms.example/oauth/callback",
        scopes=["oauth", "timeline"],
        state="n.s",
    )
    assert "scope=oauth%20timeline" in url
    assert "redirect_uri=https%3A%2F%2Fsms.example%2Foauth%2Fcallback" in url
    assert parse_qs(urlsplit(url).query)["state"] == ["n.s"]


def test_the_app_asks_for_each_scope_once() -> None:
    assert len(set(hubspot_oauth.SCOPES)) == len(hubspot_oauth.SCOPES) == 23
    assert "oauth" in hubspot_oauth.SCOPES


def test_a_code_is_exchanged_by_a_form() -> None:
    ask = hubspot_oauth.exchange_code(
        LEGACY, client_id="id", client_secret=KEY, code="c", redirect_uri="https://x"
    )
    assert (ask.method, ask.path) == ("POST", "/oauth/v1/token")
    assert ask.content_type == "application/x-www-form-urlencoded"
    assert parse_qs((ask.body or b"").decode()) == {
        "grant_type": ["authorization_code"],
        "client_id": ["id"],
        "client_secret": [KEY],
        "redirect_uri": ["https://x"],
        "code": ["c"],
    }


def test_a_refresh_goes_to_the_editions_own_path() -> None:
    ask = hubspot_oauth.refresh(DATED, client_id="id", client_secret=KEY, refresh_token=KEY)
    assert ask.path == "/oauth/2026-03/token"
    assert b"grant_type=refresh_token" in (ask.body or b"")


def test_tokens_are_read_with_the_moment_of_their_end() -> None:
    tokens = hubspot_oauth.parse_tokens(json.dumps(GRANTED).encode(), now=NOW)
    assert (tokens.access, tokens.refresh) == ("a", "r")
    assert tokens.expires_at == NOW + timedelta(minutes=30)


@pytest.mark.parametrize("name", GRANTED)
@pytest.mark.parametrize("value", [None, [], True])
def test_tokens_that_lack_a_part_are_asked_for_again(name: str, value: object) -> None:
    with pytest.raises(ProviderDownError):
        hubspot_oauth.parse_tokens(json.dumps(GRANTED | {name: value}).encode(), now=NOW)


@pytest.mark.parametrize("seconds", [-1, 1e300, 10**15])
def test_a_lifetime_that_makes_no_sense_is_asked_for_again(seconds: float) -> None:
    body = json.dumps(GRANTED | {"expires_in": seconds}).encode()
    with pytest.raises(ProviderDownError):
        hubspot_oauth.parse_tokens(body, now=NOW)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"status": "BAD_AUTH_CODE", "error": "invalid_grant"}', "BAD_AUTH_CODE"),
        (b'{"error": "invalid_grant"}', "invalid_grant"),
        (b"{}", ""),
        (b"<html>", ""),
        (b"[]", ""),
    ],
)
def test_a_refusal_is_told_by_its_code(body: bytes, code: str) -> None:
    assert hubspot_oauth.refusal(body) == code


def introspect(paths: Paths) -> VendorRequest:
    odd = "a/b c"
    return hubspot_oauth.introspect(paths, client_id="id", client_secret=KEY, access_token=odd)


def test_a_token_is_escaped_in_the_path() -> None:
    assert introspect(LEGACY).path == "/oauth/v1/access-tokens/a%2Fb%20c"


def test_a_token_does_not_stand_in_a_dated_path() -> None:
    ask = introspect(DATED)
    assert ask.path == "/oauth/2026-03/token/introspect"
    assert b"token=a%2Fb+c" in (ask.body or b"")


def test_an_owner_is_read() -> None:
    owner = hubspot_oauth.parse_owner(b'{"hub_id": 7, "user": "a@b.fr", "scopes": ["oauth"]}')
    assert (owner.portal_id, owner.user, owner.hub_domain) == (7, "a@b.fr", "")
    assert owner.scopes == ("oauth",)


@pytest.mark.parametrize("body", [b"{}", b'{"hub_id": "7"}', b'{"hub_id": true}', b"null"])
def test_an_owner_without_an_account_is_asked_for_again(body: bytes) -> None:
    with pytest.raises(ProviderDownError):
        hubspot_oauth.parse_owner(body)


def test_an_account_tells_its_time_zone() -> None:
    body = b'{"portalId": 7, "timeZone": "Europe/Paris"}'
    assert hubspot_oauth.parse_account(body).time_zone == "Europe/Paris"


@pytest.mark.parametrize("body", [b"{}", b'{"portalId": "7"}', b'{"portalId": false}'])
def test_an_account_without_its_number_is_asked_for_again(body: bytes) -> None:
    with pytest.raises(ProviderDownError):
        hubspot_oauth.parse_account(body)
