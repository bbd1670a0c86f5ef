"""Which contacts are marketing contacts, by whose doing, and until when."""

from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from fakes.hubspot.choices import MarketingEnds
from fakes.hubspot.crm import store
from fakes.hubspot.crm.records import Channel, Contact, Source
from fakes.hubspot.hub import Hub
from fakes.hubspot.state import Portal

_STATUS, _ENDING = "hs_marketable_status", "hs_marketable_until_renewal"
_RENEWED = Source(channel=Channel.CALCULATED, label="Marketing contacts update")


def set_marketing(hub: Hub, portal: Portal, contact: Contact, source: Source, reason: str) -> None:
    """Make a contact a marketing one, at once; one that was to cease goes on.

    Args:
        hub: The fake.
        portal: The account.
        contact: Who.
        source: Who does it.
        reason: Through what, among the options of ``hs_marketable_reason_type``.
    """
    if contact.values.get(_STATUS) == "true" and contact.values.get(_ENDING) != "true":
        return
    values = {
        _STATUS: "true",
        _ENDING: "false",
        "hs_marketable_reason_type": reason,
        "hs_marketable_reason_id": source.id or "",
    }
    store.update(hub, portal, contact, values, source)


def unset_marketing(hub: Hub, portal: Portal, contact: Contact, source: Source) -> None:
    """Have a contact cease to be a marketing one, at the account's next update or at once.

    Source: HubSpot knowledge base, Marketing contacts (docs); when it is at once: a setting.
    """
    if contact.values.get(_STATUS) != "true":
        return
    if hub.settings.marketing_ends is MarketingEnds.AT_ONCE:
        _end(hub, portal, contact, source)
        return
    store.update(hub, portal, contact, {_ENDING: "true"}, source)
    label = f"the update of marketing contacts, contact {contact.id}"
    wait = next_update(hub, portal) - hub.now()
    hub.later(wait, partial(_renew, hub, portal, contact), label=label)


def next_update(hub: Hub, portal: Portal) -> datetime:
    """Return when the account's marketing contacts are next brought up to date.

    Assumed: as the next month begins where the account is; HubSpot's day is that of the bill.
    """
    zone = ZoneInfo(portal.time_zone)
    first = hub.now().astimezone(zone).date().replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return datetime.combine(following, time(), zone)


async def _renew(hub: Hub, portal: Portal, contact: Contact) -> None:
    if contact.archived_at is None and contact.values.get(_ENDING) == "true":
        _end(hub, portal, contact, _RENEWED)


def _end(hub: Hub, portal: Portal, contact: Contact, source: Source) -> None:
    store.update(hub, portal, contact, {_STATUS: "false", _ENDING: "false"}, source)
