"""Accounts: organisations, their channels, and the keys that open them."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from fakes.smsmode.codes import ChannelType, Flow, Role
from fakes.smsmode.profile import Profile

POSTPAID = "POSTPAID"
"""How an organisation pays that may owe. Assumed; the legacy docs tell of a negative credit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A customer of smsmode; its balance stands in the state, in euros.

    Args:
        organisation_id: A UUID.
        name: What it is called.
        parent_id: The organisation above it, if any.
        created_at: Since when.
        profile: Who stands behind it.
        monthly_limit: What it may spend in a month, in euros; no limit when ``None``.
        payment_type: How it pays.
        parent_billing: Whether the organisation above pays for it.
    """

    organisation_id: str
    name: str
    parent_id: str | None
    created_at: datetime
    profile: Profile = field(default_factory=Profile)
    monthly_limit: Decimal | None = None
    payment_type: str = "PREPAID"
    parent_billing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to send, with its own keys.

    Args:
        channel_id: A UUID.
        organisation_id: Whose it is.
        name: What it is called.
        type: What it carries.
        flow: What it is for.
        created_at: Since when.
        default_from: The sender where a message names none: a short code.
        from_fields: The senders that may be used; any, when empty.
        default_callback_status: Where reports go by default.
        default_callback_mo: Where replies go by default.
        daily_limit: What it may spend in a day, in euros; no limit when ``None``.
        monthly_limit: What it may spend in a month, in euros; no limit when ``None``.
    """

    channel_id: str
    organisation_id: str
    name: str
    type: ChannelType
    flow: Flow
    created_at: datetime
    default_from: str
    from_fields: tuple[str, ...] = ()
    default_callback_status: str | None = None
    default_callback_mo: str | None = None
    daily_limit: Decimal | None = None
    monthly_limit: Decimal | None = None

    def reference(self) -> dict[str, str]:
        """Return the channel as other resources show it. Source: smsmode API docs, Messages."""
        return {
            "channelId": self.channel_id,
            "name": self.name,
            "type": self.type,
            "flow": self.flow,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """An API key.

    Args:
        credential_id: A UUID.
        name: What it is called.
        value: The key itself, 32 letters and digits.
        channel_id: The channel that it opens.
        roles: What else it may reach.
        created_at: Since when.
        blocked: Whether it is refused.
        authorized_ips: The addresses that may use it; any, when empty.
        modified_at: When it was last changed, if it was.
    """

    credential_id: str
    name: str
    value: str
    channel_id: str
    roles: tuple[Role, ...]
    created_at: datetime
    blocked: bool = False
    authorized_ips: tuple[str, ...] = ()
    modified_at: datetime | None = None
