"""What the services of one core share: its clients, its queue, its stores, and each other."""

from dataclasses import dataclass

import httpx

from core.clients.hubspot import HubSpot
from core.clients.smsmode import Smsmode
from core.clients.vendor import Vendor
from core.metrics import Metrics
from core.ports import Clock, IdSource, Pause
from core.queue.connector import StorageConnector
from core.queue.dispatch import ProcrastinateQueue
from core.queue.postgres import PostgresConnector
from core.queue.sqlite import SqliteConnector
from core.services.checking import Checking
from core.services.contacts import Contacts
from core.services.desk import Desk
from core.services.dispatching import Dispatch
from core.services.following import Following
from core.services.lifecycle import Lifecycle
from core.services.opting_out import OptingOut
from core.services.provisioning import Provisioning
from core.services.replying import Replying
from core.services.reporting import Reporting
from core.services.watching import Watch
from core.settings import Edition, Settings
from core.stores.database import SqliteDatabase
from core.stores.installs import Installs
from core.stores.postgres import PostgresDatabase
from core.stores.vault import Vault
from core.wire.hubspot_paths import DATED, LEGACY, Paths

Storage = SqliteDatabase | PostgresDatabase
"""The databases that a core may have."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all services stand on, and those that several others need."""

    settings: Settings
    clock: Clock
    ids: IdSource
    database: Storage
    installs: Installs
    queue: ProcrastinateQueue
    hubspot: HubSpot
    smsmode: Smsmode
    paths: Paths
    desk: Desk
    dispatch: Dispatch
    watch: Watch
    opting_out: OptingOut
    following: Following
    contacts: Contacts
    checking: Checking
    reporting: Reporting
    replying: Replying
    provisioning: Provisioning
    lifecycle: Lifecycle
    metrics: Metrics


def lay_ground(
    settings: Settings,
    clock: Clock,
    ids: IdSource,
    http: httpx.AsyncClient,
    database: Storage,
    pause: Pause | None,
) -> Ground:
    """Return what the services of one core stand on; the arguments are those of ``build``.

    Raises:
        VaultError: The vault's keys are not Fernet keys.
    """
    paths = paths_of(settings)
    installs = Installs(Vault(settings.vault_keys))
    queue = ProcrastinateQueue(_connector(database, clock), clock)
    desk = Desk(queue, clock, settings.batch_wait)
    metrics = Metrics(clock)
    vendor = Vendor("HubSpot", settings.hubspot_api, http, metrics)
    hubspot = HubSpot(vendor, settings, paths, database, installs, clock)
    smsmode = Smsmode(Vendor("smsmode", settings.smsmode_api, http, metrics))
    contacts = Contacts(database, installs, hubspot, paths, pause)
    watch = Watch(queue, clock, settings.reconcile_after, settings.reconcile_reported_after)
    opting_out = OptingOut(desk)
    following = Following(desk, opting_out, clock, watch, metrics)
    return Ground(
        metrics=metrics,
        settings=settings,
        clock=clock,
        ids=ids,
        database=database,
        installs=installs,
        queue=queue,
        hubspot=hubspot,
        smsmode=smsmode,
        paths=paths,
        desk=desk,
        dispatch=Dispatch(queue, clock, settings.campaign_wait),
        watch=watch,
        opting_out=opting_out,
        following=following,
        contacts=contacts,
        lifecycle=Lifecycle(database, installs, hubspot, paths),
        checking=Checking(database, contacts, smsmode, settings.consent),
        reporting=Reporting(database, clock, following),
        replying=Replying(database, clock, queue, desk, opting_out, hubspot, paths),
        provisioning=Provisioning(database, hubspot, paths, settings.app_id, settings.public_url),
    )


def paths_of(settings: Settings) -> Paths:
    """Return where things are on HubSpot, in the edition that the settings name."""
    return DATED if settings.edition is Edition.DATED else LEGACY


def _connector(database: Storage, clock: Clock) -> StorageConnector:
    if isinstance(database, PostgresDatabase):
        return PostgresConnector(database, clock)
    return SqliteConnector(database, clock)
