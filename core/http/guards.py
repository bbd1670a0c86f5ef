"""Who may knock: size before reading, proof before parsing."""

import hmac
import re

from starlette.requests import ClientDisconnect, Request

from core.domain.errors import MalformedRequestError
from core.domain.ids import LARGEST_ID, ContactId, PortalId
from core.domain.signature_errors import BadSignatureError, SignatureFault
from core.http.errors import BodyTooLargeError, NotOperatorError, UnknownCallbackError
from core.ports import Clock, Database
from core.settings import Settings
from core.stores.installs import Install, Installs
from core.wire import hubspot_card, hubspot_signature, smsmode_signature

_DIGITS = re.compile(r"[0-9]{1,19}")


class Guards:
    """Lets in what proves itself, and gives its exact bytes.

    Args:
        settings: Secrets and limits.
        clock: What o'clock it is.
        database: Where callback addresses are known.
        installs: Reads them.
    """

    def __init__(
        self, settings: Settings, clock: Clock, database: Database, installs: Installs
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._database = database
        self._installs = installs

    async def body(self, request: Request) -> bytes:
        """Return the body.

        Raises:
            BodyTooLargeError: It is larger than the settings allow.
            MalformedRequestError: Whoever sent it was gone before its end.
        """
        limit, body = self._settings.largest_body, bytearray()
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise BodyTooLargeError(limit)
        except ClientDisconnect as exc:
            msg = "the connection was closed before the end of the body"
            raise MalformedRequestError(msg) from exc
        return bytes(body)

    async def hubspot(self, request: Request, *, accepts_v1: bool = False) -> bytes:
        """Return the body of a request that HubSpot signed.

        The address that is checked is the public one: behind a proxy, the ``Host`` header
        tells another.

        Args:
            request: The request.
            accepts_v1: Whether a signature of the body alone counts where nothing better came.

        Raises:
            BodyTooLargeError: It is larger than the settings allow.
            BadSignatureError: HubSpot did not sign it, or not lately.
        """
        raw = await self.body(request)
        path = request.scope.get("raw_path", b"").decode("latin-1") or request.url.path
        query = f"?{request.url.query}" if request.url.query else ""
        hubspot_signature.verify(
            method=request.method,
            url=f"{self._settings.public_url}{path}{query}",
            body=raw,
            headers=request.headers,
            secrets=self._settings.client_secrets,
            now=self._clock.now(),
            accepts_v1=accepts_v1,
        )
        return raw

    async def hubspot_fetch(self, request: Request) -> tuple[PortalId, str, bytes]:
        """Return the account and user that a card's ``hubspot.fetch`` comes from, and the body.

        Raises:
            BodyTooLargeError: It is larger than the settings allow.
            BadSignatureError: HubSpot did not sign it with version 3, or not lately.
            MalformedRequestError: The query does not say who asks, or says it twice.
        """
        if hubspot_signature.V3 not in request.headers:
            msg = "a card's requests carry a HubSpot signature of version 3"
            raise BadSignatureError(SignatureFault.MISSING, msg)
        raw = await self.hubspot(request)
        query = request.query_params.multi_items()
        portal_id, user = hubspot_card.read_fetch_user(query, self._settings.app_id)
        return portal_id, user, raw

    async def smsmode(self, request: Request) -> tuple[Install, bytes]:
        """Return the account that a callback's address belongs to, and the body.

        The address, which only smsmode was told, is the proof; a signature is another where
        secrets are set.

        Raises:
            BadSignatureError: It is not signed as the settings ask.
            BodyTooLargeError: It is larger than the settings allow.
            UnknownCallbackError: No account has this address.
        """
        raw = await self.body(request)
        key = request.path_params["key"]
        install = await self._database.run(lambda tx: self._installs.find_by_callback_key(tx, key))
        if install is None:
            raise UnknownCallbackError
        secrets = self._settings.callback_secrets
        smsmode_signature.verify(body=raw, headers=request.headers, secrets=secrets)
        return install, raw

    async def operator(self, request: Request) -> bytes:
        """Return the body of a request that carries the operator's token.

        Raises:
            NotOperatorError: It does not.
            BodyTooLargeError: It is larger than the settings allow.
        """
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        expected = self._settings.operator_token
        is_known = hmac.compare_digest(given.encode(), expected.encode())
        if scheme.lower() != "bearer" or not is_known:
            raise NotOperatorError
        return await self.body(request)


def portal_in_path(request: Request) -> int:
    """Return the HubSpot account that a path names.

    Raises:
        MalformedRequestError: It is not a number.
    """
    text = str(request.path_params["portal"])
    if not _DIGITS.fullmatch(text) or int(text) > LARGEST_ID:
        msg = "the account in the path must be a number, as in HubSpot's addresses"
        raise MalformedRequestError(msg)
    return int(text)


def contact_in_path(request: Request) -> ContactId:
    """Return the contact that a path names.

    Raises:
        MalformedRequestError: It is not a number.
    """
    return read_contact_id(str(request.path_params["contact"]))


def read_contact_id(text: str) -> ContactId:
    """Return the contact that ``text`` names.

    Raises:
        MalformedRequestError: It is not a number: it would lead elsewhere in HubSpot's addresses.
    """
    if not _DIGITS.fullmatch(text) or int(text) > LARGEST_ID:
        msg = "the contact must be a number, as in HubSpot's addresses"
        raise MalformedRequestError(msg)
    return ContactId(str(int(text)))
