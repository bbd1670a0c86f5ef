"""Bodies that are right but for one part, at any depth."""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Place = tuple[str | int, ...]

texts = st.text(max_size=5) | st.sampled_from(["", "9" * 30, "1" * 5000, "²", "NaN", "-1", "0-1"])
leaves = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | texts
junk = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def spoilt(draw: st.DrawFn, good: Any) -> Any:
    """Return ``good`` with one or two parts replaced by anything, or taken away."""
    made = good
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.sampled_from(list(_places(made))))
        made = _replaced(made, place, draw(st.just(_GONE) | junk))
    return made


def _places(value: Any, at: Place = ()) -> Iterator[Place]:
    yield at
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _places(part, (*at, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _places(part, (*at, index))


def _replaced(value: Any, place: Place, by: Any) -> Any:
    if not place:
        return None if by is _GONE else by
    head, *rest = place
    if by is _GONE and not rest:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        kept = {key: part for key, part in pairs if key != head}
        return kept if isinstance(value, dict) else list(kept.values())
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[head] = _replaced(value[head], tuple(rest), by)
    return copy


_GONE = object()
