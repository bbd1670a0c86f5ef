"""The feed: the journal with causes, read as it grows."""

from fakes.kit.clock import VirtualClock
from fakes.kit.journal import Journal
from sandbox.feed import Feed

FIRST, SECOND = "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "6ba7b811-9dad-41d1-80b4-00c04fd430c8"


def test_an_entry_written_after_the_first_look_still_finds_its_cause() -> None:
    journal, feed = _feed()
    journal.event("smsmode", "message.accepted", messageId=FIRST)
    assert feed.entry(1) is not None
    journal.event("smsmode", "message.status", messageId=FIRST, value="DELIVERED")
    assert [entry["causes"] for entry in feed.after(0)] == [[1], [1]]


def test_what_follows_from_one_cause_is_listed_newest_first() -> None:
    journal, feed = _feed()
    for message in (FIRST, SECOND):
        journal.event("smsmode", "message.accepted", messageId=message)
    for message in (FIRST, SECOND, FIRST):
        journal.event("smsmode", "message.status", messageId=message)
    assert [entry["seq"] for entry in feed.latest(10, cause=1)] == [5, 3, 1]
    assert [entry["seq"] for entry in feed.latest(1, cause=2, before=4)] == [2]
    assert feed.latest(10, cause=9) == []


def test_pages_go_back_from_the_newest() -> None:
    journal, feed = _feed()
    for _ in range(5):
        journal.event("sandbox", "clock.moved")
    assert [entry["seq"] for entry in feed.latest(2)] == [5, 4]
    assert [entry["seq"] for entry in feed.latest(2, before=4)] == [3, 2]


def test_entries_are_counted_and_found_by_kind() -> None:
    journal, feed = _feed()
    journal.event("hubspot", "contact.enrolled", contactId=1)
    journal.event("hubspot", "timeline.written", contactId=1)
    journal.event("hubspot", "contact.enrolled", contactId=2)
    assert feed.counts() == {"contact.enrolled": 2, "timeline.written": 1}
    assert [entry["contactId"] for entry in feed.of_kind("contact.enrolled", 1)] == [2]


def test_there_is_no_entry_before_the_first_nor_after_the_last() -> None:
    journal, feed = _feed()
    journal.event("sandbox", "clock.moved")
    assert feed.entry(0) is None
    assert feed.entry(2) is None
    assert len(feed) == 1


def _feed() -> tuple[Journal, Feed]:
    journal = Journal(VirtualClock().now)
    return journal, Feed(journal)
