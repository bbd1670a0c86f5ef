"""A campaign: what was asked for once, and sent many times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """Where a campaign stands. Source: official client, types (``CANCELED`` has a single L)."""

    SCHEDULED = "SCHEDULED"
    ONGOING = "ONGOING"
    ENDED = "ENDED"
    CANCELED = "CANCELED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One text to many phones; its messages stand in the archive.

    Args:
        campaign_id: A UUID.
        channel_id: The channel that carries it.
        organisation_id: Whose channel it is.
        asked: The request, checked, as JSON; a partial change is laid over it.
        accepted_at: When it was taken in.
        sent_date: When its first message leaves.
        end_date: When its last message leaves, if it is spread.
        ref_client: The customer's own reference.
        is_cancelled: Whether it was called off.
    """

    campaign_id: str
    channel_id: str
    organisation_id: str
    asked: Mapping[str, Any]
    accepted_at: datetime
    sent_date: datetime
    end_date: datetime | None
    ref_client: str | None
    is_cancelled: bool = False
