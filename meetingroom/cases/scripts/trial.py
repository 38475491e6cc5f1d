"""A script is tried on the big screens of a meeting before it begins: each of them goes through the steps by itself and
says of each what is on its glass. While it runs it is in memory, what came of it is kept (`trial_store.py`).

A screen sees the pages of the step at which it is, and only as long as the meeting has not begun.
"""

from dataclasses import dataclass, field
from typing import Any

from flask import g

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.cases import in_meetings, sight
from meetingroom.cases.media import sight as media_sight
from meetingroom.devices.screens import current_screen
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import MeetingState
from meetingroom.projections import queries
from meetingroom.web.context import context

LONGEST = 30 * 60_000  # ms
MOST = 50  # trials of all meetings
BEFORE = ("draft", "published")


@dataclass
class Trial:
    """`steps` as screens get them; `at`: by screen, how many it has done."""

    id: str
    meeting: str
    case: str
    script: str
    steps: list[dict[str, Any]]
    until: int
    at: dict[str, int] = field(default_factory=dict)

    def step(self, screen: str) -> dict[str, Any] | None:
        n = self.at.get(screen, 0)
        return self.steps[n] if n < len(self.steps) else None

    def wish(self, screen: str) -> dict[str, Any]:
        """What a screen is to show next; nothing when it has done all."""
        step = self.step(screen)
        if step is None:
            return {"trial": ""}
        return {
            "trial": self.id,
            "case": self.case,
            "n": self.at.get(screen, 0) + 1,
            "of": len(self.steps),
            "step": step,
        }


_running: dict[tuple[str, str], Trial] = {}


def begin(meeting: str, case: str, script: str, steps: list[dict]) -> Trial:
    """`steps` with `about` (looking.py), as the room sees them. One that runs in this meeting ends."""
    while len(_running) >= MOST:
        del _running[next(iter(_running))]
    shown = [{name: value for name, value in step.items() if name != "note"} for step in steps]
    trial = Trial(clock.new_id(), meeting, case, script, shown, clock.now() + LONGEST)
    _running[key_of(meeting)] = trial
    return trial


def end(meeting: str) -> None:
    _running.pop(key_of(meeting), None)


def find(meeting: str) -> Trial | None:
    """The one that runs in a meeting which has not begun and has the case."""
    trial = _running.get(key_of(meeting))
    if trial is None:
        return None
    if clock.now() > trial.until or not is_before(log.state(context().pool, meeting), trial.case):
        end(meeting)
        return None
    return trial


def may_try(state: MeetingState, case: str, person: str, part: str) -> bool:
    """Whose these screens are, or whose presentation it is: who chairs or prepares the meeting, who is in charge of the
    case, and who reports it there. `part` is the asker's in the case. To others who write its script, guests of the
    meeting among them, its projector is not given."""
    seat, report = state.roll.people.get(person), state.report.registered
    reports = report is not None and (report.case, report.reporter) == (case, person)
    return seat is not None and (seat.role in STAFF or part == "owner" or reports)


def is_before(state: MeetingState, case: str) -> bool:
    return state.meeting.status in BEFORE and case in state.exhibits


def key_of(meeting: str) -> tuple[str, str]:
    return str(context().settings.data), meeting


def meetings_of(db, case: str) -> list[MeetingState]:
    """The meetings of the one who asks that have the case and have not begun."""
    found = (
        log.state(context().pool, each) for each in queries.meetings_with_case(db, case) if guard.role_of(db, each)
    )
    return [state for state in found if is_before(state, case)]


def projecting(meeting: str) -> int:
    """How many big screens of a meeting are connected."""
    presence = context().presence
    return sum(each.role == "screen" for each in presence.of(meeting).values()) if presence else 0


# What a screen sees meanwhile


def step_here(case: str) -> dict[str, Any] | None:
    """The step at which the big screen is that asks; None for everybody else."""
    screen = None if g.user else current_screen()
    trial = find(screen["meeting"]) if screen else None
    return trial.step(screen["id"]) if screen and trial and trial.case == case else None


def pages_shown(case: str, document: str) -> frozenset[int]:
    step = step_here(case)
    pages = step["about"]["pages"] if step and step["kind"] != "node" else []
    return frozenset(each["page"] for each in pages if each["document"] == document)


def shows_media(case: str, media: str) -> bool:
    step = step_here(case)
    return bool(step and step["kind"] == "media" and step["media"] == media)


def shows_map(case: str, map: str, version: int) -> bool:
    step = step_here(case)
    return bool(step and step["kind"] == "node" and (step["map"], step["about"].get("version")) == (map, version))


sight.SHOWING.append(pages_shown)
media_sight.SHOWING.append(shows_media)
in_meetings.MAPS.append(shows_map)
