import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.smsmode.codes import Encoding
from fakes.smsmode.segments import count, questioned, simplified, strangers

GSM, UNICODE = Encoding.GSM7, Encoding.UNICODE


@pytest.mark.parametrize(
    ("text", "encoding", "length", "parts"),
    [
        ("", GSM, 0, 1),
        ("a" * 160, GSM, 160, 1),
        ("a" * 161, GSM, 161, 2),
        ("a" * 306, GSM, 306, 2),
        ("a" * 307, GSM, 307, 3),
        ("a" * 1530, GSM, 1530, 10),
        ("a" * 158 + "€", GSM, 160, 1),
        ("a" * 159 + "€", GSM, 161, 2),
        ("a" * 152 + "€" + "a" * 152, GSM, 306, 3),
        ("é" * 70, UNICODE, 70, 1),
        ("é" * 71, UNICODE, 71, 2),
        ("é" * 134, UNICODE, 134, 2),
        ("é" * 335, UNICODE, 335, 5),
        ("😀" * 35, UNICODE, 70, 1),
        ("a" * 66 + "😀" + "a" * 66, UNICODE, 134, 3),
    ],
)
def test_a_text_is_counted_as_it_is_packed(
    text: str, encoding: Encoding, length: int, parts: int
) -> None:
    counted = count(text, encoding)
    assert (counted.length, counted.parts) == (length, parts)


def test_the_tutorials_screen_counts_62() -> None:
    text = "Je vérifie l'envoi du SMS pour MARTIN, Jean-PhilippeSTOP #cod."
    assert count(text, GSM).length == 62
    assert count(text, GSM).parts == 1


def test_what_gsm_lacks_becomes_a_question_mark() -> None:
    assert questioned("Noël à Besançon, 5 € 😀") == "No?l à Besan?on, 5 € ?"


def test_the_tutorial_takes_every_accent_off() -> None:
    assert simplified("Élève à Besançon, cœur, l’été 5 € 😀") == (
        "Eleve a Besancon, coeur, l'ete 5 € ?"
    )


@given(st.text())
def test_a_replaced_text_has_no_stranger_left(text: str) -> None:
    assert strangers(questioned(text)) == []
    assert strangers(simplified(text)) == []


@given(st.text(), st.text())
def test_adding_text_never_takes_fewer_parts(first: str, second: str) -> None:
    for encoding, make in ((GSM, questioned), (UNICODE, str)):
        assert count(make(first + second), encoding).parts >= count(make(first), encoding).parts


TEXTS = st.text(alphabet=st.sampled_from("aé€[^🙂漢\n "), max_size=1600)


def packed(text: str, widths: dict[str, int], alone: int, joined: int) -> int:
    """Fill parts one character after the other, as a phone company's engineer would by hand."""
    sizes = [widths.get(char, 1) for char in text]
    if sum(sizes) <= alone:
        return 1
    parts, room = 1, joined
    for size in sizes:
        if size > room:
            parts, room = parts + 1, joined
        room -= size
    return parts


@given(TEXTS)
def test_parts_are_counted_as_they_are_packed_in_gsm(text: str) -> None:
    sent = questioned(text)
    widths = dict.fromkeys("€[^", 2)
    assert count(sent, Encoding.GSM7).parts == packed(sent, widths, 160, 153)


@given(TEXTS)
def test_parts_are_counted_as_they_are_packed_in_unicode(text: str) -> None:
    assert count(text, Encoding.UNICODE).parts == packed(text, {"🙂": 2}, 70, 67)
