"""The page of a case's photos, audio and video."""

from flask import Blueprint, render_template

from meetingroom.auth.guard import signed_in
from meetingroom.cases import store
from meetingroom.cases.access import case_for, check_contents
from meetingroom.web.context import context

bp = Blueprint("case_media_page", __name__)


@bp.get("/cases/<case>/media")
@signed_in
def page(case: str):
    """Photos, audio and video of a case: looked at, and by those who edit it brought in, named, cut."""
    row = case_for(case)
    check_contents(row)
    settings = context().settings
    edits = row["role"] in store.EDITORS and not row["closed_at"]
    limits = {"limit": settings.case_file_limit, "pages": settings.case_page_limit}
    return render_template("cases/media.html", case=row, edits=edits, **limits)
