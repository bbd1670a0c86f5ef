"""Auth: whose key it is, and what it may reach."""

from dataclasses import dataclass

from fakes.kit.call import Call
from fakes.smsmode.accounts import Channel, Credential
from fakes.smsmode.codes import ChannelType, Role
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.party import Party

_MANAGING = frozenset((Role.MANAGER, Role.ADMIN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls.

    Args:
        credential: The key.
        channel: The channel that the call acts on.
        reach: The channels whose messages it may read on this route.
    """

    credential: Credential
    channel: Channel
    reach: tuple[str, ...]


def identify(call: Call[Party]) -> Caller:
    """Return who calls, on which channel: that of the path, or the key's own.

    Raises:
        ServiceError: 401 without a good key, 403 for another channel without the role or for a
            channel that carries no SMS, 404 for a channel or campaign out of sight, 429 above the limit.

    Source: official client, README (roles); a production user (channel type mismatch).
    """
    party = call.party
    credential = _credential(call)
    _count(party, credential)
    own = party.state.channels[credential.channel_id]
    wanted = call.params.get("channelId", own.channel_id)
    channel = _channel(party, credential, own, wanted)
    if channel.type is not ChannelType.SMS:
        detail = f"channel {channel.channel_id} is of type {channel.type}; this route is for SMS"
        raise refused(Code.CHANNEL_TYPE, "Channel type mismatch", detail)
    if (campaign := call.params.get("campaignId")) is not None:
        raise refused(Code.UNKNOWN, "No such campaign", f"campaignId is {campaign}")
    return Caller(credential=credential, channel=channel, reach=_reach(call, credential, channel))


def is_within(party: Party, organisation_id: str | None, root_id: str) -> bool:
    """Return whether an organisation is ``root_id`` or stands below it."""
    while organisation_id is not None:
        if organisation_id == root_id:
            return True
        organisation_id = party.state.organisations[organisation_id].parent_id
    return False


def _credential(call: Call[Party]) -> Credential:
    key = call.header("x-api-key")
    state = call.party.state
    found = state.credentials.get(state.keys.get(key or "", ""))
    if found is None or found.blocked:
        detail = "Send the header X-Api-Key with a key made in Settings > API keys"
        raise refused(Code.KEY, "The API key is missing, wrong or revoked", detail)
    return found


def _channel(party: Party, credential: Credential, own: Channel, wanted: str) -> Channel:
    if wanted == own.channel_id:
        return own
    channel = party.state.channels.get(wanted)
    if channel is None or not _sees(party, credential, own, channel):
        raise refused(Code.UNKNOWN, "No such channel", f"channelId is {wanted}")
    if _MANAGING.isdisjoint(credential.roles):
        detail = f"channel {wanted} needs a key with the role MANAGER"
        raise refused(Code.ROLE, "This key may not use this channel", detail)
    return channel


def _sees(party: Party, credential: Credential, own: Channel, other: Channel) -> bool:
    if other.organisation_id == own.organisation_id:
        return True
    below = is_within(party, other.organisation_id, own.organisation_id)
    return below and Role.ADMIN in credential.roles


def _reach(call: Call[Party], credential: Credential, channel: Channel) -> tuple[str, ...]:
    party = call.party
    is_wide = party.settings.wide_lists and "channelId" not in call.params
    if not is_wide or _MANAGING.isdisjoint(credential.roles):
        return (channel.channel_id,)
    seen = party.state.channels.values()
    return tuple(c.channel_id for c in seen if _sees(party, credential, channel, c))


def _count(party: Party, credential: Credential) -> None:
    limit = party.settings.rate_limit
    if limit is None:
        return
    second = int(party.now().timestamp())
    before, made = party.traffic.requests.get(credential.credential_id, (second, 0))
    made = made + 1 if before == second else 1
    party.traffic.requests[credential.credential_id] = (second, made)
    if made > limit:
        raise refused(Code.RATE, "Too many requests", f"at most {limit} a second")
