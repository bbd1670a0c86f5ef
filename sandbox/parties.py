"""The three parties of a world, ready to meet: who exists, with which keys, on which clock."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
from starlette.types import ASGIApp

from core.bootstrap import IN_MEMORY, Core, build, open_database
from core.ports import Pause
from core.settings import Edition, Settings
from core.variables import Secret
from core.wire.hubspot_oauth import SCOPES
from fakes.hubspot.app import HubSpot
from fakes.hubspot.settings import Settings as HubSpotSettings
from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound, Witness
from fakes.kit.recorder import Recorder
from fakes.kit.scheduler import Scheduler
from fakes.smsmode.app import Smsmode
from fakes.smsmode.codes import Flow, Role
from fakes.smsmode.settings import Settings as SmsmodeSettings
from sandbox.addresses import Addresses
from sandbox.identities import Identities

APP_NAME = "smsmodeEnvoisMS"
"""The app's name on HubSpot's consent page."""
ACCOUNT = "Salon Démo"
"""The smsmode account and the HubSpot account of the demonstration."""
EMAIL, PASSWORD = "camille@salon-demo.example", "Sandbox-2026-Salon"
"""A HubSpot user who may install apps."""
INTERN_EMAIL = "stagiaire@salon-demo.example"
"""A HubSpot user of the same account who may not; the password is the same."""
STARTING_BALANCE = Decimal("100.00")
"""What the smsmode account holds at first, in euros."""


@dataclass(frozen=True, slots=True)
class Parties:
    """HubSpot, smsmode and the integration, wired to one clock, one journal and one network.

    Args:
        identities: Who may do what.
        journal: What happened.
        hubspot: The fake HubSpot.
        smsmode: The fake smsmode.
        core: The integration.
        http: The way out that they share; close it at the end.
    """

    identities: Identities
    journal: Journal
    hubspot: HubSpot
    smsmode: Smsmode
    core: Core
    http: httpx.AsyncClient

    @property
    def hubspot_app(self) -> ASGIApp:
        """HubSpot's app, its exchanges written down."""
        return Recorder(self.hubspot.app, self.journal, "hubspot")

    @property
    def smsmode_app(self) -> ASGIApp:
        """Smsmode's app, its exchanges written down."""
        return Recorder(self.smsmode.app, self.journal, "smsmode")

    @property
    def integration_app(self) -> ASGIApp:
        """The integration's app, its exchanges written down."""
        return Recorder(self.core.app, self.journal, "integration")

    async def close(self) -> None:
        """Free the connections and the database."""
        await self.http.aclose()
        self.core.database.close()


def assemble(
    *,
    seed: int,
    scheduler: Scheduler,
    journal: Journal,
    addresses: Addresses,
    http: httpx.AsyncClient,
    allows: Callable[[str], bool],
    hubspot_settings: HubSpotSettings | None = None,
    smsmode_settings: SmsmodeSettings | None = None,
    edition: Edition = Edition.LEGACY,
    database: str = IN_MEMORY,
    changes: Mapping[str, Any] | None = None,
    pause: Pause | None = None,
    skip: Callable[[timedelta], None] | None = None,
    witness: Callable[[str], Witness] | None = None,
) -> Parties:
    """Return the parties of a world; nothing is installed yet.

    Args:
        seed: Decides every id, name and chance.
        scheduler: The clock that all share.
        journal: Where they write.
        addresses: Where they live.
        http: The network.
        allows: Which addresses the fakes may call.
        hubspot_settings: How HubSpot answers what is not documented; the defaults when ``None``.
        smsmode_settings: The same of smsmode.
        edition: Which of HubSpot's editions the integration speaks.
        database: Where the integration keeps its memory.
        changes: Other settings of the integration's that differ, by their names.
        pause: How people wait for its turn at HubSpot, where time passes by itself.
        skip: Moves the clock ahead for all, where either fake may be asked to.
        witness: Gives who is told of the calls that a party makes, by the party's name; nobody is
            when ``None``.
    """
    hubspot = HubSpot(
        scheduler=scheduler,
        ids=SeededIds(seed, "hubspot"),
        journal=journal,
        outbound=Outbound(http, allows, witness and witness("hubspot")),
        settings=hubspot_settings or HubSpotSettings(),
        skip=skip,
    )
    smsmode = Smsmode(
        scheduler=scheduler,
        ids=SeededIds(seed, "smsmode"),
        journal=journal,
        outbound=Outbound(http, allows, witness and witness("smsmode")),
        settings=smsmode_settings or SmsmodeSettings(base_url=addresses.smsmode_api),
        skip=skip,
    )
    identities = _settle_people(seed, hubspot, smsmode, addresses)
    usual = integration_settings(identities, addresses, database=database)
    settings = replace(usual, edition=edition, **(changes or {}))
    core = build(
        settings,
        clock=scheduler,
        ids=SeededIds(seed, "integration"),
        http=http,
        database=open_database(settings, inline=True),
        pause=pause,
    )
    return Parties(identities, journal, hubspot, smsmode, core, http)


def integration_settings(
    identities: Identities, addresses: Addresses, *, database: str = IN_MEMORY
) -> Settings:
    """Return the settings of an integration that lives in this world."""
    return Settings(
        public_url=addresses.integration,
        app_id=identities.app_id,
        client_id=identities.client_id,
        client_secrets=(Secret(identities.client_secret),),
        developer_key=Secret(identities.developer_key),
        operator_token=Secret(identities.operator_token),
        vault_keys=(Secret(identities.vault_key),),
        database=database,
        hubspot_api=addresses.hubspot_api,
        hubspot_app=addresses.hubspot_app,
        smsmode_api=addresses.smsmode_api,
        # The world's smsmode lists what it accepts at once, unless told to lag.
        reporting_lag=timedelta(seconds=30),
    )


def _settle_people(
    seed: int, hubspot: HubSpot, smsmode: Smsmode, addresses: Addresses
) -> Identities:
    ids = SeededIds(seed, "identities")
    app = hubspot.add_app(
        name=APP_NAME,
        developer="smsmode",
        redirect_urls=(f"{addresses.integration}/oauth/callback",),
        fetch_urls=(addresses.integration,),
        scopes=SCOPES,
    )
    portal = hubspot.add_portal(name=ACCOUNT, domain="salon-demo.example")
    hubspot.add_user(email=EMAIL, password=PASSWORD, name="Camille", portals=[portal.id])
    hubspot.add_user(
        email=INTERN_EMAIL,
        password=PASSWORD,
        name="Stagiaire",
        portals=[portal.id],
        can_install=False,
    )
    keys = _settle_customer(smsmode)
    return Identities(
        portal_id=portal.id,
        app_id=app.id,
        client_id=app.client_id,
        client_secret=app.client_secret,
        developer_key=app.developer_key,
        access_token=hubspot.add_private_token(portal.id),
        email=EMAIL,
        password=PASSWORD,
        smsmode_account=ACCOUNT,
        api_keys=keys,
        operator_token=ids.token(),
        vault_key=base64.urlsafe_b64encode(ids.random.randbytes(32)).decode(),
    )


def _settle_customer(smsmode: Smsmode) -> dict[str, str]:
    """Open the account's organisation with its channels, and return its API keys by their use."""
    organisation = smsmode.add_organisation(ACCOUNT, balance=STARTING_BALANCE)
    marketing = smsmode.add_channel(organisation.organisation_id, "Marketing", Flow.MARKETING)
    notification = smsmode.add_channel(
        organisation.organisation_id, "Notification", Flow.TRANSACTIONAL
    )
    return {
        "marketing": smsmode.add_key(marketing.channel_id, "Hubspot Mkt").value,
        "notification": smsmode.add_key(notification.channel_id, "Hubspot Not").value,
        "admin": smsmode.add_key(marketing.channel_id, "Admin", roles=(Role.ADMIN,)).value,
    }
