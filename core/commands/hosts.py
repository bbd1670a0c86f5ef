"""Where a set-up points: at the vendors, at a sandbox on this machine, or by mistake at both."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from core.commands.findings import Finding, trouble, warning
from core.environment import VARIABLES
from core.settings import Settings

_POINTING = ("public_url", "hubspot_api", "hubspot_app", "smsmode_api")


def look_at_hosts(settings: Settings) -> Iterator[Finding]:
    """Yield what is found of the addresses: whose they are, and whether they go together."""
    urls = {VARIABLES[name].name: str(getattr(settings, name)) for name in _POINTING}
    near = [name for name, url in urls.items() if is_loopback(url)]
    said = ", ".join(f"{name} {url}" for name, url in urls.items())
    if near and len(near) < len(urls):
        yield warning(
            "hosts",
            f"{said}: some are on this machine, and others are not",
            f"Set {', '.join(near)} to what the others can reach, or the others to this machine.",
        )
    else:
        yield Finding("hosts", said)
    yield _public(settings)


def is_loopback(url: str) -> bool:
    """Return whether an address leads to this very machine, and no further."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _public(settings: Settings) -> Finding:
    what, url = "public address", settings.public_url
    if urlsplit(url).scheme == "https" or is_loopback(url):
        return Finding(what, url)
    todo = "Set CORE_PUBLIC_URL to an https address: HubSpot and smsmode call no other."
    return trouble(what, f"{url} is not https", todo)
