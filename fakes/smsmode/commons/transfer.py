"""A transfer of credit from one organisation to another."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Credit that went from one balance to another.

    Args:
        transfer_id: A UUID.
        source_id: The organisation that gave.
        destination_id: The one that got.
        amount: In euros, above zero.
        reference: The customer's own.
        description: In words.
        created_at: When.
    """

    transfer_id: str
    source_id: str
    destination_id: str
    amount: Decimal
    reference: str | None
    description: str | None
    created_at: datetime
