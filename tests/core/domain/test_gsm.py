"""Alphabets, simple versions and packing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.gsm import (
    BASIC,
    EXTENSION,
    JOINED_PART,
    SINGLE_PART,
    Encoding,
    is_gsm,
    length,
    parts,
    simplify,
)
from core.domain.gsm_table import REPLACEMENTS

GSM7, UNICODE = Encoding.GSM7, Encoding.UNICODE

gsm_texts = st.text(st.sampled_from("aé€[" + BASIC), max_size=700)
unicode_texts = st.text(st.sampled_from("aé€👍🏽日"), max_size=300)


def weigh(char: str, encoding: Encoding) -> int:
    if encoding is GSM7:
        return 2 if char in EXTENSION else 1
    return 2 if ord(char) > 0xFFFF else 1


def pack_one_by_one(text: str, encoding: Encoding) -> int:
    """Count the parts the slow way: one character after the other."""
    weights = [weigh(char, encoding) for char in text]
    if sum(weights) <= SINGLE_PART[encoding]:
        return 1
    count, room = 1, JOINED_PART[encoding]
    for weight in weights:
        if weight > room:
            count, room = count + 1, JOINED_PART[encoding]
        room -= weight
    return count


def test_the_alphabet_has_128_places_less_the_escape() -> None:
    assert len(set(BASIC)) == len(BASIC) == 127


@pytest.mark.parametrize("char", "éèùìòàÇÅåÄäÖöÑñÜüÉÆæßØø¡¿§£¥¤ΔΦΓΛΩΠΨΣΘΞ€@_\n\r")
def test_what_the_alphabet_holds_stays(char: str) -> None:
    assert simplify(char) == char


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("Ça va être l’été", "Ça va etre l'été"),
        ("façade, Noël, île, hôtel, sûr, maïs", "facade, Noel, ile, hotel, sur, mais"),
        ("œuvre ŒUVRE", "oeuvre OEUVRE"),
        ("« oui » “yes” ‘ok’", '" oui " "yes" \'ok\''),
        ("9 h – 12 h — sauf lundi…", "9 h - 12 h - sauf lundi..."),
        ("10\u202f000\u00a0€ n°5 ½", "10 000 € no5 1/2"),
        ("cafe\u0301", "café"),
        ("ÀÂÊËÎÏÔÛÈÙ ÿ", "AAEEIIOUEU y"),
        ("Ελλάδα", "EΛΛAΔA"),
        ("ﬁn №1 ｆｕｌｌ", "fin No1 full"),
        ("a\u200bb\ufeffc\x00d", "abcd"),
        ("merci 👍", "merci ?"),
        ("bravo 👍🏽", "bravo ?"),
        ("日本", "??"),
    ],
)
def test_the_rest_takes_its_simple_version(text: str, simple: str) -> None:
    assert simplify(text) == simple


def test_every_replacement_is_needed_and_written_in_gsm() -> None:
    assert not [char for char in REPLACEMENTS if is_gsm(char)]
    assert all(map(is_gsm, REPLACEMENTS.values()))


@given(st.text())
def test_a_simplified_text_is_gsm_and_stays_so(text: str) -> None:
    simple = simplify(text)
    assert is_gsm(simple)
    assert simplify(simple) == simple


def test_the_extension_counts_two_septets() -> None:
    assert length("1 €", GSM7) == 4
    assert length(EXTENSION, GSM7) == 20


def test_an_emoji_counts_two_units_in_unicode() -> None:
    assert length("été 👍", UNICODE) == 6


@pytest.mark.parametrize(
    ("size", "encoding", "count"),
    [
        (0, GSM7, 1), (160, GSM7, 1), (161, GSM7, 2), (306, GSM7, 2), (307, GSM7, 3),
        (1530, GSM7, 10), (1531, GSM7, 11),
        (70, UNICODE, 1), (71, UNICODE, 2), (134, UNICODE, 2), (135, UNICODE, 3),
        (670, UNICODE, 10), (671, UNICODE, 11),
    ],
)  # fmt: skip
def test_a_text_takes_as_many_sms_as_the_standard_says(
    size: int, encoding: Encoding, count: int
) -> None:
    assert parts("a" * size, encoding) == count


def test_an_escape_pair_is_not_cut_between_two_sms() -> None:
    text = "a" * 152 + "€" + "a" * 152
    assert length(text, GSM7) == 306
    assert parts(text, GSM7) == 3


def test_a_surrogate_pair_is_not_cut_between_two_sms() -> None:
    text = "a" * 66 + "👍" + "a" * 66
    assert length(text, UNICODE) == 134
    assert parts(text, UNICODE) == 3


@given(gsm_texts)
def test_septets_pack_as_one_by_one(text: str) -> None:
    assert length(text, GSM7) == sum(weigh(char, GSM7) for char in text)
    assert parts(text, GSM7) == pack_one_by_one(text, GSM7)


@given(unicode_texts)
def test_units_pack_as_one_by_one(text: str) -> None:
    assert length(text, UNICODE) == sum(weigh(char, UNICODE) for char in text)
    assert parts(text, UNICODE) == pack_one_by_one(text, UNICODE)
