"""Whatever is done in whatever order, the books balance and a STOP is obeyed."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from fakes.smsmode.codes import Role
from tests.fakes.smsmode.conftest import PHONE, Desk, Listener, request

PHONES = st.sampled_from((PHONE, "32470123456", "33600000102", "33600000113"))
CENTS = st.integers(min_value=0, max_value=300)
TEXTS = st.sampled_from(("Bonjour", "a" * 161, "a" * 700))
LATER = st.sampled_from((None, "2026-11-23T10:30:00", "2026-11-24T10:00:00"))
STOPS = ("STOP", "stop sms")
PART = {"33": Decimal("0.061"), "32": Decimal("0.095")}
"""What a part costs, by the country's prefix."""


class Account(RuleBasedStateMachine):
    """Sends, campaigns, replies, STOPs, transfers and failing apps, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.listener = Listener()
        http = httpx.AsyncClient(transport=httpx.MockTransport(self.listener))
        self.desk = Desk(http, self.listener)
        self.money = Decimal()
        self.scheduled: list[str] = []

    @initialize(cents=st.integers(min_value=0, max_value=2000))
    def fund(self, cents: int) -> None:
        own = self.desk.organisation.organisation_id
        self.money = Decimal(cents) / 100
        self.desk.smsmode.state.balances[own] = self.money
        self.admin = self.desk.new_key(self.desk.marketing, Role.ADMIN)
        body = {"name": "Below", "contact": {"firstName": "Jean"}}
        self.below = self.call("/commons/v1/organisations", body).json()["organisationId"]

    def call(self, path: str, body: object) -> httpx.Response:
        return self.ask("POST", path, body)

    def ask(self, method: str, path: str, body: object = None) -> httpx.Response:
        answer: httpx.Response = self.run(self.desk.call(method, path, body, key=self.admin))
        return answer

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    @rule(to=PHONES, text=TEXTS, later=LATER, stop=st.booleans())
    def send(self, to: str, text: str, later: str | None, *, stop: bool) -> None:
        dated = {} if later is None else {"sentDate": later}
        answer = self.call("/sms/v1/messages", request(to=to, text=text, stop=stop, **dated))
        assert answer.status_code in {201, 400}
        if answer.status_code == 201 and answer.json()["status"]["value"] == "SCHEDULED":
            self.scheduled.append(answer.json()["messageId"])

    @precondition(lambda self: self.scheduled)
    @rule(data=st.data(), text=TEXTS, is_kept=st.booleans())
    def change_or_cancel(self, data: st.DataObject, text: str, *, is_kept: bool) -> None:
        path = f"/sms/v1/messages/{data.draw(st.sampled_from(self.scheduled))}"
        asked = ("PATCH", path, {"body": {"text": text}}) if is_kept else ("DELETE", path)
        assert self.ask(*asked).status_code in {200, 204, 409}

    @rule(text=TEXTS)
    def write_across_a_stop(self, text: str) -> None:
        self.send(PHONE, text, None, stop=True)
        self.answer(PHONE, "STOP")

    @rule(to=st.lists(PHONES, min_size=1, max_size=3), spread=st.booleans())
    def launch(self, to: list[str], *, spread: bool) -> None:
        dated = {"endDate": "2026-12-24T10:00:00"} if spread else {}
        recipients = [{"to": number} for number in to]
        body = {"recipients": recipients, "body": {"text": "Salon", "stop": True}, **dated}
        assert self.call("/sms/v1/campaigns", body).status_code == 201

    @rule(to=PHONES, text=st.sampled_from((*STOPS, "oui")))
    def answer(self, to: str, text: str) -> None:
        answer = self.run(self.desk.reply(text, to))
        assert answer.status_code in {201, 409}
        assert answer.status_code == 409 or answer.json()["stop"] == (text in STOPS)

    @rule(number=PHONES)
    def free(self, number: str) -> None:
        self.run(self.desk.control("DELETE", f"/blacklist/{number}"))

    @rule(number=PHONES)
    def opt_out_on_the_page(self, number: str) -> None:
        page = self.run(self.desk.http.post("https://no-sms.eu/", data={"number": number}))
        assert page.status_code in {200, 404}

    @rule(cents=CENTS)
    def transfer(self, cents: int) -> None:
        own = self.desk.organisation.organisation_id
        destination = {"organisationDestination": {"organisationId": self.below}}
        body = {**destination, "amount": cents / 100}
        path = f"/commons/v1/organisations/{own}/transfers"
        assert self.call(path, body).status_code in {201, 400}

    @rule(statuses=st.lists(st.sampled_from((200, 404, 500)), max_size=4))
    def trouble(self, statuses: list[int]) -> None:
        self.listener.statuses = statuses

    @rule(minutes=st.sampled_from((0.01, 0.1, 1, 90, 1600)))
    def wait(self, minutes: float) -> None:
        self.run(self.desk.clock.advance(timedelta(minutes=minutes)))

    @invariant()
    def money_is_neither_made_nor_lost(self) -> None:
        debits = self.desk.events("balance.debited")
        spent = sum((Decimal(e["amount"]) for e in debits), Decimal())
        state = self.desk.smsmode.state
        stops = sum(e["reason"] == "stop" for e in debits)
        billed = sum(state.traffic.billed.values(), Decimal())
        assert spent == billed + stops * self.desk.smsmode.settings.stop_price
        assert stops <= len(self.desk.events("number.blacklisted"))
        assert sum(state.balances.values(), Decimal()) == self.money - spent
        assert min(state.balances.values()) >= 0

    @invariant()
    def each_message_is_billed_once_for_its_parts(self) -> None:
        traffic = self.desk.smsmode.state.traffic
        debits = [e for e in self.desk.events("balance.debited") if e["reason"] == "message"]
        assert [e["messageId"] for e in debits] == list(traffic.billed)
        for debit in debits:
            message = traffic.archive.get(debit["messageId"])
            assert message is not None
            assert Decimal(debit["amount"]) == PART[message.to[:2]] * message.body.parts

    @invariant()
    def nothing_promotional_arrives_after_a_stop(self) -> None:
        # A STOP is what a phone wrote or a page took, whatever the blacklist makes of it.
        stopped: set[str] = set()
        delivered: set[str] = set()
        phones: dict[str, str] = {}
        for entry in self.desk.journal.entries():
            match entry.as_json():
                case {"kind": "message.accepted", "messageId": message_id, "to": to}:
                    phones[message_id] = to
                case {"kind": "message.replied", "stop": True, "sender": phone}:
                    stopped.add(phone)
                case {"kind": "number.freed", "number": phone}:
                    stopped.discard(phone)
                case {"kind": "message.status", "value": "DELIVERED", "messageId": message_id}:
                    assert message_id in delivered or phones[message_id] not in stopped
                    delivered.add(message_id)
                case _:
                    pass

    def teardown(self) -> None:
        self.run(self.desk.http.aclose())
        self.loop.close()


Account.TestCase.settings = settings(stateful_step_count=20)
test_books = Account.TestCase
