"""Why a call got no answer: in a word for programs, in a sentence for people."""

import socket
import ssl
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import urlsplit

import httpx

_CLOSED = " was reached, and closed the connection without a whole answer: did its handler crash?"


class Failure(StrEnum):
    """Why there was no answer."""

    UNREACHABLE = "unreachable"
    """There was no connection."""
    TIMEOUT = "timeout"
    """It took too long."""
    CLOSED = "closed"
    """The other side was reached, and closed the connection without a whole answer."""
    UNREADABLE = "unreadable"
    """The other side answered something that is not HTTP."""
    FORBIDDEN = "forbidden"
    """The address is not one that may be called."""


def explain(trouble: httpx.RequestError, url: str, waits: httpx.Timeout) -> tuple[Failure, str]:
    """Return why a call to ``url`` got no answer, in a word and in a sentence.

    Args:
        trouble: What the client raised.
        url: The address that was called.
        waits: How long the client was to wait.
    """
    place = place_of(url)
    match trouble:
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return Failure.TIMEOUT, f"{place} could not be reached within {waits.connect:g} s"
        case httpx.TimeoutException():
            return (
                Failure.TIMEOUT,
                f"{place} was reached, and did not answer within {waits.read:g} s",
            )
        case httpx.ReadError() | httpx.WriteError() | httpx.CloseError():
            return Failure.CLOSED, f"{place}{_CLOSED}"
        case httpx.RemoteProtocolError() if _is_cut_short(trouble):
            return Failure.CLOSED, f"{place}{_CLOSED}"
        case httpx.RemoteProtocolError() | httpx.DecodingError():
            return (
                Failure.UNREADABLE,
                f"{place} was reached, and its answer is unreadable: {trouble}",
            )
        case _:
            return Failure.UNREACHABLE, _unreachable(trouble, place)


def place_of(url: str) -> str:
    """Return the host and port of an address, as it was written; all of it when it has none."""
    return urlsplit(url).netloc.rpartition("@")[2] or url


def _unreachable(trouble: httpx.RequestError, place: str) -> str:
    for cause in _causes(trouble):
        if isinstance(cause, socket.gaierror):
            return f"the name {place.partition(':')[0]} leads nowhere: no address is known for it"
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"{place} was reached, and its certificate is refused: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            why = (cause.reason or str(cause)).replace("_", " ").lower()
            return f"{place} was reached, and does not answer in https: {why}"
        if isinstance(cause, ConnectionRefusedError):
            return f"nothing listens at {place}: the connection was refused"
    return f"{place} could not be reached: {trouble}"


def _causes(trouble: BaseException) -> Iterator[BaseException]:
    """Return what led to an exception, nearest first, whatever each layer has wrapped it in."""
    waiting, seen = [trouble], set[int]()
    while waiting:
        found = waiting.pop(0)
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        inside = found.exceptions if isinstance(found, BaseExceptionGroup) else ()
        waiting += [one for one in (found.__cause__, found.__context__, *inside) if one is not None]


def _is_cut_short(trouble: httpx.RemoteProtocolError) -> bool:
    """Return whether the connection ended too early, rather than said something else than HTTP."""
    return any(said in str(trouble) for said in ("disconnected", "closed connection"))
