"""What the console's buttons do; each leads back to the page that it was pressed on."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sandbox.asking import NoActionError
from sandbox.console.parties import Parties
from sandbox.console.window import Time

Furnish = Callable[[], Awaitable[object]]
"""Has a world made ready, or a part of it."""

STOP = "STOP"
"""What a phone answers to hear no more."""
RATES: Mapping[str, float] = {"pause": 0.0, "normal": 1.0, "fast": 60.0}
"""How fast each button has the clock go."""
SKIPS: Mapping[str, timedelta] = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
"""How far each button moves the clock."""
LONGEST_FORM = 64 * 1024
"""The largest form that is read, in bytes."""


class MistakeError(Exception):
    """What was asked for cannot be done as things are, whatever a party would say of it.

    Args:
        status: The HTTP status of the page that says so.
        reason: The name of the text that says why and what to do.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason


class Actions:
    """The buttons.

    Args:
        parties: Whom they act upon.
        time: The world's clock.
        furnish: What *Prepare everything* does.
        populate: What *Create the contacts and the workflow* does.
    """

    def __init__(self, parties: Parties, time: Time, furnish: Furnish, populate: Furnish) -> None:
        self._parties = parties
        self._time = time
        self._furnish = furnish
        self._populate = populate
        # A button that is pressed twice makes things once.
        self._furnishing = asyncio.Lock()

    async def visit(self, request: Request) -> Response:
        """Have a contact come to the fair.

        Raises:
            MistakeError: There is no such contact.
        """
        contact = await self._parties.contact(str(request.path_params["contact_id"]))
        if contact is None:
            raise MistakeError(404, "no_contact")
        await self._parties.come_to_fair(contact.id)
        return _back(request)

    async def reply(self, request: Request) -> Response:
        """Have a phone's owner write.

        Raises:
            MistakeError: There is no text, or the phone has nothing to reply to.
        """
        form = await _read_form(request)
        text = STOP if "stop" in form else form.get("text", "").strip()
        if not text:
            raise MistakeError(422, "no_text")
        number = str(request.path_params["number"])
        if not (await self._parties.phone(number))["thread"]:
            raise MistakeError(404, "silent_phone")
        await self._parties.reply(number, text)
        return _back(request)

    async def install(self, _: Request) -> Response:
        """Lead to HubSpot's consent, by the install link of the smsmode account."""
        return RedirectResponse(await self._parties.invite(), 303)

    async def link(self, request: Request) -> Response:
        """Link the two API keys, as the operator of the sandbox's own integration does.

        Raises:
            MistakeError: Its app is not installed.
        """
        found = await self._parties.installed()
        if not found.has_own:
            raise MistakeError(409, "keys_elsewhere" if found.other else "not_installed")
        await self._parties.link_keys()
        return _back(request)

    async def populate(self, request: Request) -> Response:
        """Make the contacts and the workflow, once an app is installed; those there are kept.

        Raises:
            MistakeError: No app is installed, or none has a workflow action; nothing is made.
            FurnishingError: HubSpot refused a step of it.
        """
        async with self._furnishing:
            found = await self._parties.installed()
            if not (found.has_own or found.other):
                raise MistakeError(409, "not_installed")
            await self._complete()
        return _back(request)

    async def prepare(self, request: Request) -> Response:
        """Do all that a world needs before its first SMS, and is not done yet.

        Where somebody put an app of theirs in the place of the sandbox's, it is left at that.

        Raises:
            MistakeError: That app has no workflow action; nothing is made.
            FurnishingError: A party refused a step of it.
        """
        async with self._furnishing:
            found = await self._parties.installed()
            is_linked = found.has_own and await self._parties.is_linked()
            await (self._complete() if is_linked or found.replacement else self._furnish())
        return _back(request)

    async def _complete(self) -> None:
        try:
            await self._populate()
        except NoActionError as exc:
            raise MistakeError(409, "no_action") from exc

    async def clock(self, request: Request) -> Response:
        """Pause the clock, hurry it, or move it.

        Raises:
            MistakeError: No button asks that.
        """
        wanted = (await _read_form(request)).get("to", "")
        if wanted in RATES:
            self._time.set_rate(RATES[wanted])
        elif wanted in SKIPS:
            self._time.skip(SKIPS[wanted])
        else:
            raise MistakeError(422, "no_pace")
        return _back(request)


async def _read_form(request: Request) -> dict[str, str]:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _back(request: Request) -> Response:
    """Return to the page whose button was pressed, and to none outside the console."""
    came_from = urlsplit(request.headers.get("referer", ""))
    is_here = came_from.netloc == request.headers.get("host")
    query = f"?{came_from.query}" if came_from.query else ""
    return RedirectResponse(f"{came_from.path}{query}" if is_here else "/", 303)
