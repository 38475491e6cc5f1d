"""A task from receipt to acceptance, and what a day makes of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as holds
from hypothesis import strategies as st

from meetingroom.meeting.kernel import Refused
from meetingroom.tasks import board, rules
from meetingroom.tasks.rules import CLASSES, Somebody
from tests.tasks.given import AN, DUNG, EM, FIRST, GIANG, LAN, MAI, TASK, Story, day_of

DUE = date(2026, 12, 23)


def test_a_task_goes_from_receipt_over_progress_to_acceptance():
    story = Story().when(DUNG, "receive").then("received").when(EM, "receive").then("received")
    story.when(DUNG, "progress", percent=60, text="Đã có dự thảo").then("working")
    story.when(DUNG, "report", text="Đã ban hành").then("reported").when(AN, "accept").then("done")
    assert story.now.percent(TASK) == 100
    story.when(DUNG, "progress", percent=10).refused("task_over").when(AN, "cancel", reason="x").refused("task_over")


def test_each_unit_confirms_for_itself_and_once():
    Story().when(DUNG, "receive").when(DUNG, "receive").refused("already_received")
    Story().when(EM, "receive").then("issued").when(GIANG, "receive").refused("not_allowed")
    Story().when(EM, "receive", unit="vp").refused("not_allowed")


def test_the_secretary_watches_and_the_chair_works_on_nothing_but_the_own_units():
    for who in (MAI, AN):
        Story().when(who, "receive").refused("not_allowed").when(who, "report", text="x").refused("not_allowed")
    for who in (MAI, DUNG, EM):
        reported = Story().when(DUNG, "report", text="xong")
        reported.when(who, "accept").refused("not_allowed").when(who, "cancel", reason="x").refused("not_allowed")


def test_who_cooperates_reports_a_part_and_who_leads_the_whole():
    story = Story().when(EM, "report", text="Đã góp ý").then("working")
    assert story.now.reports.keys() == {"p1"}
    story.when(AN, "accept").refused("not_reported").when(DUNG, "report", text="Xong").then("reported")


def test_what_is_returned_is_worked_on_again():
    story = Story().when(DUNG, "report", text="Xong").when(AN, "return", reason="Thiếu phụ lục").then("working")
    assert story.now.returned == "Thiếu phụ lục"
    story.when(DUNG, "report", text="Đã bổ sung").then("reported").when(AN, "accept").then("done")
    Story().when(DUNG, "report", text="Xong").when(AN, "return").refused("empty")


def test_the_head_names_somebody_of_the_unit_who_may_then_act():
    story = Story().when(EM, "assign", person="lan", units_of_person=["p1"])
    story.when(LAN, "progress", text="Đang góp ý").then("working")
    Story().when(EM, "assign", person="dung", units_of_person=["vp"]).refused("not_of_this_unit")
    Story().when(LAN, "assign", person="lan", units_of_person=["p1"]).refused("not_allowed")


def test_a_person_who_was_given_the_task_leads_it():
    hoa = Somebody("hoa")
    story = Story().of(person="hoa", lead_unit="")
    assert rules.may_read(story.task, story.now, hoa)
    story.when(hoa, "receive").then("received").when(hoa, "report", text="xong").then("reported")


def test_more_time_is_asked_by_who_leads_and_granted_by_the_chair():
    story = Story().when(EM, "ask_extension", until="2026-12-30", reason="x").refused("not_allowed")
    story.when(DUNG, "ask_extension", until="2026-12-20", reason="x").refused("not_later")
    story.when(DUNG, "ask_extension", until="30/12/2026", reason="x").refused("bad_date")
    story.when(DUNG, "ask_extension", until="2026-12-30", reason="Chờ góp ý")
    story.when(DUNG, "ask_extension", until="2027-01-30", reason="x").refused("already_asked")
    story.when(DUNG, "answer_extension", granted=True).refused("not_allowed")
    story.when(AN, "answer_extension", granted=True, until="2026-12-28")
    assert (story.now.due(TASK), TASK.due) == ("2026-12-28", "2026-12-23")
    story.when(AN, "answer_extension", granted=True).refused("not_asked")


def test_a_refused_extension_leaves_the_day():
    asked = Story().when(DUNG, "ask_extension", until="2026-12-30", reason="x")
    asked.when(AN, "answer_extension", granted=False).refused("empty")
    asked.when(AN, "answer_extension", granted=False, reason="Việc gấp")
    assert asked.now.due(TASK) == TASK.due
    Story().of(due="").when(DUNG, "ask_extension", until="2026-12-30", reason="x").refused("no_deadline")


@pytest.mark.parametrize("percent", [-1, 101, "60", True, 1.5])
def test_progress_is_a_whole_number_of_per_cent(percent):
    Story().when(DUNG, "progress", percent=percent).refused("not_a_number")


def test_saying_nothing_is_no_progress():
    Story().when(DUNG, "progress").refused("empty").when(DUNG, "progress", text=" ").refused("empty")
    Story().when(DUNG, "progress", text="x" * 5001).refused("too_long").when(DUNG, "dance").refused("no_such_command")


def test_a_day_ends_in_the_evening():
    assert Story().kind(DUE) == "in_time"
    assert Story().kind(DUE + timedelta(days=1)) == "overdue"
    assert Story().kind(DUE + timedelta(days=30)) == "overdue"
    assert Story().kind(DUE + timedelta(days=31)) == "overdue_30"
    assert Story().of(due="").kind(date(2030, 1, 1)) == "no_deadline"


def test_what_was_reported_in_time_is_in_time_however_late_it_is_accepted():
    story = Story().when(DUNG, "report", on=DUE, text="xong")
    assert story.kind(DUE + timedelta(days=9)) == "in_time"
    story.when(AN, "accept", on=DUE + timedelta(days=9))
    assert story.kind(DUE + timedelta(days=9)) == "done_in_time"


def test_the_rate_counts_the_first_day_unless_the_office_chose_the_granted_one():
    later = DUE + timedelta(days=3)
    story = (
        Story().when(DUNG, "ask_extension", until="2026-12-28", reason="x").when(AN, "answer_extension", granted=True)
    )
    assert story.kind(later) == "in_time"
    story.when(DUNG, "report", on=later, text="xong").when(AN, "accept")
    assert (story.kind(later), story.kind(later, by="granted")) == ("done_late", "done_in_time")


def test_what_was_taken_back_counts_nowhere():
    assert Story().when(AN, "cancel", reason="Trùng").then("cancelled").kind(DUE) == ""


def test_nobody_is_late_without_a_day_but_silence_is_seen():
    story = Story().of(due="")
    assert not rules.is_silent(story.task, story.now, FIRST + timedelta(days=90), day_of)
    assert rules.is_silent(story.task, story.now, FIRST + timedelta(days=91), day_of)
    story.when(DUNG, "progress", on=FIRST + timedelta(days=60), text="Vẫn làm thường xuyên")
    assert not rules.is_silent(story.task, story.now, FIRST + timedelta(days=91), day_of)


def test_one_step_waits_for_each():
    story = Story()
    waits = lambda who: rules.next_step(story.task, story.now, who)  # noqa: E731
    assert [waits(who) for who in (DUNG, EM, AN, MAI)] == ["receive", "receive", "", ""]
    story.when(DUNG, "receive").when(DUNG, "progress", percent=100)
    assert waits(DUNG) == "report"
    story.when(DUNG, "ask_extension", until="2026-12-30", reason="x")
    assert waits(AN) == "answer_extension"
    story.when(AN, "answer_extension", granted=True).when(DUNG, "report", text="xong")
    assert (waits(AN), waits(DUNG)) == ("accept", "")


def test_who_may_read():
    now = Story().now
    assert [rules.may_read(TASK, now, who) for who in (AN, MAI, DUNG, EM, LAN, GIANG)] == [True] * 5 + [False]


STEPS = st.sampled_from(sorted(rules.decisions))
PEOPLE = st.sampled_from([AN, DUNG, EM, MAI, LAN, GIANG])
ARGS = {"text": "x", "reason": "y", "percent": 50, "until": "2027-02-01", "granted": True, "person": "lan",
        "units_of_person": ["p1"]}  # fmt: skip


@holds(st.lists(st.tuples(PEOPLE, STEPS, st.integers(0, 60)), max_size=25), st.integers(0, 200))
def test_whatever_happens_every_step_folds_and_each_task_is_of_one_class(wishes, later):
    story = Story()
    for who, name, days in wishes:
        before = story.now.state(story.task)
        open_steps = rules.steps_open_to(story.task, story.now, who)
        story.when(who, name, on=FIRST + timedelta(days=days), **ARGS)
        if story.refusal is None:
            assert before in rules.OPEN
            assert name in open_steps
        assert rules.next_step(story.task, story.now, who) in {"", *rules.steps_open_to(story.task, story.now, who)}
    kind = story.kind(FIRST + timedelta(days=later))
    assert (kind == "") == (story.now.state(story.task) == "cancelled")
    assert kind in {"", *CLASSES}


class Counted:
    def __init__(self, kind, unit):
        self.kind, self.unit = kind, unit


@holds(st.lists(st.builds(Counted, st.sampled_from(["", *CLASSES]), st.sampled_from("abc"))))
def test_the_board_counts_every_task_that_was_not_taken_back_once(tasks):
    rows = board.rows_by(tasks, lambda task: task.unit, order="cab")
    every = board.total(rows)
    assert every.all == sum(bool(task.kind) for task in tasks)
    for row in rows:
        for kind in CLASSES:
            assert row.counts[kind] == sum((task.unit, task.kind) == (row.key, kind) for task in tasks)
    assert [row.key for row in rows] == sorted((row.key for row in rows), key="cab".index)
    done = every.counts["done_in_time"] + every.counts["done_late"]
    assert every.share == (round(100 * every.counts["done_in_time"] / done) if done else None)


def test_a_step_that_nobody_folds_would_be_named():
    assert rules.decisions.keys() == rules.fold.keys()
    with pytest.raises(Refused):
        rules.decide(TASK, Story().now, AN, "", {})


def test_more_time_is_asked_for_as_early_as_the_office_wants_and_granted_by_whom_it_chose():
    office = {"ask_before": 3, "today": "2026-12-21", "until": "2026-12-30", "reason": "máy hỏng"}
    Story().when(DUNG, "ask_extension", **office).refused("too_late_to_ask")
    Story().when(DUNG, "ask_extension", **{**office, "today": "2026-12-20"}).then("issued")
    asked = Story().when(DUNG, "ask_extension", **{**office, "ask_before": 0})
    asked.when(MAI, "answer_extension", granted=True).refused("not_allowed")
    allowed = replace(MAI, grants=True)
    assert rules.next_step(asked.task, asked.now, allowed) == "answer_extension"
    asked.when(allowed, "answer_extension", granted=True)
    assert asked.now.granted == "2026-12-30"
