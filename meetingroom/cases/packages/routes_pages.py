"""Packages of a case for people: those of a case with their way out and back, and those that one has outside."""

from flask import Blueprint, g, render_template

from meetingroom.auth.guard import signed_in
from meetingroom.cases import room_maps, store
from meetingroom.cases.access import role_here
from meetingroom.cases.packages import acting, words
from meetingroom.cases.packages import store as packages
from meetingroom.cases.packages.sight import case_seen, described, held_only
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_number

bp = Blueprint("case_packages_pages", __name__)


@bp.get("/cases/<case>/packages")
@signed_in
def page(case: str):
    """The offline packages of a case: the request, the consent, what is out, what came back."""
    row = case_seen(case)
    with context().pool.lend() as db:
        at = max(1, read_number("page", 1))
        listed, more = packages.list_page(db, case, at)
        found = [described(each, row["role"]) for each in listed]
        maps = room_maps.list_published(db, case)
        leaders = set(acting.leaders(db, case, but=g.user.id))
        names = [each["name"] for each in store.list_people(db, case) if each["person"] in leaders]
        mine = packages.find_open(db, case, g.user.id)
    return render_template(
        "cases/packages.html", case=row, packages=found, page=at, more=more, maps=maps, leaders=names, open=mine,
        audiences=words.AUDIENCES, contents=words.CONTENTS, how=words.HOW, failed=words.FAILED,
    )  # fmt: skip


@bp.get("/packages")
@signed_in
def held():
    """The packages that one has outside the office, also of cases that went to somebody else."""
    if g.user.only or g.user.is_admin:
        raise Problem("not_found", 404)
    with context().pool.lend() as db:
        rows = packages.list_held(db, g.user.id)
        roles = {row["of"]: role_here(db, row["of"]) for row in rows if row["of"]}
    found = [
        (described(row, roles[row["of"]]), row["of"]) if roles.get(row["of"]) else (held_only(row), "") for row in rows
    ]
    return render_template(
        "cases/packages-held.html", packages=found, how=words.HOW, audiences=words.AUDIENCES, contents=words.CONTENTS
    )
