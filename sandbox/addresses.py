"""Where each party lives: the vendors' real hosts in process, loopback ports when served."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses of one world, without trailing slashes.

    Args:
        console: The sandbox's own pages.
        hubspot_api: HubSpot's API.
        hubspot_app: HubSpot's screens.
        smsmode_api: smsmode's API.
        smsmode_ui: smsmode's screens.
        integration: The core, or whoever stands in its place.
    """

    console: str
    hubspot_api: str
    hubspot_app: str
    smsmode_api: str
    smsmode_ui: str
    integration: str


IN_PROCESS = Addresses(
    console="http://console.sandbox.example",
    hubspot_api="https://api.hubapi.com",
    hubspot_app="https://app.hubspot.com",
    smsmode_api="https://rest.smsmode.com",
    smsmode_ui="https://ui.smsmode.com",
    integration="https://integration.sandbox.example",
)
"""The vendors' own hosts: code under test is configured as in production."""

OPT_OUT_HOST = "no-sms.eu"
"""Where the opt-out link of a message abroad leads."""


def on_ports(console: int, hubspot: int, smsmode: int, integration: int) -> Addresses:
    """Return the addresses of a served world: each party on a loopback port of its own."""
    loopback = "http://127.0.0.1:{}".format
    return Addresses(
        console=loopback(console),
        hubspot_api=loopback(hubspot),
        hubspot_app=loopback(hubspot),
        smsmode_api=loopback(smsmode),
        smsmode_ui=loopback(smsmode),
        integration=loopback(integration),
    )


def host_of(address: str) -> str:
    """Return the host of an address, without its port."""
    return urlsplit(address).hostname or ""
