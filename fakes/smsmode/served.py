"""Serving one smsmode by itself: an account, three keys, live time, until a signal."""

import socket
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import httpx
import orjson

from fakes.kit.ids import SeededIds
from fakes.kit.journal import Journal
from fakes.kit.live import LiveClock
from fakes.kit.outbound import Outbound, loopback_only
from fakes.kit.recorder import Recorder
from fakes.kit.serving import new_runner, serve
from fakes.kit.sockets import address_of
from fakes.kit.witness import witness
from fakes.smsmode.app import Smsmode
from fakes.smsmode.cli import Options
from fakes.smsmode.codes import Flow, Role
from fakes.smsmode.settings import Settings

_BALANCE = Decimal("100.00")


def run(options: Options, settings: Settings, bound: socket.socket) -> None:
    """Serve a smsmode on a bound socket until SIGINT or SIGTERM."""
    with new_runner() as runner:
        runner.run(_serve(options, settings, bound))


async def _serve(options: Options, settings: Settings, bound: socket.socket) -> None:
    address = address_of(bound)
    clock = LiveClock()
    journal = Journal(clock.now)
    heard = witness(journal, "smsmode", [address])
    async with httpx.AsyncClient() as http:
        smsmode = Smsmode(
            scheduler=clock,
            ids=SeededIds(options.seed, "smsmode"),
            journal=journal,
            outbound=Outbound(http, loopback_only, heard),
            settings=replace(settings, base_url=address),
            skip=clock.skip,
        )
        keys = _settle(smsmode)
        app = Recorder(smsmode.app, journal, "smsmode")
        await serve(app, clock, bound, greet=lambda: _greeting(options, address, keys))


def _settle(smsmode: Smsmode) -> Mapping[str, str]:
    organisation = smsmode.add_organisation("Salon Démo", balance=_BALANCE).organisation_id
    marketing = smsmode.add_channel(organisation, "Marketing", Flow.MARKETING).channel_id
    notification = smsmode.add_channel(organisation, "Notification", Flow.TRANSACTIONAL).channel_id
    return {
        "marketing": smsmode.add_key(marketing, "Marketing").value,
        "notification": smsmode.add_key(notification, "Notification").value,
        "admin": smsmode.add_key(marketing, "Admin", roles=(Role.ADMIN,)).value,
    }


def _greeting(options: Options, address: str, keys: Mapping[str, str]) -> str:
    if options.as_json:
        line = {"api": address, "ui": address, "api_keys": keys, "seed": options.seed}
        return orjson.dumps(line).decode() + "\n"
    shown = "\n".join(f"  {name:13} {value}" for name, value in keys.items())
    return (
        f"smsmode answers at {address} (Ctrl-C stops it).\n\n"
        f"X-Api-Key:\n{shown}\n\n"
        f"Sign up:        {address}/register\n"
        f"Phones:         {address}/_control/smsmode/phones\n"
        f"Fidelity:       {address}/_control/smsmode/fidelity/page\n"
        f"Magic numbers:  {address}/_control/smsmode/magic-numbers\n"
    )
