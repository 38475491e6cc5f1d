"""All papers of a meeting in one file, for whoever must print: what goes in for a person, and the job that makes it."""

import hashlib
import json
from typing import Any

from flask import g

from meetingroom.auth import account_store
from meetingroom.documents import access
from meetingroom.documents import store as documents
from meetingroom.documents.content_store import ContentStore
from meetingroom.documents.kinds import KINDS
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext
from meetingroom.marks import export_store
from meetingroom.meeting.state import MeetingState
from meetingroom.printing.printer import printer
from meetingroom.reading import bound_store
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

BIND = "bind"  # the job
MOST_PAGES = 3000
PICTURE = 1920


def contents(state: MeetingState) -> list[dict]:
    """[{title, papers: [{title, document, pages, kept}]}] of the items of the agenda: what `g.user` may read, in its
    order. `kept`: it is read on the screen alone, and stands in the list without its pages."""
    found = []
    for key in state.agenda.order:
        item = state.agenda.items[key]
        papers = [paper for each in item.papers if (paper := describe(state, each))]
        found.append({"title": item.title, "papers": papers})
    return found


def describe(state: MeetingState, key: str) -> dict | None:
    paper = state.papers.get(key)
    if paper is None:
        return None
    try:
        sight = access.sight_of_all(paper.document)
    except Problem:
        return None
    about = {"title": paper.title, "document": paper.document, "pages": paper.pages}
    return {**about, "kept": not sight.download or sight.uncopied}


def count_pages(items: list[dict]) -> int:
    return sum(paper["pages"] for item in items for paper in item["papers"] if not paper["kept"])


def wish_of(state: MeetingState, items: list[dict], language: str) -> dict[str, Any]:
    """What the file is made of; `mark` is another as soon as anything in it is."""
    frame = state.meeting
    wish = {"title": frame.title, "place": frame.place, "at": frame.starts_at, "language": language, "items": items}
    return {**wish, "mark": hashlib.sha256(json.dumps(wish, sort_keys=True).encode()).hexdigest()[:32]}


def ask(db, meeting: str, wish: dict) -> None:
    settings = context().settings
    export_store.make_room(db, settings, g.user.id)
    about = {"person": g.user.id, "meeting": meeting, "paper": "", "language": wish["language"]}
    job = export_store.add(db, **about, document=wish["mark"], what="papers", kind=bound_store.BOUND)
    export_store.folder(settings).mkdir(parents=True, exist_ok=True, mode=0o700)
    asked = export_store.place(settings, job, "json")
    asked.touch(0o600)
    asked.write_text(json.dumps(wish, ensure_ascii=False), "utf-8")
    queue.request_job(db, BIND, job)


def make(job_context: JobContext, job: str) -> None:
    """The job: the file lies at its place, then its row says so, and its pages are counted."""
    settings = job_context.settings
    with job_context.pool.lend() as db:
        row = export_store.find(db, job)
    asked = export_store.place(settings, job, "json")
    if not row or row["status"] != export_store.QUEUED or not asked.exists():
        return
    wish = json.loads(asked.read_text("utf-8"))
    for paper in (paper for item in wish["items"] for paper in item["papers"] if not paper["kept"]):
        paper |= find_files(job_context, paper["document"])
    wish["out"] = str(export_store.place(settings, job))
    asked.write_text(json.dumps(wish, ensure_ascii=False), "utf-8")
    try:
        made, _file = printer.make("bound", {"file": str(asked)}, row["person"])
    finally:
        asked.unlink(missing_ok=True)
    with job_context.pool.writing() as db:
        wanted = export_store.close(db, job, export_store.READY)
        if wanted:
            about = {"meeting": row["meeting"], "pages": made["pages"], "title": wish["title"]}
            account_store.write_audit_line(db, "papers_bound", by=row["person"], **about)
    if not wanted:
        export_store.place(settings, job).unlink(missing_ok=True)


def find_files(job_context: JobContext, document: str) -> dict[str, Any]:
    """{source, pictures, shape}: the file, and the pictures of its pages where it is none that pages are taken from."""
    with job_context.pool.lend() as db:
        row = documents.find_document(db, document)
    if row is None:  # withdrawn and deleted meanwhile
        return {"kept": True}
    kept, kind = ContentStore(job_context.settings, row["sha"]), KINDS[row["type"]]
    source = kept.source(kind)
    drawn = kind.family_drawn == "pdf" and source.exists()
    pictures = [str(kept.page(n, PICTURE)) for n in range(1, row["pages"] + 1)]
    return {"source": str(source) if drawn else "", "pictures": pictures, "shape": row["shape"], "pages": row["pages"]}
