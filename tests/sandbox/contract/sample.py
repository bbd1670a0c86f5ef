"""A partner's app that keeps the whole contract, but for the flaws that a test asks for."""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fakes.kit.clock import VirtualClock
from sandbox.contract.bench import Bench, Sms, Subject
from sandbox.contract.calls import Caller

HOST = "https://partner.example"
SECRET = "partner-secret"  # noqa: S105 - it keeps nothing
PHONE = "+33630000042"
CONTACT = 42
STATUSES = frozenset({"SCHEDULED", "ENROUTE", "DELIVERED", "UNDELIVERED", "UNDELIVERABLE"})


class BadRequestError(Exception):
    """The caller is told what is wrong: a 4xx."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Sample:
    """The app; its SMS go nowhere, and it is its own witness.

    Args:
        flaws: What it does wrong, by the names that stand in its methods.
    """

    def __init__(self, *flaws: str, secret: str = SECRET) -> None:
        self.flaws: Collection[str] = frozenset(flaws)
        self.clock = VirtualClock()
        self.secret = secret
        self.outbox: list[Sms] = []
        self._answers: dict[str, Any] = {}
        self._told: list[tuple[str, str]] = []
        self._replies: set[str] = set()
        self.app = Starlette(
            routes=[
                Route(f"/{path}", self._guarded(answer), methods=["POST"])
                for path, answer in (
                    ("sms", self._act),
                    ("status", self._take_report),
                    ("reply", self._take_reply),
                )
            ]
        )

    def bench(self, **changes: Any) -> Bench:
        """Return a bench that this app stands on."""
        subject = {
            "action": f"{HOST}/sms?from=hubspot%40work",
            "secret": SECRET,
            "fields": {"text": "Bonjour", "kind": "promo"},
            "phone": PHONE,
            "contact_id": CONTACT,
        }
        http = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False)
        )
        return Bench(Subject(**{**subject, **changes}), Caller(http, self.clock.now), self)

    # The witness

    async def sent(self) -> list[Sms]:
        """Return what it sent, newest first."""
        return self.outbox[::-1]

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.jump(self.clock.now() + timedelta(seconds=seconds))

    # HubSpot

    def signed_string(self, url: str, raw: bytes, stamp: str) -> bytes:
        """Return what the signature is to be of."""
        body = raw
        if "rewrites" in self.flaws:
            body = json.dumps(json.loads(raw), separators=(",", ":")).encode()
        return f"POST{url.replace('%40', '@')}".encode() + body + stamp.encode()

    def signature(self, url: str, raw: bytes, stamp: str) -> str:
        """Return the signature that is expected."""
        signed = self.signed_string(url, raw, stamp)
        return base64.b64encode(
            hmac.new(self.secret.encode(), signed, hashlib.sha256).digest()
        ).decode()

    def check(self, request: Request, raw: bytes) -> None:
        """Refuse what HubSpot did not sign."""
        if "trusting" in self.flaws:
            return
        given = request.headers.get("x-hubspot-signature-v3", "")
        stamp = request.headers.get("x-hubspot-request-timestamp", "0")
        if "glancing" in self.flaws and len(given) == 44:
            return
        if not hmac.compare_digest(self.signature(str(request.url), raw, stamp), given):
            raise BadRequestError(401)
        age = self.clock.now() - datetime.fromtimestamp(int(stamp) / 1000, self.clock.now().tzinfo)
        if age > timedelta(minutes=5) and "timeless" not in self.flaws:
            raise BadRequestError(401)

    async def _act(self, request: Request) -> Response:
        raw = await request.body()
        self.check(request, raw)
        if "narrow" in self.flaws and len(raw) > 100_000:
            raise MemoryError
        said = self._read(raw)
        if not isinstance(said["origin"], dict):
            raise (TypeError if "fragile" in self.flaws else BadRequestError(400))
        known = {
            "callbackId",
            "origin",
            "context",
            "object",
            "fields",
            "inputFields",
            "typedInputs",
        }
        if "strict" in self.flaws and set(said) - known:
            raise BadRequestError(400)
        if "contextual" in self.flaws and "context" not in said:
            raise BadRequestError(400)
        if said["object"]["objectId"] != CONTACT:
            if "brittle" in self.flaws:
                raise LookupError
            return JSONResponse({"outputFields": {"hs_execution_state": "FAIL_CONTINUE"}})
        return self._answer(said["callbackId"])

    def _answer(self, callback_id: str) -> Response:
        if callback_id not in self._answers or "forgetful" in self.flaws:
            number = len(self.outbox) + 1
            self._answers[callback_id] = {
                "sms_id": f"sms-{number}",
                "hs_execution_state": "SUCCESS",
            }
            if "idle" not in self.flaws:
                self.outbox.append(
                    Sms(
                        id=f"sms-{number}",
                        ref_client=callback_id,
                        status_url=f"{HOST}/status",
                        reply_url=f"{HOST}/reply",
                    )
                )
        outputs = dict(self._answers[callback_id])
        outputs |= {"parts": 1} if "numeric" in self.flaws else {}
        outputs |= {"hs_execution_state": "DONE"} if "inventive" in self.flaws else {}
        if "wordless" in self.flaws:
            return Response("Ok")
        return JSONResponse(outputs if "flat" in self.flaws else {"outputFields": outputs})

    # smsmode

    async def _take_report(self, request: Request) -> Response:
        report = self._read(await request.body())
        message_id, status = report["messageId"], report["status"]["value"]
        wants = {"dating": "acceptedAt"}.items()
        if any(flaw in self.flaws and name not in report for flaw, name in wants):
            raise BadRequestError(422)
        if "picky" in self.flaws and status not in STATUSES:
            raise BadRequestError(422)
        if "cheerful" in self.flaws and status.startswith("UNDELIVER"):
            raise ValueError(status)
        if "hasty" in self.flaws and message_id not in {sms.id for sms in self.outbox}:
            raise LookupError(message_id)
        if "once" in self.flaws and (message_id, status) in self._told:
            raise BadRequestError(409)
        if (
            "orderly" in self.flaws
            and status == "ENROUTE"
            and (message_id, "DELIVERED") in self._told
        ):
            raise BadRequestError(409)
        self._told.append((message_id, status))
        return Response(status_code=204)

    async def _take_reply(self, request: Request) -> Response:
        reply = self._read(await request.body())
        text = reply["body"]["text"]
        if "short" in self.flaws and len(text) > 160:
            raise BadRequestError(413)
        if "once" in self.flaws and reply["messageId"] in self._replies:
            raise BadRequestError(409)
        if "onesided" in self.flaws and len(reply["from"]) < 9:
            raise BadRequestError(422)
        if "linked" in self.flaws and "originMessageId" not in reply:
            raise BadRequestError(404)
        if "literal" in self.flaws and reply["body"].get("stop") and text != "STOP":
            raise ValueError(text)
        self._replies.add(reply["messageId"])
        return Response(status_code=204)

    # Both

    def _read(self, raw: bytes) -> dict[str, Any]:
        try:
            said: dict[str, Any] = json.loads(raw)
        except ValueError as exc:
            if "fragile" in self.flaws:
                raise
            raise BadRequestError(400) from exc
        return said

    def _guarded(self, answer: Any) -> Any:
        async def guarded(request: Request) -> Response:
            if "deaf" in self.flaws:
                return Response(status_code=500)
            try:
                response: Response = await answer(request)
            except BadRequestError as exc:
                return JSONResponse({"error": "no"}, exc.status)
            return response

        return guarded
