"""Lists that fill themselves: who comes to meet their filters joins, and who ceases to leaves."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from fakes.hubspot.automation.filters import BRANCH, Branch, meets, refuse_unknown, topics_of
from fakes.hubspot.automation.forms import refuse_misshapen
from fakes.hubspot.automation.records import Occurrence
from fakes.hubspot.automation.seen import seen
from fakes.hubspot.automation.turning import counts_from_now, next_turn
from fakes.hubspot.crm.contact_lists import ContactList, Processing
from fakes.hubspot.crm.membership import join, leave
from fakes.hubspot.crm.records import Change, ChangeKind, Channel, Contact, Source
from fakes.hubspot.crm.store import living
from fakes.hubspot.errors import invalid
from fakes.hubspot.hub import Hub
from fakes.hubspot.shapes import number_of
from fakes.hubspot.state import Portal

_SELF = Source(channel=Channel.CALCULATED, label="List")
_LOOKED_AT_ANEW = frozenset((ChangeKind.CREATED, ChangeKind.RESTORED, ChangeKind.MERGED))
"""After these, absence counts too: every list is asked."""


def read_branch(portal: Portal, branch: Any, *, of: ContactList | None = None) -> Branch:
    """Return the filters of a list.

    Args:
        portal: The account.
        branch: What was sent.
        of: The list that is to have them, when it is there already.

    Raises:
        RefusedError: They cannot be read, ask for a property or a list that is not there, or lead
            back to the list itself.
    """
    refuse_misshapen(branch, BRANCH, "filterBranch")
    if not isinstance(branch, dict) or not branch:
        raise invalid("A list that fills itself needs a filterBranch.")
    refuse_unknown(branch)
    for kind, _, name in (topic.partition(":") for topic in topics_of(branch)):
        if kind == "property" and name not in portal.properties:
            raise invalid(f"Property '{name}' does not exist.")
        if kind == "list" and (number_of(name) or 0) not in portal.lists:
            raise invalid(f"The list {name} does not exist.")
    if of is not None and _leads_to(portal, branch, of.id):
        raise invalid(f"The filters of the list {of.id} lead back to that list.")
    return branch


def fill(hub: Hub, portal: Portal, one: ContactList, branch: Branch) -> None:
    """Give a list its filters, and put on it who meets them; nobody else is, and nobody is told.

    Source: HubSpot developer docs, Lists: a snapshot is filled once (docs).
    """
    _define(portal, one, branch)
    now = hub.now()
    for contact in living(portal):
        if meets(branch, seen(hub, portal, contact)):
            one.members[contact.id] = now
        _await_turn(hub, portal, one, contact)
    hub.event("list.filled", portalId=portal.id, listId=one.id, size=len(one.members))


def refill(hub: Hub, portal: Portal, one: ContactList, branch: Branch) -> None:
    """Give a list other filters: who no longer meets them leaves, and who does now joins."""
    retire(portal, one)
    _define(portal, one, branch)
    for contact in list(living(portal)):
        _look(hub, portal, one, contact)


def retire(portal: Portal, one: ContactList) -> None:
    """Have a list look at nothing any more."""
    for topic in one.topics:
        portal.list_watchers[topic].pop(one.id, None)
    for turn in one.turns.values():
        turn.cancel()
    one.turns.clear()


def notice(hub: Hub, change: Change) -> None:
    """Let a contact onto lists and off them after a change; only those that look are asked."""
    portal = hub.state.portals[change.portal_id]
    if not portal.list_watchers or change.contact.archived_at is not None:
        return
    if change.kind in _LOOKED_AT_ANEW:
        topics: Iterable[str] = list(portal.list_watchers)
    elif change.list_id is not None:
        topics = (f"list:{change.list_id}",)
    else:
        topics = (f"property:{name}" for name in change.before)
    _consider(hub, portal, change.contact, topics)


def witness(hub: Hub, occurrence: Occurrence) -> None:
    """Let a contact onto lists and off them for what happened to it."""
    portal = hub.state.portals[occurrence.portal_id]
    _consider(hub, portal, portal.contacts[occurrence.contact_id], (occurrence.topic,))


def _define(portal: Portal, one: ContactList, branch: Branch) -> None:
    one.filter_branch = branch
    if one.processing is not Processing.DYNAMIC:
        return
    one.topics, one.is_timed = topics_of(branch), counts_from_now(branch)
    for topic in one.topics:
        portal.list_watchers.setdefault(topic, {})[one.id] = one


def _consider(hub: Hub, portal: Portal, contact: Contact, topics: Iterable[str]) -> None:
    found = {
        one.id: one for topic in topics for one in portal.list_watchers.get(topic, {}).values()
    }
    for _, one in sorted(found.items()):
        _look(hub, portal, one, contact)


def _look(hub: Hub, portal: Portal, one: ContactList, contact: Contact) -> None:
    belongs = meets(one.filter_branch or {}, seen(hub, portal, contact))
    if belongs is not (contact.id in one.members):
        change = join if belongs else leave
        change(hub, portal, one, [contact.id], _SELF)
    _await_turn(hub, portal, one, contact)


def _await_turn(hub: Hub, portal: Portal, one: ContactList, contact: Contact) -> None:
    if not one.is_timed:
        return
    if (earlier := one.turns.pop(contact.id, None)) is not None:
        earlier.cancel()
    now = seen(hub, portal, contact)
    if (due := next_turn([one.filter_branch or {}], now)) is not None:
        label = f"contact {contact.id} as time passes, list {one.id}"
        turn = partial(_turn, hub, portal, one, contact)
        one.turns[contact.id] = hub.later(due - now.now, turn, label=label)


async def _turn(hub: Hub, portal: Portal, one: ContactList, contact: Contact) -> None:
    one.turns.pop(contact.id, None)
    if contact.archived_at is None:
        _look(hub, portal, one, contact)


def _leads_to(portal: Portal, branch: Branch, target: int) -> bool:
    """Return whether who is on the list ``target`` counts for ``branch``; no circle is there yet."""
    for topic in topics_of(branch):
        kind, _, name = topic.partition(":")
        number = number_of(name) or 0
        if kind != "list" or number not in portal.lists:
            continue
        if number == target or _leads_to(portal, portal.lists[number].filter_branch or {}, target):
            return True
    return False
