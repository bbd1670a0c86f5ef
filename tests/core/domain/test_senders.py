"""Which personalised senders a country takes."""

import pytest

from core.domain.errors import SendRefusedError
from core.domain.refusals import Refusal
from core.domain.senders import RULES, SenderPolicy, allowed_sender, read_declared


@pytest.mark.parametrize(
    ("sender", "country"),
    [("smsmode", "FR"), ("smsmode", "CH"), (None, "US"), ("36034", "US"), ("smsmode", "")],
)
def test_a_sender_passes_where_it_is_taken(sender: str | None, country: str) -> None:
    assert allowed_sender(sender, country) == sender


@pytest.mark.parametrize(
    ("country", "refusal"),
    [("US", Refusal.SENDER_NOT_TAKEN), ("TR", Refusal.SENDER_NOT_DECLARED)],
)
def test_a_sender_is_refused_where_it_would_be_blocked(country: str, refusal: Refusal) -> None:
    with pytest.raises(SendRefusedError) as refused:
        allowed_sender("smsmode", country)
    assert refused.value.refusal is refusal


def test_a_declared_sender_passes_in_its_country_alone() -> None:
    declared = read_declared("TR:smsmode")
    assert allowed_sender("smsmode", "TR", declared=declared) == "smsmode"
    with pytest.raises(SendRefusedError):
        allowed_sender("smsmode", "SG", declared=declared)


def test_a_declaration_does_not_help_where_letters_are_never_taken() -> None:
    with pytest.raises(SendRefusedError):
        allowed_sender("smsmode", "US", declared=read_declared("US:smsmode"))


@pytest.mark.parametrize("country", sorted(RULES))
def test_the_policy_may_drop_or_ignore(country: str) -> None:
    assert allowed_sender("smsmode", country, policy=SenderPolicy.DROP) is None
    assert allowed_sender("smsmode", country, policy=SenderPolicy.IGNORE) == "smsmode"


def test_declared_senders_are_read_from_a_setting() -> None:
    assert read_declared("tr:smsmode, SG:MaMarque") == {("TR", "smsmode"), ("SG", "MaMarque")}


@pytest.mark.parametrize("text", ["smsmode", "TUR:smsmode", "TR:", "12:smsmode"])
def test_what_declares_no_sender_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="COUNTRY:sender"):
        read_declared(text)
