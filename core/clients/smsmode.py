"""smsmode over HTTP: send, look for what was sent, check a key, ask for the balance."""

from urllib.parse import quote

from core.clients.vendor import Answer, Vendor
from core.domain.errors import AccessRevokedError, ProviderRefusedError
from core.wire import smsmode_balance, smsmode_campaign, smsmode_channel, smsmode_send
from core.wire.requests import VendorRequest, get
from core.wire.smsmode_balance import Balance
from core.wire.smsmode_campaign import Launched
from core.wire.smsmode_send import SentMessage

_BAD_REQUEST, _MISSING, _DENIED = 400, 404, frozenset({401, 403})
_MESSAGES, _CAMPAIGNS = "/sms/v1/messages", "/sms/v1/campaigns"
_ORGANISATIONS = "/commons/v1/organisations"


class Smsmode:
    """Asks smsmode, each time with the key of the channel that is concerned.

    Args:
        vendor: smsmode's API.
    """

    def __init__(self, vendor: Vendor) -> None:
        self._vendor = vendor

    async def send(self, key: str, body: bytes) -> SentMessage:
        """Return what smsmode says of an SMS that it took.

        Raises:
            ProviderRefusedError: smsmode will not send it.
            AccessRevokedError: The key is dead, or not allowed to send.
            ProviderDownError: smsmode could not be reached: it was not sent.
            ThrottledError: smsmode asks us to wait: it was not sent.
            OutcomeUnknownError: It may have been sent: look for it before sending again.
        """
        request = VendorRequest(method="POST", path=_MESSAGES, body=body)
        return smsmode_send.parse_sent((await self._ask(key, request)).body)

    async def launch(self, key: str, body: bytes) -> Launched:
        """Return what smsmode says of a campaign that it took, whole.

        Raises:
            ProviderRefusedError: smsmode sends none of it.
            AccessRevokedError: The key is dead, or not allowed to send.
            ProviderDownError: smsmode could not be reached: nothing was sent.
            ThrottledError: smsmode asks us to wait: nothing was sent.
            OutcomeUnknownError: It may have been sent, or some of it: look for each SMS.
        """
        request = VendorRequest(method="POST", path=_CAMPAIGNS, body=body)
        return smsmode_campaign.parse_launched((await self._ask(key, request)).body)

    async def read(self, key: str, smsmode_id: str) -> SentMessage | None:
        """Return the SMS that smsmode knows by its id, or ``None``.

        Raises:
            ProviderError: smsmode refuses, or cannot be asked now.
        """
        try:
            answer = await self._ask(key, get(f"{_MESSAGES}/{smsmode_id}"))
        except ProviderRefusedError as exc:
            if exc.status == _MISSING:
                return None
            raise
        return smsmode_send.parse_read(answer.body)

    async def find(self, key: str, ref_client: str) -> SentMessage | None:
        """Return the SMS that smsmode knows by a reference, or ``None``.

        smsmode may take minutes to list an SMS that it has accepted.

        Raises:
            ProviderError: smsmode refuses, or cannot be asked now.
        """
        query = {"searchBy[refClient]": ref_client, "pageSize": "10"}
        answer = await self._ask(key, get(_MESSAGES, **query))
        # Whether the search is for the whole reference or its beginning is not documented.
        found = smsmode_send.parse_found(answer.body)
        return next((sms for sms in found if sms.ref_client in {None, ref_client}), None)

    async def flow(self, key: str) -> str | None:
        """Return what the channel of a key that smsmode takes is for, ``None`` if it does not tell.

        Its last SMS tells it; where there is none yet, the channels that the key reaches, when
        they are all for the same.

        Raises:
            AccessRevokedError: smsmode does not know the key, or forbids it to read its SMS.
            ProviderError: smsmode refuses, or cannot be asked now.
        """
        sent = await self._ask(key, get(_MESSAGES, pageSize="1"))
        if flow := smsmode_channel.parse_flow(sent.body):
            return flow
        try:
            organisations = await self._ask(key, get(_ORGANISATIONS))
            own = smsmode_channel.parse_organisation(organisations.body)
            if own is None:
                return None
            channels = await self._ask(key, get(f"{_ORGANISATIONS}/{quote(own, safe='')}/channels"))
        except (AccessRevokedError, ProviderRefusedError):
            # The key may send, and not look around.
            return None
        return smsmode_channel.parse_flow(channels.body)

    async def balance(self, key: str) -> Balance | None:
        """Return what the key's account holds, or ``None`` when smsmode does not tell this key.

        Raises:
            AccessRevokedError: smsmode does not know the key, or forbids it this.
            ProviderError: smsmode refuses, or cannot be asked now.
        """
        return smsmode_balance.parse_balance((await self._ask(key, get(_ORGANISATIONS))).body)

    async def _ask(self, key: str, request: VendorRequest) -> Answer:
        answer = await self._vendor.ask(request, {"x-api-key": key})
        if answer.status < _BAD_REQUEST:
            return answer
        refusal = smsmode_send.parse_error(answer.status, answer.body)
        if answer.status in _DENIED:
            reason = refusal.message or f"HTTP {answer.status}"
            msg = f"smsmode refuses the API key ({reason}): link the account's keys again"
            raise AccessRevokedError(msg, {"reason": reason})
        raise self._vendor.refused(answer, refusal.code, refusal.message)
