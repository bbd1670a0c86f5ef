"""What becomes of a message on its way: plans, operators, chance, and its last status."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.smsmode.codes import Value, is_final, succeeds
from fakes.smsmode.delivery import plan
from fakes.smsmode.fates import FATES, MAGIC_NUMBERS, USUAL
from fakes.smsmode.operators import lookup_of, operator_of
from fakes.smsmode.settings import Settings
from tests.fakes.smsmode.conftest import PHONE, Desk, Listener, accepted

NUMBERS = {fate: number for number, fate in MAGIC_NUMBERS.items()}


SEEDS = st.integers(min_value=0, max_value=2**64 - 1)


@given(st.sampled_from(sorted(FATES)), SEEDS, st.uuids())
def test_a_plan_repeats_with_its_seed(fate: str, seed: int, message_id: UUID) -> None:
    message = accepted(message_id=str(message_id))
    first = plan(message, FATES[fate], seed, Settings())
    assert first == plan(message, FATES[fate], seed, Settings())


@given(SEEDS, st.uuids())
def test_chance_delays_delivery_by_no_more_than_the_jitter(seed: int, message_id: UUID) -> None:
    message = accepted(message_id=str(message_id))
    steps = plan(message, USUAL, seed, Settings())
    late = steps[-1].after - Settings().delivered_after - operator_of(PHONE).latency
    assert timedelta() <= late <= Settings().jitter


def test_operators_and_parts_take_their_own_time() -> None:
    sure = Settings(jitter=timedelta())
    (_, usual), (_, orange), (_, long) = (
        plan(message, USUAL, 0, sure)
        for message in (accepted(), accepted(to="33607000000"), accepted(parts=3))
    )
    assert orange.after - usual.after == timedelta(milliseconds=100)
    assert long.after - usual.after == timedelta(milliseconds=200)


@pytest.mark.parametrize(
    ("number", "network"),
    [
        ("33611111111", "SFR"),
        ("33607000000", "Orange"),
        ("33600000001", "Free"),
        ("32470123456", "Proximus"),
        ("41781234567", "Salt"),
        ("819012345678", "Unknown"),
    ],
)
def test_a_numbers_range_tells_its_operator(number: str, network: str) -> None:
    assert lookup_of(number)["network"] == network


@given(st.sampled_from(list(Value)), st.sampled_from([*Value, "BUFFERED"]))
def test_a_final_status_absorbs_every_other(value: Value, new: str) -> None:
    assert not (is_final(value) and succeeds(new, value))


@pytest.mark.parametrize(
    ("fate", "values", "detail"),
    [
        ("delivered", ["ENROUTE", "DELIVERED"], None),
        ("delayed", ["ENROUTE", "DELIVERED"], None),
        ("expired", ["ENROUTE", "UNDELIVERED"], "EXPIRED"),
        ("invalid", ["ENROUTE", "UNDELIVERABLE"], "INVALID_PHONE_NUMBER"),
        ("landline", ["ENROUTE", "UNDELIVERABLE"], "INVALID_PHONE_NUMBER"),
        ("spam", ["ENROUTE", "UNDELIVERABLE"], "SPAM"),
        ("no-credit", ["ENROUTE", "UNDELIVERABLE"], "INSUFFICIENT_CREDIT"),
        ("blacklisted", ["ENROUTE", "UNDELIVERABLE"], "BLACKLISTED"),
        ("early", ["DELIVERED"], None),
        ("twice", ["ENROUTE", "DELIVERED", "DELIVERED"], None),
        ("disordered", ["DELIVERED", "ENROUTE"], None),
        ("unheard", ["ENROUTE", "BUFFERED"], None),
        ("silent", [], None),
    ],
)
async def test_a_magic_number_decides_the_reports(
    desk: Desk, listener: Listener, fate: str, values: list[str], detail: str | None
) -> None:
    await desk.send(to=NUMBERS[fate])
    await desk.clock.advance(timedelta(hours=27))
    assert listener.values == values
    assert listener.bodies == [] or listener.bodies[-1]["status"].get("detail") == detail


def test_every_fate_has_a_magic_number() -> None:
    assert NUMBERS.keys() == FATES.keys()


async def test_an_early_report_comes_before_the_answer(desk: Desk, listener: Listener) -> None:
    message = await desk.send(to=NUMBERS["early"])
    assert listener.values == ["DELIVERED"]
    assert message["status"]["value"] == "ENROUTE"


async def test_expiry_takes_twenty_six_hours(desk: Desk, listener: Listener) -> None:
    await desk.send(to=NUMBERS["expired"])
    await desk.clock.advance(timedelta(hours=25, minutes=59))
    assert listener.values == ["ENROUTE"]


async def test_a_late_enroute_does_not_undo_delivery(desk: Desk) -> None:
    message = await desk.send(to=NUMBERS["disordered"])
    await desk.clock.advance(timedelta(seconds=10))
    read = await desk.call("GET", f"/sms/v1/messages/{message['messageId']}")
    assert read.json()["status"]["value"] == "DELIVERED"


async def test_any_french_fixed_line_takes_no_sms(desk: Desk, listener: Listener) -> None:
    await desk.send(to="33491000000")
    await desk.clock.advance(timedelta(seconds=5))
    assert listener.bodies[-1]["status"]["detail"] == "INVALID_PHONE_NUMBER"


async def test_a_phone_may_be_given_a_fate(desk: Desk, listener: Listener) -> None:
    await desk.control("PATCH", f"/phones/{PHONE}", {"fate": "spam"})
    await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    assert listener.bodies[-1]["status"]["detail"] == "SPAM"


async def test_enroute_may_go_unreported(desk: Desk, listener: Listener) -> None:
    desk.set(reports_enroute=False)
    await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    assert listener.values == ["DELIVERED"]
