"""Cause and effect, read from ids alone."""

from datetime import UTC, datetime

from fakes.kit.failures import Failure
from fakes.kit.journal import Exchange, Journal
from fakes.kit.outbound import Outcome, Sent
from fakes.kit.witness import witness
from sandbox.causes import trace

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SMS, OTHER = "de51c0a7-d28b-4874-85ed-e8868a487de5", "0aa1c0a7-d28b-4874-85ed-e8868a487de6"


def causes(journal: Journal) -> list[tuple[int, ...]]:
    return [line.causes for line in trace(journal.entries())]


def exchange(body: str) -> Exchange:
    return Exchange(
        method="POST",
        scheme="https",
        path=b"/events",
        query=b"",
        request_headers=[],
        request_body=body.encode(),
        status=200,
        answer_headers=[],
        answer_body=b"",
    )


def test_ids_that_are_passed_on_carry_the_cause() -> None:
    journal = Journal(lambda: NOW)
    journal.event("hubspot", "contact.enrolled", enrollmentId=24)
    journal.event("hubspot", "action.started", enrollmentId=24, callbackId="ap-1-24-1-0")
    journal.event("smsmode", "message.accepted", messageId=SMS, refClient="ap-1-24-1-0")
    journal.exchange("hubspot", exchange(f'{{"id":"{SMS}-received"}}'))
    assert causes(journal) == [(1,), (1,), (1,), (1,)]


def test_a_call_that_the_caller_writes_down_carries_the_cause_of_what_it_tells() -> None:
    journal = Journal(lambda: NOW)
    journal.event("hubspot", "contact.enrolled", enrollmentId=24)
    journal.event("hubspot", "action.started", enrollmentId=24, callbackId="ap-1-24-1-0")
    sent = Sent(method="POST", url="http://localhost:1/", headers=[], body=b'"ap-1-24-1-0"')
    witness(journal, "hubspot", [])(Outcome(sent=sent, failure=Failure.UNREACHABLE))
    assert causes(journal)[-1] == (1,)


def test_a_batch_has_the_causes_of_all_that_it_tells() -> None:
    journal = Journal(lambda: NOW)
    journal.event("smsmode", "message.accepted", messageId=SMS)
    journal.event("smsmode", "message.accepted", messageId=OTHER)
    journal.exchange("hubspot", exchange(f'["{OTHER}","{SMS}"]'))
    assert causes(journal)[-1] == (1, 2)


def test_what_two_messages_share_does_not_tie_them() -> None:
    journal = Journal(lambda: NOW)
    shared = "11111111-1111-4111-8111-111111111111"
    journal.event("smsmode", "message.accepted", messageId=SMS, organisationId=shared)
    journal.event("smsmode", "message.accepted", messageId=OTHER, organisationId=shared)
    assert causes(journal) == [(1,), (2,)]


def test_what_follows_from_nothing_has_no_cause() -> None:
    journal = Journal(lambda: NOW)
    journal.event("hubspot", "property.created", name="x")
    journal.exchange("hubspot", exchange("{}"))
    assert causes(journal) == [(), ()]
