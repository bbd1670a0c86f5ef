"""What errors say and carry."""

from datetime import timedelta

import pytest

from core.domain.errors import (
    AccessRevokedError,
    CallerError,
    Code,
    CoreError,
    MalformedRequestError,
    OutcomeUnknownError,
    ProviderDownError,
    ProviderError,
    ProviderRefusedError,
    SendRefusedError,
    ThrottledError,
    UnknownAccountError,
)
from core.domain.ids import PortalId
from core.domain.refusal_texts import REFUSAL_TEXTS, refusal_text
from core.domain.refusals import Refusal


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_speaks_both_languages(refusal: Refusal) -> None:
    words = REFUSAL_TEXTS[refusal]
    assert words.fr != words.en
    assert words.fr.endswith(".")
    assert words.en.endswith(".")


def test_a_refused_send_tells_people_in_their_language() -> None:
    error = SendRefusedError(Refusal.NO_NUMBER, {"contact": "42"})
    assert error.text("fr") == refusal_text(Refusal.NO_NUMBER, "fr")
    assert str(error) == error.message == error.text("en")
    assert (error.code, error.details) == ("no_number", {"contact": "42"})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_missing_keys_are_named_with_what_to_do(language: str) -> None:
    text = refusal_text(Refusal.KEYS_NOT_LINKED, "fr" if language == "fr" else "en")
    assert "Hubspot Mkt" in text
    assert "Hubspot Not" in text


def test_an_unknown_account_is_named() -> None:
    error = UnknownAccountError(PortalId(12345678))
    assert isinstance(error, CallerError)
    assert error.details == {"portal_id": "12345678"}
    assert "12345678" in str(error)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ProviderRefusedError(400, "400.029", "bad number"), Code.PROVIDER_REFUSED),
        (ProviderDownError("no answer"), Code.PROVIDER_DOWN),
        (ThrottledError(timedelta(seconds=3)), Code.THROTTLED),
        (AccessRevokedError("connect again"), Code.ACCESS_REVOKED),
        (OutcomeUnknownError("ask"), Code.OUTCOME_UNKNOWN),
    ],
)
def test_a_vendors_failure_is_told_by_its_kind(error: CoreError, code: Code) -> None:
    assert isinstance(error, ProviderError)
    assert error.code is code


def test_details_are_the_errors_own() -> None:
    details = {"id": "1"}
    error = MalformedRequestError("no", details)
    details["id"] = "2"
    assert error.details == {"id": "1"}
