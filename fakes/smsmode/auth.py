"""Auth: whose key it is, and which channel and campaign the call acts on."""

import math
from typing import NamedTuple

from fakes.kit.call import Call
from fakes.smsmode.accounts import Channel, Credential
from fakes.smsmode.campaigns.campaign import Campaign
from fakes.smsmode.codes import ChannelType
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.party import Party
from fakes.smsmode.sight import find_channel, is_managing, sees_channel, unseen
from fakes.smsmode.state import Use

_NOBODY = ("",)


class Caller(NamedTuple):
    """Who calls; a tuple, since one is made for each request.

    Args:
        credential: The key.
        channel: The channel that the call acts on.
        reach: The channels whose messages it may read on this route.
        campaign: The campaign of the path, if it names one.
    """

    credential: Credential
    channel: Channel
    reach: tuple[str, ...]
    campaign: Campaign | None = None


def authenticate(call: Call[Party]) -> Credential:
    """Return the key that calls, its use written down.

    Raises:
        ServiceError: 401 without a good key, 403 from an address that it does not allow, 429 above
            the limit.

    Source: official client, README. Assumed: what an address off the list is answered.
    """
    party = call.party
    state = party.state
    found = state.credentials.get(state.keys.get(call.header("x-api-key") or "", ""))
    if found is None or found.blocked:
        detail = "Send the header X-Api-Key with a key made in Settings > API keys"
        raise refused(Code.KEY, "The API key is missing, wrong or revoked", detail)
    address = (call.scope.get("client") or _NOBODY)[0]
    if found.authorized_ips and address not in found.authorized_ips:
        detail = f"{address} is not among the key's authorizedIps"
        raise refused(Code.ADDRESS, "This address may not use this key", detail)
    _count(party, found)
    state.uses[found.credential_id] = Use(party.now(), address)
    return found


def identify(call: Call[Party]) -> Caller:
    """Return who calls, on which channel: that of the path, or the key's own.

    Raises:
        ServiceError: As ``authenticate``; 403 for another channel without the role or for one that
            carries no SMS, 404 for a channel or campaign out of sight.

    Source: official client, README (roles); a production user (channel type mismatch).
    """
    party = call.party
    credential = authenticate(call)
    channel = require_channel(call, credential, ChannelType.SMS)
    reach = _reach(call, credential, channel)
    campaign_id = call.params.get("campaignId")
    campaign = None if campaign_id is None else _campaign(party, campaign_id, reach)
    return Caller(credential, channel, reach, campaign)


def require_channel(call: Call[Party], credential: Credential, kind: ChannelType) -> Channel:
    """Return the channel that a call acts on: that of the path, or the key's own.

    Raises:
        ServiceError: 403 for another channel without the role or for one that does not carry
            ``kind``, 404 for one out of sight.

    Source: a production user (channel type mismatch, measured of a key of SMS on RCS).
    """
    channel = call.party.state.channels[credential.channel_id]
    if (wanted := call.params.get("channelId")) is not None:
        channel = find_channel(call.party, credential, wanted)
    if channel.type is not kind:
        detail = f"channel {channel.channel_id} is of type {channel.type}; this route is for {kind}"
        raise refused(Code.CHANNEL_TYPE, "Channel type mismatch", detail)
    return channel


def _campaign(party: Party, wanted: str, reach: tuple[str, ...]) -> Campaign:
    campaign = party.traffic.campaigns.get(wanted)
    if campaign is None or campaign.channel_id not in reach:
        detail = f"campaignId is {wanted}"
        raise unseen(party, "No such campaign", detail, exists=campaign is not None)
    return campaign


def _reach(call: Call[Party], credential: Credential, channel: Channel) -> tuple[str, ...]:
    party = call.party
    if not party.settings.wide_lists or "channelId" in call.params or not is_managing(credential):
        return (channel.channel_id,)
    seen = party.state.channels.values()
    return tuple(c.channel_id for c in seen if sees_channel(party, credential, c))


def _count(party: Party, credential: Credential) -> None:
    limit = party.settings.rate_limit
    if limit is None:
        return
    second = int(party.now().timestamp())
    before, made = party.traffic.requests.get(credential.credential_id, (second, 0))
    made = made + 1 if before == second else 1
    party.traffic.requests[credential.credential_id] = (second, made)
    if made > limit:
        # HTTP counts it in whole seconds.
        wait = {"Retry-After": f"{math.ceil(party.settings.retry_after.total_seconds())}"}
        raise refused(Code.RATE, "Too many requests", f"at most {limit} a second", wait)
