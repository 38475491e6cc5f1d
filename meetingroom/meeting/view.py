"""What each audience sees: one function per slice, and the patch between two views.

A slice names the parts of the state it reads ("roll", or of a part only "stage.paper"); when none of them changed it is
not drawn again, which is what makes a page turn in a meeting of 500 people cost microseconds.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any

from meetingroom.meeting.state import Frame, MeetingState

View = dict[str, Any]
Values = tuple[tuple[str, str], ...]  # (part of the state, value of it)
_slices: dict[str, tuple[tuple[str, ...], Callable[[MeetingState, str], dict]]] = {}
PARTS = {part.name for part in fields(MeetingState)}


def slice_of_view(name: str, reads: tuple[str, ...]):
    """Registers the function that draws the slice `name` from `(state, audience)`. `reads` names parts of the state."""

    def register(draw):
        if unknown := {read.partition(".")[0] for read in reads} - PARTS:
            raise TypeError(f"the slice {name} reads {', '.join(sorted(unknown))}, which is no part of the state")
        _slices[name] = (reads, draw)
        slices_of.cache_clear()
        return draw

    return register


def view(state: MeetingState, audience: str) -> View:
    """The whole view of an audience ("staff", "members", "screens"). Holds no null: what is not there is absent."""
    seen = veil(state) if is_kept_from(audience, state) else state
    return {name: draw(seen, audience) for name, (_, draw) in _slices.items()}


def is_kept_from(audience: str, state: MeetingState) -> bool:
    """What was never announced is the staff's alone, also after it was called off."""
    frame = state.meeting
    return audience != "staff" and (frame.status == "draft" or (frame.status == "cancelled" and not frame.published_at))


def veil(state: MeetingState) -> MeetingState:
    """What a screen carried into a meeting learns before it is announced: that it will begin. No title, place, roll."""
    frame = state.meeting
    public = Frame(status=frame.status, starts_at=frame.starts_at, ends_at=frame.ends_at, secrecy=frame.secrecy)
    return MeetingState(state.id, state.seq, state.at, meeting=public)


def follow(before: MeetingState, old: View, after: MeetingState, audience: str) -> View:
    """The view after a fact, reusing every slice of `old` whose parts of the state are the same objects."""
    if is_kept_from(audience, before) or is_kept_from(audience, after):
        return view(after, audience)
    seen = dict(old)
    for name, values in slices_of(changed_parts(before, after)):
        if not values or differ(before, after, values):
            seen[name] = _slices[name][1](after, audience)
    return seen


def differ(before: MeetingState, after: MeetingState, values: Values) -> bool:
    """Whether one of these values, of parts that are other objects, is another value."""
    return any(getattr(getattr(before, part), value) != getattr(getattr(after, part), value) for part, value in values)


def changed_parts(before: MeetingState, after: MeetingState) -> frozenset[str]:
    """The parts of the state that are other objects now."""
    old, new = vars(before), vars(after)
    return frozenset([part for part in new if new[part] is not old[part]])


@cache
def slices_of(parts: frozenset[str]) -> tuple[tuple[str, Values], ...]:
    """The slices that read one of these parts, each with the values it reads of them; none where it reads one whole."""
    found = []
    for name, (reads, _) in _slices.items():
        of_these = [(part, value) for part, _dot, value in (read.partition(".") for read in reads) if part in parts]
        if of_these:
            found.append((name, tuple(of_these) if all(value for _, value in of_these) else ()))
    return tuple(found)


def patch(old: Any, new: Any) -> dict:
    """The JSON Merge Patch (RFC 7386) that turns `old` into `new`; `{}` when they are equal.

    Lists are replaced whole; a key that is gone is set to None.
    """
    changes: dict[str, Any] = {}
    if not old.keys() <= new.keys():
        changes = {key: None for key in old if key not in new}
    for key, value in new.items():
        if key not in old:
            changes[key] = value
        elif old[key] is value or old[key] == value:
            continue
        elif isinstance(value, dict) and isinstance(old[key], dict):
            changes[key] = patch(old[key], value)
        else:
            changes[key] = value
    return changes


def merge(target: Any, changes: Any) -> Any:
    """The JSON Merge Patch applied, as the screens do it (RFC 7386, section 2). `target` is not changed."""
    if not isinstance(changes, dict):
        return changes
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in changes.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result


def compact(**values: Any) -> dict:
    """A JSON object of what is there: empty texts, zeros, None, False and empty lists are left out."""
    return {key: value for key, value in values.items() if value not in ("", 0, None, False, (), [])}
