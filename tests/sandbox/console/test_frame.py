"""What every page of the console has in common."""

from html.parser import HTMLParser

import pytest

from sandbox.furnishing import Furniture
from tests.sandbox.console.conftest import Visitor

PATHS = ["/", "/contacts/{contact}", "/phones/33600010001", "/journal", "/journal/1", "/nowhere"]


async def test_french_comes_first(visitor: Visitor) -> None:
    del visitor.http.headers["accept-language"]
    page = await visitor.read()
    assert '<html lang="fr">' in page
    assert "La boucle" in page


async def test_a_chosen_language_is_kept_against_the_browsers(visitor: Visitor) -> None:
    assert '<html lang="en">' in await visitor.read()
    await visitor.read("/?lang=fr")
    assert '<html lang="fr">' in await visitor.read("/journal")


async def test_french_signs_stay_with_their_words(visitor: Visitor) -> None:
    page = await visitor.read("/?lang=fr")
    assert "«\N{NO-BREAK SPACE}Venu au salon\N{NO-BREAK SPACE}»" in page


@pytest.mark.parametrize("path", PATHS)
async def test_everything_that_is_filled_in_or_pressed_has_a_name(
    visitor: Visitor, furniture: Furniture, path: str
) -> None:
    contact = furniture.contact_ids[0]
    await visitor.press(f"/contacts/{contact}/visit")
    reader = Landmarks()
    reader.feed((await visitor.http.get(path.format(contact=contact))).text)
    assert reader.count("main") == 1
    assert reader.count("h1") == 1
    assert reader.unnamed == []
    assert len(reader.ids) == len(set(reader.ids))


async def test_nothing_is_fetched_from_elsewhere(visitor: Visitor) -> None:
    policy = (await visitor.http.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    for name in ("console.css", "console.js", "mark.svg"):
        assert (await visitor.http.get(f"/static/{name}")).status_code == 200


async def test_a_page_that_has_seen_everything_is_not_made_again(visitor: Visitor) -> None:
    seen = len(visitor.world.journal)
    same = await visitor.http.get("/journal", headers={"if-none-match": f'"{seen}"'})
    assert (same.status_code, same.text) == (304, "")
    assert same.headers["x-clock"].endswith(" 1")
    visitor.world.journal.event("sandbox", "thing.happened")
    await visitor.read("/journal", **{"if-none-match": f'"{seen}"'})


async def test_the_clock_is_paused_hurried_and_moved(visitor: Visitor) -> None:
    for button, rate in (("pause", 0.0), ("fast", 60.0), ("normal", 1.0)):
        await visitor.press("/clock", to=button)
        assert visitor.clock.rate == rate
    before = visitor.clock.now()
    await visitor.http.post("/clock", data={"to": "day"})
    assert (visitor.clock.now() - before).days == 1
    refused = await visitor.http.post("/clock", data={"to": "nowhere"})
    assert refused.status_code == 422
    assert "pause, normal, fast, hour or day" in refused.text
    assert (visitor.clock.now() - before).days == 1


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"origin": "null"}],
)
async def test_a_page_from_elsewhere_presses_no_button(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    answer = await visitor.http.post("/clock", data={"to": "pause"}, headers=headers)
    assert answer.status_code == 403
    assert visitor.clock.rate == 1.0


async def test_a_form_that_is_far_too_large_does_nothing(visitor: Visitor) -> None:
    await visitor.http.post("/clock", data={"to": "pause", "more": "x" * 100_000})
    assert visitor.clock.rate == 1.0


async def test_one_never_returns_to_a_page_outside_the_console(visitor: Visitor) -> None:
    visitor.http.headers["referer"] = "https://evil.example/journal"
    assert (await visitor.press("/clock", to="pause")).headers["location"] == "/"


class Landmarks(HTMLParser):
    """Reads which elements a page has, and which of those that need a name have none."""

    def __init__(self) -> None:
        super().__init__()
        self._tags: list[str] = []
        self._labelled: set[str] = set()
        self.ids: list[str] = []
        self.unnamed: list[str] = []
        self._button: list[str] | None = None

    def count(self, tag: str) -> int:
        return self._tags.count(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label":
            self._labelled.add(given["for"])
        if tag == "img" and "alt" not in given:
            self.unnamed.append(f"img {given}")
        if tag == "input" and given.get("id") not in self._labelled:
            self.unnamed.append(f"input {given}")
        if tag == "button":
            self._button = [given.get("aria-label", "")]

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._button is not None:
            if not "".join(self._button).strip():
                self.unnamed.append("button")
            self._button = None
