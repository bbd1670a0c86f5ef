"""Enrolment: opens accounts, channels and keys."""

from decimal import Decimal

from fakes.smsmode.accounts import Channel, Credential, Organisation
from fakes.smsmode.codes import ChannelType, Flow, Role
from fakes.smsmode.countries import CREDIT, TEST_CREDITS
from fakes.smsmode.party import Party

_NOTIFICATION_CODE = "38034"


def add_organisation(
    party: Party,
    name: str,
    *,
    balance: Decimal | None = None,
    parent_id: str | None = None,
    organisation_id: str | None = None,
) -> Organisation:
    """Return a new organisation.

    Args:
        party: Where.
        name: What it is called.
        balance: In euros; the free test credits when ``None``.
        parent_id: The organisation above it.
        organisation_id: Its id; a new UUID when ``None``.
    """
    organisation = Organisation(
        organisation_id=organisation_id or party.ids.uuid(),
        name=name,
        parent_id=parent_id,
        created_at=party.now(),
        payment_type=party.settings.payment_type,
    )
    party.state.organisations[organisation.organisation_id] = organisation
    given = TEST_CREDITS * CREDIT if balance is None else balance
    party.state.balances[organisation.organisation_id] = given
    party.tell("organisation.added", organisationId=organisation.organisation_id, name=name)
    return organisation


def add_channel(
    party: Party,
    organisation_id: str,
    name: str,
    flow: Flow,
    *,
    type_: ChannelType = ChannelType.SMS,
    default_from: str | None = None,
    from_fields: tuple[str, ...] = (),
    default_callback_status: str | None = None,
    default_callback_mo: str | None = None,
    channel_id: str | None = None,
) -> Channel:
    """Return a new channel of an organisation.

    Args:
        party: Where.
        organisation_id: Whose.
        name: What it is called.
        flow: What it is for.
        type_: What it carries.
        default_from: Its short code; when ``None``, a 36xxx for marketing and a 38xxx otherwise.
        from_fields: The senders that may be used; any, when empty.
        default_callback_status: Where its reports go by default.
        default_callback_mo: Where its replies go by default.
        channel_id: Its id; a new UUID when ``None``.

    Raises:
        KeyError: There is no such organisation.
    """
    _ = party.state.organisations[organisation_id]
    usual = party.settings.short_code if flow is Flow.MARKETING else _NOTIFICATION_CODE
    channel = Channel(
        channel_id=channel_id or party.ids.uuid(),
        organisation_id=organisation_id,
        name=name,
        type=type_,
        flow=flow,
        created_at=party.now(),
        default_from=default_from or usual,
        from_fields=from_fields,
        default_callback_status=default_callback_status,
        default_callback_mo=default_callback_mo,
    )
    party.state.channels[channel.channel_id] = channel
    party.tell("channel.added", channelId=channel.channel_id, name=name, flow=flow)
    return channel


def add_key(
    party: Party,
    channel_id: str,
    name: str,
    *,
    roles: tuple[Role, ...] = (Role.USER,),
    value: str | None = None,
) -> Credential:
    """Return a new key of a channel, as made in Settings > API keys.

    Args:
        party: Where.
        channel_id: The channel that it opens.
        name: What it is called.
        roles: What it may reach.
        value: The key itself; 32 new letters and digits when ``None``.

    Raises:
        KeyError: There is no such channel.
    """
    _ = party.state.channels[channel_id]
    credential = Credential(
        credential_id=party.ids.uuid(),
        name=name,
        value=value or party.ids.token(32),
        channel_id=channel_id,
        roles=roles,
        created_at=party.now(),
    )
    party.state.credentials[credential.credential_id] = credential
    party.state.keys[credential.value] = credential.credential_id
    party.tell("key.added", credentialId=credential.credential_id, name=name, channelId=channel_id)
    return credential


def revoke_key(party: Party, credential: Credential) -> None:
    """Have a key open nothing any more."""
    del party.state.credentials[credential.credential_id]
    del party.state.keys[credential.value]
    party.tell("key.revoked", credentialId=credential.credential_id, name=credential.name)
