"""What OAuth leaves behind: installs, codes, tokens and sign-ins."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(slots=True, kw_only=True)
class Install:
    """An app that an account has connected.

    Args:
        id: Its number; an app that is installed once more gets another.
        app_id: Which app.
        portal_id: In which account.
        user: Who installed it, by email.
        scopes: What it was granted.
        installed_at: When its first token was exchanged.
        refresh_token: Its key to new access tokens.
        access_tokens: Those issued so far.
    """

    id: int
    app_id: int
    portal_id: int
    user: str
    scopes: tuple[str, ...]
    installed_at: datetime
    refresh_token: str
    access_tokens: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Code:
    """An authorization code, which is good once and not for long."""

    value: str
    app_id: int
    portal_id: int
    user: str
    scopes: tuple[str, ...]
    redirect_uri: str
    issued_at: datetime
    challenge: str | None = None
    challenge_method: str = "plain"
    is_used: bool = False


class Holder(StrEnum):
    """Who holds an access token."""

    APP = "app"
    PRIVATE_APP = "private_app"
    DEVELOPER = "developer"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What opens the API.

    Args:
        value: The token itself.
        holder: Who holds it.
        portal_id: The account that it opens; ``None`` for a developer's.
        app_id: The app that it was given to; ``None`` for a private one.
        user: Who stands behind it, by email.
        scopes: What it opens.
        issued_at: When it was issued.
        expires_at: When it ends; ``None`` for never.
    """

    value: str
    holder: Holder
    portal_id: int | None
    app_id: int | None
    user: str | None
    scopes: frozenset[str]
    issued_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person's sign-in.

    Args:
        cookie: What the browser carries.
        email: Who it is.
        csrf: What every form of this sign-in must carry.
        expires_at: When it ends.
    """

    cookie: str
    email: str
    csrf: str
    expires_at: datetime
