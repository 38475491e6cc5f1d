"""The audit trail of accounts: who signed in, who changed what."""

from flask import Blueprint, render_template, request

from meetingroom.auth import account_store
from meetingroom.auth.guard import needs
from meetingroom.people import audit as sentences
from meetingroom.web.context import context
from meetingroom.web.json_body import read_number

bp = Blueprint("admin_audit", __name__, url_prefix="/admin/audit")
bp.record_once(lambda state: state.app.jinja_env.filters.update(sentences.FILTERS))

SHOWN = 100


@bp.get("")
@needs("admin")
def audit():
    """The audit trail, the latest first: a hundred lines before `?before=`; `?name=` of one kind, `?person=` of one."""
    name, person = request.args.get("name", ""), request.args.get("person", "")
    before = read_number("before") or None
    with context().pool.lend() as db:
        lines = account_store.audit_lines(db, name=name, person=person, before=before, limit=SHOWN + 1)
        people = account_store.list_users(db)
    return render_template("people/audit.html", lines=lines[:SHOWN], more=len(lines) > SHOWN, name=name, person=person,
                           people=people, kinds=sentences.KINDS, before=before)  # fmt: skip
