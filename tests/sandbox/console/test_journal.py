"""The journal's pages."""

import re

import pytest

from fakes.kit.failures import Failure
from fakes.kit.outbound import Outcome, Sent
from fakes.kit.witness import witness
from sandbox.furnishing import Furniture
from tests.sandbox.console.conftest import Visitor


async def test_a_cause_leads_to_what_follows_from_it_alone(
    visitor: Visitor, furniture: Furniture
) -> None:
    for contact_id in furniture.contact_ids[:2]:
        await visitor.press(f"/contacts/{contact_id}/visit")
    enrolled = [e.seq for e in visitor.world.journal.entries() if e.kind == "contact.enrolled"]
    page = await visitor.read(f"/journal?cause={enrolled[1]}")
    shown = set(re.findall(r'aria-label="Line (\d+)"', page))
    assert str(enrolled[1]) in shown
    assert str(enrolled[0]) not in shown
    assert "See everything" in page


async def test_a_line_opens_on_the_request_and_the_answer(
    visitor: Visitor, furniture: Furniture
) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    page = await visitor.read(f"/journal/{_seq_of(visitor, '/hubspot/action')}")
    assert "Request" in page
    assert "&#34;hs_execution_state&#34;: &#34;BLOCK&#34;" in page
    assert "x-hubspot-signature-v3" in page


async def test_an_event_opens_on_its_fields(visitor: Visitor, furniture: Furniture) -> None:
    await visitor.press(f"/contacts/{furniture.contact_ids[0]}/visit")
    seq = next(e.seq for e in visitor.world.journal.entries() if e.kind == "message.accepted")
    page = await visitor.read(f"/journal/{seq}")
    assert "message.accepted" in page
    assert "&#34;messageId&#34;" in page


async def test_a_long_journal_is_read_page_by_page(visitor: Visitor) -> None:
    for _ in range(150):
        visitor.world.journal.event("sandbox", "thing.happened")
    last = len(visitor.world.journal)
    first = await visitor.read("/journal")
    assert f'aria-label="Line {last}"' in first
    assert f'aria-label="Line {last - 100}"' not in first
    assert f'/journal?before={last - 99}" rel="next"' in first
    older = await visitor.read(f"/journal?before={last - 99}")
    assert f'aria-label="Line {last - 100}"' in older
    assert 'rel="next"' not in older


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/journal?before={}", 200),
        ("/journal/{}", 404),
        ("/contacts/{}", 404),
        ("/phones/{}", 404),
    ],
)
async def test_a_number_of_thousands_of_digits_is_nobodys(
    visitor: Visitor, path: str, status: int
) -> None:
    answer = await visitor.http.get(path.format("9" * 5000))
    assert answer.status_code == status


async def test_an_empty_journal_says_so(visitor: Visitor) -> None:
    assert "Nothing has happened yet" in await visitor.read("/journal?before=1")


@pytest.mark.parametrize("cause", [0, 1, 999999])
async def test_a_cause_that_nothing_follows_from_is_told_from_an_empty_journal(
    visitor: Visitor, cause: int
) -> None:
    visitor.world.journal.event("sandbox", "thing.happened")
    page = await visitor.read(f"/journal?cause={cause}")
    assert "Nothing follows from a line of that number" in page
    assert "Nothing has happened yet" not in page
    assert "See everything" in page


async def test_what_a_browser_asks_for_by_itself_is_no_part_of_the_story(visitor: Visitor) -> None:
    where, written = visitor.world.addresses, len(visitor.world.journal)
    for address in (where.hubspot_app, where.smsmode_ui, where.integration):
        assert (await visitor.world.http.get(f"{address}/favicon.ico")).status_code == 204
    assert len(visitor.world.journal) == written


async def test_a_line_that_is_not_there_is_missing(visitor: Visitor) -> None:
    assert (await visitor.http.get("/journal/999999")).status_code == 404


def _seq_of(visitor: Visitor, path: str) -> int:
    for entry in visitor.world.journal.entries():
        said = entry.as_json()
        if said.get("url", "").endswith(path):
            return entry.seq
    raise LookupError(path)


async def test_a_token_in_an_address_is_cut_in_the_list_and_whole_on_its_line(
    visitor: Visitor,
) -> None:
    token = "CMadtokenthatislong" * 6
    await visitor.world.http.get(
        f"{visitor.world.addresses.hubspot_api}/oauth/v1/access-tokens/{token}"
    )
    assert f"/oauth/v1/access-tokens/{token[:12]}…{token[-4:]}" in await visitor.read("/journal")
    assert token not in await visitor.read("/journal")
    seq = len(visitor.world.journal)
    assert f"/oauth/v1/access-tokens/{token}</code>" in await visitor.read(f"/journal/{seq}")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["Unreachable", "No answer."]), ("fr", ["Injoignable", "Aucune réponse."])],
)
async def test_a_call_that_nobody_answered_says_so(
    visitor: Visitor, language: str, said: list[str]
) -> None:
    sent = Sent(method="POST", url="http://localhost:3000/sms?x=1", headers=[], body=b"{}")
    detail = "nothing listens at localhost:3000: the connection was refused"
    outcome = Outcome(sent=sent, failure=Failure.UNREACHABLE, detail=detail)
    witness(visitor.world.journal, "hubspot", [])(outcome)
    place = len(visitor.world.journal)
    listed = await visitor.read("/journal", **{"accept-language": language})
    assert "localhost:3000/sms</a>" in listed
    assert said[0] in listed
    page = await visitor.read(f"/journal/{place}", **{"accept-language": language})
    for words in (*said, detail, sent.url):
        assert words in page
