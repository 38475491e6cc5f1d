"""The pages of mind maps: those of a case, and the one in which a map is written."""

from flask import Blueprint, render_template

from meetingroom.auth.guard import signed_in
from meetingroom.cases import store
from meetingroom.cases.access import case_for, check_contents
from meetingroom.cases.first_branches import first_branches
from meetingroom.cases.map_access import map_for, seen_map
from meetingroom.cases.map_words import KINDS, LINKS

bp = Blueprint("maps_pages", __name__)


@bp.get("/cases/<case>/maps")
@signed_in
def list_page(case: str):
    """The mind maps of a case; owner and helpers make and import them here."""
    row = case_for(case)
    check_contents(row)
    may_edit = row["role"] in store.EDITORS and not row["closed_at"]
    return render_template("cases/maps.html", case=row, may_edit=may_edit)


@bp.get("/cases/<case>/maps/<map>")
@signed_in
def map_page(case: str, map: str):
    """One mind map: read by all of the case's list, written by owner and helpers. `#N43` opens that node."""
    row, found = map_for(case, map)
    words = {"kinds": {key: str(value) for key, value in KINDS.items()},
             "links": {key: str(value) for key, value in LINKS.items()}}  # fmt: skip
    first = first_branches(seen_map(row, found))
    edits = row["role"] in store.EDITORS and not row["closed_at"]
    return render_template("cases/map.html", case=row, map=found, words=words, first_branches=first, edits=edits)
