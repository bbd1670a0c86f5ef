"""Any interleaving of changes, switches and time: workflows do what a plain model does."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.hubspot.automation.bodies import (
    any_of,
    asks,
    branch,
    delay,
    flow,
    is_any_of,
    trigger,
)
from tests.fakes.hubspot.world import World

STAY = timedelta(minutes=60)
CITIES = ("Lyon", "Nice", "Paris", "")
PHONES = ("0611111111", "0622222222", "")
NAMES = ("a", "b")

steps = st.one_of(
    st.tuples(st.just("city"), st.sampled_from(NAMES), st.sampled_from(CITIES)),
    st.tuples(st.just("phone"), st.sampled_from(NAMES), st.sampled_from(PHONES)),
    st.tuples(st.just("switch"), st.booleans(), st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from((1, 30, 59, 60)), st.none()),
)


@dataclass
class Person:
    city: str = ""
    phone: str = ""
    until: datetime | None = None
    entries: int = 0

    def matches(self) -> bool:
        return self.city in ("Lyon", "Nice")


@dataclass
class Model:
    """The rules, said once more for one flow: enters in Lyon or Nice, for an hour."""

    again: bool
    phone_brings_back: bool
    leaves: bool
    now: datetime
    is_on: bool = True
    people: dict[str, Person] = field(default_factory=lambda: {n: Person() for n in NAMES})

    def change(self, name: str, what: str, value: str) -> None:
        person = self.people[name]
        old, old_value = person.matches(), getattr(person, what)
        setattr(person, what, value)
        if not self.is_on or old_value == value:
            return
        if person.until is not None:
            if self.leaves and old and not person.matches():
                person.until = None
        elif person.matches() and (
            (person.entries == 0 and not old)
            or (self.again and self.comes_back(person, what, old_value))
        ):
            self.enter(person)

    def comes_back(self, person: Person, what: str, old_value: str) -> bool:
        if self.phone_brings_back:
            return what == "phone" and person.phone != ""
        if what != "city":
            return False
        return person.city == "Lyon" or (person.city == "Nice" and old_value != "Nice")

    def enter(self, person: Person) -> None:
        person.until, person.entries = self.now + STAY, person.entries + 1

    def switch(self, on: bool, existing: bool) -> None:
        self.is_on = on
        for person in self.people.values():
            if not on:
                person.until = None
            elif existing and person.entries == 0 and person.matches():
                self.enter(person)

    def wait(self, to: datetime) -> None:
        self.now = to
        for person in self.people.values():
            if person.until is not None and person.until <= to:
                person.until = None


def body(again: bool, phone_brings_back: bool, leaves: bool) -> dict[str, Any]:
    known = [branch(asks("phone", "IS_KNOWN", "ALL_PROPERTY"))]
    root = any_of(branch(is_any_of("city", "Lyon")), branch(is_any_of("city", "Nice")))
    criteria = trigger(
        root,
        shouldReEnroll=again,
        unEnrollObjectsNotMeetingCriteria=leaves,
        reEnrollmentTriggersFilterBranches=known if phone_brings_back else [],
    )
    return flow(delay("1", 60), enrollmentCriteria=criteria)


@settings(max_examples=25, deadline=None)
@given(
    again=st.booleans(),
    phone_brings_back=st.booleans(),
    leaves=st.booleans(),
    script=st.lists(steps, max_size=25),
)
async def test_workflows_do_what_a_plain_model_does(
    again: bool, phone_brings_back: bool, leaves: bool, script: list[tuple[str, Any, Any]]
) -> None:
    async with World() as world:
        model = Model(again, phone_brings_back, leaves, world.clock.now())
        play = await Play.begin(world, body(again, phone_brings_back, leaves))
        for what, first, second in script:
            await play.step(what, first, second)
            if what in ("city", "phone"):
                model.change(first, what, second)
            elif what == "switch":
                model.switch(first, second)
            else:
                model.wait(world.clock.now())
            play.check(model)


@dataclass
class Play:
    """The fake, moved as the model is."""

    world: World
    flow: int
    contacts: dict[str, str]

    @classmethod
    async def begin(cls, world: World, made: dict[str, Any]) -> "Play":
        token = world.hubspot.add_private_token(world.portal.id)
        world.api.headers["Authorization"] = f"Bearer {token}"
        contacts = {
            name: world.hubspot.add_contact(world.portal.id, {"firstname": name}) for name in NAMES
        }
        answer = await world.api.post("/automation/v4/flows", json=made)
        return cls(world, int(answer.json()["id"]), contacts)

    async def step(self, what: str, first: Any, second: Any) -> None:
        root = f"/_control/hubspot/portals/{self.world.portal.id}"
        if what == "wait":
            await self.world.clock.advance(timedelta(minutes=first))
            return
        if what == "switch":
            body = {"value": first, "enrollExisting": first and second}
            answer = await self.world.api.post(f"{root}/flows/{self.flow}/enabled", json=body)
        else:
            path = f"{root}/contacts/{self.contacts[first]}"
            answer = await self.world.api.patch(path, json={"properties": {what: second}})
        assert answer.status_code == 200, answer.text
        await self.world.clock.run_due()

    def check(self, model: Model) -> None:
        portal = self.world.hubspot.hub.portal(self.world.portal.id)
        for name, contact in self.contacts.items():
            through = [e for e in portal.enrollments.values() if e.contact_id == int(contact)]
            inside = [e for e in through if e.state == "active"]
            assert len(inside) == (model.people[name].until is not None)
            assert len(through) == model.people[name].entries
