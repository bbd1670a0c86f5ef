"""A table of routes looked up by path segments: its cost does not grow with the number of routes."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from starlette.responses import Response

from fakes.kit.call import Call
from fakes.kit.facts import Fact

P = TypeVar("P")

Handler = Callable[[Call[P]], Awaitable[Response]]
"""Answers one call to a party."""


@dataclass(frozen=True, slots=True)
class Route(Generic[P]):
    """One line of the table.

    Args:
        method: The HTTP method, upper case.
        path: The path; a segment ``{name}`` takes any non-empty value.
        handler: Who answers.
        fact: What the route rests on.
        answers: The name of the schema of its JSON answers; empty when it has none.
        is_built: Whether the fake does it, or only knows that the vendor has it.
    """

    method: str
    path: str
    handler: Handler[P]
    fact: Fact
    answers: str = ""
    is_built: bool = True


@dataclass(slots=True)
class _Node(Generic[P]):
    fixed: dict[str, "_Node[P]"] = field(default_factory=dict)
    taking: "_Node[P] | None" = None
    routes: dict[str, tuple[Route[P], tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match(Generic[P]):
    """What the table says of a method and path.

    Args:
        route: The route, or ``None`` when there is none.
        params: The values that the path gave to the route's names.
        allowed: The methods that the path knows; not empty with no route means "wrong method".
    """

    route: Route[P] | None
    params: dict[str, str]
    allowed: tuple[str, ...] = ()


class RouteTable(Generic[P]):
    """Finds routes by segments; a fixed segment wins over one that takes any value.

    Args:
        routes: The lines; two with the same method and path are refused.

    Raises:
        ValueError: Two routes collide.
    """

    def __init__(self, routes: Iterable[Route[P]]) -> None:
        self.routes: Sequence[Route[P]] = tuple(routes)
        self._root: _Node[P] = _Node()
        self._exact: dict[tuple[str, str], Match[P]] = {}
        for route in self.routes:
            self._add(route)

    def match(self, method: str, path: str) -> Match[P]:
        """Return what answers ``method path``; a trailing slash does not count.

        HEAD is answered by what answers GET: whoever sends it leaves the body out.
        Source: RFC 9110, 9.1, which wants both of every server.
        """
        known = self._exact.get((method, path))
        if known is not None:
            return known
        values: list[str] = []
        node = self._find(self._root, path.strip("/").split("/"), 0, values)
        if node is None:
            return Match(None, {})
        found = node.routes.get("GET" if method == "HEAD" else method)
        if found is None:
            return Match(None, {}, tuple(sorted(node.routes)))
        route, names = found
        return Match(route, dict(zip(names, values, strict=True)))

    def _find(
        self, node: _Node[P], segments: list[str], depth: int, values: list[str]
    ) -> _Node[P] | None:
        if depth == len(segments):
            return node if node.routes else None
        segment = segments[depth]
        child = node.fixed.get(segment)
        if child is not None:
            found = self._find(child, segments, depth + 1, values)
            if found is not None:
                return found
        if node.taking is None or not segment:
            return None
        values.append(segment)
        found = self._find(node.taking, segments, depth + 1, values)
        if found is None:
            values.pop()
        return found

    def _add(self, route: Route[P]) -> None:
        node, names = self._root, []
        for segment in route.path.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.taking = node.taking or _Node()
                node = node.taking
            else:
                node = node.fixed.setdefault(segment, _Node())
        if route.method in node.routes:
            msg = f"two routes answer {route.method} {route.path}"
            raise ValueError(msg)
        node.routes[route.method] = (route, tuple(names))
        if not names:
            self._exact[route.method, route.path] = Match(route, {})
