"""Templates: what may be kept, and how an edit changes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import MalformedRequestError
from core.domain.templates import (
    MOST,
    Template,
    TemplateFault,
    TemplateRefusedError,
    drop,
    find,
    keep,
    news,
    read_templates,
)

REMINDER = Template(name="Rappel", text="À demain !")
NAMES = st.text("abc ", min_size=1, max_size=5).filter(str.strip)


def test_a_new_name_goes_to_the_end() -> None:
    assert keep([REMINDER], "Badge", "Prêt") == (REMINDER, Template(name="Badge", text="Prêt"))


def test_a_known_name_keeps_its_place() -> None:
    others = (REMINDER, Template(name="Badge", text="Prêt"))
    assert keep(others, "Rappel", "À lundi !")[0] == Template(name="Rappel", text="À lundi !")


def test_white_space_does_not_make_another_name() -> None:
    assert len(keep([REMINDER], "  Rappel ", "À lundi !")) == 1


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (" ", "a", TemplateFault.NO_NAME),
        ("a" * 61, "a", TemplateFault.LONG_NAME),
        ("a", "\n ", TemplateFault.NO_TEXT),
        ("a", "a" * 1531, TemplateFault.LONG_TEXT),
    ],
)
def test_what_cannot_be_kept_is_refused(name: str, text: str, fault: TemplateFault) -> None:
    with pytest.raises(TemplateRefusedError) as refused:
        keep([], name, text)
    assert refused.value.fault is fault


def test_an_account_has_so_many_and_no_more() -> None:
    full = tuple(Template(name=str(place), text="a") for place in range(MOST))
    with pytest.raises(TemplateRefusedError):
        keep(full, "one more", "a")
    assert len(keep(full, "0", "b")) == MOST


@given(st.lists(NAMES), NAMES)
def test_what_is_kept_is_found_once_and_gone_when_dropped(names: list[str], name: str) -> None:
    kept: tuple[Template, ...] = ()
    for each in names:
        kept = keep(kept, each, "a")
    kept = keep(kept, name, "b")
    plain = " ".join(name.split())
    assert [each.text for each in kept if each.name == plain] == ["b"]
    assert find(drop(kept, plain), plain) is None


def test_news_are_what_differs() -> None:
    theirs = (REMINDER, Template(name="Badge", text="Prêt"))
    assert news(theirs, [REMINDER]) == theirs[1:]
    assert news(theirs, [Template(name="Rappel", text="autre"), theirs[1]]) == theirs[:1]


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        ["a"],
        [{"name": "a"}],
        [{"name": 1, "text": "a"}],
        [{"name": "a", "text": "b", "more": 1}],
        [{"name": "a", "text": "b"}, {"name": " a", "text": "c"}],
    ],
)
def test_what_are_no_templates_is_refused(value: object) -> None:
    with pytest.raises(MalformedRequestError):
        read_templates(value)
