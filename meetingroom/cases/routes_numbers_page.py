"""Pages for people: the numbers of a case, the strip of a volume, what to look at, and one page of the file."""

from itertools import groupby

from flask import Blueprint, render_template, request

from meetingroom.auth.guard import signed_in
from meetingroom.cases import numbers, removed, store, store_numbers
from meetingroom.cases.access import case_for
from meetingroom.cases.looking_rows import rows_of
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("case_numbers_page", __name__)


@bp.get("/cases/<case>/numbers")
@signed_in
def page(case: str):
    """The numbers of a case: search, its volumes and who compared them, its numberings; with `?volume=` the strip of
    one volume, where its pages are numbered."""
    row = case_for(case)
    with context().pool.lend() as db:
        volumes = store.list_volumes(db, case)
        names = {person["person"]: person["name"] for person in store.list_people(db, case)}
        ranges = store_numbers.ranges_of(db, case)
        numberings = numbers.describe_all(db, row)
    chosen = next((volume for volume in volumes if volume["id"] == request.args.get("volume")), None)
    about = [
        {**volume, "checked_name": names.get(volume["checked_by"], "")} | ranges.get(volume["id"], {})
        for volume in volumes
    ]
    edits = row["role"] in store.EDITORS and row["secrecy"] == "no" and not row["closed_at"]
    return render_template(
        "cases/numbers.html", case=row, volumes=about, chosen=chosen, numberings=numberings, edits=edits
    )


@bp.get("/cases/<case>/findings")
@signed_in
def findings(case: str):
    """What somebody should look at, each line with its page; `?kind=` narrows it down."""
    row = case_for(case)
    rows = rows_of(row)
    kinds = [
        {"kind": kind, "name": each[0]["kind_name"], "count": len(each)}
        for kind, each in ((k, list(v)) for k, v in groupby(sorted(rows, key=by_kind), by_kind))
    ]
    wanted = request.args.get("kind", "")
    shown = [each for each in rows if not wanted or each["kind"] == wanted]
    return render_template("cases/findings.html", case=row, rows=shown[:SHOWN], all=len(rows), shown=len(shown),
                           kinds=kinds, wanted=wanted)  # fmt: skip


SHOWN = 500


def by_kind(row: dict) -> str:
    return row["kind"]


@bp.get("/cases/<case>/pages/<document>/<int:page>")
@signed_in
def one(case: str, document: str, page: int):
    """One page of the file under its number; `?cite=` has the others of its range beside it."""
    row = case_for(case)
    with context().pool.lend() as db:
        lying = store.find_document(db, case, document)
        if lying is None:
            raise removed.missing(db, case, document)
        if not 1 <= page <= (lying["pages"] or 0):
            raise Problem("not_found", 404)
        names = store_numbers.labels_of_page(db, document, page)
    return render_template("cases/page.html", case=row, document=lying, page=page, names=names,
                           cite=request.args.get("cite", "")[:200])  # fmt: skip
