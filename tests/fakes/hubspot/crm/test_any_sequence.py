"""Any sequence of operations on contacts keeps counts, unique emails and history consistent."""

import asyncio
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from fakes.hubspot.settings import Settings
from tests.fakes.hubspot.world import World

C = "/crm/v3/objects/contacts"
EMAILS = st.sampled_from([f"{name}@x.fr" for name in "abcd"])
CITIES = st.sampled_from(["Lyon", "Nice", ""])


class Contacts(RuleBasedStateMachine):
    """Does to contacts what an app may, beside a plain record of what ought to be there."""

    contacts = Bundle("contacts")
    deleted = Bundle("deleted")

    @initialize(new_id=st.booleans())
    def open(self, *, new_id: bool) -> None:
        self.runner = asyncio.Runner()
        self.world = World(Settings(limits_calls=False, merge_gives_new_id=new_id))
        self.world.api.headers.update(self.world.private())
        self.emails: dict[str, list[str]] = {}
        self.cities: dict[str, list[str]] = {}

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.run(self.world.__aexit__())
            self.runner.close()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        return self.runner.run(self.world.api.request(method, path, json=body))

    def owner(self, email: str) -> str | None:
        return next((number for number, owned in self.emails.items() if email in owned), None)

    @rule(target=contacts, email=EMAILS, city=CITIES)
    def create(self, email: str, city: str) -> Any:
        owner = self.owner(email)
        answer = self.call("POST", C, {"properties": {"email": email, "city": city}})
        if owner is not None:
            assert (answer.status_code, owner in answer.json()["message"]) == (409, True)
            return multiple()
        assert answer.status_code == 201
        number = str(answer.json()["id"])
        self.emails[number], self.cities[number] = [email], [city]
        return number

    @rule(number=contacts, email=EMAILS, city=CITIES)
    def update(self, number: str, email: str, city: str) -> None:
        owner = self.owner(email)
        answer = self.call("PATCH", f"{C}/{number}", {"properties": {"email": email, "city": city}})
        if owner not in (None, number):
            assert answer.status_code == 409
            return
        assert answer.status_code == 200
        self.emails[number] = list(dict.fromkeys([email, *self.emails[number][1:]]))
        if self.cities[number][-1] != city:
            self.cities[number].append(city)

    @rule(target=contacts, emails=st.lists(EMAILS, min_size=1, unique=True), city=CITIES)
    def upsert(self, emails: list[str], city: str) -> Any:
        inputs = [
            {"id": email, "idProperty": "email", "properties": {"city": city}} for email in emails
        ]
        owners = [self.owner(email) for email in emails]
        answer = self.call("POST", f"{C}/batch/upsert", {"inputs": inputs})
        known = [owner for owner in owners if owner is not None]
        if len(known) > len(set(known)):
            assert answer.status_code == 400
            return multiple()
        assert answer.status_code == 200
        made = []
        for email, owner, one in zip(emails, owners, answer.json()["results"], strict=True):
            assert one["new"] is (owner is None)
            assert owner in (None, one["id"])
            if owner is None:
                made.append(one["id"])
                self.emails[one["id"]], self.cities[one["id"]] = [email], [city]
            elif self.cities[owner][-1] != city:
                self.cities[owner].append(city)
        return multiple(*made)

    @rule(emails=st.lists(EMAILS, min_size=1), city=CITIES)
    def create_nothing(self, emails: list[str], city: str) -> None:
        """A batch of which one input is bad leaves no trace of the others."""
        good = [{"properties": {"email": email, "city": city}} for email in emails]
        bad = {"properties": {"email": "new@x.fr", "lifecyclestage": "friend"}}
        answer = self.call("POST", f"{C}/batch/create", {"inputs": [*good, bad]})
        assert answer.status_code in (400, 409)

    @rule(target=deleted, number=consumes(contacts))
    def archive(self, number: str) -> Any:
        assert self.call("DELETE", f"{C}/{number}").status_code == 204
        return number, self.emails.pop(number)

    @rule(target=contacts, gone=consumes(deleted))
    def restore(self, gone: tuple[str, list[str]]) -> Any:
        number, emails = gone
        portal = self.world.portal.id
        answer = self.call("POST", f"/_control/hubspot/portals/{portal}/contacts/{number}/restore")
        if any(self.owner(email) for email in emails):
            assert answer.status_code == 409
            return multiple()
        assert answer.status_code == 200
        self.emails[number] = emails
        return number

    @rule(number=consumes(contacts))
    def erase(self, number: str) -> None:
        assert self.call("POST", f"{C}/gdpr-delete", {"objectId": number}).status_code == 204
        assert self.call("GET", f"{C}/{number}?archived=true").status_code == 404
        del self.emails[number]

    @rule(target=contacts, primary=consumes(contacts), other=consumes(contacts))
    def merge(self, primary: str, other: str) -> str:
        body = {"primaryObjectId": primary, "objectIdToMerge": other}
        answer = self.call("POST", f"{C}/merge", body)
        assert answer.status_code == 200, answer.text
        number = str(answer.json()["id"])
        emails = self.emails.pop(primary) + self.emails.pop(other)
        city = self.cities[primary][-1] or self.cities[other][-1]
        self.emails[number], self.cities[number] = emails, [city]
        assert self.call("GET", f"{C}/{other}").json()["id"] == number
        return number

    @invariant()
    def what_there_is_can_be_listed(self) -> None:
        if hasattr(self, "runner"):
            listed = self.call("GET", f"{C}?limit=100").json()["results"]
            assert sorted(one["id"] for one in listed) == sorted(self.emails)

    @invariant()
    def each_email_leads_to_its_owner(self) -> None:
        if hasattr(self, "runner"):
            for number, emails in self.emails.items():
                for email in emails:
                    found = self.call("GET", f"{C}/{email}?idProperty=email")
                    assert found.json()["id"] == number

    @invariant()
    def history_ends_with_what_is_held(self) -> None:
        for number in getattr(self, "emails", ()):
            shown = self.call("GET", f"{C}/{number}?propertiesWithHistory=city").json()
            versions = [one["value"] for one in reversed(shown["propertiesWithHistory"]["city"])]
            assert (shown["properties"]["city"] or "") == self.cities[number][-1]
            assert not versions or versions[-1] == self.cities[number][-1]
            if len(self.cities[number]) > 1:
                assert versions[-2:] == self.cities[number][-2:]


Contacts.TestCase.settings = settings(max_examples=15, stateful_step_count=10, deadline=None)
TestContacts = Contacts.TestCase
