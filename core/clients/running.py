"""A core that runs, asked by its operator's commands: its database may be open to it alone."""

from typing import Any

import httpx

from core.domain.ids import ContactId, PortalId
from core.domain.language import Language


class NotAnsweredError(Exception):
    """The core that runs did not do what the command asked.

    Args:
        message: What it said, or why it could not be asked.
        code: Its own code, where it said why.
    """

    def __init__(self, message: str, code: str = "not_answered") -> None:
        super().__init__(message)
        self.code = code


class Running:
    """The core that answers at its public address.

    Args:
        http: The way to it.
        url: That address.
        token: The operator's.
    """

    def __init__(self, http: httpx.AsyncClient, url: str, token: str) -> None:
        self._http = http
        self._url = url
        self._token = token

    async def checks(
        self, portal_id: PortalId, contact_id: ContactId, language: Language
    ) -> list[dict[str, Any]]:
        """Return the five checks of a contact.

        Raises:
            NotAnsweredError: See ``ask``.
        """
        path = f"/operator/accounts/{portal_id}/contacts/{contact_id}/checks"
        told = await self.ask("GET", path, language=language)
        checks: list[dict[str, Any]] = told["checks"]
        return checks

    async def ask(
        self, method: str, path: str, body: object = None, *, language: Language = "en"
    ) -> Any:
        """Return what a route of the operator's answers, ``None`` for an empty answer.

        Raises:
            NotAnsweredError: The core does not run at its public address, or refuses.
        """
        url = self._url
        headers = {
            "authorization": f"Bearer {self._token}",
            "accept-language": language,
        }
        try:
            answer = await self._http.request(method, url + path, json=body, headers=headers)
        except httpx.RequestError as exc:
            msg = f"no core answers at {url}: start it, or set CORE_PUBLIC_URL ({exc!r})"
            raise NotAnsweredError(msg) from exc
        try:
            told: Any = answer.json() if answer.content else None
            if answer.is_success:
                return told
            code, message = str(told["error"]["code"]), str(told["error"]["message"])
        except (ValueError, KeyError, TypeError) as exc:
            msg = f"what answers at {url} is no core ({answer.status_code}): set CORE_PUBLIC_URL"
            raise NotAnsweredError(msg) from exc
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            message = (
                f"the core that runs at {url} has another operator's token than this command: "
                "set CORE_OPERATOR_TOKEN to that core's"
            )
        raise NotAnsweredError(message, code)
