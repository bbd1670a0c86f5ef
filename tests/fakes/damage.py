"""Damaged bodies: JSON in which one value, anywhere, is lost or is something else."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


@st.composite
def damaged(draw: st.DrawFn, whole: Mapping[str, Any]) -> Any:
    """Return ``whole`` with one value, anywhere in it, lost or turned into something else."""
    places = list(_places(whole))
    place = draw(st.sampled_from(places))
    return _without(whole, place) if draw(st.booleans()) else _with(whole, place, draw(JUNK))


def _places(value: Any) -> list[tuple[Any, ...]]:
    if not isinstance(value, dict | list):
        return [()]
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [(), *((key, *rest) for key, held in inner for rest in _places(held))]


def _with(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    key, *rest = place
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[key] = _with(value[key], tuple(rest), new)
    return changed


def _without(value: Any, place: tuple[Any, ...]) -> Any:
    if not place:
        return None
    *outer, last = place
    if not outer:
        kept = list(value.items() if isinstance(value, dict) else enumerate(value))
        left = [(key, held) for key, held in kept if key != last]
        return dict(left) if isinstance(value, dict) else [held for _, held in left]
    key, *rest = place
    return _with(value, (key,), _without(value[key], tuple(rest)))
