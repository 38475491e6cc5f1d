"""Random meetings: any sequence of wishes by anybody, of which the rules let some happen."""

from dataclasses import MISSING, fields

from hypothesis import strategies as st

from meetingroom.meeting import wire
from meetingroom.meeting.kernel import Actor, Recorded, Refused, allowed, decide, step
from meetingroom.meeting.lifecycle import KINDS, SECRECY
from meetingroom.meeting.roles import ROLES
from meetingroom.meeting.state import MeetingState
from tests.given import HOUR, NINE, OPENED, PROGRAM, state_of

PEOPLE = ["an", "binh", "mai", "dung", "em", "phuong", "khach", "tho", "lan", "hoa"]


def ids(state: MeetingState, field: str) -> list[str]:
    """Plausible values of a field that names something, and some that name nothing."""
    known = {
        "item": [*state.agenda.order, "general"],
        "paper": list(state.papers),
        "person": PEOPLE,
        "site": list(state.sites.order),
        "conclusion": list(state.record.order),
        "before": [*state.agenda.order, *state.papers, *PEOPLE],
        "document": ["d1", "d2", "d3"],
        "role": sorted(ROLES),
        "mode": ["onsite", "online", "asleep"],
        "readers": ["members", "staff"],
        "kind": list(KINDS),
        "secrecy": list(SECRECY),
        "due": ["2026-12-23", "", "soon"],
    }
    return [*known.get(field, ["một", "hai", "  ba  "]), ""]


def value(draw, state: MeetingState, name: str, hint: str):
    if "float" in hint and "tuple" in hint and name == "rect":
        part = st.floats(-0.2, 1.2, allow_nan=False)
        return draw(st.one_of(st.none(), st.tuples(part, part, part, part)))
    if name == "shape":
        return ((1, 595.0, 842.0),)
    if "tuple" in hint:
        return tuple(draw(st.lists(st.sampled_from(["em", "Bùi Thị Hạnh"]), max_size=2)))
    if name in ("starts_at", "ends_at"):
        return NINE + draw(st.integers(-1, 5)) * HOUR
    if "bool" in hint:
        return draw(st.booleans())
    if "int" in hint:
        return draw(st.integers(-1, 9))
    return draw(st.sampled_from(ids(state, name)))


@st.composite
def wishes(draw, state: MeetingState):
    """An actor and a command, both plausible in this state."""
    kind = wire.commands()[draw(st.sampled_from(sorted(wire.commands())))]
    values = {}
    for field in fields(kind):
        optional = field.default is not MISSING
        if optional and not field.metadata.get("told") and draw(st.booleans()):
            continue
        values[field.name] = value(draw, state, field.name, str(field.type))
    who = draw(st.sampled_from(PEOPLE[:8]))
    person = state.roll.people.get(who)
    role = sorted(kind.may)[0] if kind.may <= {"system"} else (person.role if person else "")
    return Actor(who, role, NINE + HOUR, f"c{state.seq}-{draw(st.integers(0, 10**6))}"), kind(**values)


@st.composite
def histories(draw, length: int = 25):
    """(state before, facts, states after each fact): an opened meeting with papers, and what people then do."""
    from meetingroom.meeting.agenda import ItemAdded
    from meetingroom.meeting.papers import PaperAttached

    start = state_of(
        OPENED,
        ItemAdded("i1", "Báo cáo", 20),
        ItemAdded("i2", "Thảo luận", 30, ("em",)),
        PaperAttached("p1", "d0", "i1", "Báo cáo", 9, ((1, 595.0, 842.0),)),
    )
    state, facts = start, []
    for _ in range(draw(st.integers(1, length))):
        actor, wish = draw(wishes(state))
        for fact in outcome(wish, state, actor):
            recorded = Recorded(state.seq + 1, state.at + 1000, actor.user, fact)
            facts.append(recorded)
            state = step(state, recorded)
    return start, facts


def outcome(wish, state, actor):
    try:
        allowed(wish, actor)
        return decide(wish, state, actor)
    except Refused:
        return []


__all__ = ["PROGRAM", "histories", "outcome", "wishes"]
