"""HubSpot itself: the routes as one table, and the methods that put things there."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from fakes.hubspot import account, home, not_built, seeding
from fakes.hubspot.answering import malformed
from fakes.hubspot.automation import (
    active_lists,
    by_hand,
    callbacks,
    definitions,
    enrolment,
    flows,
    functions,
    gestures,
)
from fakes.hubspot.cards import definitions as cards
from fakes.hubspot.cards import leaving
from fakes.hubspot.control import table as control
from fakes.hubspot.crm import (
    batches,
    contacts,
    finals,
    groups,
    list_members,
    lists,
    owners,
    properties,
    property_batches,
    screens,
    search,
)
from fakes.hubspot.errors import RefusedError
from fakes.hubspot.hub import Hub
from fakes.hubspot.missing import answer_missing
from fakes.hubspot.oauth import authorize, connected, introspection, signin, token
from fakes.hubspot.oauth.grants import issue_private_token
from fakes.hubspot.settings import Settings
from fakes.hubspot.state import App, Portal, User
from fakes.hubspot.timeline import app_events, events, templates
from fakes.hubspot.webhooks import delivery, subscriptions
from fakes.kit.call import Call
from fakes.kit.errors import BodyTooLargeError, MalformedBodyError, ServiceError
from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound
from fakes.kit.routing import RouteTable
from fakes.kit.scheduler import Scheduler
from fakes.kit.service import Service

TABLE: RouteTable[Hub] = RouteTable(
    (
        *home.ROUTES,
        *signin.ROUTES,
        *authorize.ROUTES,
        *token.ROUTES,
        *introspection.ROUTES,
        *connected.ROUTES,
        *account.ROUTES,
        *contacts.ROUTES,
        *batches.ROUTES,
        *finals.ROUTES,
        *search.ROUTES,
        *properties.ROUTES,
        *property_batches.ROUTES,
        *groups.ROUTES,
        *lists.ROUTES,
        *list_members.ROUTES,
        *owners.ROUTES,
        *screens.ROUTES,
        *definitions.ROUTES,
        *functions.ROUTES,
        *callbacks.ROUTES,
        *flows.ROUTES,
        *by_hand.ROUTES,
        *gestures.ROUTES,
        *subscriptions.ROUTES,
        *templates.ROUTES,
        *events.ROUTES,
        *app_events.ROUTES,
        *cards.ROUTES,
        *leaving.ROUTES,
        *not_built.ROUTES,
        *control.ROUTES,
    )
)
"""Every route, of api.hubapi.com and app.hubspot.com alike: the host does not count."""

_MISSING = partial(answer_missing, TABLE)


class HubSpot:
    """A HubSpot that runs here.

    Args:
        scheduler: Its clock and what it does later.
        ids: Where its numbers and tokens come from.
        journal: Where it writes what happened.
        outbound: How it calls apps.
        settings: Its choices.
        skip: Moves its clock ahead; ``None`` when the clock is not its own.
    """

    def __init__(
        self,
        *,
        scheduler: Scheduler,
        ids: SeededIds,
        journal: Journal,
        outbound: Outbound,
        settings: Settings = Settings(),  # noqa: B008 - a frozen value
        skip: Callable[[timedelta], None] | None = None,
    ) -> None:
        self.hub = Hub(
            scheduler=scheduler,
            ids=ids,
            journal=journal,
            outbound=outbound,
            settings=settings,
            observers=(active_lists.notice, enrolment.notice, delivery.notice),
            witnesses=(enrolment.witness, active_lists.witness),
            skip=skip,
        )
        self.app = Service(
            self.hub, TABLE, missing=_MISSING, malformed=_malformed, oversized=_oversized
        )

    def add_app(
        self,
        *,
        name: str,
        redirect_urls: Iterable[str],
        scopes: Iterable[str] = (),
        **details: Any,
    ) -> App:
        """Return a new public app; ``details`` are those of ``seeding.add_app``."""
        return seeding.add_app(
            self.hub, name=name, redirect_urls=redirect_urls, scopes=scopes, **details
        )

    def add_portal(self, **details: Any) -> Portal:
        """Return a new, empty account; ``details`` are those of ``seeding.add_portal``."""
        return seeding.add_portal(self.hub, **details)

    def add_user(
        self, *, email: str, password: str, portals: Iterable[int], **details: Any
    ) -> User:
        """Return someone who belongs to ``portals``; ``details`` as ``seeding.add_user``'s."""
        return seeding.add_user(
            self.hub, email=email, password=password, portals=portals, **details
        )

    def add_contact(self, portal: int, properties: Mapping[str, Any]) -> str:
        """Return the id of a new contact, made as on the screen.

        Raises:
            RefusedError: HubSpot would refuse it.
        """
        made = seeding.add_contact(self.hub, self.hub.portal(portal), properties)
        return str(made.id)

    def add_private_token(self, portal: int) -> str:
        """Return the token of a new private app: the whole CRM, for ever.

        Raises:
            RefusedError: There is no such account.
        """
        return issue_private_token(self.hub, self.hub.portal(portal)).value

    def reset(self) -> None:
        """Forget what has passed, not who is who, and return to the settings it began with."""
        self.hub.reset()


def _malformed(call: Call[Hub], exc: MalformedBodyError) -> ServiceError:
    return _as_service_error(call, malformed(exc))


def _oversized(call: Call[Hub], exc: BodyTooLargeError) -> ServiceError:
    return _as_service_error(call, RefusedError(413, f"The body exceeds {exc.limit} bytes."))


def _as_service_error(call: Call[Hub], refusal: RefusedError) -> ServiceError:
    hub = call.party
    return ServiceError(refusal.status, refusal.envelope(hub.ids.uuid7(hub.now())))
