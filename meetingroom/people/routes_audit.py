"""The audit trail of accounts: who signed in, who changed what."""

from flask import Blueprint, render_template, request

from meetingroom.people import store, trail
from meetingroom.people.guard import needs
from meetingroom.web.house import house

bp = Blueprint("admin_audit", __name__, url_prefix="/admin/audit")

SHOWN = 100


@bp.get("")
@needs("admin")
def audit():
    name, person = request.args.get("name", ""), request.args.get("person", "")
    before = request.args.get("before", type=int)
    with house().pool.lend() as db:
        lines = store.audit_lines(db, name=name, person=person, before=before, limit=SHOWN + 1)
        people = store.all_users(db)
    return render_template("people/audit.html", lines=lines[:SHOWN], more=len(lines) > SHOWN, name=name, person=person,
                           people=people, kinds=trail.KINDS, before=before)  # fmt: skip
