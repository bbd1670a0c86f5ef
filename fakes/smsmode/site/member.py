"""Members: the people who sign in to smsmode's pages, and their sessions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who may sign in.

    Args:
        email: Lower case; also how they sign in.
        first_name: As typed.
        last_name: As typed.
        organisation_id: Whose data they see and change.
        salt: Of the password's hash.
        digest: The password's hash.
    """

    email: str
    first_name: str
    last_name: str
    organisation_id: str
    salt: str
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that signed in.

    Args:
        email: Whose.
        token: What forms must send back, so that no other site can post for them.
        ends_at: Until when.
    """

    email: str
    token: str
    ends_at: datetime
