"""The console's pages: what each shows, read afresh at every look."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from sandbox.addresses import Addresses
from sandbox.console.parties import Parties
from sandbox.console.people import Contact
from sandbox.console.rendering import Pages, language_of
from sandbox.console.window import Feed, Time
from sandbox.identities import Identities

LONGEST_NUMBER = 18
"""The most digits of a number in an address: Python reads none of thousands."""

ENTRIES_SHOWN = 100
"""How many lines of the journal stand on a page."""
EVENTS_SHOWN = 8
"""How many timeline events stand on the home page."""
EVENT_WRITTEN = "timeline.written"
"""The journal's word for an event that an app put on a record."""
ACTION_FAILED = "action.failed"
"""The journal's word for an action that did not do what the workflow asked, as a refused SMS."""
STORY = {
    "enrolled": "contact.enrolled",
    "accepted": "message.accepted",
    "statuses": "message.status",
    "replied": "message.replied",
    "told": EVENT_WRITTEN,
}
"""The steps of the loop, and the journal's word for each."""


class Views:
    """The pages.

    Args:
        pages: Makes them.
        parties: What is shown.
        feed: What happened.
        time: The world's clock.
        addresses: Where the parties live.
        identities: Who may do what.
    """

    def __init__(
        self,
        pages: Pages,
        parties: Parties,
        feed: Feed,
        time: Time,
        addresses: Addresses,
        identities: Identities,
    ) -> None:
        self._pages = pages
        self._parties = parties
        self._feed = feed
        self._time = time
        self._addresses = addresses
        self._identities = identities

    def unchanged(self, request: Request) -> Response | None:
        """Return the answer to a page that has seen all that happened, or ``None``.

        What it has seen is kept with the request, before anything is read: what happens while a
        page is made is news to it.
        """
        request.state.seen = len(self._feed)
        if request.headers.get("if-none-match") != f'"{request.state.seen}"':
            return None
        return Response(status_code=304, headers=self._clock_header())

    async def home(self, request: Request) -> Response:
        """Show the loop at a glance."""
        installed = await self._parties.installed()
        contacts = await self._parties.contacts()
        counts = self._feed.counts()
        return self._show(
            request,
            "home.html",
            installed=installed,
            is_linked=installed.has_own and await self._parties.is_linked(),
            has_workflow=await self._parties.has_workflow(),
            contacts=contacts,
            phones=await self._parties.phones(),
            names=_names(contacts),
            events=await self._last_events(contacts),
            story={name: counts.get(kind, 0) for name, kind in STORY.items()},
            addresses=self._addresses,
            identities=self._identities,
        )

    async def contact(self, request: Request) -> Response:
        """Show a contact's record: its timeline, its properties and its workflows."""
        contact = await self._parties.contact(str(request.path_params["contact_id"]))
        if contact is None:
            return await self.missing(request)
        card = {"lang": language_of(request), "back": str(request.url.replace(query=""))}
        return self._show(
            request,
            "contact.html",
            contact=contact,
            card_url=f"{self._parties.card_page(contact.id)}?{urlencode(card)}",
            events=await self._parties.timeline(contact.id),
            enrolments=await self._parties.enrolments(contact.id),
            actions=await self._parties.action_names(language_of(request)),
        )

    async def phone(self, request: Request) -> Response:
        """Show a phone: what it received and wrote."""
        number = str(request.path_params["number"])
        contacts = await self._parties.contacts()
        return self._show(
            request,
            "phone.html",
            phone=await self._parties.phone(number),
            contact=next((found for found in contacts if found.digits == number), None),
            names=_names(contacts),
        )

    async def journal(self, request: Request) -> Response:
        """Show what happened, newest first, of one cause or of all."""
        cause, before = _number(request, "cause"), _number(request, "before")
        entries = self._feed.latest(ENTRIES_SHOWN, before=before, cause=cause)
        last = entries[-1]["seq"] if len(entries) == ENTRIES_SHOWN else None
        kept = {} if cause is None else {"cause": cause}
        return self._show(
            request,
            "journal.html",
            entries=entries,
            cause=cause,
            before=before,
            older=urlencode({**kept, "before": last}) if last else None,
            newest=urlencode(kept),
        )

    async def entry(self, request: Request) -> Response:
        """Show one line of the journal: the request and the answer, or the event's fields."""
        entry = self._feed.entry(request.path_params["seq"])
        if entry is None:
            return await self.missing(request)
        frame = {"seq", "at", "party", "kind", "causes"}
        fields = {name: value for name, value in entry.items() if name not in frame}
        return self._show(request, "entry.html", entry=entry, fields=fields)

    async def missing(self, request: Request) -> Response:
        """Say that there is no such page."""
        return self._show(request, "missing.html", 404)

    def _show(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        page = self._pages.render(
            request,
            template,
            status,
            now=self._time.now(),
            rate=self._time.rate,
            seen=request.state.seen,
            **values,
        )
        page.headers.update(self._clock_header())
        return page

    def _clock_header(self) -> dict[str, str]:
        """Return what keeps the clock of an open page right."""
        return {"x-clock": f"{self._time.now().isoformat()} {self._time.rate:g}"}

    async def _last_events(self, contacts: Sequence[Contact]) -> list[dict[str, Any]]:
        """Return the newest timeline events and refusals, each with its contact's name."""
        named = {contact.id: contact.name for contact in contacts}
        written = self._feed.of_kind(EVENT_WRITTEN, EVENTS_SHOWN)
        touched = dict.fromkeys(str(entry["contactId"]) for entry in written)
        events = [
            {**event, "contact_id": contact_id, "name": named.get(contact_id, contact_id)}
            for contact_id in touched
            for event in await self._parties.timeline(contact_id)
        ]
        # Nothing was sent, and so the record's timeline has nothing of it.
        events += [
            {
                "createdAt": entry["at"],
                "timestamp": entry["at"],
                "contact_id": str(entry["contactId"]),
                "name": named.get(str(entry["contactId"]), entry["contactId"]),
                "refusal": entry["message"],
            }
            for entry in self._feed.of_kind(ACTION_FAILED, EVENTS_SHOWN)
        ]
        events.sort(key=_moments, reverse=True)
        return events[:EVENTS_SHOWN]


def _moments(event: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Return when an event was, as it is shown, and when it was told of."""
    return datetime.fromisoformat(event["timestamp"]), datetime.fromisoformat(event["createdAt"])


def _names(contacts: Sequence[Contact]) -> dict[str, Contact]:
    """Return the contacts by the number of their phone."""
    return {contact.digits: contact for contact in contacts if contact.digits}


def _number(request: Request, name: str) -> int | None:
    given = request.query_params.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= LONGEST_NUMBER else None
