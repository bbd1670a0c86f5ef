"""One message, from the send to its last report, and what is refused."""

from datetime import timedelta

import pytest

from tests.fakes.smsmode.conftest import PHONE, Desk, Listener, request


async def test_a_send_is_answered_by_201_and_the_message(desk: Desk) -> None:
    message = await desk.send(refClient="order-42", stop=True)
    assert message["recipient"] == {"to": PHONE}
    assert message["body"]["text"] == "Bonjour STOP 36034"
    assert message["body"]["length"] == 18
    assert message["price"] == {"amount": 0.061, "currency": "EUR"}
    assert message["status"]["value"] == "ENROUTE"
    assert message["acceptedAt"] == "2026-11-23T10:00:00"
    assert message["refClient"] == "order-42"
    assert message["from"] == "36034"


async def test_nothing_is_told_before_time_passes(desk: Desk, listener: Listener) -> None:
    await desk.send()
    assert listener.heard == []


async def test_a_usual_phone_has_it_after_about_three_seconds(
    desk: Desk, listener: Listener
) -> None:
    await desk.send()
    await desk.clock.advance(timedelta(seconds=1))
    assert listener.values == ["ENROUTE"]
    await desk.clock.advance(timedelta(seconds=3))
    assert listener.values == ["ENROUTE", "DELIVERED"]
    assert listener.bodies[1]["status"]["lookup"]["isoCountryCode"] == "FR"


async def test_reading_it_shows_what_became_of_it(desk: Desk) -> None:
    message = await desk.send()
    await desk.clock.advance(timedelta(seconds=5))
    read = await desk.call("GET", f"/sms/v1/messages/{message['messageId']}")
    assert read.status_code == 200
    assert read.json()["status"]["value"] == "DELIVERED"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": "0611111111"}, "400.029"),
        ({"to": "33 611111111"}, "400.029"),
        ({"text": ""}, "400.010"),
        ({"encoding": "UCS2"}, "400.010"),
        ({"stop": "yes"}, "400.010"),
        ({"sender": "TwelveLetter"}, "400.020"),
        ({"sender": "Élan"}, "400.020"),
        ({"refClient": "ab"}, "400.020"),
        ({"callbackUrlStatus": "nowhere"}, "400.020"),
        ({"sentDate": "tomorrow"}, "400.030"),
        ({"sentDate": "2026-11-23T09:54:59"}, "400.030"),
        ({"recipient": {}}, "400.001"),
        ({"body": None}, "400.001"),
        ({"text": "a" * 1531}, "400.010"),
    ],
)
async def test_what_is_wrong_is_refused_with_its_code(
    desk: Desk, changes: dict[str, object], code: str
) -> None:
    answer = await desk.post(**changes)
    assert answer.status_code == 400
    assert answer.json()["errorCode"] == code
    assert answer.json().keys() == {"type", "title", "message", "detail", "errorCode"}


async def test_a_plus_in_front_of_the_number_is_taken_off(desk: Desk) -> None:
    message = await desk.send(to=f"+{PHONE}")
    assert message["recipient"]["to"] == PHONE


async def test_a_body_that_is_not_json_is_refused(desk: Desk) -> None:
    headers = {"X-Api-Key": desk.key.value}
    answer = await desk.http.post("/sms/v1/messages", content=b"{", headers=headers)
    assert answer.json()["errorCode"] == "400.000"


async def test_a_batch_is_answered_message_by_message(desk: Desk) -> None:
    batch = [request(refClient="one-1"), request(refClient="two-2")]
    answer = await desk.call("POST", "/sms/v1/messages", batch)
    assert answer.status_code == 201
    assert [e["message"]["refClient"] for e in answer.json()] == ["one-1", "two-2"]


@pytest.mark.parametrize("wrong", [request(to="06"), request(text="a" * 1531)])
async def test_a_batch_with_a_wrong_message_is_refused_whole(
    desk: Desk, wrong: dict[str, object]
) -> None:
    answer = await desk.call("POST", "/sms/v1/messages", [request(), wrong])
    assert answer.status_code == 400
    assert len(desk.smsmode.state.traffic.archive) == 0
    assert desk.events("balance.debited") == []


@pytest.mark.parametrize("wrong", [request(to="06"), request(text="a" * 1531)])
async def test_a_batch_may_refuse_its_wrong_messages_alone(
    desk: Desk, wrong: dict[str, object]
) -> None:
    desk.set(batch_refusal="element")
    answer = await desk.call("POST", "/sms/v1/messages", [request(), wrong, request()])
    assert [e["status"] for e in answer.json()] == [201, 400, 201]


async def test_a_batchs_refusals_have_no_code_of_ours_where_there_are_none(desk: Desk) -> None:
    desk.set(batch_refusal="element", invented_codes=False)
    batch = [request(to="06"), request(text="")]
    answer = await desk.call("POST", "/sms/v1/messages", batch)
    assert [e["error"]["errorCode"] for e in answer.json()] == ["400.029", "400.000"]


@pytest.mark.parametrize("batch", [[], [request()] * 1001])
async def test_a_batch_has_one_to_a_thousand_messages(desk: Desk, batch: list[object]) -> None:
    answer = await desk.call("POST", "/sms/v1/messages", batch)
    assert answer.json()["errorCode"] == "400.000"


async def test_an_undeclared_sender_is_replaced_or_refused(desk: Desk) -> None:
    channel = desk.smsmode.add_channel(
        desk.organisation.organisation_id, "Two", desk.marketing.flow, from_fields=("Salon",)
    )
    key = desk.new_key(channel)
    body = request(sender="Other")
    answer = await desk.call("POST", "/sms/v1/messages", body, key=key)
    assert answer.json()["from"] == "36034"
    desk.set(strict_senders=True)
    answer = await desk.call("POST", "/sms/v1/messages", body, key=key)
    assert answer.json()["errorCode"] == "400.020"


ONE = {"to": PHONE}
TEXT = {"text": "Bonjour"}


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("messages", {"recipient": ONE, "body": TEXT, "sender": "Salon"}, "sender"),
        ("messages", {"recipient": {**ONE, "name": "J"}, "body": TEXT}, "recipient.name"),
        ("messages", {"recipient": ONE, "body": {**TEXT, "stp": True}}, "body.stp"),
        ("campaigns", {"recipients": [ONE], "body": TEXT, "name": "Spring"}, "name"),
        ("campaigns", {"recipients": [{**ONE, "name": "J"}], "body": TEXT}, "recipients.name"),
    ],
)
async def test_an_unknown_key_is_ignored_unless_the_settings_are_strict(
    desk: Desk, path: str, body: object, named: str
) -> None:
    assert (await desk.call("POST", f"/sms/v1/{path}", body)).status_code == 201
    desk.set(strict_keys=True)
    refusal = (await desk.call("POST", f"/sms/v1/{path}", body)).json()
    assert (refusal["errorCode"], refusal["detail"]) == ("400.002", f"{named}: unknown")


async def test_strict_settings_take_every_documented_key(desk: Desk) -> None:
    desk.set(strict_keys=True)
    url = "https://app.example/x"
    shared = {"from": "Salon", "refClient": "one-1", "callbackUrlStatus": url, "callbackUrlMo": url}
    body = {**TEXT, "encoding": "GSM7", "stop": True}
    later = {"sentDate": "2026-11-24T10:00:00"}
    answers = [
        await desk.call(
            "POST", "/sms/v1/messages", {"recipient": ONE, "body": body, **shared, **later}
        ),
        await desk.call(
            "POST",
            "/sms/v1/campaigns",
            {
                "recipients": [{**ONE, "refClient": "two-2"}],
                "body": body,
                "endDate": "2026-11-24T11:00:00",
                **shared,
                **later,
            },
        ),
    ]
    assert [a.status_code for a in answers] == [201, 201]


async def test_the_journal_links_acceptance_and_status_by_the_same_ids(desk: Desk) -> None:
    message = await desk.send(refClient="order-42")
    await desk.clock.advance(timedelta(seconds=5))
    kinds = ("message.accepted", "message.status", "callback.attempted", "balance.debited")
    for kind in kinds:
        assert desk.events(kind)[0]["messageId"] == message["messageId"], kind
        assert desk.events(kind)[0]["refClient"] == "order-42", kind


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"to": PHONE, "text": "Bonjour"}, "The field 'body' is missing"),
        ({"recipient": {"to": PHONE}, "body": "Bonjour"}, "The field 'body' is not an object"),
        ({"body": {"text": "Bonjour"}}, "The field 'recipient' is missing"),
    ],
)
async def test_what_a_message_lacks_is_named_as_a_field(
    desk: Desk, sent: dict[str, object], message: str
) -> None:
    answer = await desk.call("POST", "/sms/v1/messages", sent)
    refusal = answer.json()
    assert (answer.status_code, refusal["errorCode"]) == (400, "400.001")
    assert refusal["message"] == message
    assert '"body": {"text": "…"}' in refusal["detail"]
