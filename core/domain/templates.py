"""The card's templates: named texts, edited together and saved all at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from core.domain.errors import CallerError, Code, MalformedRequestError
from core.domain.language import Words

LONGEST_NAME = 60
LONGEST_TEXT = 1530
"""What ten SMS hold."""
MOST = 100
"""How many templates an account may have. Assumed: the tutorial names no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One text that fills the form in one click.

    Args:
        name: What people call it, 1 to 60 characters, unique in its account.
        text: With its tokens, 1 to 1,530 characters.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSet:
    """All templates of an account, as they were saved together.

    Args:
        version: How many times they were saved.
        templates: In the order in which they were added.
        saved_by: Who saved them last; ``""`` when nobody has.
        saved_at: When.
    """

    version: int = 0
    templates: tuple[Template, ...] = ()
    saved_by: str = ""
    saved_at: datetime | None = None


class TemplateFault(StrEnum):
    """What is wrong with a template."""

    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    NO_TEXT = "no_text"
    LONG_TEXT = "long_text"
    TOO_MANY = "too_many"


TEMPLATE_TEXTS: Mapping[TemplateFault, Words] = MappingProxyType(
    {
        TemplateFault.NO_NAME: Words(fr="Donnez un nom au modèle.", en="Give the template a name."),
        TemplateFault.LONG_NAME: Words(
            fr=f"Le nom compte {LONGEST_NAME} caractères au plus : raccourcissez-le.",
            en=f"A name has at most {LONGEST_NAME} characters: shorten it.",
        ),
        TemplateFault.NO_TEXT: Words(
            fr="Le modèle est vide : écrivez son texte.",
            en="The template is empty: write its text.",
        ),
        TemplateFault.LONG_TEXT: Words(
            fr="Le texte dépasse 10 SMS : raccourcissez-le.",
            en="The text needs more than 10 SMS: shorten it.",
        ),
        TemplateFault.TOO_MANY: Words(
            fr=f"Un compte a {MOST} modèles au plus : supprimez-en un.",
            en=f"An account has at most {MOST} templates: delete one.",
        ),
    }
)
"""What is told, and what to do next."""


class TemplateRefusedError(CallerError):
    """A template that cannot be kept.

    Args:
        fault: What is wrong with it.
    """

    def __init__(self, fault: TemplateFault) -> None:
        super().__init__(fault, TEMPLATE_TEXTS[fault].en)
        self.fault = fault

    @property
    def field(self) -> str:
        """The field of the editor that it is shown beside."""
        about_the_text = self.fault in {TemplateFault.NO_TEXT, TemplateFault.LONG_TEXT}
        return "text" if about_the_text else "name"


class StaleEditError(CallerError):
    """Somebody else saved in the meantime; nothing was saved.

    Args:
        current: What they saved.
    """

    def __init__(self, current: TemplateSet) -> None:
        msg = f"{current.saved_by} saved the templates in the meantime: look at theirs, then save"
        super().__init__(Code.STALE_EDIT, msg, {"saved_by": current.saved_by})
        self.current = current


def keep(templates: Sequence[Template], name: str, text: str) -> tuple[Template, ...]:
    """Return ``templates`` with this one: in the place of its namesake, or at the end.

    So a changed name makes a new template, and the one that was chosen stays.

    Raises:
        TemplateRefusedError: It cannot be kept.
    """
    made = Template(name=" ".join(name.split()), text=text.replace("\r\n", "\n"))
    _check(made)
    if find(templates, made.name) is None:
        if len(templates) >= MOST:
            raise TemplateRefusedError(TemplateFault.TOO_MANY)
        return (*templates, made)
    return tuple(made if each.name == made.name else each for each in templates)


def drop(templates: Sequence[Template], name: str) -> tuple[Template, ...]:
    """Return ``templates`` without the one of this name."""
    return tuple(each for each in templates if each.name != name)


def find(templates: Iterable[Template], name: str) -> Template | None:
    """Return the template of this name, or ``None``."""
    return next((each for each in templates if each.name == name), None)


def news(theirs: Iterable[Template], mine: Sequence[Template]) -> tuple[Template, ...]:
    """Return those of ``theirs`` that ``mine`` does not hold with the same text."""
    return tuple(each for each in theirs if each not in mine)


def read_templates(value: object) -> tuple[Template, ...]:
    """Return the templates that a JSON list holds.

    Raises:
        MalformedRequestError: It is no list of objects with a name and a text.
        TemplateRefusedError: One cannot be kept.
    """
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        msg = "templates must be a list of objects"
        raise MalformedRequestError(msg)
    found: tuple[Template, ...] = ()
    for item in value:
        name, text = item.get("name"), item.get("text")
        if set(item) != {"name", "text"} or not isinstance(name, str) or not isinstance(text, str):
            msg = "a template holds a name and a text, both texts, and nothing else"
            raise MalformedRequestError(msg)
        before = len(found)
        found = keep(found, name, text)
        if len(found) == before:
            msg = f"two templates have the name {name!r}"
            raise MalformedRequestError(msg)
    return found


def _check(template: Template) -> None:
    faults = {
        TemplateFault.NO_NAME: not template.name,
        TemplateFault.LONG_NAME: len(template.name) > LONGEST_NAME,
        TemplateFault.NO_TEXT: not template.text.strip(),
        TemplateFault.LONG_TEXT: len(template.text) > LONGEST_TEXT,
    }
    for fault, is_so in faults.items():
        if is_so:
            raise TemplateRefusedError(fault)
