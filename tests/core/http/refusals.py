"""What every refusal must look like, whoever is refused."""

from typing import Any

import httpx

from tests.core.harness import Harness

WRITTEN_BY_CALLERS = ("inbox", "messages", "history", "steps", "replies", "optouts", "outgoing")
"""The tables that a request may fill."""


async def check_refused(
    harness: Harness, answer: httpx.Response, status: int, code: str
) -> dict[str, Any]:
    """Check a refusal's status and body, that it left nothing behind, and return its error."""
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["message"]
    assert "Traceback" not in answer.text
    assert await harness.count(*WRITTEN_BY_CALLERS) == 0
    assert await harness.core.queue.next_due() is None
    return dict(error)
