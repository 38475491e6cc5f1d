"""Whoever repeats a command all day long makes no meeting heavier: what it holds comes to an end, or it is refused."""

from importlib import import_module
from pathlib import Path

import pytest

from meetingroom.meeting import conclusions, floor, record, wire
from meetingroom.meeting.agenda import ItemAdded
from tests.given import EM, MAI, OPENED
from tests.meeting.repeating import BEGUN, Meeting, beginnings
from tests.meeting.rounds import rounds

# A round may stand with the sentences about its command.
for path in sorted(Path(__file__).parent.glob("test_*.py")):
    if path != Path(__file__):
        import_module(f"tests.meeting.{path.stem}")

ROUNDS, SETTLED = 1500, 1000
SLACK = 200  # characters: numbers and times get longer


def test_every_command_has_its_round():
    assert sorted(rounds) == sorted(wire.commands())


@pytest.mark.parametrize("name", sorted(rounds))
def test_a_command_repeated_all_day_lets_no_meeting_grow_without_end(name):
    meeting = Meeting(*beginnings.get(name, BEGUN))
    for n in range(SETTLED):
        rounds[name](meeting, n)
    settled = meeting.sizes()
    for n in range(SETTLED, ROUNDS):
        rounds[name](meeting, n)
    later = meeting.sizes()
    grown = {what: later[what] - settled[what] for what in later if later[what] > settled[what] + SLACK}
    assert not grown, (grown, meeting.refusals)
    assert name in meeting.done, f"it never came to it: {meeting.refusals}"


def test_all_that_one_delegate_writes_is_bounded_in_letters_too():
    meeting = Meeting(OPENED)
    before = meeting.sizes()
    for _ in range(30):
        meeting.does(EM, floor.RequestFloor())
        meeting.does(EM, floor.RecordOpinion(meeting.request, "ý" * 20_000))
    assert meeting.refusals >= {"too_many_opinions"}
    assert meeting.sizes()["state"] - before["state"] < 65_000


def test_all_notes_and_all_conclusions_are_no_more_than_a_thick_book():
    meeting = Meeting(OPENED, *(ItemAdded(f"i{n}", "Nội dung", 20) for n in range(20)))
    for n in range(20):
        meeting.does(MAI, record.RecordNote(f"i{n}", "a" * 100_000))
    for _ in range(200):
        meeting.does(MAI, conclusions.RecordConclusion("b" * 5000, cooperating=("c" * 300,) * 100))
    assert meeting.refusals == {"too_much_text"}
    assert meeting.sizes()["state"] < 2_100_000
    # What is there can still be mended.
    meeting.refusals.clear()
    meeting.does(MAI, record.RecordNote("i0", "đ" * 100_000))
    meeting.does(MAI, conclusions.EditConclusion(meeting.state.record.order[0], text="ngắn"))
    assert not meeting.refusals


def test_units_beyond_the_hundredth_are_refused_and_not_dropped():
    meeting = Meeting(OPENED)
    meeting.does(MAI, conclusions.RecordConclusion("Giao", cooperating=tuple(f"Phòng {n}" for n in range(101))))
    assert meeting.refusals == {"too_many"}
