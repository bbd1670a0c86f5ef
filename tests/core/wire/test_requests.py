"""Requests to the vendors as values, and answers read as objects."""

import pytest

from core.domain.errors import ProviderDownError
from core.wire.requests import get, read_object, with_form, with_json


def test_a_get_has_no_body() -> None:
    ask = get("/a", limit="2")
    assert (ask.method, ask.path, dict(ask.query), ask.body) == ("GET", "/a", {"limit": "2"}, None)


def test_json_is_compact_and_in_utf_8() -> None:
    ask = with_json("PATCH", "/a", {"texte": "œuf €", "n": [1, None]})
    assert ask.body == '{"texte":"œuf €","n":[1,null]}'.encode()
    assert (ask.method, ask.content_type) == ("PATCH", "application/json")


def test_a_form_is_escaped() -> None:
    ask = with_form("/a", {"x": "1&2 é"})
    assert ask.body == b"x=1%262+%C3%A9"


def test_an_object_is_read() -> None:
    assert read_object('{"a": "é"}'.encode(), "HubSpot") == {"a": "é"}


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b"7", b"\xff", b"NaN", b"[" * 100_000, b'"\\ud800"']
)
def test_what_is_no_object_is_asked_for_again_and_says_whose_it_was(body: bytes) -> None:
    with pytest.raises(ProviderDownError, match="HubSpot answered"):
        read_object(body, "HubSpot")
