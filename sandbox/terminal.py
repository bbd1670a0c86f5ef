"""The terminal that a command speaks to."""

import sys
from io import TextIOWrapper


def speak_any_alphabet() -> None:
    """Have a terminal of another alphabet shown what it can show, and ``?`` for the rest."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
