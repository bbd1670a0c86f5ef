"""The card's links, who asks for it, and what it answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.card import CardFault, CardLinkError, Visit, received, sent
from core.domain.compose import SendType
from core.domain.errors import MalformedRequestError
from core.domain.ids import ContactId, PortalId
from core.domain.status import SmsStatus
from core.wire import hubspot_card, hubspot_card_link
from core.wire.hubspot_card import CHECK, EDIT_TEMPLATES, SEND, Link
from core.wire.hubspot_card_link import Pass, Purpose

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
VISIT = Visit(portal_id=PortalId(62515), contact_id=ContactId("512"), user="camille@salon.example")
GIVEN = Pass(visit=VISIT, purpose=Purpose.SEND, expires_at=LATER, once="abc")
LINKS = tuple(
    Link(label=label, url=f"https://sms.example/{place}")
    for place, label in enumerate((SEND, EDIT_TEMPLATES, CHECK))
)
FETCH = [
    ("userId", "1"),
    ("userEmail", "a@b.example"),
    ("associatedObjectId", "512"),
    ("associatedObjectType", "CONTACT"),
    ("portalId", "62515"),
]


def opened(word: str, **changes: Any) -> Pass:
    asked: dict[str, Any] = {"keys": ["key"], "purposes": [Purpose.SEND], "now": NOW, **changes}
    return hubspot_card_link.open_sealed(word, **asked)


def test_a_link_says_what_was_sealed_into_it() -> None:
    assert opened(hubspot_card_link.seal(GIVEN, key="key")) == GIVEN


def test_a_link_sealed_with_a_retired_key_still_opens() -> None:
    word = hubspot_card_link.seal(GIVEN, key="retired")
    assert opened(word, keys=["current", "retired"]) == GIVEN


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"keys": ["another"]}, CardFault.FORGED_LINK),
        ({"purposes": [Purpose.TEMPLATES, Purpose.CHECKS]}, CardFault.FORGED_LINK),
        ({"now": LATER}, CardFault.EXPIRED_LINK),
    ],
)
def test_a_link_lets_in_for_its_purpose_and_its_time_alone(
    changes: dict[str, Any], fault: CardFault
) -> None:
    with pytest.raises(CardLinkError) as refused:
        opened(hubspot_card_link.seal(GIVEN, key="key"), **changes)
    assert refused.value.fault is fault


@given(st.text())
def test_what_we_did_not_seal_is_forged(word: str) -> None:
    with pytest.raises(CardLinkError) as refused:
        opened(word)
    assert refused.value.fault is CardFault.FORGED_LINK


def test_a_legacy_fetch_names_its_visit() -> None:
    visit = hubspot_card.read_legacy_visit(FETCH)
    assert (visit.portal_id, visit.contact_id, visit.user) == (62515, "512", "a@b.example")


@pytest.mark.parametrize(
    "query",
    [
        [],
        [*FETCH, ("portalId", "1")],
        [*FETCH, ("associatedObjectId", "1")],
        [each for each in FETCH if each[0] != "associatedObjectId"],
        [*FETCH[:3], ("associatedObjectType", "COMPANY"), FETCH[4]],
        [("portalId", "abc"), ("associatedObjectId", "512")],
        [("portalId", "9" * 20), ("associatedObjectId", "512")],
    ],
)
def test_a_fetch_that_does_not_say_who_asks_is_refused(query: list[tuple[str, str]]) -> None:
    with pytest.raises(MalformedRequestError):
        hubspot_card.read_legacy_visit(query)


@pytest.mark.parametrize("app", ["1", "", "x"])
def test_only_our_own_extension_may_ask(app: str) -> None:
    with pytest.raises(MalformedRequestError):
        hubspot_card.read_fetch_user([("portalId", "62515"), ("appId", app)], 4242)


def answer(*exchanges: Any, **changes: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {"total": 7, "phone_status": "", "links": LINKS, "language": "fr"}
    return hubspot_card.answer(exchanges, **{**asked, **changes})


def test_the_answer_is_of_version_one_with_its_buttons() -> None:
    found = answer()
    assert (found["responseVersion"], found["totalCount"]) == ("v1", 7)
    assert found["primaryAction"]["label"] == "Envoyer un SMS"
    assert [each["label"] for each in found["secondaryActions"]] == [
        "Éditer les modèles",
        "SMS non reçu ?",
    ]


def test_a_long_text_is_cut_in_the_title_and_whole_beside_it() -> None:
    text = "a" * 200
    sms = sent(
        message_id="m-1",
        at=NOW,
        kind=SendType.PROMOTIONAL,
        text=text,
        status=SmsStatus.RECEIVED,
        detail="",
    )
    (result,) = answer(sms, phone_status="Actif")["results"]
    told = {each["label"]: each for each in result["properties"]}
    assert result["title"] == "a" * 59 + "…"
    assert told["Message"]["value"] == text
    assert (told["Statut"]["dataType"], told["Statut"]["optionType"]) == ("STATUS", "SUCCESS")
    assert told["Date"]["value"] == str(int(NOW.timestamp() * 1000))
    assert told["Statut du téléphone pour smsmode"]["value"] == "Actif"


def test_each_result_has_a_number_of_its_own() -> None:
    replies = [
        received(reply_id=f"mo-{place}", at=NOW, kind=None, text="oui", stop=False)
        for place in range(5)
    ]
    ids = {result["objectId"] for result in answer(*replies)["results"]}
    assert len(ids) == 5
    assert all(0 <= each < 2**53 for each in ids)
