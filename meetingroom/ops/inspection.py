"""Whether everything is still there and unchanged: the file, the chain of every meeting and of every case, the pages of
every paper, the originals of recordings."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from meetingroom import database, log
from meetingroom.archive import provenance_store, supplement_store
from meetingroom.archive import store as archives
from meetingroom.cases import log_store
from meetingroom.config import Settings
from meetingroom.documents.content_store import ContentStore, original_path
from meetingroom.ops.startup_errors import explain_errors
from meetingroom.tasks import store as tasks

# Made files that a fact names; others are left of a try that came to nothing.
NAMED_FILES = """
    select distinct made_files.sha, made_files.kind, made_files.meeting from made_files
    join events on events.meeting = made_files.meeting and instr(events.data, made_files.sha)
    where events.name in ('DocumentMade', 'MinutesFinalised', 'SignatureAdded', 'DocumentIssued')
    order by made_files.meeting, made_files.sha
"""
# An administrator reads what is said of them: they are named by their ids alone.
RECORDINGS = "select sha, 'recording ' || id from case_media where sha != '' order by at, id"
SIZES = (480, 1920)  # 2880 follows in a second pass and is not needed to show a page


@dataclass
class Report:
    """What was looked at, and one line for everything that is wrong."""

    meetings: int = 0
    facts: int = 0
    papers: int = 0
    pages: int = 0
    problems: list[str] = field(default_factory=list)


def inspect(settings: Settings) -> Report:
    """Reads only; may run beside the server. Raises StartupError when the file cannot be read at all."""
    report = Report()
    with explain_errors(settings.data):
        database.prepare(settings.database)
        db = database.connect(settings.database, patience=30)
    try:
        with explain_errors(settings.data):
            check_database_file(db, report)
            for (meeting,) in db.conn.execute("select distinct meeting from events order by meeting").fetchall():
                check_chain(db, meeting, report)
            for task in tasks.tasks_with_steps(db):
                report.problems += check_task(settings, db, task)
            report.problems += check_packages(settings, db)
            papers = "select id, title, sha, pages from documents where status = 'ready' order by at, id"
            for row in db.conn.execute(papers).fetchall():
                report.papers += 1
                report.problems += check_paper(settings, dict(row), report)
            report.problems += check_made_files(settings, db)
            report.problems += check_cases(settings, db)
    finally:
        db.close()
    return report


def check_database_file(db, report: Report) -> None:
    for (line,) in db.conn.execute("pragma integrity_check"):
        if line != "ok":
            report.problems.append(f"database: {line}")


def check_chain(db, meeting: str, report: Report) -> None:
    report.meetings += 1
    try:
        report.facts += log.verify(db, meeting)
    except log.Corrupt as corrupt:
        report.problems.append(f"meeting {corrupt}: changed outside the program")


def check_task(settings: Settings, db, task: str) -> Iterator[str]:
    """The chain of a task's steps, and the files that came with them."""
    try:
        tasks.verify_steps(db, task)
    except log.Corrupt as corrupt:
        yield f"{corrupt}: changed outside the program"
    for file in tasks.files_of(db, task):
        path = original_path(settings, file["sha"])
        if not path.is_file():
            yield f"task {task} ({file['name']}): the file is missing"
        elif hash_file(path) != file["sha"]:
            yield f"task {task} ({file['name']}): the file has changed"


def check_packages(settings: Settings, db) -> Iterator[str]:
    """The package of every archived meeting is there, and the one that was sealed."""
    for row in (*archives.list_files(db), *supplement_store.list_files(db)):
        path = original_path(settings, row["file"])
        if not path.is_file():
            yield f"archive {row['name']}: the package is missing"
        elif hash_file(path) != row["file"]:
            yield f"archive {row['name']}: the package has changed"


def whose_package(settings: Settings, sha: str) -> str:
    """Whether this data folder knows the package, in words."""
    if settings.database.exists():
        with contextlib.closing(sqlite3.connect(settings.database)) as db, contextlib.suppress(sqlite3.Error):
            db.row_factory = sqlite3.Row
            if known := provenance_store.find_known(Database(db), sha):
                return words_of_package(known)
    return "Dữ liệu ở đây không có gói này · The data here know no such package"


def words_of_package(known: dict) -> str:
    if "destroyed_at" in known:
        return "Gói của một hồ sơ đã bị tiêu hủy · The package of a dossier that was destroyed since"
    if "supplement_to" in known:
        words = (
            f"Đúng phần bổ sung {known['name']} của gói {known['supplement_to']} · The very supplement of that package"
        )
        if known["resealed"]:
            words += "; gói đã được niêm phong lại sau đó · which was sealed anew since"
        return words
    if "replaced_at" in known:
        return (
            f"Gói {known['name']} niêm phong tại đây nhưng đã được thay bằng gói niêm phong lại, không còn dùng "
            "· Sealed here, but another package took its place: it counts no more"
        )
    return f"Đúng gói đã niêm phong tại đây · The very package that was sealed here: {known['name']}"


def check_paper(settings: Settings, row: dict, report: Report) -> Iterator[str]:
    """The original's contents are still what its name says; every page has its pictures."""
    contents = ContentStore(settings, row["sha"])
    named = f"paper {row['id']} ({row['title']})"
    if not contents.original.is_file():
        yield f"{named}: the original is missing"
    elif hash_file(contents.original) != row["sha"]:
        yield f"{named}: the original has changed"
    for number in range(1, (row["pages"] or 0) + 1):
        report.pages += 1
        gone = [size for size in SIZES if not contents.page(number, size).is_file()]
        if gone:
            yield f"{named}: page {number} is missing (width {', '.join(map(str, gone))})"


def check_made_files(settings: Settings, db) -> Iterator[str]:
    """The files of official documents are there, and unchanged."""
    for sha, kind, meeting in db.conn.execute(NAMED_FILES).fetchall():
        path = original_path(settings, sha)
        if not path.is_file():
            yield f"document of meeting {meeting} ({kind}): the file is missing"
        elif hash_file(path) != sha:
            yield f"document of meeting {meeting} ({kind}): the file has changed"


def check_cases(settings: Settings, db) -> Iterator[str]:
    """The chain of each case's log; photos and recordings are there as they came."""
    for (case,) in db.conn.execute("select id from cases order by opened_at, id").fetchall():
        if line := log_store.broken_at(db, case):
            yield f"case {case}: line {line} of its log was changed outside the program"
    for sha, named in db.conn.execute(RECORDINGS).fetchall():
        path = original_path(settings, sha)
        if not path.is_file():
            yield f"{named}: the original is missing"
        elif hash_file(path) != sha:
            yield f"{named}: the original has changed"


def hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
