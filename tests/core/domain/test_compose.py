"""The SMS that a form and a contact make."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.compose import (
    Composed,
    Draft,
    Preview,
    SendType,
    compose,
    preview,
    read_encoding,
    read_type,
)
from core.domain.errors import SendRefusedError
from core.domain.gsm import Encoding, is_gsm, length
from core.domain.refusals import Refusal

NOTE = Draft(type=SendType.NOTIFICATION, text="Bonjour $prenom $nom")
PROMO = dataclasses.replace(NOTE, type=SendType.PROMOTIONAL)


def write(draft: Draft, **changes: object) -> Composed:
    changed = dataclasses.replace(draft, **changes)  # type: ignore[arg-type] # each test's own
    return compose(changed, lastname="MARTIN", firstname="Jean-Philippe")


def refusal_of(draft: Draft, **changes: object) -> Refusal:
    with pytest.raises(SendRefusedError) as caught:
        write(draft, **changes)
    return caught.value.refusal


def test_a_draft_becomes_the_sms_of_a_contact() -> None:
    assert write(NOTE, sender="MaMarque") == Composed(
        text="Bonjour Jean-Philippe MARTIN",
        encoding=Encoding.GSM7,
        characters=28,
        parts=1,
        stop=False,
        sender="MaMarque",
    )


def test_the_text_acknowledged_in_the_tutorial_counts_62_characters() -> None:
    text = "Je vérifie l'envoi du SMS pour MARTIN, Jean-PhilippeSTOP #cod."
    sms = write(NOTE, text=text)
    assert (sms.characters, sms.parts) == (62, 1)


def test_a_promotional_sms_always_carries_the_mention() -> None:
    assert write(PROMO, stop=False).stop


def test_a_notification_carries_the_mention_only_when_asked() -> None:
    assert not write(NOTE).stop
    assert write(NOTE, stop=True).stop


def test_the_mention_costs_11_characters_and_is_left_to_smsmode() -> None:
    plain, stopped = write(NOTE), write(NOTE, stop=True)
    assert stopped.characters == plain.characters + 11
    assert stopped.text == plain.text


@pytest.mark.parametrize(("size", "count"), [(149, 1), (150, 2)])
def test_the_mention_may_cost_one_more_sms(size: int, count: int) -> None:
    assert write(PROMO, text="a" * size).parts == count


def test_the_standard_encoding_simplifies_text_and_names() -> None:
    sms = compose(
        dataclasses.replace(NOTE, text="À bientôt $nom"), lastname="Lœb 👍", firstname=None
    )
    assert sms.text == "A bientot Loeb ?"


def test_unicode_keeps_the_text_and_holds_70_characters() -> None:
    sms = write(NOTE, text="À bientôt 👍" + "a" * 60, encoding=Encoding.UNICODE)
    assert sms.text.startswith("À bientôt 👍")
    assert (sms.characters, sms.parts) == (72, 2)


def test_a_line_end_posted_by_a_browser_counts_one() -> None:
    assert write(NOTE, text="a\r\nb").text == "a\nb"


@pytest.mark.parametrize("sender", ["A", "MaMarque", "36034", "ABCDEFGHIJK"])
def test_a_sender_of_letters_and_digits_is_kept(sender: str) -> None:
    assert write(NOTE, sender=sender).sender == sender


@pytest.mark.parametrize("sender", ["Ma Marque", "ABCDEFGHIJKL", "Société", "A-B", " ", "A\n", "٣"])
def test_another_sender_is_refused(sender: str) -> None:
    assert refusal_of(NOTE, sender=sender) is Refusal.INVALID_SENDER


def test_an_empty_sender_is_the_accounts_own() -> None:
    assert write(NOTE, sender="").sender is None


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert refusal_of(PROMO, text=text) is Refusal.EMPTY_TEXT


def test_a_text_that_only_called_for_a_missing_name_is_refused() -> None:
    with pytest.raises(SendRefusedError):
        compose(dataclasses.replace(NOTE, text="$nom"), lastname=None, firstname=None)


def test_ten_sms_pass_and_eleven_do_not() -> None:
    assert write(NOTE, text="a" * 1530).parts == 10
    assert refusal_of(NOTE, text="a" * 1531) is Refusal.TEXT_TOO_LONG
    assert refusal_of(PROMO, text="a" * 1520) is Refusal.TEXT_TOO_LONG


def test_a_preview_counts_tokens_as_16_characters() -> None:
    text = "Bonjour $prenom $nom, penser au renouvellement de votre contrat"
    shown = preview(dataclasses.replace(NOTE, text=text))
    assert shown == Preview(characters=84, parts=1, refusals=())


def test_a_preview_tells_all_that_is_wrong() -> None:
    draft = dataclasses.replace(PROMO, text="a" * 2000, sender="Ma Marque")
    assert preview(draft).refusals == (Refusal.INVALID_SENDER, Refusal.TEXT_TOO_LONG)


def test_a_preview_of_nothing_takes_no_sms() -> None:
    shown = preview(dataclasses.replace(NOTE, text=""))
    assert shown == Preview(characters=0, parts=0, refusals=(Refusal.EMPTY_TEXT,))


def test_types_and_encodings_are_read_in_any_case() -> None:
    assert read_type(" Promotional ") is SendType.PROMOTIONAL
    assert read_encoding("unicode") is Encoding.UNICODE
    assert read_encoding("") is Encoding.GSM7


def test_an_unknown_type_or_encoding_is_refused() -> None:
    with pytest.raises(SendRefusedError) as wrong_type:
        read_type("carrier pigeon")
    with pytest.raises(SendRefusedError) as wrong_encoding:
        read_encoding("LATIN1")
    assert wrong_type.value.refusal is Refusal.UNKNOWN_TYPE
    assert wrong_encoding.value.refusal is Refusal.UNKNOWN_ENCODING


@given(st.text(max_size=300), st.booleans())
def test_what_is_announced_is_what_the_text_and_mention_take(text: str, stop: bool) -> None:
    draft = dataclasses.replace(NOTE, text="a" + text, stop=stop)
    sms = compose(draft, lastname="A", firstname="B")
    assert is_gsm(sms.text)
    assert sms.characters == length(sms.text, Encoding.GSM7) + 11 * stop
