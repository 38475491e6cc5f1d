"""Pages of followed trials: those of a case, and the log of one, which is written in the courtroom."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from meetingroom.auth.guard import signed_in
from meetingroom.cases import people_store
from meetingroom.cases.access import case_for, check_contents
from meetingroom.cases.court import describe, fields, store, terms
from meetingroom.cases.court.access import STEWARDS, hearing_for
from meetingroom.web.context import context

bp = Blueprint("court_pages", __name__)


@bp.get("/cases/<case>/court")
@signed_in
def list_page(case: str):
    """The trials of a case that are followed; owner, helpers and leaders begin one here."""
    row = case_for(case)
    check_contents(row)
    with context().pool.lend() as db:
        found = store.list_hearings(db, case)
    return render_template(
        "cases/court.html",
        case=row,
        hearings=found,
        may_open=row["role"] in STEWARDS and not row["closed_at"],
        people=likely_people(row),
    )


def likely_people(row: dict) -> str:
    """Who will speak, as far as the sheet of the case tells, one a line."""
    lines = [f"{_('Presiding judge')}: ", f"{_('Prosecutor at the trial')}: "]
    for each in row["parties"][: fields.MOST_PEOPLE - len(lines)]:
        lines.append(f"{in_court(each['status'])}: {each['name']}")
    return "\n".join(lines)


def in_court(status: str) -> str:
    """Whom the file calls the accused (bị can) is the defendant (bị cáo) once the court tries the case."""
    if status.strip().casefold() == "bị can":
        return _("Defendant")
    return status[:1].upper() + status[1:]


@bp.get("/cases/<case>/court/<hearing>")
@signed_in
def log_page(case: str, hearing: str):
    """The log of one trial, for the list of its case and those who are invited to observe it. Text only: the court's
    picture and sound are recorded nowhere."""
    row = hearing_for(case, hearing)
    with context().pool.lend() as db:
        observers = store.list_observers(db, hearing)
        candidates = people_store.list_candidates(db) if row["role"] in STEWARDS else []
    words = {
        "phases": terms.phases(_),
        "short": terms.short_phases(_),
        "kinds": terms.kinds(_),
        "roles": terms.roles(_),
    }
    there = {each["person"] for each in observers}
    return render_template(
        "cases/court-log.html",
        case={"id": case, "code": row["code"], "title": row["title"]},
        hearing=describe.hearing(row, observers),
        candidates=[each for each in candidates if each["id"] not in there],
        publicity=terms.publicity(_),
        words=words,
        lines={"people": "\n".join(f"{each['role']}: {each['name']}" for each in row["people"]),
               "days": ", ".join(f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in row["days"]),
               **{key: "\n".join(row[key]) for key in ("sites", "prosecutors")}},
    )  # fmt: skip
