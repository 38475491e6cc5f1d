"""What goes into a copy of a paper: its file, and whose marks; what the process for documents is asked."""

import json
from typing import Any

from meetingroom import clock, log
from meetingroom.config import Settings
from meetingroom.documents import store as documents
from meetingroom.documents.content_store import ContentStore
from meetingroom.documents.kinds import KINDS
from meetingroom.jobs.queue import JobContext
from meetingroom.marks import export_store, store
from meetingroom.marks.bodies import BOOKMARK, HIGHLIGHT, INK, NOTE
from meetingroom.marks.merging import Mark
from meetingroom.meeting.ink import strokes_of
from meetingroom.printing.printer import printer

EXPORT = "export"  # the job
INK_ALONE, MINE, BOTH, WORDS = WHAT = ("ink", "mine", "both", "words")
KINDS_OF_COPY = ("annots", "flat")
WIDEST = 1920


def make(context: JobContext, export: str) -> None:
    """The job: the file lies at its place, then its row says so."""
    with context.pool.lend() as db:
        row = export_store.find(db, export)
        document = row and documents.find_document(db, row["document"])
    if not row or not document or row["status"] != export_store.QUEUED:
        return
    settings = context.settings
    export_store.folder(settings).mkdir(parents=True, exist_ok=True, mode=0o700)
    asked = export_store.place(settings, export, "json")
    about = gather(context, row, document)
    asked.touch(0o600)
    asked.write_text(json.dumps(about, ensure_ascii=False), "utf-8")
    try:
        printer.make("marks", {"file": str(asked)}, row["person"])
    finally:
        asked.unlink(missing_ok=True)
    with context.pool.writing() as db:
        wanted = export_store.close(db, export, export_store.READY)
    if not wanted:
        export_store.place(settings, export).unlink(missing_ok=True)


def gather(context: JobContext, row: dict, document: dict) -> dict[str, Any]:
    """As `annotated.print_marks` takes it."""
    contents, kind = ContentStore(context.settings, document["sha"]), KINDS[document["type"]]
    source = contents.source(kind)
    drawn = kind.family_drawn == "pdf" and source.exists()
    pictures = [str(contents.page(n, WIDEST)) for n in range(1, document["pages"] + 1)]
    with context.pool.lend() as db:
        mine = store.list_marks(db, row["person"], row["paper"]) if row["what"] in (MINE, BOTH) else []
    mine = [mark for mark in mine if not mark.dropped and mark.document == row["document"]]
    own = [tell(mark, row["person"]) for mark in mine]
    shared = list_shared(context, row) if row["what"] in (INK_ALONE, BOTH) else []
    recognised = list_words(contents, document["pages"]) if row["what"] == WORDS else {}
    found = {
        # Mine lie under what all see, as on the screen.
        "strokes": [each for each in own if each["kind"] == INK] + shared,
        **{f"{name}s": [each for each in own if each["kind"] == name] for name in (HIGHLIGHT, NOTE, BOOKMARK)},
    }
    with context.pool.lend() as db:
        people = {row["person"]} | {each["author"] for each in shared}
        names = export_store.names(db, people)
    for each in (one for marks in found.values() for one in marks):
        each["author"] = names.get(each["author"], "")
    found["bookmarks"].sort(key=lambda each: each["page"])
    times = [each["at"] for marks in found.values() for each in marks]
    return {
        **found, "source": str(source) if drawn else "", "pictures": pictures, "shape": document["shape"],
        "out": str(export_store.place(context.settings, row["id"])), "kind": row["kind"], "what": row["what"],
        "language": row["language"], "title": document["title"], "author": names.get(row["person"], ""),
        "words": recognised, "written": max(times, default=document["at"]),
    }  # fmt: skip


def list_words(contents: ContentStore, pages: int) -> dict[str, list]:
    """{page: [[text, [x, y, width, height]]]} of the pages whose words were recognised, in fractions of the page."""
    found = {}
    for n in range(1, pages + 1):
        record = contents.record(n) or {}
        if record.get("source") == "ocr" and record.get("words"):
            found[str(n)] = [[word["text"], word["box"]] for word in record["words"]]
    return found


def tell(mark: Mark, person: str) -> dict:
    return {**mark.body, "id": mark.id, "kind": mark.kind, "page": mark.page, "at": mark.at, "author": person}


def list_shared(context: JobContext, row: dict) -> list[dict]:
    """What is written on the pages for everybody."""
    pages = log.state(context.pool, row["meeting"]).ink.pages.get(row["document"], {})
    return [{**stroke, "page": n, "author": stroke["by"]} for n in sorted(pages) for stroke in strokes_of(pages[n])]


def sweep(settings: Settings, db) -> None:
    now = clock.now()
    store.sweep(db, now)
    if settings.marks_days:
        store.forget_closed(db, now - settings.marks_days * store.A_DAY)
    export_store.sweep(db, settings, now)
