"""Finding out why an app refuses HubSpot's signature: the mistaken form of it that it takes is looked for."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from sandbox.contract import signing
from sandbox.contract.bench import Bench

Sign = Callable[[bytes, str], Mapping[str, str]]
"""Signs a body at a moment."""


async def explain(bench: Bench) -> str:
    """Return what the app seems to check in place of HubSpot's signature, found out by trying."""
    for mistake, sign in _mistakes(bench):
        body = bench.execution()
        exchange = await bench.act(body, sign(body, bench.stamp()))
        if exchange.is_taken:
            return f"your app takes a call that is signed {mistake}: {_HOW}"
    return f"no mistaken form that we know is taken either; compare the client secret first: {_HOW}"


_HOW = (
    "version 3 is the base64 of the HMAC-SHA256, under the client secret, of method + whole "
    "address + raw body + X-HubSpot-Request-Timestamp"
)


def _mistakes(bench: Bench) -> Iterator[tuple[str, Sign]]:
    """Yield each mistake as (what is signed, how), likeliest first."""
    subject = bench.subject
    for told, uri in _addresses(subject.action):
        yield f"for {told} ({uri})", _over(subject.secret, uri)
    for name, key in subject.keys.items():
        yield f"with the {name}", _over(key, signing.signed_uri(subject.action))
    yield "over the body written anew by a JSON library", _over_rewritten(bench)
    yield "with the timestamp in seconds", _in_seconds(bench)
    yield "in hexadecimal, in place of base64", _in_hex(bench)
    yield "without the method", _over(subject.secret, signing.signed_uri(subject.action), "")
    yield "by version 1, which HubSpot does not use for actions", _by_v1(bench)


def _addresses(url: str) -> Iterator[tuple[str, str]]:
    signed = signing.signed_uri(url)
    parts = urlsplit(signed)
    host, path = parts.hostname or "", parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    other = "https" if parts.scheme == "http" else "http"
    names = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}
    yield f"{other}, as behind a proxy", parts._replace(scheme=other).geturl()
    yield f"{other} and no port", f"{other}://{host}{path}{query}"
    yield "an address without its port", f"{parts.scheme}://{host}{path}{query}"
    yield "the path alone", f"{path}{query}"
    if host in names:
        yield "another name of the machine", signed.replace(host, names[host], 1)
    if query:
        yield "an address without its query", signed.partition("?")[0]
    if signed != url:
        yield "the address as it came, its escapes not decoded", url


def _over(secret: str, uri: str, method: str = "POST") -> Sign:
    def sign(body: bytes, stamp: str) -> Mapping[str, str]:
        mac = signing.mac_v3(secret, uri, body, stamp, method=method)
        return _headers(b64encode(mac).decode(), stamp)

    return sign


def _over_rewritten(bench: Bench) -> Sign:
    def sign(body: bytes, stamp: str) -> Mapping[str, str]:
        return _plain(bench)(json.dumps(json.loads(body)).encode(), stamp)

    return sign


def _in_seconds(bench: Bench) -> Sign:
    def sign(body: bytes, stamp: str) -> Mapping[str, str]:
        return _plain(bench)(body, stamp[:-3])

    return sign


def _in_hex(bench: Bench) -> Sign:
    def sign(body: bytes, stamp: str) -> Mapping[str, str]:
        subject = bench.subject
        uri = signing.signed_uri(subject.action)
        return _headers(signing.mac_v3(subject.secret, uri, body, stamp).hex(), stamp)

    return sign


def _by_v1(bench: Bench) -> Sign:
    def sign(body: bytes, _: str) -> Mapping[str, str]:
        return signing.headers_v1(bench.subject.secret, body)

    return sign


def _plain(bench: Bench) -> Sign:
    return _over(bench.subject.secret, signing.signed_uri(bench.subject.action))


def _headers(signature: str, stamp: str) -> Mapping[str, str]:
    return {"X-HubSpot-Signature-v3": signature, "X-HubSpot-Request-Timestamp": stamp}
