"""Time passes, worlds are there, and the network breaks."""

from pytest_bdd import given, parsers, then, when

from features.stage import Stage
from sandbox.addresses import host_of
from sandbox.causes import trace


@given("an empty world")
def an_empty_world(stage: Stage) -> None:
    assert stage.run(stage.furnisher.operate("GET", "/operator/accounts"))["results"] == []


@given("a furnished world")
def a_furnished_world(stage: Stage) -> None:
    stage.furnish()


@when(parsers.re(r"(?P<count>\d+) (?P<unit>second|minute|hour)s? pass(es)?"))
def time_passes(stage: Stage, count: str, unit: str) -> None:
    stage.advance(**{f"{unit}s": int(count)})


@given("the integration is down")
def integration_down(stage: Stage) -> None:
    stage.world.network.cut(host_of(stage.world.addresses.integration))


@when("the integration is up again")
def integration_up(stage: Stage) -> None:
    stage.world.network.mend(host_of(stage.world.addresses.integration))


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
    origin = next(line for line in traced if line.entry.kind == "contact.enrolled")
    kinds = {line.entry.kind for line in traced if origin.entry.seq in line.causes}
    assert {
        "contact.enrolled",
        "message.accepted",
        "message.status",
        "message.replied",
        "number.blacklisted",
        "timeline.written",
    } <= kinds
