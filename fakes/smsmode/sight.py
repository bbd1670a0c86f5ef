"""Sight: which organisations and channels a key reaches."""

from fakes.kit.errors import ServiceError
from fakes.smsmode.accounts import Channel, Credential
from fakes.smsmode.codes import Role
from fakes.smsmode.errors import Code, refused
from fakes.smsmode.party import Party

_MANAGING = frozenset((Role.MANAGER, Role.ADMIN))


def is_within(party: Party, organisation_id: str | None, root_id: str) -> bool:
    """Return whether an organisation is ``root_id`` or stands below it."""
    while organisation_id is not None:
        if organisation_id == root_id:
            return True
        organisation_id = party.state.organisations[organisation_id].parent_id
    return False


def is_managing(credential: Credential) -> bool:
    """Return whether a key reaches beyond its own channel."""
    return not _MANAGING.isdisjoint(credential.roles)


def sees_organisation(party: Party, credential: Credential, organisation_id: str) -> bool:
    """Return whether a key reaches an organisation: its own, and for ADMIN those below it."""
    own = party.state.channels[credential.channel_id].organisation_id
    if organisation_id == own:
        return True
    return Role.ADMIN in credential.roles and is_within(party, organisation_id, own)


def sees_channel(party: Party, credential: Credential, channel: Channel) -> bool:
    """Return whether a key reaches a channel; a USER's reaches its own alone.

    Source: official client, README; a published connector's documentation (roles).
    """
    if channel.channel_id == credential.channel_id:
        return True
    return is_managing(credential) and sees_organisation(party, credential, channel.organisation_id)


def find_channel(party: Party, credential: Credential, wanted: str) -> Channel:
    """Return the channel that has the id ``wanted``.

    Raises:
        ServiceError: 403 for one of an organisation in sight that the key's role does not reach,
            404 for any other. Assumed.
    """
    channel = party.state.channels.get(wanted)
    if channel is not None and sees_channel(party, credential, channel):
        return channel
    if channel is not None and sees_organisation(party, credential, channel.organisation_id):
        detail = f"channel {wanted} needs a key with the role MANAGER"
        raise refused(Code.ROLE, "This key may not use this channel", detail)
    raise unseen(party, "No such channel", f"channelId is {wanted}", exists=channel is not None)


def unseen(party: Party, message: str, detail: str, *, exists: bool) -> ServiceError:
    """Return the refusal of an id that a key does not reach. Assumed: 404, as if it were unknown."""
    if exists and party.settings.foreign_status != 404:  # noqa: PLR2004 - HTTP
        return refused(Code.FOREIGN, "This key may not see this", detail)
    return refused(Code.UNKNOWN, message, detail)
