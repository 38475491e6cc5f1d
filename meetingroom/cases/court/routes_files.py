"""What comes out of a followed trial, for the list of its case: the table, the list to check the court's minutes
against, the notice of lessons drawn."""

from flask import Blueprint, Response, g, request

from meetingroom.auth.guard import signed_in
from meetingroom.cases import log_store
from meetingroom.cases import store as cases
from meetingroom.cases.court.access import hearing_for
from meetingroom.documents import serving
from meetingroom.printing import printer
from meetingroom.translations import language as spoken
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("court_files", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


@bp.get("/api/cases/<case>/court/<hearing>/table.<ending>")
@signed_in
def table(case: str, hearing: str, ending: str):
    """The log as a table (`pdf`), or with the list to check the minutes against (`xlsx`); the case's log says so."""
    row = hearing_for(case, hearing, *cases.ROLES)
    if ending not in ("xlsx", "pdf"):
        raise Problem("not_found", 404)
    return made(row, ending, XLSX if ending == "xlsx" else PDF, f"theo-doi-phien-toa.{ending}")


@bp.get("/api/cases/<case>/court/<hearing>/check.pdf")
@signed_in
def check(case: str, hearing: str):
    """What was said in court by phase and speaker, each with boxes to tick: to check the court's minutes against."""
    row = hearing_for(case, hearing, *cases.ROLES)
    return made(row, "check", PDF, "doi-chieu-bien-ban-phien-toa.pdf")


@bp.get("/api/cases/<case>/court/<hearing>/notice.docx")
@signed_in
def lessons(case: str, hearing: str):
    """The notice of lessons drawn (form 1.4), to be finished in a word processor; of marked entries alone with
    `?marked=1`. Always in Vietnamese. Raises Problem: court_nothing (409)."""
    row = hearing_for(case, hearing, *cases.ROLES)
    marked = request.args.get("marked") == "1"
    return made(row, "notice", DOCX, "thong-bao-rut-kinh-nghiem.docx", language="vi", marked=marked)


def made(row: dict, what: str, mime: str, name: str, language: str = "", marked: bool = False) -> Response:
    wish = {
        "what": what, "database": str(context().settings.database), "case": row["case"], "hearing": row["id"],
        "language": language or spoken(), "by": g.user.name, "marked": marked,
    }  # fmt: skip
    try:
        _header, file = printer.printer.make("court", wish, g.user.id)
    except printer.Refused as refused:
        what_is_wrong, _colon, letters = str(refused).partition(":")
        if what_is_wrong == "glyph":
            raise Problem("no_glyph", 422, letters=letters) from None
        raise Problem("court_nothing" if what_is_wrong == "nothing" else "not_found",
                      409 if what_is_wrong == "nothing" else 404) from None  # fmt: skip
    with context().pool.writing() as db:
        log_store.add(db, row["case"], "court_exported", g.user.id, court=row["court"], hearing=row["id"],
                      court_file=what)  # fmt: skip
    answer = Response(file, mimetype=mime)
    answer.headers["Content-Disposition"] = serving.disposition(name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
