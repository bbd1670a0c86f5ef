"""Accepting an execution of the action: what is answered, written down, and refused."""

from datetime import timedelta
from typing import Any

import pytest

from core.domain.consent import ConsentPolicy
from core.domain.refusals import Refusal
from core.domain.tokens import MissingPolicy
from tests.core.builders import OTHER_PORTAL, PHONE, PORTAL, execution, reply
from tests.core.harness import Harness

REFUSALS: list[tuple[Refusal, dict[str, Any]]] = [
    (Refusal.NO_NUMBER, {"properties": {"phone": None}}),
    (Refusal.INVALID_NUMBER, {"properties": {"phone": "06 11"}}),
    (Refusal.NOT_A_MOBILE, {"properties": {"phone": "01 42 68 53 00"}}),
    (Refusal.INVALID_SENDER, {"sender": "Trop long à lire"}),
    (Refusal.EMPTY_TEXT, {"text": "   "}),
    (Refusal.EMPTY_TEXT, {"text": None}),
    (Refusal.TEXT_TOO_LONG, {"text": "a" * 1600}),
    (Refusal.UNKNOWN_TYPE, {"type": "carrier-pigeon"}),
    (Refusal.UNKNOWN_TYPE, {"type": None}),
    (Refusal.UNKNOWN_ENCODING, {"encoding": "morse"}),
    (Refusal.NO_CONSENT, {"properties": {"smsmode_consent": "false"}}),
    (Refusal.OPTED_OUT, {"properties": {"smsmode_status": "Refus des SMS promotionnels"}}),
    (Refusal.NOT_MARKETING_CONTACT, {"properties": {"hs_marketable_status": "false"}}),
]


async def test_an_execution_is_answered_with_block_and_an_expiration(linked: Harness) -> None:
    outputs = await linked.execute()
    assert outputs == {"hs_execution_state": "BLOCK", "hs_expiration_duration": "PT86400S"}


async def test_the_expiration_is_a_setting(linked: Harness) -> None:
    linked.restart(blocked_for=timedelta(minutes=5))
    assert (await linked.execute())["hs_expiration_duration"] == "PT300S"


async def test_nothing_is_sent_before_the_answer(linked: Harness) -> None:
    await linked.execute()
    assert linked.smsmode.sent == []
    assert (await linked.message()).status == "accepted"


async def test_a_repeat_is_answered_to_the_byte_and_does_nothing(linked: Harness) -> None:
    first = await linked.signed(execution())
    await linked.settle()
    linked.restart(blocked_for=timedelta(minutes=5))
    again = await linked.signed(execution(text="Autre chose"))
    await linked.settle()
    assert again.content == first.content
    assert len(linked.smsmode.sent) == 1
    assert await linked.count("messages") == 1


async def test_the_repeat_of_a_refusal_is_a_refusal_even_once_the_cause_is_mended(
    linked: Harness,
) -> None:
    first = await linked.signed(execution(properties={"phone": None}))
    again = await linked.signed(execution())
    assert again.content == first.content
    assert await linked.count("messages") == 0


@pytest.mark.parametrize(("refusal", "changes"), REFUSALS)
async def test_each_refusal_has_its_code_and_its_words_and_sends_nothing(
    linked: Harness, refusal: Refusal, changes: dict[str, Any]
) -> None:
    outputs = await linked.execute(**changes)
    await linked.settle()
    assert (outputs["hs_execution_state"], outputs["errorCode"]) == ("FAIL_CONTINUE", refusal)
    assert outputs["detail"]
    assert linked.smsmode.sent == []
    assert await linked.count("messages") == 0


async def test_a_missing_name_refuses_where_the_settings_say_so(linked: Harness) -> None:
    linked.restart(missing_names=MissingPolicy.REFUSE)
    outputs = await linked.execute(properties={"firstname": ""})
    assert outputs["errorCode"] == Refusal.MISSING_TOKEN_VALUE


async def test_silence_refuses_where_consent_must_be_given(linked: Harness) -> None:
    linked.restart(consent=ConsentPolicy.OPT_IN)
    assert (await linked.execute())["errorCode"] == Refusal.NO_CONSENT
    outputs = await linked.execute("ap-2", properties={"smsmode_consent": "true"})
    assert outputs["hs_execution_state"] == "BLOCK"


async def test_a_stop_refuses_promotions_and_lets_notifications_pass(linked: Harness) -> None:
    await linked.call_back("inbound", reply("STOP"))
    assert (await linked.execute())["errorCode"] == Refusal.OPTED_OUT
    assert (await linked.execute("ap-2", type="notification"))["hs_execution_state"] == "BLOCK"


async def test_a_stop_counts_for_the_account_that_it_was_sent_to(linked: Harness) -> None:
    await linked.install(OTHER_PORTAL)
    await linked.link(OTHER_PORTAL)
    await linked.call_back("inbound", reply("STOP"), OTHER_PORTAL)
    assert (await linked.execute())["hs_execution_state"] == "BLOCK"


async def test_the_number_chosen_in_the_form_comes_before_the_contacts_own(
    linked: Harness,
) -> None:
    await linked.execute(to="06 12 34 56 78")
    assert (await linked.message()).recipient == "+33612345678"


async def test_the_mobile_phone_stands_in_for_a_missing_phone(linked: Harness) -> None:
    await linked.execute(properties={"phone": "", "mobilephone": "06 11 11 11 11"})
    assert (await linked.message()).recipient == PHONE


async def test_a_national_number_is_read_with_the_accounts_country(bare: Harness) -> None:
    bare.hubspot.time_zone = "Europe/Brussels"
    await bare.install()
    await bare.link()
    await bare.execute(properties={"phone": "0470 12 34 56"})
    assert (await bare.message()).recipient == "+32470123456"


async def test_names_are_filled_in_and_the_message_is_counted(linked: Harness) -> None:
    await linked.execute(text="Bonjour $prenom $nom", properties={"lastname": "Weil"})
    message = await linked.message()
    assert message.text == "Bonjour Zoé Weil"
    assert (message.parts, message.characters) == (1, 16 + 11)


async def test_an_account_that_never_installed_is_unknown(bare: Harness) -> None:
    answer = await bare.signed(execution())
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "unknown_account"
    assert await bare.count() == 0


async def test_another_account_is_unknown(linked: Harness) -> None:
    answer = await linked.signed(execution(portal_id=OTHER_PORTAL))
    assert answer.status_code == 404
    assert await linked.count("inbox", "messages") == 0


async def test_an_account_that_revoked_the_app_is_unknown_until_it_installs_again(
    linked: Harness,
) -> None:
    linked.hubspot.revoke(PORTAL)
    await linked.execute()
    await linked.advance(2)
    assert (await linked.signed(execution("ap-2"))).status_code == 404
    assert await linked.count("messages") == 1


async def test_the_same_words_under_another_execution_are_another_sms(linked: Harness) -> None:
    await linked.execute("ap-1")
    await linked.execute("ap-2")
    await linked.settle()
    assert [sms["refClient"] for sms in linked.smsmode.sent] == ["ap-1", "ap-2"]
