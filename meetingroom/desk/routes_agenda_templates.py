"""Templates of agendas: saved from a meeting, chosen for a new one, named otherwise, deleted."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from meetingroom.auth.guard import needs
from meetingroom.desk.series_agenda import cloned_id, items_of, read_source
from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused
from meetingroom.tasks import series_store as store
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_command_id
from meetingroom.web.messages import message, messages

bp = Blueprint("agenda_templates", __name__)
messages.update({"empty_agenda": _l("This agenda has no item that a template could keep.")})
MOST, NAME = 200, 300


@bp.get("/agenda-templates")
@needs("admin", "organiser")
def page():
    """All templates with their items."""
    with context().pool.lend() as db:
        templates, series = store.list_templates(db), store.list_series(db)
    used: dict[str, list[str]] = {}
    for row in series:
        used.setdefault(row["template"], []).append(row["name"])
    return render_template("series/templates.html", templates=templates, used=used)


@bp.post("/agenda-templates")
@needs("admin", "organiser")
def add():
    """The agenda of a meeting (`from`) that the reader runs, under a `name` → the templates."""
    source = read_source(request.form.get("from", ""))
    key = "t" + cloned_id(read_command_id(request.form.get("id")))
    try:
        checks.check_not_secret(source)
        name, items = read_name(), items_of(source)
        if not items:
            raise Refused("empty_agenda")
        with context().pool.writing() as db:
            if len(store.list_templates(db)) >= MOST:
                raise Refused("too_many_templates")
            store.save_template(db, key, g.user.id, name, items)
    except Refused as refusal:
        flash(message(refusal.code), "bad")
        return redirect(url_for("meetings.page", meeting=source.id) + "#series")
    flash(_("The agenda is saved as a template."), "good")
    return redirect(url_for("agenda_templates.page"))


@bp.post("/agenda-templates/<template>")
@needs("admin", "organiser")
def change(template: str):
    """Another `name`, or gone (`delete`) → the templates. Meetings that were made of it stay as they are."""
    with context().pool.writing() as db:
        if store.find_template(db, template) is None:
            raise Problem("not_found", 404)
        if request.form.get("delete"):
            store.drop_template(db, template)
            words, tone = _("The template is deleted."), "good"
        else:
            try:
                store.rename_template(db, template, read_name())
                words, tone = _("Saved."), "good"
            except Refused as refusal:
                words, tone = message(refusal.code), "bad"
    flash(words, tone)
    return redirect(url_for("agenda_templates.page"))


def read_name() -> str:
    return " ".join(checks.text(request.form.get("name", ""), NAME, field="name").split())
