"""Skeletons of text for the minutes: put in by the secretary, kept by the organiser on a page of their own."""

from flask import Blueprint, g, render_template, request
from flask_babel import lazy_gettext as _l

from meetingroom import clock
from meetingroom.auth.guard import signed_in
from meetingroom.meeting import checks
from meetingroom.meeting.lifecycle import KINDS
from meetingroom.minutes import rich, rich_reading, template_store
from meetingroom.minutes.template_store import Template
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

bp = Blueprint("minutes_templates", __name__)
messages.update(
    {
        "too_many_templates": _l("There are as many templates as can be kept: delete one first."),
        "template_too_complex": _l("This template holds more than minutes can print."),
    }
)

KEEPERS = ("admin", "organiser")
MOST = 200
TITLE = 120  # letters


@bp.get("/minutes-templates")
@signed_in
def page():
    """Where organisers and administrators write them."""
    require_keeper()
    return render_template("minutes/templates.html", kinds=KINDS)


@bp.get("/api/minutes-templates")
@signed_in
def read_all():
    """`{templates: [{id, kind, title, html, at}], keeps}`; `keeps`: the reader may change them."""
    if g.user.only:
        raise Problem("not_allowed", 403)
    with context().pool.lend() as db:
        found = template_store.list_templates(db)
    return {"templates": [template_json(each) for each in found], "keeps": g.user.role in KEEPERS}


@bp.post("/api/minutes-templates")
@signed_in
def add():
    """`{kind, title, html}` → `{id, kind, title, html, at}`. `kind` of meeting, "" for every."""
    require_keeper()
    made = read_template(clock.new_id())
    with context().pool.writing() as db:
        if template_store.count(db) >= MOST:
            raise Problem("too_many_templates", 409)
        template_store.keep(db, made)
    return template_json(made), 201


@bp.put("/api/minutes-templates/<template>")
@signed_in
def change(template: str):
    """`{kind, title, html}` → the template as it is now."""
    require_keeper()
    made = read_template(template)
    with context().pool.writing() as db:
        if template_store.find(db, template) is None:
            raise Problem("not_found", 404)
        template_store.keep(db, made)
    return template_json(made)


@bp.delete("/api/minutes-templates/<template>")
@signed_in
def remove(template: str):
    """→ `{}`. Texts that were made from it stay as they are."""
    require_keeper()
    with context().pool.writing() as db:
        if template_store.find(db, template) is None:
            raise Problem("not_found", 404)
        template_store.forget(db, template)
    return {}


def require_keeper() -> None:
    if g.user.only or g.user.role not in KEEPERS:
        raise Problem("not_allowed", 403)


def read_template(key: str) -> Template:
    """What was sent. Raises Problem."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not all(isinstance(sent.get(name), str) for name in ("kind", "title", "html")):
        raise Problem("malformed", 400)
    title = checks.clean_text(sent["title"]).strip()
    if not title:
        raise Problem("required", 422, field="title")
    if len(title) > TITLE:
        raise Problem("too_long", 422, field="title", limit=TITLE)
    if sent["kind"] not in ("", *KINDS):
        raise Problem("malformed", 400, fields={"kind": "value"})
    try:
        doc = context().in_thread(rich_reading.parse, sent["html"])
    except rich.TooComplex:
        raise Problem("template_too_complex", 422, field="html") from None
    # A text of no meeting has no facts, and nothing of one person or ballot.
    blocks = tuple(
        rich.Para(block.runs) if isinstance(block, rich.Para) else block
        for block in doc.blocks
        if not (isinstance(block, rich.Live) and block.ref)
    )
    return Template(key, sent["kind"], title, rich.write(rich.Doc(blocks)), clock.now(), g.user.id)


def template_json(template: Template) -> dict:
    return {
        "id": template.id,
        "kind": template.kind,
        "title": template.title,
        "html": template.html,
        "at": template.at,
    }
