"""Writing down a party's calls to those who write nothing down themselves."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from fakes.kit.journal import Journal, headers_json
from fakes.kit.outbound import Outcome, Witness
from fakes.kit.recorder import LARGEST_BODY_KEPT

_USUAL_PORTS = {"http": 80, "https": 443}


def witness(journal: Journal, party: str, recorded: Iterable[str]) -> Witness:
    """Return what writes into the journal the calls of ``party`` that no ``Recorder`` sees.

    Args:
        journal: Where to write.
        party: Who calls.
        recorded: The addresses of the apps whose exchanges are recorded where they are answered.
    """
    is_recorded = leads_to(recorded)

    def write(outcome: Outcome) -> None:
        if not is_recorded(outcome.sent.url):
            journal.write(party, "exchange", _as_json(outcome))

    return write


def leads_to(addresses: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a URL leads to one of ``addresses``, by any name of this machine."""
    known = {_place(address) for address in addresses}
    return lambda url: _place(url) in known


def _place(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url, None
    # Parties listen on this one address, which these names lead to; ``::1`` is another.
    is_here = host == "localhost" or host.endswith(".localhost")
    return "127.0.0.1" if is_here else host, port or _USUAL_PORTS.get(parts.scheme)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    """Return a call with the fields of an exchange that was answered here, and three of its own."""
    sent, headers = outcome.sent, outcome.headers
    return {
        "method": sent.method,
        "url": sent.url,
        "status": outcome.status,
        "request": {"headers": headers_json(sent.headers), "body": _text(sent.body)},
        "answer": {
            "headers": headers_json(headers.raw if headers is not None else []),
            "body": _text(outcome.body),
        },
        "direction": "out",
        "failure": outcome.failure,
        "detail": outcome.detail,
    }


def _text(body: bytes) -> str:
    return body[:LARGEST_BODY_KEPT].decode("utf-8", "replace")
