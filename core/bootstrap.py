"""The only wiring of the core: settings and the outside go in, a core that runs comes out."""

from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from core.ground import Ground, Storage, lay_ground
from core.hand import lend_hand
from core.http.app import VendorRoutes, create_app, serve_routes
from core.http.card import CardRoutes
from core.http.card_fetch import CardFetchRoutes
from core.http.card_pages import CardPages
from core.http.card_table import card_routes
from core.http.card_templates_page import TemplateRoutes
from core.http.checks import CheckRoutes
from core.http.failures import FailureRoutes
from core.http.guards import Guards
from core.http.lifecycle import LifecycleRoutes
from core.http.operating import OperatingRoutes
from core.http.operator import OperatorRoutes
from core.migrations import running
from core.ports import Clock, Handle, IdSource, Pause
from core.queue.dispatch import ProcrastinateQueue
from core.services.accepting import Accepting
from core.services.card import Card
from core.services.card_sending import CardSending
from core.services.checking import Checking
from core.services.composing import Composing
from core.services.heeding import Heeding
from core.services.installing import Installing
from core.services.lifecycle import Lifecycle
from core.services.linking import Linking
from core.services.opting_in import OptingIn
from core.services.replaying import Replaying
from core.services.templates import Templates
from core.settings import Settings
from core.stores.database import SqliteDatabase
from core.stores.postgres import PostgresDatabase
from core.stores.vault import mark_of

IN_MEMORY = ":memory:"
"""The database that is gone with its process."""


@dataclass(frozen=True, slots=True)
class Core:
    """A core that is ready to run.

    Args:
        app: Its HTTP face.
        worker_app: What a process tells of itself that only works: health, readiness, metrics.
        database: Its memory; close it at the end.
        queue: Its later work.
        handle: Does one task of that work.
        checking: Finds out why a contact got no SMS.
        lifecycle: Ends what is to end.
    """

    app: Starlette
    worker_app: Starlette
    database: Storage
    queue: ProcrastinateQueue
    handle: Handle
    checking: Checking
    lifecycle: Lifecycle


def connect(settings: Settings, *, inline: bool = False) -> Storage:
    """Open the database that the settings name, whatever tables it has.

    Args:
        settings: Where it is.
        inline: Whether its work is done in the caller's thread.

    Raises:
        DatabaseInUseError: Another process uses the file.
    """
    if "://" in settings.database:
        url, connections = settings.database, settings.connections
        return PostgresDatabase(url, connections=connections, inline=inline)
    path = None if settings.database == IN_MEMORY else Path(settings.database)
    return SqliteDatabase(path, inline=inline)


def open_database(settings: Settings, *, inline: bool = False) -> Storage:
    """Open the database that the settings name, with the tables of this release in place.

    SQLite is brought up on the way; PostgreSQL, which others may be using, on command only.

    Raises:
        DatabaseInUseError: Another process uses the file.
        DatabaseDownError: PostgreSQL cannot be reached.
        StaleSchemaError: PostgreSQL's tables are of another release.
    """
    database = connect(settings, inline=inline)
    try:
        if isinstance(database, PostgresDatabase):
            database.run_now(running.check)
        else:
            database.run_now(running.create if _is_new(settings) else running.bring_up)
    except BaseException:
        database.close()
        raise
    return database


def _is_new(settings: Settings) -> bool:
    return settings.database == IN_MEMORY


def build(
    settings: Settings,
    *,
    clock: Clock,
    ids: IdSource,
    http: httpx.AsyncClient,
    database: Storage,
    pause: Pause | None = None,
) -> Core:
    """Return a core.

    Args:
        settings: Who it is and whom it speaks to.
        clock: What o'clock it is.
        ids: Where names and unguessable words come from.
        http: The way out, shared by all calls.
        database: Its memory; see ``open_database``.
        pause: How somebody who looks at a record waits a moment for HubSpot; without it they are
            told to try again.

    Raises:
        VaultError: The vault's keys are not Fernet keys.
    """
    ground = lay_ground(settings, clock, ids, http, database, pause)
    guards = Guards(ground.settings, ground.clock, ground.database, ground.installs)
    return Core(
        app=_face(ground, guards),
        worker_app=serve_routes(_operating(ground, guards), ground.metrics),
        database=database,
        queue=ground.queue,
        handle=lend_hand(ground),
        checking=ground.checking,
        lifecycle=ground.lifecycle,
    )


def _face(ground: Ground, guards: Guards) -> Starlette:
    installing = Installing(
        ground.database,
        ground.clock,
        ground.ids,
        ground.settings,
        ground.installs,
        ground.hubspot,
        ground.provisioning,
        ground.desk,
        ground.replying,
    )
    composing = Composing(
        ground.clock, ground.ids, ground.dispatch, ground.following, ground.settings
    )
    accepting = Accepting(
        ground.database, ground.clock, ground.installs, composing, ground.settings, ground.metrics
    )
    linking = Linking(ground.database, ground.installs, ground.smsmode)
    vendors = VendorRoutes(guards, accepting, ground.reporting, ground.replying, installing)
    operator = OperatorRoutes(guards, installing, linking, ground.database, ground.installs)
    opting_in = OptingIn(ground.database, ground.ids, ground.contacts, ground.opting_out)
    checks = CheckRoutes(guards, ground.checking, opting_in)
    consent = ground.settings.consent
    heeding = Heeding(ground.database, ground.clock, ground.following, consent)
    mark = mark_of(ground.settings.vault_keys[0])
    others = [
        *_operating(ground, guards),
        *FailureRoutes(guards, Replaying(ground.database, ground.queue, ground.desk)).table(),
        *LifecycleRoutes(guards, ground.lifecycle, heeding, mark).table(),
        *_card(ground, guards, composing),
    ]
    return create_app(vendors, operator, checks, others, ground.settings.public_url, ground.metrics)


def _operating(ground: Ground, guards: Guards) -> list[Route]:
    return OperatingRoutes(guards, ground.database, ground.queue, ground.metrics).table()


def _card(ground: Ground, guards: Guards, composing: Composing) -> list[Route]:
    settings, database, clock = ground.settings, ground.database, ground.clock
    card = Card(database, clock, ground.ids, ground.installs, settings)
    sending = CardSending(database, clock, ground.contacts, composing)
    templates = Templates(database, clock, ground.installs)
    pages = CardPages(settings.hubspot_app, settings.card_language)
    return card_routes(
        CardFetchRoutes(guards, card, sending, templates, ground.checking, settings.card_language),
        CardRoutes(guards, card, sending, templates, ground.checking, pages),
        TemplateRoutes(guards, card, templates, pages, settings.missing_names),
        pages,
    )
