"""A variable of the environment: its name, how its value is written, and how that is read."""

from collections.abc import Callable
from dataclasses import dataclass


class Secret(str):
    """A text that never shows itself: its ``repr`` is ``***``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a value is written in the environment.

    Args:
        takes: What may be written, for people.
        read: Returns the value, or raises a ``ValueError`` that says what is needed.
        is_secret: Whether nobody may see it, not even where it is wrong.
    """

    takes: str
    read: Callable[[str], object]
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable.

    Args:
        name: Its name.
        form: How its value is written.
        example: A value that might be.
    """

    name: str
    form: Form
    example: str

    def read(self, text: str) -> object:
        """Return the value that ``text`` stands for.

        Raises:
            ValueError: It stands for none; the message names the variable, and shows no secret.
        """
        try:
            return self.form.read(text)
        except ValueError as exc:
            shown = "its value" if self.form.is_secret else repr(text)
            msg = f"{self.name} cannot be used: {shown} ({exc})"
            raise ValueError(msg) from exc
