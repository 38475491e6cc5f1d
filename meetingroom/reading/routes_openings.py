"""Who has opened a paper and who has not, for those who run its meeting; which opening a code on a photograph is of."""

import csv
import io

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.documents import access, serving
from meetingroom.documents import fetched_store as fetched
from meetingroom.documents import openings_store as openings
from meetingroom.meeting.papers import documents_of
from meetingroom.meeting.rights import may_open
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import MeetingState, Paper
from meetingroom.printing.cells import harmless
from meetingroom.reading.names_of_devices import name_in
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("openings", __name__)

MOST = 500  # openings in one answer; the table for a spreadsheet has all


@bp.get("/api/papers/<paper>/openings")
@signed_in
def who_opened(paper: str):
    """`{paper, title, mode, opened: [{person, name, at}], not_opened: [{person, name}]}`, for the staff.

    Of a restricted paper also `pages` (how many) and `last` of each, `screens` as `opened`, and `openings` [{person,
    name, document, page, at, code, device}], the newest 500 of `total`; `?code=`: that one alone.
    """
    state, found = find_for_staff(paper)
    code = request.args.get("code", "").strip().upper()
    with context().pool.lend() as db:
        first = openings.list_first(db, paper)
        pages = openings.list_pages(db, paper, code[: openings.LENGTH], MOST)
        total = openings.count_pages(db, paper)
        screens = openings.names_of_screens(db, state.id)
    people = state.roll.people
    named = name_in(state, screens)
    opened = [describe(each, named) for each in first if each["person"]]
    seen = {each["person"] for each in opened}
    missing = [
        {"person": key, "name": entry.name}
        for key, entry in people.items()
        if entry.role not in STAFF and key not in seen and may_open(state, paper, key)
    ]
    answer: dict = {"paper": paper, "title": found.title, "mode": found.mode, "opened": opened, "not_opened": missing}
    if found.mode == "restricted" or total:
        answer["screens"] = [describe(each, named) for each in first if not each["person"]]
        answer["openings"] = [{**each, "name": named(each)} for each in pages]
        answer["total"] = total
    return answer, {"Cache-Control": serving.NEVER}


@bp.get("/api/papers/<paper>/openings.csv")
@signed_in
def table(paper: str):
    """The same for a spreadsheet (CSV, UTF-8): readers who opened it and who did not, then every opening of a page."""
    state, found = find_for_staff(paper)
    with context().pool.lend() as db:
        first, pages = openings.list_first(db, paper), openings.list_pages(db, paper)
        screens = openings.names_of_screens(db, state.id)
    named, versions = name_in(state, screens), documents_of(found)
    seen = {each["person"] for each in first}
    rows: list[list] = [[_("Name"), _("Unit"), _("First opened"), _("Page"), _("Version"), _("Code"), _("Device")]]
    people = state.roll.people
    for each in first:
        entry = people.get(each["person"])
        rows.append([named(each), entry.unit if entry else "", moment(each["at"]), "", "", "", ""])
    for key, entry in people.items():
        if entry.role not in STAFF and key not in seen and may_open(state, paper, key):
            rows.append([entry.name, entry.unit, _("not opened"), "", "", "", ""])
    for each in reversed(pages):
        entry = people.get(each["person"])
        version = versions.index(each["document"]) + 1 if each["document"] in versions else ""
        more = [moment(each["at"]), each["page"], version, each["code"], each["device"]]
        rows.append([named(each), entry.unit if entry else "", *more])
    file = io.StringIO()
    csv.writer(file).writerows([[harmless(value) for value in row] for row in rows])
    answer = Response("\ufeff" + file.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = serving.disposition(f"{_('Who has opened it')} - {found.title[:80]}.csv")
    answer.headers["Cache-Control"] = serving.NEVER
    return answer


def find_for_staff(paper: str) -> tuple[MeetingState, Paper]:
    """What has been noted until now is written down first. Raises Problem: not_found | not_allowed."""
    with context().pool.lend() as db:
        row = openings.find_paper(db, paper)
    if row is None:
        raise Problem("not_found", 404)
    if guard.require_member(row["meeting"]) not in STAFF:
        access.find_visible(row["document"])  # to whoever may not see it, it does not exist
        raise Problem("not_allowed", 403)
    fetched.write(context().pool)
    state = log.state(context().pool, row["meeting"])
    if paper not in state.papers:
        raise Problem("not_found", 404)
    return state, state.papers[paper]


def describe(row: dict, named) -> dict:
    about = {"person": row["person"], "name": named(row), "at": row["at"]}
    if row["pages"]:
        about |= {"pages": row["pages"].count(",") + 1, "last": row["last"]}
    return about


def moment(at: int) -> str:
    return f"{clock.local(at):%d/%m/%Y %H:%M:%S}"
