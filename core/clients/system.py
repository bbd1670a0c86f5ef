"""Live time and true randomness: the one place of the core that reads the machine's clock."""

import asyncio
import secrets  # noqa: TID251 - the production id source
import string
import uuid
from datetime import UTC, datetime, timedelta

_ALPHABET = string.ascii_letters + string.digits


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - live time


async def pause(wait: timedelta) -> None:
    """Let ``wait`` pass."""
    await asyncio.sleep(wait.total_seconds())  # noqa: TID251 - live time


class SystemIds:
    """Ids and words that nobody can guess."""

    def uuid(self) -> str:
        """Return a new UUID in its usual form."""
        return str(uuid.uuid4())  # noqa: TID251 - the production id source

    def token(self, length: int = 32) -> str:
        """Return ``length`` letters and digits that nobody can guess."""
        return "".join(secrets.choice(_ALPHABET) for _ in range(length))
