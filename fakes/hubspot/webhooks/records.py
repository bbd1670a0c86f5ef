"""What an app has set up for its webhooks, and what waits to be sent."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fakes.hubspot.times import iso


@dataclass(slots=True, kw_only=True)
class Target:
    """Where an app wants to be told.

    Args:
        url: The address.
        concurrent: How many requests may be under way for one account.
        created_at: When it was first set.
        updated_at: When it was last set.
        former: The address before that; it is used until the cache forgets it.
    """

    url: str
    concurrent: int
    created_at: datetime
    updated_at: datetime
    former: str | None = None

    def url_at(self, moment: datetime, cache: timedelta) -> str:
        """Return the address that HubSpot calls at ``moment``."""
        is_cached = self.former is not None and moment < self.updated_at + cache
        return self.former if is_cached and self.former is not None else self.url

    def as_json(self) -> dict[str, Any]:
        """Return the settings as the API shows them."""
        return {
            "targetUrl": self.url,
            "throttling": {"maxConcurrentRequests": self.concurrent},
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
        }


@dataclass(slots=True, kw_only=True)
class Subscription:
    """One kind of event that an app is told of, in every account that installed it.

    Args:
        id: Its number.
        event_type: As ``contact.propertyChange``.
        property_name: Of which property, for a change of property.
        object_type: Of which type of object, for ``object.*``.
        event_name: Of which event, for ``event.completed``.
        active: Whether it is told.
        created_at: When it was made.
        updated_at: When it was last changed.
    """

    id: int
    event_type: str
    property_name: str | None
    object_type: str | None
    event_name: str | None
    active: bool
    created_at: datetime
    updated_at: datetime

    def as_json(self) -> dict[str, Any]:
        """Return the subscription as the API shows it."""
        optional = {
            "propertyName": self.property_name,
            "objectTypeId": self.object_type,
            "eventTypeName": self.event_name,
        }
        return {
            "id": str(self.id),
            "eventType": self.event_type,
            **{name: value for name, value in optional.items() if value is not None},
            "active": self.active,
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
        }


@dataclass(slots=True, kw_only=True)
class Notice:
    """One event that an app is to be told of.

    Args:
        event: What it is told, but for the number of the attempt.
        attempt: How many times it was tried before.
        retries: When it may be tried again, drawn at its first failure, soonest first.
    """

    event: dict[str, Any]
    attempt: int = 0
    retries: list[datetime] | None = None


@dataclass(slots=True)
class Queue:
    """What waits for one account, and how many requests are under way."""

    waiting: list[Notice] = field(default_factory=list)
    in_flight: int = 0


@dataclass(slots=True)
class Webhooks:
    """All of one app's webhooks.

    Args:
        target: Where it is told; ``None`` until it says so.
        subscriptions: What it is told of, by number.
        queues: What waits, by account.
    """

    target: Target | None = None
    subscriptions: dict[int, Subscription] = field(default_factory=dict)
    queues: dict[int, Queue] = field(default_factory=dict)
