"""A copy of a paper with marks, as a PDF: asked for, and fetched when it is there. For who asked for it alone."""

from flask import Blueprint, g, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from meetingroom import translations
from meetingroom.auth import guard
from meetingroom.documents import serving
from meetingroom.jobs import queue
from meetingroom.marks import export_store, exports
from meetingroom.marks.sight import PaperInSight
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object
from meetingroom.web.messages import messages

bp = Blueprint("marks_export", __name__)
messages.update(
    {
        "export_running": _l("Another copy is being made for you; please wait until it is ready."),
        "export_failed": _l("The copy could not be made. Please try again."),
    }
)


@bp.post("/api/papers/<paper>/export")
@guard.signed_in
def ask(paper: str):
    """`{what: ink | mine | both | words, kind: annots | flat}` → 202 `{job}`. `ink`: what is written for everybody;
    `words`: the paper alone, with the words that were recognised in it, unseen, to be found and copied; `annots`: marks
    that can be edited, `flat`: drawn into the pages, notes as a list behind them. One at a time; the five newest are
    kept, for a day."""
    wish = read_json_object()
    wrong = {
        name: " | ".join(known)
        for name, known in (("what", exports.WHAT), ("kind", exports.KINDS_OF_COPY))
        if not isinstance(wish.get(name), str) or wish[name] not in known
    }
    if wrong:
        raise Problem("malformed", 400, fields=wrong)
    sight = readable(paper)
    wanted = {"paper": paper, "document": sight.paper.document, "what": wish["what"], "kind": wish["kind"]}
    with context().pool.writing() as db:
        running = export_store.find_waiting(db, g.user.id)
        if running and any(running[key] != value for key, value in wanted.items()):
            raise Problem("export_running", 429, retry_after=2)
        job = running["id"] if running else ""
        if not job:
            export_store.make_room(db, context().settings, g.user.id)
            job = export_store.add(
                db, person=g.user.id, meeting=sight.meeting, language=translations.language(), **wanted
            )
            queue.request_job(db, exports.EXPORT, job)
    queue.wake_worker(context().settings)
    return {"job": job}, 202


@bp.get("/api/papers/<paper>/export/<job>")
@guard.signed_in
def progress(paper: str, job: str):
    """`{status: queued | ready | failed}`, for who asked for it."""
    _sight, row = find_mine(paper, job)
    return {"status": row["status"]}, {"Cache-Control": serving.NEVER}


@bp.get("/api/papers/<paper>/export/<job>.pdf")
@guard.signed_in
def fetch(paper: str, job: str):
    """The copy; 202 `{status: "queued"}` while it is being made. 404 for everybody but who asked for it."""
    sight, row = find_mine(paper, job)
    if row["status"] == export_store.QUEUED:
        return {"status": row["status"]}, 202, {"Retry-After": "1", "Cache-Control": serving.NEVER}
    path = export_store.place(context().settings, job)
    if row["status"] == export_store.FAILED or not path.exists():
        raise Problem("export_failed", 503)
    answer = send_file(path.resolve(), mimetype="application/pdf", conditional=True)
    names = {"ink": _("with remarks"), "mine": _("with my notes"), "both": _("with remarks and my notes"),
             "words": _("searchable")}  # fmt: skip
    answer.headers["Content-Disposition"] = serving.disposition(f"{sight.paper.title} ({names[row['what']]}).pdf")
    answer.headers["Content-Security-Policy"] = serving.LOCKED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = serving.NEVER
    return answer


def find_mine(paper: str, job: str) -> tuple[PaperInSight, dict]:
    sight = readable(paper)
    with context().pool.lend() as db:
        row = export_store.find(db, job)
    if row is None or row["person"] != g.user.id or row["paper"] != paper:
        raise Problem("not_found", 404)
    return sight, row


def readable(paper: str) -> PaperInSight:
    """A paper of which the reader may have a copy."""
    sight = PaperInSight(paper)
    if not sight.whole:
        raise Problem("not_found", 404)
    if not sight.sight.download:
        raise Problem("not_allowed", 403)
    return sight
