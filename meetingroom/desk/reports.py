"""Registering the report of a case: a meeting in draft that has named people only, the case attached to it."""

from dataclasses import dataclass

from flask import g
from flask_babel import gettext as _

from meetingroom import log
from meetingroom.auth import account_store
from meetingroom.cases import log_store, reported_store
from meetingroom.commands import do
from meetingroom.meeting.case_report import KIND, RegisterReport, check_wish
from meetingroom.meeting.exhibits import AttachCase
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import CreateMeeting
from meetingroom.meeting.people import Invite
from meetingroom.meeting.roll import SetQuorum
from meetingroom.projections import queries
from meetingroom.web.context import context
from meetingroom.web.dispatch import do_command
from meetingroom.web.errors import Problem

HOURS = 2 * 3600 * 1000
LINES = reported_store.LINES  # the words of what is written into the log of the case


@dataclass(frozen=True)
class Wish:
    """What is registered: the question to decide, and who comes in which part. Times in ms."""

    question: str
    starts_at: int
    ends_at: int
    stage: str = ""
    deadline: str = ""
    deadline_name: str = ""
    place: str = ""
    head: str = ""
    chair: str = ""
    secretary: str = ""


def register(case: dict, wish: Wish, request_id: str) -> str:
    """The id of the new meeting. Raises Problem or Refused, and makes no meeting where a person is not there."""
    about = (case["id"], wish.question, wish.stage, wish.deadline, wish.deadline_name, g.user.id, wish.head)
    report = RegisterReport(*about)
    check_wish(report)
    people = {"head": wish.head, "chair": wish.chair, "secretary": wish.secretary}
    with context().pool.lend() as db:
        before = queries.reports_of_case(db, case["id"])
        for field, person in people.items():
            if person and account_store.card_of(db, person) is None:
                raise Problem("no_such_person", 422, field=field)
    title = _("Case report: %(title)s", title=case["title"] or case["code"])[:500]
    creation = CreateMeeting(title, KIND, wish.starts_at, wish.ends_at, wish.place)
    meeting = do.create_meeting(creation, request_id)
    system, owner = Actor(g.user.id, "system"), Actor(g.user.id, "organiser")
    # The head of the unit prepares it too: it is theirs to say the first word before anybody else is asked.
    for role, person in (("chair", wish.chair), ("secretary", wish.secretary), ("organiser", wish.head)):
        if person and person not in log.state(context().pool, meeting).roll.people:
            do_command(meeting, Invite(person, role), system, f"report-{role}")
    do_command(meeting, report, owner, "report")
    do_command(meeting, AttachCase(case["id"]), owner, "report-case")
    # Nothing is voted on: whoever chairs decides, and no number of people makes that more or less valid.
    do_command(meeting, SetQuorum("none"), owner, "report-quorum")
    if meeting in before:  # the same request again
        return meeting
    with context().pool.writing() as db:
        log_store.add(db, case["id"], "report_registered", g.user.id, meeting=meeting)
    return meeting
