"""Time passes, worlds are there, and the network breaks."""

from dataclasses import replace

from pytest_bdd import given, parsers, then, when

from fakes.kit.journal import Exchange
from features.stage import Stage
from sandbox.addresses import host_of
from sandbox.causes import Traced, trace
from sandbox.faults import Fault, Rule


@given("an empty world")
def an_empty_world(stage: Stage) -> None:
    assert stage.run(stage.furnisher.operate("GET", "/operator/accounts"))["results"] == []


@given("a furnished world")
def a_furnished_world(stage: Stage) -> None:
    stage.furnish()


@given(parsers.parse('another account, of the time zone "{zone}", that has the app too'))
def another_account(stage: Stage, zone: str) -> None:
    root, who = "/_control/hubspot", stage.identities
    portal = {"name": "Autre", "domain": "autre.example", "timeZone": zone}
    made = stage.hubspot("POST", f"{root}/portals", portal)["portalId"]
    user = {"email": who.email, "password": who.password, "portals": [made]}
    stage.hubspot("POST", f"{root}/users", user)
    token = stage.hubspot("POST", f"{root}/portals/{made}/private-tokens")["token"]
    stage.move_to(replace(who, portal_id=made, access_token=token))


@when(parsers.re(r"(?P<count>\d+) (?P<unit>second|minute|hour)s? pass(es)?"))
def time_passes(stage: Stage, count: str, unit: str) -> None:
    stage.advance(**{f"{unit}s": int(count)})


@given("the integration is down")
def integration_down(stage: Stage) -> None:
    stage.world.network.cut(host_of(stage.world.addresses.integration))


@when("the integration is up again")
def integration_up(stage: Stage) -> None:
    stage.world.network.mend(host_of(stage.world.addresses.integration))


@given("the integration's answers to HubSpot are lost")
def answers_lost(stage: Stage) -> None:
    host = host_of(stage.world.addresses.integration)
    lost = Rule(host=host, path="/hubspot/action", faults=(Fault.ANSWER_LOST,), chance=1)
    stage.world.weather.rules = (lost,)


@when("the integration's answers arrive again")
def answers_arrive(stage: Stage) -> None:
    stage.world.weather.rules = ()


@then("HubSpot has called twice for the contact")
def called_twice(stage: Stage) -> None:
    assert len(stage.enrollments()[-1]["steps"][-1]["attempts"]) == 2


@given("the integration does not answer smsmode")
def integration_deaf(stage: Stage) -> None:
    stage.world.network.cut(host_of(stage.world.addresses.integration), "/smsmode/")


@when("the integration answers smsmode again")
def integration_hears(stage: Stage) -> None:
    stage.world.network.mend(host_of(stage.world.addresses.integration), "/smsmode/")


@then(
    "the journal traces the enrolment, the SMS, its reports, the reply and the timeline events "
    "to one cause"
)
def one_cause(stage: Stage) -> None:
    traced = list(trace(stage.world.journal.entries()))
    kinds = [line.entry.kind for line in traced]
    start = kinds.index("contact.enrolled")
    end = len(kinds) - kinds[::-1].index("timeline.written")
    story = [line for line in traced[start:end] if not is_staging(stage, line)]
    assert {"message.accepted", "message.status", "message.replied"} < set(kinds[start:end])
    strays = [line.entry for line in story if line.causes != (start + 1,)]
    assert not strays, strays


def is_staging(stage: Stage, line: Traced) -> bool:
    """Whether a line is what the scenario itself asks of the fakes, and no part of its story."""
    data = line.entry.data
    if not isinstance(data, Exchange):
        return False
    return "/_control/" in data.url or stage.identities.access_token in str(data.request_headers)
