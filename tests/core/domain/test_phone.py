"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import SendRefusedError
from core.domain.phone import Phone, masked, parse_recipient
from core.domain.refusals import Refusal

ALICE = Phone(e164="+33611111111", country="FR")


@pytest.mark.parametrize(
    "text",
    [
        "+33611111111", "+33 6 11 11 11 11", "+33 (0)6 11 11 11 11", "0033611111111",
        "00 33 6 11 11 11 11", "33611111111", "0611111111", "06.11.11.11.11", "06-11-11-11-11",
        "\u00a006 11 11 11 11 ", "611111111",
    ],
)  # fmt: skip
def test_a_french_mobile_is_read_however_it_is_typed(text: str) -> None:
    assert parse_recipient(text, "FR") == ALICE


@pytest.mark.parametrize("text", ["+33611111111", "0033611111111", "33611111111"])
def test_an_international_number_means_the_same_from_anywhere(text: str) -> None:
    assert parse_recipient(text, "US") == ALICE


@pytest.mark.parametrize(
    ("text", "country", "e164", "region"),
    [
        ("0470 12 34 56", "BE", "+32470123456", "BE"),
        ("(415) 555-2671", "US", "+14155552671", "US"),
        ("06 11 11 11 11", "fr", "+33611111111", "FR"),
        ("+870773111632", "FR", "+870773111632", ""),
    ],
)
def test_a_national_number_is_read_with_the_accounts_country(
    text: str, country: str, e164: str, region: str
) -> None:
    assert parse_recipient(text, country) == Phone(e164=e164, country=region)


def test_an_overseas_mobile_is_read_as_dialled_from_france() -> None:
    assert parse_recipient("0692 12 34 56", "FR").e164 == "+262692123456"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal.NO_NUMBER),
        ("  \t", Refusal.NO_NUMBER),
        ("06", Refusal.INVALID_NUMBER),
        ("06111111", Refusal.INVALID_NUMBER),
        ("061111111111", Refusal.INVALID_NUMBER),
        ("36034", Refusal.INVALID_NUMBER),
        ("+", Refusal.INVALID_NUMBER),
        ("+999123456789", Refusal.INVALID_NUMBER),
        ("inconnu", Refusal.INVALID_NUMBER),
        ("0611111111 poste 2", Refusal.INVALID_NUMBER),
        ("0611111111 / 0622222222", Refusal.INVALID_NUMBER),
        ("01 45 67 89 01", Refusal.NOT_A_MOBILE),
        ("0899 123 456", Refusal.NOT_A_MOBILE),
        ("0800 123 456", Refusal.NOT_A_MOBILE),
    ],
)
def test_what_takes_no_sms_is_refused(text: str, refusal: Refusal) -> None:
    with pytest.raises(SendRefusedError) as caught:
        parse_recipient(text, "FR")
    assert caught.value.code == refusal


def test_a_national_number_needs_a_country() -> None:
    with pytest.raises(SendRefusedError):
        parse_recipient("0611111111", "")


@given(st.text(max_size=40) | st.text("+0123456789 .()-", max_size=20))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        phone = parse_recipient(text, "FR")
    except SendRefusedError:
        return
    assert parse_recipient(phone.e164, "US") == phone


def test_a_masked_number_shows_its_ends_alone() -> None:
    assert masked("+33611111111") == "+336******11"
    assert masked("36034") == "***"
