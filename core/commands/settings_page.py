"""``settings``: every variable of the environment, one table for the documentation and the terminal."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from datetime import timedelta

from core.environment import MARKETING_KEY, NOTIFICATION_KEY, VARIABLES
from core.settings import Settings

_PAGE = f"""# The integration's settings

Environment variables set up `python -m core`, whatever the command. They are read once, at
the start: each wrong or missing one is named, and nothing starts. One that is empty is as if it were
not set. One that begins as these do (`CORE_`, `HUBSPOT_`, `SMSMODE_`) and is none of them is told,
in the log and by `doctor`, with the name that was probably meant.

## What must be set

| variable | what it is | takes | for example |
|---|---|---|---|
{{required}}

A vault key, and a token for the operator:

```sh
.venv/bin/python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'
.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(32))'
```

## What may be set

| variable | what it is | takes | by default | for example |
|---|---|---|---|---|
{{optional}}

## What one command takes

`link-keys` takes an account's two smsmode API keys from `{MARKETING_KEY}` and
`{NOTIFICATION_KEY}`; those that are not set are typed, or piped in. No other command reads
them.

This page is also printed by `python -m core settings`.
"""

_ARGUMENT = re.compile(r"^    (\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)


def page() -> str:
    """Return the documentation's page, in Markdown."""
    about = dict(_ARGUMENT.findall(inspect.getdoc(Settings) or ""))
    rows = [(setting, _row(setting, about.get(setting.name, ""))) for setting in fields(Settings)]
    return _PAGE.format(
        required="\n".join(row for setting, row in rows if setting.default is MISSING),
        optional="\n".join(row for setting, row in rows if setting.default is not MISSING),
    )


def _row(setting: Field[object], about: str) -> str:
    return f"| {' | '.join(_cells(setting, about))} |"


def _cells(setting: Field[object], about: str) -> Iterator[str]:
    variable = VARIABLES[setting.name]
    yield f"`{variable.name}`"
    yield re.sub(r"\s+", " ", about).replace("``", "`").removesuffix(".")
    yield variable.form.takes
    if setting.default is not MISSING:
        yield _code(written(setting.default))
    yield _code(variable.example)


def written(value: object) -> str:
    """Return a setting's value as it is written in the environment, ``""`` for none of many."""
    if value is None:
        return "off"
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g}"
    if isinstance(value, tuple | frozenset):
        return ",".join(map(str, value))
    return str(value)


def _code(text: str) -> str:
    return f"`{text}`" if text else "none"
