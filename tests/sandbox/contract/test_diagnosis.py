"""An app that refuses HubSpot's signature is told which other form of it it takes."""

import base64
import hashlib
import hmac
import json

import pytest
from starlette.requests import Request

from sandbox.contract.signatures import signed
from tests.sandbox.contract.sample import HOST, SECRET, Sample

ADDRESS = f"{HOST}/sms?from=hubspot%40work"


class Mistaken(Sample):
    """An app that signs something else.

    Args:
        mistake: What it does wrong.
    """

    def __init__(self, mistake: str) -> None:
        super().__init__("timeless", secret="developer-key" if mistake == "key" else SECRET)
        self.mistake = mistake

    def signature(self, url: str, raw: bytes, stamp: str) -> str:
        """Return the signature that it expects, by mistake."""
        uri = {
            "proxy": url.replace("https:", "http:").replace("%40", "@"),
            "path": "/sms?from=hubspot@work",
            "query": f"{HOST}/sms",
            "raw": url,
        }.get(self.mistake, url.replace("%40", "@"))
        method = "" if self.mistake == "method" else "POST"
        body = json.dumps(json.loads(raw)).encode() if self.mistake == "rewritten" else raw
        if self.mistake == "seconds":
            stamp = stamp[:10]
        signed = f"{method}{uri}".encode() + body + stamp.encode()
        mac = hmac.new(self.secret.encode(), signed, hashlib.sha256).digest()
        return mac.hex() if self.mistake == "hex" else base64.b64encode(mac).decode()


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        ("proxy", "for http, as behind a proxy (http://partner.example/sms?from=hubspot@work)"),
        ("path", "for the path alone (/sms?from=hubspot@work)"),
        ("query", f"for an address without its query ({HOST}/sms)"),
        ("raw", f"for the address as it came, its escapes not decoded ({ADDRESS})"),
        ("key", "with the developer key"),
        ("rewritten", "over the body written anew by a JSON library"),
        ("seconds", "with the timestamp in seconds"),
        ("hex", "in hexadecimal, in place of base64"),
        ("method", "without the method"),
    ],
)
async def test_the_mistaken_form_is_named(mistake: str, told: str) -> None:
    bench = Mistaken(mistake).bench(keys={"developer key": "developer-key"})
    finding = await signed.examine(bench)
    assert finding.advice.startswith(f"your app takes a call that is signed {told}: ")


async def test_version_1_is_named() -> None:
    class Old(Sample):
        def check(self, request: Request, raw: bytes) -> None:
            given = request.headers["x-hubspot-signature"]
            if given != hashlib.sha256(SECRET.encode() + raw).hexdigest():
                super().check(request, b"")

    finding = await signed.examine(Old().bench())
    assert "by version 1" in finding.advice


async def test_another_secret_is_asked_about_where_no_form_is_taken() -> None:
    finding = await signed.examine(Sample(secret=SECRET[::-1]).bench())
    assert "compare the client secret first" in finding.advice


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:3000/sms", "another name of the machine (http://localhost:3000/sms)"),
        ("http://localhost:3000/sms", "another name of the machine (http://127.0.0.1:3000/sms)"),
        ("http://localhost:3000/sms", "an address without its port (http://localhost/sms)"),
        ("http://localhost:3000/sms", "https and no port (https://localhost/sms)"),
    ],
)
async def test_addresses_of_this_machine_are_tried_by_their_other_names(
    url: str, told: str
) -> None:
    class Elsewhere(Sample):
        def signed_string(self, _: str, raw: bytes, stamp: str) -> bytes:
            seen = told.partition("(")[2].removesuffix(")")
            return super().signed_string(seen, raw, stamp)

    finding = await signed.examine(Elsewhere().bench(action=url))
    assert told in finding.advice
