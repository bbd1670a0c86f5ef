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
    rule,
)

from fakes.smsmode.codes import Role
from tests.fakes.smsmode.conftest import PHONE, Desk, Listener, request

PHONES = st.sampled_from((PHONE, "32470123456", "33600000102", "33600000113"))
CENTS = st.integers(min_value=0, max_value=300)
TEXTS = st.sampled_from(("Bonjour", "a" * 161, "a" * 700))
LATER = st.sampled_from((None, "2026-11-23T10:30:00", "2026-11-24T10:00:00"))


class Account(RuleBasedStateMachine):
    """Sends, campaigns, replies, STOPs, transfers and failing apps, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.listener = Listener()
        http = httpx.AsyncClient(transport=httpx.MockTransport(self.listener))
        self.desk = Desk(http, self.listener)
        self.money = Decimal()

    @initialize(cents=st.integers(min_value=0, max_value=2000))
    def fund(self, cents: int) -> None:
        own = self.desk.organisation.organisation_id
        self.money = Decimal(cents) / 100
        self.desk.smsmode.state.balances[own] = self.money
        self.admin = self.desk.new_key(self.desk.marketing, Role.ADMIN)
        body = {"name": "Below", "contact": {"firstName": "Jean"}}
        self.below = self.call("/commons/v1/organisations", body).json()["organisationId"]

    def call(self, path: str, body: object) -> httpx.Response:
        answer: httpx.Response = self.run(self.desk.call("POST", path, body, key=self.admin))
        return answer

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    @rule(to=PHONES, text=TEXTS, later=LATER, stop=st.booleans())
    def send(self, to: str, text: str, later: str | None, *, stop: bool) -> None:
        dated = {} if later is None else {"sentDate": later}
        answer = self.call("/sms/v1/messages", request(to=to, text=text, stop=stop, **dated))
        assert answer.status_code in {201, 400}

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

    @rule(to=PHONES, text=st.sampled_from(("STOP", "stop sms", "oui")))
    def answer(self, to: str, text: str) -> None:
        assert self.run(self.desk.reply(text, to)).status_code in {201, 409}

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
        assert sum(state.balances.values(), Decimal()) == self.money - spent
        assert min(state.balances.values()) >= 0

    @invariant()
    def nothing_promotional_arrives_after_a_stop(self) -> None:
        stopped: set[str] = set()
        phones = {m["messageId"]: m["to"] for m in self.desk.events("message.accepted")}
        told: set[tuple[str, str]] = set()
        for entry in self.desk.journal.entries():
            data = entry.as_json()
            if entry.kind == "number.blacklisted":
                stopped.add(data["number"])
            elif entry.kind == "message.status" and data["value"] == "DELIVERED":
                first = ("DELIVERED", data["messageId"]) not in told
                assert not (first and phones[data["messageId"]] in stopped)
                told.add(("DELIVERED", data["messageId"]))

    def teardown(self) -> None:
        self.run(self.desk.http.aclose())
        self.loop.close()


Account.TestCase.settings = settings(stateful_step_count=20)
test_books = Account.TestCase
