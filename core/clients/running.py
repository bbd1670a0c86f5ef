"""A core that runs, asked by its operator's commands: its database may be open to it alone."""

from typing import Any

import httpx

from core.domain.ids import ContactId, PortalId
from core.domain.language import Language
from core.settings import Settings


class NotAnsweredError(Exception):
    """The core that runs did not do what the command asked.

    Args:
        message: What it said, or why it could not be asked.
    """

    code = "not_answered"

    def __init__(self, message: str) -> None:
        super().__init__(message)


async def ask_checks(
    http: httpx.AsyncClient,
    settings: Settings,
    portal_id: PortalId,
    contact_id: ContactId,
    language: Language,
) -> list[dict[str, Any]]:
    """Return the five checks of a contact, as the operator's route tells them.

    Raises:
        NotAnsweredError: The core does not run at its public address, or refuses.
    """
    path = f"/operator/accounts/{portal_id}/contacts/{contact_id}/checks"
    headers = {
        "authorization": f"Bearer {settings.operator_token}",
        "accept-language": language,
    }
    try:
        answer = await http.get(settings.public_url + path, headers=headers)
    except httpx.RequestError as exc:
        msg = (
            f"no core answers at {settings.public_url}: start it, or set CORE_PUBLIC_URL ({exc!r})"
        )
        raise NotAnsweredError(msg) from exc
    if answer.is_error:
        raise NotAnsweredError(_refusal(answer))
    checks: list[dict[str, Any]] = answer.json()["checks"]
    return checks


def _refusal(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"what answers at {answer.url.host} is no core: {answer.status_code}"
