"""How a text is counted and packed into SMS, and what becomes of what GSM lacks."""

import pytest
from hypothesis import example, given
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


# 3GPP TS 23.038 6.2.1, by rows of sixteen; the escape to the second table stands at 1/B.
TABLE = (
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
SECOND_TABLE = "\f^{}\\[~]|€"
STRANGERS = "ç`ÊœŒ«»’–…\t\x00漢🙂\x1b"


def runs(alphabet: str) -> st.SearchStrategy[str]:
    """Texts long enough to take up to ten parts, with edges anywhere."""
    run = st.tuples(st.sampled_from(alphabet), st.integers(1, 160))
    return st.lists(run, max_size=12).map(lambda found: "".join(c * n for c, n in found))


def packed(sizes: list[int], alone: int, joined: int) -> int:
    """Fill parts one character after the other, as one would by hand."""
    if sum(sizes) <= alone:
        return 1
    parts, room = 1, joined
    for size in sizes:
        if size > room:
            parts, room = parts + 1, joined
        room -= size
    return parts


def test_the_alphabet_is_the_standards() -> None:
    assert len(TABLE) == 128
    for char in TABLE.replace("\x1b", ""):
        assert (questioned(char), count(char, GSM).length) == (char, 1)
    for char in SECOND_TABLE:
        assert (questioned(char), count(char, GSM).length) == (char, 2)
    assert questioned(STRANGERS) == "?" * len(STRANGERS)


@given(runs("aé €[^{}~\\|]\f\n@à?" + STRANGERS))
@example("a" * 152 + "{" + "a" * 152)
@example("~" * 76 + "a" + "~" * 77)
@example("a" * 1530)
def test_parts_are_counted_as_they_are_packed_in_gsm(text: str) -> None:
    sizes = [2 if char in SECOND_TABLE else 1 for char in text]
    assert count(questioned(text), GSM) == (sum(sizes), packed(sizes, 160, 153))


@given(runs("aé漢🙂𝄞\n"))
@example("a" * 66 + "🙂" + "a" * 66)
@example("é" * 670)
def test_parts_are_counted_as_they_are_packed_in_unicode(text: str) -> None:
    sizes = [len(char.encode("utf-16-be")) // 2 for char in text]
    assert count(text, UNICODE) == (sum(sizes), packed(sizes, 70, 67))
