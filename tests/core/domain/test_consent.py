"""Who may get which SMS, and the words that take consent back."""

import pytest

from core.domain.compose import SendType
from core.domain.consent import ConsentPolicy, PhoneStatus, decide, is_stop
from core.domain.errors import SendRefusedError
from core.domain.refusals import Refusal

OPT_IN = ConsentPolicy.OPT_IN


def refusal_of(
    send_type: SendType = SendType.PROMOTIONAL,
    *,
    consent: str | None = "true",
    status: str | None = PhoneStatus.ACTIVE,
    marketing: str | None = "true",
    opted_out: bool = False,
    policy: ConsentPolicy = ConsentPolicy.OPT_OUT,
) -> Refusal | None:
    """Return why the send is refused, or ``None`` when it may go."""
    try:
        decide(
            send_type,
            consent=consent,
            smsmode_status=status,
            marketing_status=marketing,
            opted_out_locally=opted_out,
            policy=policy,
        )
    except SendRefusedError as error:
        return error.refusal
    return None


def test_a_consenting_marketing_contact_gets_promotions() -> None:
    assert refusal_of() is None


@pytest.mark.parametrize("silence", [None, ""])
def test_silence_allows_under_opt_out_and_refuses_under_opt_in(silence: str | None) -> None:
    assert refusal_of(consent=silence) is None
    assert refusal_of(consent=silence, policy=OPT_IN) is Refusal.NO_CONSENT


@pytest.mark.parametrize("policy", ConsentPolicy)
def test_an_explicit_no_refuses_and_an_explicit_yes_allows(policy: ConsentPolicy) -> None:
    assert refusal_of(consent="false", policy=policy) is Refusal.NO_CONSENT
    assert refusal_of(consent="true", policy=policy) is None


def test_after_a_stop_the_phone_status_refuses_though_consent_is_unset() -> None:
    assert refusal_of(consent="", status="Refus des SMS promotionnels") is Refusal.OPTED_OUT


def test_after_a_stop_our_own_list_refuses_though_hubspot_says_yes() -> None:
    assert refusal_of(opted_out=True) is Refusal.OPTED_OUT


@pytest.mark.parametrize("marketing", ["false", "", None])
def test_only_marketing_contacts_get_promotions(marketing: str | None) -> None:
    assert refusal_of(marketing=marketing) is Refusal.NOT_MARKETING_CONTACT


def test_a_notification_passes_whatever_the_consent() -> None:
    refused = refusal_of(
        SendType.NOTIFICATION,
        consent="false",
        status=PhoneStatus.REFUSED_PROMOTIONAL,
        marketing="false",
        opted_out=True,
        policy=OPT_IN,
    )
    assert refused is None


@pytest.mark.parametrize(
    "text",
    [
        "STOP", "Stop", "stop", " stop. ", "«STOP»", "stop!!", "STOPSMS", "STOP SMS", "Arrêt",
        "ARRET", "arre\u0302t svp", "UNSUBSCRIBE", "Désabonnement", "desabo", "STOP au 36034",
        "STOP36034", "stop merci", "Stop à vos publicités",
    ],
)  # fmt: skip
def test_a_reply_that_begins_with_a_keyword_is_a_stop(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize(
    "text", ["", "non stop merci", "Bien reçu !", "stoppez", "ne pas arrêter", "START", "👍", "..."]
)
def test_another_reply_is_no_stop(text: str) -> None:
    assert not is_stop(text)
