"""What is remarked of an SMS before it is sent."""

import pytest

from core.domain.compose import Draft, SendType, compose
from core.domain.errors import SendRefusedError
from core.domain.gsm import Encoding
from core.domain.refusals import Refusal
from core.domain.remarks import Names, Remark, remarks
from core.domain.tokens import MissingPolicy

EMPTY, REFUSE = MissingPolicy.EMPTY, MissingPolicy.REFUSE
JEAN = Names(lastname="MARTIN", firstname="Jean")
NOBODY = Names(lastname=" ", firstname=None)


def note(text: str, encoding: Encoding = Encoding.GSM7) -> Draft:
    return Draft(type=SendType.NOTIFICATION, text=text, encoding=encoding)


def said(draft: Draft, names: Names | None = JEAN, missing: MissingPolicy = EMPTY) -> list[str]:
    return [each.said.en for each in remarks(draft, names, missing)]


def test_a_text_that_goes_out_as_it_is_has_no_remark() -> None:
    assert remarks(note("Bonjour $prenom $nom, 5 € à payer"), JEAN, REFUSE) == ()


def test_unknown_tokens_are_named_once_each() -> None:
    assert said(note("$zzz $Nom $zzz $5")) == [
        "$zzz, $Nom: unknown token, sent as it is. Only $nom and $prenom are replaced."
    ]


def test_a_name_that_the_contact_lacks_is_named() -> None:
    assert said(note("Bonjour $prenom $nom"), NOBODY) == [
        "$prenom, $nom: the contact has none, nothing is put in its place."
    ]


def test_where_no_contact_is_known_no_name_is_missing() -> None:
    assert said(note("Bonjour $prenom"), None) == []


@pytest.mark.parametrize(
    ("text", "names", "refusal"),
    [
        ("Bonjour $zzz", JEAN, Refusal.UNKNOWN_TOKEN),
        ("Bonjour $prenom", NOBODY, Refusal.MISSING_TOKEN_VALUE),
    ],
)
def test_what_would_be_refused_is_remarked_as_its_refusal(
    text: str, names: Names, refusal: Refusal
) -> None:
    (found,) = remarks(note(text), names, REFUSE)
    with pytest.raises(SendRefusedError) as caught:
        compose(note(text), lastname=names.lastname, firstname=names.firstname, missing=REFUSE)
    assert found.code == caught.value.refusal == refusal
    assert found.refuses
    assert found.said.fr == caught.value.text("fr")
    assert text.rsplit(maxsplit=1)[-1] in found.said.en


def test_characters_that_the_standard_encoding_replaces_are_told_with_what_unicode_costs() -> None:
    assert said(note("forêt 🎉 " + "a" * 70)) == [
        "Replaced by the standard encoding: ê → e, 🎉 → ?. Unicode keeps them, in 2 SMS rather than 1."
    ]
    assert said(note("forêt")) == [
        "Replaced by the standard encoding: ê → e. Unicode keeps them, in 1 SMS too."
    ]


def test_the_characters_of_a_name_count_too() -> None:
    zoe = Names(lastname=None, firstname="Zoë")
    assert [each.code for each in remarks(note("Bonjour $prenom"), zoe, EMPTY)] == [
        Remark.SIMPLIFIED
    ]


def test_what_cannot_be_seen_is_not_remarked() -> None:
    assert said(note("a\u200bb\ufe0f")) == []


def test_unicode_is_remarked_where_it_costs_an_sms_more() -> None:
    assert said(note("a" * 71, Encoding.UNICODE)) == [
        "Nothing in this text asks for Unicode: 2 SMS rather than 1 in the standard encoding."
    ]
    assert said(note("ç" + "a" * 70, Encoding.UNICODE)) == [
        "Unicode keeps ç: 2 SMS rather than 1 in the standard encoding."
    ]
    assert said(note("ç" + "a" * 69, Encoding.UNICODE)) == []


def test_a_long_list_is_cut() -> None:
    (found,) = said(note(" ".join(f"$a{letter}" for letter in "bcdefghijk")))
    assert found.startswith("$ab, $ac, $ad, $ae, $af, $ag, $ah, $ai…: unknown")


def test_what_would_refuse_comes_first() -> None:
    found = remarks(note("forêt $zzz"), JEAN, REFUSE)
    assert [each.refuses for each in found] == [True, False]
