"""The table of routes: fixed segments win, and the number of routes does not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import Response

from fakes.kit.call import Call
from fakes.kit.facts import Certainty, Fact
from fakes.kit.routing import Route, RouteTable

FACT = Fact(Certainty.ASSUMED, "this test")


async def handler(_: Call[None]) -> Response:
    return Response()


def table(*lines: tuple[str, str]) -> RouteTable[None]:
    return RouteTable(Route(method, path, handler, FACT) for method, path in lines)


def found(routes: RouteTable[None], method: str, path: str) -> tuple[str | None, dict[str, str]]:
    match = routes.match(method, path)
    return (match.route.path if match.route else None), match.params


def test_a_fixed_segment_wins_over_one_that_takes_any_value() -> None:
    routes = table(("GET", "/contacts/{id}"), ("GET", "/contacts/search"))
    assert found(routes, "GET", "/contacts/search") == ("/contacts/search", {})
    assert found(routes, "GET", "/contacts/7/") == ("/contacts/{id}", {"id": "7"})


def test_a_dead_end_behind_a_fixed_segment_leads_back() -> None:
    routes = table(("GET", "/a/b/c"), ("GET", "/{x}/b/d"))
    assert found(routes, "GET", "/a/b/d") == ("/{x}/b/d", {"x": "a"})
    assert found(routes, "GET", "/a/b/e") == (None, {})


def test_a_wrong_method_is_told_from_an_unknown_path() -> None:
    routes = table(("GET", "/a"), ("POST", "/a"))
    assert routes.match("PUT", "/a").allowed == ("GET", "POST")
    assert routes.match("GET", "/b").allowed == ()


def test_head_is_answered_wherever_get_is() -> None:
    routes = table(("GET", "/a"), ("GET", "/b/{x}"), ("POST", "/c"))
    assert found(routes, "HEAD", "/a") == ("/a", {})
    assert found(routes, "HEAD", "/b/7") == ("/b/{x}", {"x": "7"})
    assert routes.match("HEAD", "/c").allowed == ("POST",)


def test_an_empty_segment_is_no_value() -> None:
    assert found(table(("GET", "/a/{x}/b")), "GET", "/a//b") == (None, {})


def test_two_routes_that_collide_are_refused() -> None:
    with pytest.raises(ValueError, match="two routes answer GET"):
        table(("GET", "/a/{x}"), ("GET", "/a/{y}"))


@given(st.lists(st.sampled_from(["a", "b", "{x}", "{y}"]), min_size=1, max_size=5))
def test_a_route_is_found_by_what_it_was_written_as(segments: list[str]) -> None:
    names = {name for name in segments if name.startswith("{")}
    path = "/" + "/".join(segments)
    asked = "/" + "/".join("value" if s in names else s for s in segments)
    assert found(table(("GET", path)), "GET", asked)[0] == path
