"""A contact as filters see it: now, or just before something happened to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from fakes.hubspot.automation.records import Occurrence
from fakes.hubspot.automation.timepoints import zone_named
from fakes.hubspot.crm import membership
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import Portal


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A contact of an account at one moment.

    Args:
        now: The moment.
        portal: The account.
        contact: The contact.
        values: The properties that were otherwise then.
        lists: The lists, by number, of which its membership was otherwise then.
        unseen: What had not happened yet.
    """

    now: datetime
    portal: Portal
    contact: Contact
    values: Mapping[str, str | None] = field(default_factory=dict)
    lists: Mapping[int, bool] = field(default_factory=dict)
    unseen: Occurrence | None = None

    @property
    def zone(self) -> tzinfo:
        """The account's time zone."""
        return zone_named(self.portal.time_zone, UTC)

    def value(self, name: str) -> str | None:
        """Return what a property holds, or ``None``."""
        return self.values[name] if name in self.values else self.contact.values.get(name)

    def versions(self, name: str) -> Iterable[str]:
        """Return every value that a property has had."""
        kept = [version.value for version in self.contact.versions(name)]
        return kept[:-1] if name in self.values else kept

    def changed_at(self, name: str) -> datetime | None:
        """Return when a property last changed, or ``None``."""
        kept = list(self.contact.versions(name))
        return kept[-1].at if kept else None

    def is_member(self, list_id: str) -> bool:
        """Return whether the contact is in a list."""
        number = number_of(list_id) or 0
        if number in self.lists:
            return self.lists[number]
        return membership.is_member(self.portal, number, self.contact.id)

    def events(self, topic: str) -> Iterator["SeenEvent"]:
        """Return what has happened to the contact, of one kind."""
        kept = self.portal.occurrences.get(self.contact.id, {}).get(topic, {})
        return (
            SeenEvent(occurrence, self) for occurrence in kept.values() if occurrence != self.unseen
        )


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """Something that happened, as filters see it.

    Args:
        occurrence: What happened.
        contact: To whom.
    """

    occurrence: Occurrence
    contact: Seen

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.contact.now

    @property
    def zone(self) -> tzinfo:
        """The account's time zone."""
        return self.contact.zone

    def value(self, name: str) -> str | None:
        """Return what the event holds under a name, or ``None``."""
        return self.occurrence.properties.get(name) or None

    def versions(self, name: str) -> Iterable[str]:
        """Return the one value that the event holds under a name, if any."""
        held = self.value(name)
        return () if held is None else (held,)

    def changed_at(self, name: str) -> datetime | None:  # noqa: ARG002 - an event does not change
        """Return when the event happened."""
        return self.occurrence.at


def seen(hub: Hub, portal: Portal, contact: Contact) -> Seen:
    """Return a contact as it is now."""
    return Seen(now=hub.now(), portal=portal, contact=contact)
