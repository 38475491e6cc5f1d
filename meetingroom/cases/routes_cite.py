"""What a citation means, and what somebody should look at in a case."""

from flask import Blueprint, Response, g, request
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.cases import citation, log_store, removed, sight, store, store_numbers
from meetingroom.cases.access import case_for
from meetingroom.cases.looking_rows import rows_of
from meetingroom.cases.store_numbers import Seen
from meetingroom.database import Pool
from meetingroom.documents import serving
from meetingroom.printing import printer
from meetingroom.tasks.export import Sheet, in_print
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import MOST as LATEST
from meetingroom.web.json_body import read_json_object, read_number

bp = Blueprint("case_cite", __name__)
LONGEST = 10_000  # letters of one question
MOST = 3_000  # texts of one question: the nodes of a map
MOST_LABELS = 100_000  # that one question may name of those that are there, ranges counted out
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/api/cases/<case>/cite")
@signed_in
def cite(case: str):
    """Each citation of `q` (as a field: "84" is one; `field=0`: as a text): `[{text, result: one | several | none,
    pages: [{document, page, label, volume, title, checked}], items: [{label, result, pages, missing, against}],
    missing, nearest, count, against, guessed, reversed, volume, numbering, start, end}]`. `none` names the nearest
    labels; `items` are its labels and ranges one by one; `against`: so many of the last pages are those behind ↔. `at`
    (ms): by the numbers of then. Who is not on the list is answered of the pages that a running meeting shows him."""
    field = request.args.get("field", "1") != "0"
    at = read_number("at")
    return answers(case, [request.args.get("q", "")], field, at, pages_seen(case))[0]


@bp.post("/api/cases/<case>/cite")
@signed_in
def cite_many(case: str):
    """`{texts: [...], field?: true, at?: ms}` → `{answers: [[…], …]}`: for each text what `GET …/cite` answers of one,
    with `start` and `end` in it."""
    seen = pages_seen(case)
    body = read_json_object()
    texts, field, at = body.get("texts"), body.get("field", True), body.get("at", 0)
    if not isinstance(texts, list) or len(texts) > MOST or not all(isinstance(text, str) for text in texts):
        raise Problem("malformed", 400)
    if field not in (True, False) or not is_moment(at) or sum(map(len, texts)) > LONGEST * 20:
        raise Problem("malformed", 400)
    return {"answers": answers(case, texts, field, at, seen)}


def answers(case: str, texts: list[str], field: bool, at: int, seen: Seen | None) -> list[list[dict]]:
    cited = [citation.parse(text[:LONGEST], field=field) for text in texts]
    if sum(each.weight() for row in cited for each in row) > MOST_LABELS:
        with context().pool.lend() as db:
            there = store_numbers.count_labels(db, case)
        if sum(each.weight(there) for row in cited for each in row) > MOST_LABELS:
            raise Problem("too_large", 413)
    found = context().in_thread(resolved, context().pool, case, cited, at, seen)
    return [[described(each, answer) for each, answer in row] for row in found]


def is_moment(at) -> bool:
    return isinstance(at, int) and not isinstance(at, bool) and 0 <= at <= LATEST


def resolved(pool: Pool, case: str, cited: list[list[citation.Citation]], at: int, seen: Seen | None):
    """Of long ranges this takes a while, in which the server answers others."""
    with pool.lend() as db:
        return [[(each, store_numbers.resolve(db, case, each, at, seen)) for each in row] for row in cited]


def pages_seen(case: str) -> Seen | None:
    """The pages that running meetings show to `g.user`; None: all, as he is on the list. Raises Problem: not_found."""
    try:
        case_for(case)
    except Problem as problem:
        # Whoever sits in no meeting with the case costs no look at its documents.
        if problem.status != 404 or not sight.sits_with(case):
            raise
        with context().pool.lend() as db:
            documents = store.document_ids(db, case)
        seen = {each: sight.meetings_showing(case, each) for each in documents}
        if not any(pages is None or pages for pages in seen.values()):
            raise
        return seen
    return None


def described(each: citation.Citation, answer: store_numbers.Resolution) -> dict:
    return vars(answer) | {name: getattr(each, name) for name in ("text", "volume", "numbering", "start", "end")}


@bp.get("/api/cases/<case>/pages/<document>/<int:page>")
@signed_in
def page_names(case: str, document: str, page: int):
    """What a page is called: `{label, volume, others: [{numbering, label}], before: [{label, until}], checked}`;
    `before` are labels of earlier versions, `checked`: its volume was compared with the paper."""
    case_for(case)
    with context().pool.lend() as db:
        row = store.find_document(db, case, document)
        if row is None:
            raise removed.missing(db, case, document)
        if not 1 <= page <= (row["pages"] or 0):
            raise Problem("not_found", 404)
        volume = store.find_volume(db, case, row["volume"])
        return store_numbers.labels_of_page(db, document, page) | {"checked": bool(volume and volume["checked_at"])}


@bp.get("/api/cases/<case>/findings")
@signed_in
def list_findings(case: str):
    """What somebody should look at: `[{kind, document, page, text, label, volume, title, kind_name, other?, url?}]` in
    the order of the file; missing, duplicate, unnumbered, order, overlap, contradicted, listed, blank, upside_down,
    identical, failed, failed_file, secret_stamp, not_found, reversed, ambiguous, uncited."""
    return rows_of(case_for(case))


@bp.get("/api/cases/<case>/findings.xlsx")
@signed_in
def findings_book(case: str):
    """The same as a workbook."""
    sheet, about = sheet_of(case_for(case))
    from meetingroom.tasks import workbook  # brings openpyxl along

    return answer_file(context().in_thread(workbook.workbook, [sheet], about), XLSX, "danh-sach-can-xem.xlsx")


@bp.get("/api/cases/<case>/findings.pdf")
@signed_in
def findings_paper(case: str):
    """The same, to be printed."""
    sheet, about = sheet_of(case_for(case))
    wish = {"sheets": [in_print(sheet)], "about": about, "page": _("Page %(n)s", n="%(n)s"), "written": clock.now()}
    _header, file = printer.printer.make("tasks", wish, g.user.id)
    return answer_file(file, "application/pdf", "danh-sach-can-xem.pdf")


def sheet_of(case: dict) -> tuple[Sheet, str]:
    rows = rows_of(case)
    with context().pool.writing() as db:
        log_store.add(db, case["id"], "findings_exported", g.user.id, rows=len(rows))
    columns = (
        (_("No."), 6.0), (_("What"), 22.0), (_("Volume"), 8.0), (_("BL"), 10.0), (_("Document"), 40.0),
        (_("Page of the scan"), 10.0), (_("To look at"), 70.0), (_("Done"), 12.0),
    )  # fmt: skip
    table = [
        [n, row["kind_name"], row["volume"] or "", row["label"], row["title"], row["page"] or "", on_paper(row), ""]
        for n, row in enumerate(rows, 1)
    ]
    about = _("Case file %(code)s, as of %(day)s", code=case["code"], day=f"{clock.local(clock.now()):%d/%m/%Y %H:%M}")
    return Sheet(_("List of what to look at"), columns, table), about


def on_paper(row: dict) -> str:
    """What stands in a line of it; there the other page is no link."""
    if not row.get("other"):
        return row["text"]
    other = _("The other page: %(title)s, page %(n)s of the scan.", title=row["other"]["title"], n=row["other"]["page"])
    return f"{row['text']} {other}"


def answer_file(file: bytes, mime: str, name: str) -> Response:
    answer = Response(file, mimetype=mime)
    answer.headers["Content-Disposition"] = serving.disposition(name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
