"""The fake smsmode: an ASGI app for its hosts, and the methods that seed it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from starlette.types import ASGIApp, Receive, Scope, Send

from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.outbound import Outbound
from fakes.kit.scheduler import Scheduler
from fakes.kit.service import Service
from fakes.smsmode import enrolment, missing
from fakes.smsmode.accounts import Channel, Credential, Organisation
from fakes.smsmode.codes import ChannelType, Flow, Role
from fakes.smsmode.party import Party
from fakes.smsmode.settings import Settings
from fakes.smsmode.state import State
from fakes.smsmode.table import TABLE

_DEFAULTS = Settings()
_OPT_OUT_HOST = b"no-sms.eu"
_OPT_OUT_PATH = "/no-sms"


class Smsmode:
    """One smsmode, with its network and the phones behind it.

    Args:
        scheduler: Its time.
        ids: Its ids and its chance.
        journal: Where it writes what happens.
        outbound: Its way to the apps' addresses.
        settings: How it answers what the documentation leaves open.
        skip: Moves its clock ahead; ``None`` when the clock is not its own.
    """

    def __init__(
        self,
        *,
        scheduler: Scheduler,
        ids: SeededIds,
        journal: Journal,
        outbound: Outbound,
        settings: Settings = _DEFAULTS,
        skip: Callable[[timedelta], None] | None = None,
    ) -> None:
        self.party = Party(
            scheduler=scheduler,
            ids=ids,
            journal=journal,
            outbound=outbound,
            settings=settings,
            skip=skip,
        )
        self.app: ASGIApp = _HostedPages(
            Service(
                self.party,
                TABLE,
                missing=missing.no_route,
                malformed=missing.malformed,
                oversized=missing.oversized,
            )
        )

    @property
    def state(self) -> State:
        """What it remembers."""
        return self.party.state

    @property
    def settings(self) -> Settings:
        """How it answers open questions at this moment."""
        return self.party.settings

    def add_organisation(
        self,
        name: str,
        *,
        balance: Decimal | None = None,
        parent_id: str | None = None,
        organisation_id: str | None = None,
    ) -> Organisation:
        """Return a new organisation; see ``enrolment.add_organisation``."""
        return enrolment.add_organisation(
            self.party,
            name,
            balance=balance,
            parent_id=parent_id,
            organisation_id=organisation_id,
        )

    def add_channel(
        self,
        organisation_id: str,
        name: str,
        flow: Flow,
        *,
        type_: ChannelType = ChannelType.SMS,
        default_from: str | None = None,
        from_fields: tuple[str, ...] = (),
        default_callback_status: str | None = None,
        default_callback_mo: str | None = None,
        channel_id: str | None = None,
    ) -> Channel:
        """Return a new channel; see ``enrolment.add_channel``.

        Raises:
            KeyError: There is no such organisation.
        """
        return enrolment.add_channel(
            self.party,
            organisation_id,
            name,
            flow,
            type_=type_,
            default_from=default_from,
            from_fields=from_fields,
            default_callback_status=default_callback_status,
            default_callback_mo=default_callback_mo,
            channel_id=channel_id,
        )

    def add_key(
        self,
        channel_id: str,
        name: str,
        *,
        roles: tuple[Role, ...] = (Role.USER,),
        value: str | None = None,
    ) -> Credential:
        """Return a new key; see ``enrolment.add_key``.

        Raises:
            KeyError: There is no such channel.
        """
        return enrolment.add_key(self.party, channel_id, name, roles=roles, value=value)


class _HostedPages:
    """Shows the opt-out pages at the root of their own host, as links in messages need it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (b"host", _OPT_OUT_HOST) in scope["headers"]:
            path = scope["path"]
            if not path.startswith(_OPT_OUT_PATH):
                scope = {**scope, "path": f"{_OPT_OUT_PATH}{path}"}
        await self._app(scope, receive, send)
