"""Whose data is whose: accounts, apps and people."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date, datetime

from fakes.hubspot.automation.records import Definition, Enrollment, Flow, Occurrence
from fakes.hubspot.automation.steps import Step
from fakes.hubspot.calls import MOST_KEPT, Made
from fakes.hubspot.cards.records import Card
from fakes.hubspot.crm.contact_lists import ContactList
from fakes.hubspot.crm.definitions import Group, Property
from fakes.hubspot.crm.hubspot_defined import GROUPS, PROPERTIES
from fakes.hubspot.crm.indexes import Indexes
from fakes.hubspot.crm.records import Contact
from fakes.hubspot.limits.records import Fault
from fakes.hubspot.oauth.records import AccessToken, Code, Install, Session
from fakes.hubspot.timeline.records import EventKey, Template, TimelineEvent
from fakes.hubspot.webhooks.records import Webhooks

FIRST_CENTRE = "na1"
"""The data centre whose screens have no mark in their host."""


@dataclass(slots=True, kw_only=True)
class App:
    """A public app, and what its developer has set up for it.

    Args:
        id: Its number.
        name: What the consent page shows.
        developer: Who publishes it.
        client_id: Its OAuth name.
        client_secret: Its OAuth password, which also signs HubSpot's calls to it.
        developer_key: The key of its developer's account (``?hapikey=``).
        redirect_urls: Where the consent page may send the browser.
        required_scopes: What every install must ask for.
        optional_scopes: What an install may ask for; others are refused.
        is_verified: Whether HubSpot has verified it.
        definitions: Its workflow actions.
        templates: Its timeline event templates.
        cards: Its legacy cards.
        fetch_urls: What its app cards may call.
        webhooks: What it is told of, and where.
    """

    id: int
    name: str
    developer: str
    client_id: str
    client_secret: str
    developer_key: str
    redirect_urls: tuple[str, ...]
    required_scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...]
    is_verified: bool
    definitions: dict[int, Definition] = field(default_factory=dict)
    templates: dict[int, Template] = field(default_factory=dict)
    cards: dict[int, Card] = field(default_factory=dict)
    fetch_urls: tuple[str, ...] = ()
    webhooks: Webhooks = field(default_factory=Webhooks)


@dataclass(slots=True, kw_only=True)
class User:
    """A person who signs in.

    Args:
        id: Their number.
        email: Their address, lower case.
        password: What they type.
        name: Their name.
        accounts: The accounts that they belong to, and whether they may install apps there.
    """

    id: int
    email: str
    password: str
    name: str
    accounts: dict[int, bool] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Portal:
    """One customer's account and all that is in it.

    Args:
        id: Its number (the hub id), below 2^31.
        name: What people call it.
        domain: Its web domain.
        locale: Its language: ``fr`` or ``en``.
        country: Where it is, as two letters.
        time_zone: Its time zone.
        utc_offset: Its offset as ``+01:00``.
        currency: Its currency.
        account_type: ``STANDARD``, ``DEVELOPER_TEST``, ``SANDBOX`` or ``APP_DEVELOPER``.
        data_centre: Where its data are kept: ``na1`` or ``eu1``.
        lacking_scopes: The scopes that its subscription does not have.
        created_at: When it was made.
        marketing_apps: The apps whose new contacts become marketing contacts.
    """

    id: int
    name: str
    domain: str
    locale: str
    country: str
    time_zone: str
    utc_offset: str
    currency: str
    account_type: str
    data_centre: str
    lacking_scopes: frozenset[str]
    created_at: datetime
    installs: dict[int, Install] = field(default_factory=dict)
    marketing_apps: set[int] = field(default_factory=set)
    contacts: dict[int, Contact] = field(default_factory=dict)
    contact_order: list[int] = field(default_factory=list)
    indexes: Indexes = field(default_factory=Indexes)
    unique_values: dict[str, dict[str, int]] = field(default_factory=lambda: {"email": {}})
    properties: dict[str, Property] = field(default_factory=lambda: dict(PROPERTIES))
    archived_properties: dict[str, Property] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=lambda: dict(GROUPS))
    lists: dict[int, ContactList] = field(default_factory=dict)
    list_watchers: dict[str, dict[int, ContactList]] = field(default_factory=dict)
    flows: dict[int, Flow] = field(default_factory=dict)
    watchers: dict[str, dict[int, Flow]] = field(default_factory=dict)
    enrollments: dict[int, Enrollment] = field(default_factory=dict)
    executions: dict[str, tuple[Enrollment, Step]] = field(default_factory=dict)
    tests: dict[str, Step] = field(default_factory=dict)
    occurrences: dict[int, dict[str, dict[str, Occurrence]]] = field(default_factory=dict)
    events: dict[EventKey, TimelineEvent] = field(default_factory=dict)
    events_of: dict[int, dict[EventKey, TimelineEvent]] = field(default_factory=dict)
    visitors: dict[str, int] = field(default_factory=dict)

    def emptied(self) -> "Portal":
        """Return the same account as it was new, without what has gathered in it since."""
        own = (one.name for one in fields(self) if one.default_factory is MISSING)
        return Portal(**{name: getattr(self, name) for name in own})

    @property
    def ui_domain(self) -> str:
        """The host of the account's screens, which follows its data centre.

        Source: HubSpot developer docs, Account information (docs).
        """
        centre = "" if self.data_centre == FIRST_CENTRE else f"-{self.data_centre}"
        return f"app{centre}.hubspot.com"


@dataclass(slots=True)
class State:
    """All that one HubSpot knows, apart from its settings and its ways out."""

    apps: dict[int, App] = field(default_factory=dict)
    clients: dict[str, App] = field(default_factory=dict)
    portals: dict[int, Portal] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    refresh_tokens: dict[str, Install] = field(default_factory=dict)
    access_tokens: dict[str, AccessToken] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    recent_calls: dict[str, deque[datetime]] = field(default_factory=dict)
    daily_calls: dict[int, tuple[date, int]] = field(default_factory=dict)
    fetches: Counter[int] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    calls: deque[Made] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))

    def emptied(self) -> "State":
        """Return who is who, and nothing of what has passed.

        Apps stay as their developers set them up, and the people and the accounts, which are
        empty; so do the tokens that never end. Installs, and all that accounts hold, are gone.
        """
        apps = {
            number: replace(app, webhooks=replace(app.webhooks, queues={}))
            for number, app in self.apps.items()
        }
        return State(
            apps=apps,
            clients={app.client_id: app for app in apps.values()},
            portals={number: portal.emptied() for number, portal in self.portals.items()},
            users=self.users,
            access_tokens={
                value: token
                for value, token in self.access_tokens.items()
                if token.expires_at is None
            },
        )

    def developer_of(self, key: str) -> Iterable[App]:
        """Return the apps whose developer holds ``key``."""
        return (app for app in self.apps.values() if app.developer_key == key)
