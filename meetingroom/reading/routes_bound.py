"""All papers of a meeting as one file, to be printed where paper cannot be done without."""

from flask import Blueprint, g, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from meetingroom import log, translations
from meetingroom.auth import guard
from meetingroom.documents import serving
from meetingroom.jobs import queue
from meetingroom.marks import export_store
from meetingroom.reading import binding, bound_store
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

bp = Blueprint("bound", __name__)
messages.update(
    {
        "nothing_to_print": _l("This meeting has no paper that you may print."),
        "too_much_to_print": _l(
            "The papers have too many pages for one file (%(limit)s at most). Save them one by one."
        ),
    }
)


@bp.get("/api/meetings/<meeting>/papers.pdf")
@guard.signed_in
def fetch(meeting: str):
    """Agenda, bookmarks and all papers that the asker may keep, each page with its number. 202 `{status: queued}` while
    it is being made, which asking begins; 503 where it could not be made. `?state` (then asks anew): `{status: queued |
    ready | failed, mark}` alone, never the file; `?state=<mark>` looks how far that one is, and begins none."""
    guard.require_member(meeting)
    if mark := request.args.get("state", ""):
        with context().pool.lend() as db:
            row = bound_store.find(db, g.user.id, meeting, mark)
        return {"status": row["status"] if row else export_store.FAILED, "mark": mark}, {"Cache-Control": serving.NEVER}
    state = log.state(context().pool, meeting)
    items = binding.contents(state)
    pages = binding.count_pages(items)
    if not pages:
        raise Problem("nothing_to_print", 409)
    if pages > binding.MOST_PAGES:
        words = str(messages["too_much_to_print"]) % {"limit": binding.MOST_PAGES}
        raise Problem("too_much_to_print", 422, message=words, limit=binding.MOST_PAGES)
    wish = binding.wish_of(state, items, translations.language())
    row = find_or_ask(meeting, wish)
    status = row["status"] if row else export_store.QUEUED
    if "state" in request.args:
        return {"status": status, "mark": wish["mark"]}, {"Cache-Control": serving.NEVER}
    if row is None or status == export_store.QUEUED:
        return {"status": status}, 202, {"Retry-After": "1", "Cache-Control": serving.NEVER}
    if status == export_store.FAILED:
        raise Problem("export_failed", 503)
    path = export_store.place(context().settings, row["id"])
    answer = send_file(path.resolve(), mimetype="application/pdf", conditional=True)
    name = _("%(meeting)s (all papers)", meeting=state.meeting.title)
    answer.headers["Content-Disposition"] = serving.disposition(f"{name}.pdf")
    answer.headers["Content-Security-Policy"] = serving.LOCKED
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = serving.NEVER
    return answer


def find_or_ask(meeting: str, wish: dict) -> dict | None:
    """The row of the file that is wanted; None for one that was asked for just now."""
    settings = context().settings
    with context().pool.writing() as db:
        row = bound_store.find(db, g.user.id, meeting, wish["mark"])
        lost = row and row["status"] == export_store.READY and not export_store.place(settings, row["id"]).exists()
        asked_anew = "state" in request.args and row and row["status"] == export_store.FAILED
        if row and not lost and not asked_anew:
            return row
        running = export_store.find_waiting(db, g.user.id)
        if running:
            raise Problem("export_running", 429, retry_after=2)
        if row:
            bound_store.remove(db, row["id"])
        binding.ask(db, meeting, wish)
    queue.wake_worker(settings)
    return None
