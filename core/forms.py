"""How values are written in the environment: for each form, what it takes and how it is read."""

import base64
import re
from datetime import timedelta
from enum import StrEnum
from pathlib import PurePath
from typing import TypeVar
from urllib.parse import urlsplit

import phonenumbers

from core.domain.language import Language
from core.domain.quiet import read_hours
from core.domain.senders import read_declared
from core.variables import Form, Secret

LARGEST_CAMPAIGN = 1000
"""How many recipients smsmode lets a campaign start with. Source: official client (single)."""

E = TypeVar("E", bound=StrEnum)

_LONGEST = timedelta(days=365).total_seconds()
_VAULT_KEY_BYTES = 32
_TOKEN = re.compile(r"[!-~]+")


def one_of(choices: type[E]) -> Form:
    """Return the form of one of ``choices``, written as its value."""
    names = [choice.value for choice in choices]

    def read(text: str) -> E:
        if text not in names:
            msg = f"one of these is needed: {', '.join(names)}"
            raise ValueError(msg)
        return choices(text)

    return Form(takes=f"one of {', '.join(f'`{name}`' for name in names)}", read=read)


def _read_url(text: str) -> str:
    """Return an absolute address without a slash at its end."""
    parts = urlsplit(text)
    # Asking for the port checks it.
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        msg = "an absolute http or https address is needed"
        raise ValueError(msg)
    if parts.query or parts.fragment:
        msg = "paths are added to the address: it has no query and no fragment"
        raise ValueError(msg)
    return text.rstrip("/")


def _read_database(text: str) -> str:
    """Return a path, ``:memory:`` or PostgreSQL's address."""
    scheme, found, _ = text.partition("://")
    if not found:
        if not PurePath(text).name:
            msg = "a file's path ends with its name"
            raise ValueError(msg)
        return text
    # Asking for the port checks it.
    if urlsplit(text).port == 0 or scheme not in {"postgresql", "postgres"}:
        msg = "a path, :memory: or postgresql://… is needed"
        raise ValueError(msg)
    # It may hold a password.
    return Secret(text.replace("postgres://", "postgresql://", 1))


def _read_token(text: str) -> Secret:
    """Return a secret that an HTTP header can carry."""
    if not _TOKEN.fullmatch(text):
        msg = "letters without accents, digits and signs are needed, and no spaces"
        raise ValueError(msg)
    return Secret(text)


def _read_secrets(text: str) -> tuple[Secret, ...]:
    """Return secrets, which commas separate."""
    found = tuple(Secret(part.strip()) for part in text.split(",") if part.strip())
    if not found:
        msg = "at least one is needed"
        raise ValueError(msg)
    return found


def _read_vault_keys(text: str) -> tuple[Secret, ...]:
    """Return Fernet keys, which commas separate."""
    keys = _read_secrets(text)
    for key in keys:
        try:
            is_key = len(base64.b64decode(key, altchars="-_", validate=True)) == _VAULT_KEY_BYTES
        except ValueError:
            is_key = False
        if not is_key:
            msg = "a key is 32 bytes in URL-safe base64, as Fernet.generate_key() makes"
            raise ValueError(msg)
    return keys


def _read_seconds(text: str) -> timedelta:
    """Return a duration, given in seconds."""
    try:
        seconds = float(text)
    except ValueError as exc:
        msg = "a number of seconds is needed"
        raise ValueError(msg) from exc
    if not 0 <= seconds <= _LONGEST:
        msg = "a duration is between nothing and a year"
        raise ValueError(msg)
    return timedelta(seconds=seconds)


def _read_positive(text: str) -> int:
    """Return a whole number above zero."""
    if not text.isdecimal() or int(text) < 1:
        msg = "a whole number above zero is needed"
        raise ValueError(msg)
    return int(text)


def _read_count(text: str) -> int:
    """Return a whole number, 0 or more."""
    if not text.isdecimal():
        msg = "a whole number is needed, 0 or more"
        raise ValueError(msg)
    return int(text)


def _read_campaign(text: str) -> int:
    """Return how many SMS may go to smsmode in one call."""
    number = _read_positive(text)
    if number > LARGEST_CAMPAIGN:
        msg = f"smsmode takes at most {LARGEST_CAMPAIGN} recipients at once"
        raise ValueError(msg)
    return number


def _read_language(text: str) -> Language:
    """Return a language that the product speaks."""
    if text == "fr":
        return "fr"
    if text == "en":
        return "en"
    msg = "fr or en is needed"
    raise ValueError(msg)


def _read_country(text: str) -> str:
    """Return the ISO alpha-2 code of a country whose numbers can be read."""
    if text.upper() not in phonenumbers.SUPPORTED_REGIONS:
        msg = "a country of two letters is needed, as FR"
        raise ValueError(msg)
    return text.upper()


TEXT = Form(takes="any text", read=str)
SECRET = Form(takes="any text", read=Secret, is_secret=True)
TOKEN = Form(takes="letters, digits and signs", read=_read_token, is_secret=True)
SECRETS = Form(takes="texts, separated by commas", read=_read_secrets, is_secret=True)
VAULT_KEYS = Form(takes="Fernet keys, separated by commas", read=_read_vault_keys, is_secret=True)
ADDRESS = Form(takes="an http or https address, without a query", read=_read_url)
DATABASE = Form(
    takes="a file's path, `:memory:`, or `postgresql://…`", read=_read_database, is_secret=True
)
POSITIVE = Form(takes="a whole number above zero", read=_read_positive)
COUNT = Form(takes="a whole number, 0 or more", read=_read_count)
CAMPAIGN = Form(takes=f"a whole number from 1 to {LARGEST_CAMPAIGN}", read=_read_campaign)
SECONDS = Form(takes="seconds, from 0 to a year", read=_read_seconds)
LANGUAGE = Form(takes="one of `fr`, `en`", read=_read_language)
COUNTRY = Form(takes="a country's two letters", read=_read_country)
HOURS = Form(takes="`off`, or days and hours, separated by commas", read=read_hours)
SENDERS = Form(takes="`COUNTRY:sender`, separated by commas", read=read_declared)
