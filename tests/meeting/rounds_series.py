"""Rounds of meetings that come again."""

from dataclasses import replace

from meetingroom.meeting import agenda, series, stage
from tests.given import AN, CREATED, DUNG, OPENED, PEOPLE
from tests.meeting.repeating import beginnings, repeated


@repeated
def add_followup(meeting, n):
    meeting.does(DUNG, series.AddFollowup(("Biên bản", "Kết luận")))


@repeated
def carry_item(meeting, n):
    meeting.does(DUNG, agenda.AddItem(f"Việc {n}"))
    meeting.does(DUNG, series.CarryItem(meeting.state.agenda.order[-1], "move"))


beginnings["carry_item"] = [replace(CREATED, series="s1"), *PEOPLE]


@repeated
def choose_series(meeting, n):
    meeting.does(DUNG, series.ChooseSeries(f"s{n % 2}", ("dung",)))


@repeated
def show_followup(meeting, n):
    meeting.does(AN, stage.ShowFollowup(1 + n % 2))


ROWS = tuple({"task": f"d{n}", "text": "Việc", "unit": "Phòng 1"} for n in range(8))
LISTED = [agenda.ItemAdded("f", "Kiểm điểm", kind="followup"), agenda.ItemStarted("f"), agenda.FollowupShown("f", ROWS)]
beginnings["show_followup"] = [*OPENED, *LISTED]
