"""The names of things, kept apart by type so that one is never passed for another."""

from typing import NewType

LARGEST_ID = 2**63 - 1
"""The largest number that a HubSpot id may be: they are 64-bit, and so are our columns."""

PortalId = NewType("PortalId", int)
"""A HubSpot account, as HubSpot numbers it."""

ContactId = NewType("ContactId", str)
"""A contact's record within its HubSpot account."""

CallbackId = NewType("CallbackId", str)
"""One execution of a workflow action; the same across HubSpot's retries of it."""

MessageId = NewType("MessageId", str)
"""One SMS, as we name it."""

SmsmodeId = NewType("SmsmodeId", str)
"""One SMS or one reply, as smsmode names it (``messageId``)."""

RefClient = NewType("RefClient", str)
"""Our reference for a send, 3 to 140 characters, which smsmode echoes and can search for."""
