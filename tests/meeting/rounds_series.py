"""Rounds of meetings that come again."""

from dataclasses import replace

from meetingroom.meeting import agenda, series
from tests.given import CREATED, DUNG, PEOPLE
from tests.meeting.repeating import beginnings, repeated


@repeated
def add_followup(meeting, n):
    meeting.does(DUNG, series.AddFollowup(("Biên bản", "Kết luận")))


@repeated
def carry_item(meeting, n):
    meeting.does(DUNG, agenda.AddItem(f"Việc {n}"))
    meeting.does(DUNG, series.CarryItem(meeting.state.agenda.order[-1], "move"))


beginnings["carry_item"] = [replace(CREATED, series="s1"), *PEOPLE]
