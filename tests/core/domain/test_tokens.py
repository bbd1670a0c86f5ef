"""The names that a text calls for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import SendRefusedError
from core.domain.refusals import Refusal
from core.domain.tokens import MissingPolicy, editor_length, fill, unknown_tokens

EMPTY, REFUSE = MissingPolicy.EMPTY, MissingPolicy.REFUSE


def test_tokens_become_the_contacts_names() -> None:
    assert fill("$prenom $nom, $prénom !", "MARTIN", "Jean", REFUSE) == "Jean MARTIN, Jean !"


@pytest.mark.parametrize("text", ["$nomade", "$Nom", "$NOM", "$nom2", "nom", "$ nom", "$prenoms"])
def test_what_is_not_exactly_a_token_stays(text: str) -> None:
    assert fill(text, "MARTIN", "Jean", REFUSE) == text


def test_a_token_may_touch_punctuation() -> None:
    assert fill("($nom)$prenom.$nom", "A", "B", REFUSE) == "(A)B.A"


def test_a_name_is_not_searched_for_tokens() -> None:
    assert fill("$nom", "$prenom", "Jean", REFUSE) == "$prenom"


def test_a_name_is_put_in_on_one_line() -> None:
    assert fill("$nom", " DE LA\r\n TOUR ", None, REFUSE) == "DE LA TOUR"


def test_a_missing_name_goes_with_the_space_before_it() -> None:
    assert fill("Bonjour $prenom $nom, merci", None, "", EMPTY) == "Bonjour, merci"


def test_a_missing_name_can_refuse_the_send() -> None:
    with pytest.raises(SendRefusedError) as caught:
        fill("Bonjour $prenom", "MARTIN", "  ", REFUSE)
    assert caught.value.refusal is Refusal.MISSING_TOKEN_VALUE
    assert caught.value.details == {"token": "$prenom"}


def test_a_missing_name_that_is_not_called_for_refuses_nothing() -> None:
    assert fill("Bonjour $nom", "MARTIN", None, REFUSE) == "Bonjour MARTIN"


def test_an_editor_counts_each_token_as_16_characters() -> None:
    text = "Bonjour $prenom $nom, penser au renouvellement de votre contrat"
    assert editor_length(text) == 84


def test_unknown_words_are_told_and_amounts_are_not() -> None:
    assert unknown_tokens("$nom $nomade $ville : $5, 3 $") == ("$nomade", "$ville")


def test_tokens_of_hubspot_that_it_did_not_replace_are_unknown() -> None:
    assert unknown_tokens("Bonjour {{ contact.firstname }}, {{}} {5}") == (
        "{{ contact.firstname }}",
    )


def test_an_unknown_token_without_end_is_told_by_its_beginning() -> None:
    assert [len(name) for name in unknown_tokens("$" + "a" * 1000)] == [60]


@given(st.text("$nompré é2_"), st.text())
def test_a_text_without_tokens_stays_whole(text: str, name: str) -> None:
    if editor_length(text) == len(text):
        assert fill(text, name, name, EMPTY) == text
