"""What the pages and the addresses of archives do alike: search, export, retention, destroying."""

import datetime
import zipfile
from collections.abc import Iterator
from typing import Any

from flask import Response, g, send_file

from meetingroom import clock, log
from meetingroom.archive import checking, destruction_store, store, supplement_store
from meetingroom.auth import account_store, guard
from meetingroom.documents.content_store import ContentStore, delete_file, original_path
from meetingroom.documents.serving import disposition
from meetingroom.jobs import queue
from meetingroom.marks import export_store
from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused
from meetingroom.projections import queries
from meetingroom.web import dates
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

MOST_AT_ONCE = 200  # packages in one file


def search(args, limit: int) -> tuple[list[dict], int, dict[str, str]]:
    """(rows, how many in all, the words where they were found) for a request's filters."""
    everything = g.user.is_admin and args.get("all") == "1"
    q = args.get("q", "").strip()[:200]
    page = max(1, min(args.get("page", 1, type=int), 100_000))
    filters: dict[str, Any] = {name: args.get(name, "")[:300] for name in ("unit", "kind", "series")}
    filters["year"] = max(0, min(args.get("year", 0, type=int), 9999))
    filters["since"] = day_in_ms(args.get("from", ""))
    filters["until"] = day_in_ms(args.get("until", ""), 1)
    with context().pool.lend() as db:
        rows, total = store.list_archives(
            db, g.user.id, everything=everything, q="" if everything else q, limit=limit, offset=(page - 1) * limit,
            **filters,
        )  # fmt: skip
        snippets = {} if everything else store.find_snippets(db, rows, q)
    return rows, total, snippets


def day_in_ms(text: str, more: int = 0) -> int:
    try:
        day = datetime.date.fromisoformat(text) + datetime.timedelta(days=more)
        return clock.milliseconds(f"{day}T00:00")
    except (ValueError, OverflowError):
        return 0


def find_package(archive: str) -> dict:
    """The row of an archive whose package is there, of a meeting that the reader runs."""
    guard.require_staff(archive)
    with context().pool.lend() as db:
        row = store.find_archive(db, archive)
    if not row:
        raise Problem("not_found", 404)
    if not row["file"] or log.state(context().pool, archive).archive.is_stale:
        raise Problem("archive_not_sealed", 409)
    return row


def send_package(row: dict | None) -> Response:
    """The file of a package or a supplement under its own name, in parts if asked for; 404 when there is none."""
    path = original_path(context().settings, row["file"]) if row else None
    if row is None or path is None or not path.is_file():
        raise Problem("not_found", 404)
    answer = send_file(path.resolve(), mimetype="application/zip", conditional=True, etag=row["file"])
    answer.headers["Content-Disposition"] = disposition(row["name"])
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def export_many(ids) -> Response:
    if not isinstance(ids, list) or not ids or not all(isinstance(each, str) for each in ids):
        raise Problem("malformed", 400)
    if len(ids) > MOST_AT_ONCE:
        raise Problem("too_many", 422, limit=MOST_AT_ONCE)
    rows = [find_package(each) for each in dict.fromkeys(ids)]
    with context().pool.lend() as db:
        rows = [each for row in rows for each in (row, *supplement_store.list_of(db, row["meeting"]))]
    files = [(row["name"], original_path(context().settings, row["file"])) for row in rows]
    if not all(path.is_file() for _, path in files):
        raise Problem("not_found", 404)
    answer = Response(stream(files), mimetype="application/zip")
    answer.headers["Content-Disposition"] = disposition(f"ho-so-{clock.local(clock.now()):%Y%m%d-%H%M}.zip")
    return answer


class Passing:
    """Takes what is written, to be sent on; cannot go back."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, data) -> int:
        self.held += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        data = bytes(self.held)
        self.held.clear()
        return data


def stream(files) -> Iterator[bytes]:
    out: Any = Passing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as zip_:
        for name, path in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            with zip_.open(entry, "w", force_zip64=True) as member:
                for piece in checking.read_file(path):
                    member.write(piece)
                    yield out.taken()
    yield out.taken()


def set_retention(archive: str, code: str) -> dict:
    with context().pool.writing() as db:
        row, chosen = find_row(db, archive), store.find_code(db, code)
        if chosen is None:
            raise Problem("not_a_choice", 422, field="code")
        until = store.keep_until(chosen, clock.local(row["archived_at"]).year) or ""
        store.write_retention(db, archive, code, until)
        if not until or until >= today():
            destruction_store.take_back(db, archive)
        account_store.write_audit_line(db, "retention_set", by=g.user.id, meeting=archive, code=code, until=until)
    return {"code": code, "keep_until": until}


def extend(archive: str, until, reason) -> dict:
    """Kept until a later day, for a reason. What was asked of its destruction is taken back."""
    words = checks.text(reason if isinstance(reason, str) else "", 500, field="reason")
    try:
        day = dates.read_day(until)
    except ValueError:
        raise Refused("bad_time", field="until") from None
    with context().pool.writing() as db:
        row = find_row(db, archive)
        for_good = row["code"] and not row["keep_until"]
        if for_good or day <= max(today(), row["keep_until"] or ""):
            raise Refused("bad_time", field="until")
        store.write_retention(db, archive, row["code"] or "", day)
        destruction_store.take_back(db, archive)
        account_store.write_audit_line(
            db, "retention_set", by=g.user.id, meeting=archive, code=row["code"] or "", until=day, reason=words
        )
    return {"code": row["code"] or "", "keep_until": day}


def withdraw_destruction(archive: str) -> None:
    with context().pool.writing() as db:
        find_row(db, archive)
        if destruction_store.find_asked(db, archive) is None:
            raise Problem("destruction_not_asked", 409)
        destruction_store.take_back(db, archive)
        account_store.write_audit_line(db, "destruction_withdrawn", by=g.user.id, meeting=archive)


def ask_redaction(meeting: str, seq, reason) -> None:
    """An administrator asks for an entry of the log to be withheld."""
    words = checks.text(reason if isinstance(reason, str) else "", 500, field="reason")
    if type(seq) is not int or not 0 < seq < 2**53:
        raise Refused("no_such_fact", field="seq")
    with context().pool.writing() as db:
        if not store.data_of(db, meeting, seq):
            raise Problem("not_found", 404)
        store.ask_redaction(db, meeting, seq, words, g.user.id, clock.now())
        account_store.write_audit_line(db, "redaction_asked", by=g.user.id, meeting=meeting, seq=seq)


def drop_redaction(meeting: str, seq: int) -> None:
    with context().pool.writing() as db:
        store.forget_redaction(db, meeting, seq)
        account_store.write_audit_line(db, "redaction_dropped", by=g.user.id, meeting=meeting, seq=seq)


def find_row(db, archive: str) -> dict:
    row = store.find_archive(db, archive)
    if row is None:
        raise Problem("not_found", 404)
    return row


def ask_destruction(archive: str, decision, date, keep_title: bool) -> None:
    number = checks.text(decision if isinstance(decision, str) else "", 100, field="decision")
    try:
        day = dates.read_day(date)
    except ValueError:
        raise Refused("bad_time", field="date") from None
    if day > today():
        raise Refused("bad_time", field="date")
    with context().pool.writing() as db:
        check_due(find_row(db, archive))
        destruction_store.ask(db, archive, number, day, keep_title, g.user.id)
        account_store.write_audit_line(
            db, "destruction_asked", by=g.user.id, meeting=archive, decision=number, date=day
        )


def check_due(row: dict) -> None:
    if not row["keep_until"] or row["keep_until"] >= today():
        raise Problem("retention_not_over", 409, until=row["keep_until"])


def today() -> str:
    return f"{clock.local(clock.now()):%Y-%m-%d}"


def confirm(archive: str) -> dict:
    settings = context().settings
    with context().pool.writing() as db:
        role = queries.role_in(db, archive, g.user.id)
        if not (g.user.is_admin or role in ("chair", "cochair")) or g.user.only:
            raise Problem("not_found", 404)
        row, asked = find_row(db, archive), destruction_store.find_asked(db, archive)
        check_due(row)
        if asked is None:
            raise Problem("destruction_not_asked", 409)
        if asked["by"] == g.user.id:
            raise Problem("second_person_needed", 409)
        files = destruction_store.destroy(db, archive, asked, g.user.id)
        queue.request_job(db, store.FORGET, archive)
        account_store.write_audit_line(
            db, "dossier_destroyed", by=g.user.id, meeting=archive, decision=asked["decision"], date=asked["date"]
        )
    log.forget_heads(context().pool)
    queue.wake_worker(settings)
    for sha in files:  # after the commit: a file that nothing names is no harm, a name without a file would be
        for left in ContentStore(settings, sha).discard():
            delete_file(left)
    with context().pool.writing() as db:  # copies of its papers that people have asked for lately
        export_store.sweep(db, settings, clock.now())
    return {"destroyed": archive, "files": len(files)}
