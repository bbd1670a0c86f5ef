"""The console's words."""

import pytest

from sandbox.console.language import choose, texts_in
from sandbox.console.people import Contact
from sandbox.console.states import state_in
from sandbox.furnishing import Furniture
from tests.sandbox.console.conftest import Visitor


def test_both_languages_say_everything() -> None:
    french, english = texts_in("fr"), texts_in("en")
    assert french.keys() == english.keys()
    assert all(french.values())
    assert all(english.values())


async def test_an_english_page_says_why_reasons_are_in_french(
    visitor: Visitor, furniture: Furniture
) -> None:
    for path in ("/", f"/contacts/{furniture.contact_ids[0]}"):
        assert "writes them on records in French" in await visitor.read(path)


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "language"),
    [
        (None, None, None, "fr"),
        (None, None, "de, en;q=0.8", "en"),
        (None, "fr", "en", "fr"),
        ("en", "fr", "fr", "en"),
        ("de", None, "en", "en"),
    ],
)
def test_what_is_asked_for_wins_over_what_is_kept_and_then_the_browser(
    asked: str | None, kept: str | None, accepted: str | None, language: str
) -> None:
    assert choose(asked, kept, accepted) == language


def test_a_state_that_nobody_told_us_of_is_shown_as_it_is() -> None:
    assert state_in("fr", "DELIVERED") == ("good", "Reçu")
    assert state_in("en", "BUFFERED") == ("wait", "BUFFERED")
    assert state_in("en", None) == ("wait", "…")


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+33 6 00 01 00 01", "33600010001"),
        ("06 00 01 00 01", "33600010001"),
        ("0032 470 00 00 00", "32470000000"),
        ("", ""),
    ],
)
def test_a_number_is_known_by_its_digits(phone: str, digits: str) -> None:
    assert _contact(phone=phone).digits == digits


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"firstname": "Ada", "lastname": "Lovelace"}, "Ada Lovelace"),
        ({"lastname": "Lovelace"}, "Lovelace"),
        ({"email": "ada@exemple.example"}, "ada@exemple.example"),
        ({}, "#7"),
    ],
)
def test_a_contact_is_called_by_the_best_name_that_it_has(
    properties: dict[str, str], name: str
) -> None:
    assert _contact(**properties).name == name


def _contact(**properties: str) -> Contact:
    return Contact.read({"id": "7", "properties": properties})
