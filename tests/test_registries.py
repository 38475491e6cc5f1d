"""A command or an event that lacks a part is named when the program starts, not in the middle of a meeting."""

from dataclasses import dataclass, make_dataclass
from random import Random

import pytest

from meetingroom import create_app
from meetingroom.commands import registries
from meetingroom.config import Settings
from meetingroom.meeting import view, wire
from meetingroom.meeting.kernel import Command, Event, Incomplete, decide, evolve, filled_by_server
from meetingroom.meeting.roles import CHAIR
from meetingroom.minutes import narrator
from tests.given import OPENED, state_of
from tests.meeting import strategies


class AnyCommand:
    """No subclass of Command: nothing of the program knows it once this file is read."""

    may = CHAIR


@dataclass(frozen=True)
class PauseTimer(AnyCommand):
    """The timer stands still."""

    item: str


@dataclass(frozen=True)
class TimerPaused:
    """The timer stands still."""

    item: str


def test_every_command_and_every_event_has_its_parts():
    registries.check()


def test_a_command_that_no_rule_decides_is_named():
    (said,) = registries.missing_of_commands([PauseTimer])
    assert said.startswith("command pause_timer (")
    assert "decide" in said


def test_so_is_one_that_nobody_may_have_or_that_the_docs_could_not_explain():
    bare = make_dataclass("PauseTimer", [], bases=(), namespace={"may": frozenset()}, frozen=True)
    said = " ".join(registries.missing_of_commands([bare]))
    assert "nobody may" in said
    assert "no docstring" in said


def test_so_is_a_field_that_nothing_fills_in_or_that_nobody_can_read():
    field = ("began", int, filled_by_server(0))
    kind = make_dataclass("PauseTimer", [field, ("until", set, None)], namespace={"may": CHAIR}, frozen=True)
    said = " ".join(registries.missing_of_commands([kind]))
    assert "nothing fills in began" in said
    assert "until" in said


def test_an_event_without_a_rule_and_without_words_is_named():
    said = registries.missing_of_events([TimerPaused])
    assert all(line.startswith("event TimerPaused (") for line in said)
    assert "evolve" in said[0]
    assert "the minutes" in said[1]


def test_so_is_one_that_the_docs_could_not_explain():
    bare = make_dataclass("TimerPaused", [], frozen=True)
    assert "no docstring" in " ".join(registries.missing_of_events([bare]))


def test_an_entry_of_the_minutes_without_a_sentence_is_named():
    (said,) = registries.missing_of_entries([TimerPaused])
    assert said.startswith("entry TimerPaused (")


@pytest.mark.parametrize("kind", ["command", "event"])
def test_the_program_does_not_start_without_them(tmp_path, monkeypatch, kind):
    real = registries.below
    extra = {Command: [PauseTimer] if kind == "command" else [], Event: [TimerPaused] if kind == "event" else []}
    monkeypatch.setattr(registries, "below", lambda base: [*real(base), *extra.get(base, ())])
    with pytest.raises(Incomplete, match=r"pause_timer|TimerPaused"):
        create_app(Settings(data=tmp_path, async_mode="threading", testing=True))
    assert list(tmp_path.iterdir()) == [], "nothing of a data folder was touched"


def test_a_topic_that_nothing_imports_is_named(monkeypatch):
    monkeypatch.delitem(registries.sys.modules, "meetingroom.meeting.agenda")
    assert registries.unread_topics() == [
        "meetingroom/meeting/agenda.py: not imported by meetingroom/meeting/__init__.py"
    ]


def test_what_cannot_be_is_said_when_it_is_registered():
    with pytest.raises(TypeError, match="timers"):
        view.slice_of_view("timer", reads=("timers",))(lambda state, audience: {})
    with pytest.raises(TypeError, match="twice"):
        narrator.leave_out("for a second time", next(iter(narrator.TIMELINE)))


@pytest.mark.parametrize("table", [decide, evolve, narrator.narrate])
def test_even_without_a_start_what_is_missing_is_named(table):
    with pytest.raises(Incomplete, match="TimerPaused"):
        table(TimerPaused("i1"), None, None) if table is not evolve else table(TimerPaused("i1"), None)


@pytest.mark.parametrize("kind", wire.commands().values(), ids=lambda kind: kind.__name__)
def test_random_meetings_can_send_every_command(kind):
    """A field of a new type has to be taught to `tests/meeting/strategies.py`."""
    state, hints = state_of(OPENED), wire.hints_of(kind)
    for seed in range(20):
        for name, value in strategies.values(Random(seed), state, kind).items():
            wire.shape_value(value, hints[name])
