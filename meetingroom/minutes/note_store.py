"""The secretaries' texts beside the log: bodies by their SHA-256, the versions of each item, who writes where. SQL.

The newest version that is not a branch is the text. The log knows those of kind `checkpoint`; between two of them the
autosaves stand here alone, thinned to one a minute. No version that the log knows, was restored or set aside goes.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from meetingroom.database import fetch_all, fetch_one
from meetingroom.minutes import rich, rich_reading
from meetingroom.minutes.rich import Doc

AUTO, CHECKPOINT, RESTORE, BRANCH = "auto", "checkpoint", "restore", "branch"
A_MINUTE = 60_000
LEASE = 30_000  # ms: how long somebody holds an item without a sign


@dataclass(frozen=True)
class Revision:
    """One version of an item's text. `at` in ms."""

    rev: int
    at: int
    by: str
    window: str
    sha: str
    kind: str


@dataclass(frozen=True)
class Hold:
    """Who is writing in an item, since when, and until when they hold it without another sign (ms)."""

    by: str
    window: str
    since: int
    until: int


COLUMNS = "rev, at, by, window, sha, kind"


def head_of(db: Database, meeting: str, item: str) -> Revision | None:
    """The text as it stands."""
    row = fetch_one(
        db,
        f"select {COLUMNS} from note_revisions where meeting = ? and item = ? and kind != ? order by rev desc limit 1",  # noqa: S608
        (meeting, item, BRANCH),
    )
    return Revision(**row) if row else None


def heads_of(db: Database, meeting: str) -> dict[str, Revision]:
    """The text of every item that has one."""
    rows = fetch_all(
        db,
        f"select item, {COLUMNS} from note_revisions as r where meeting = ? and rev = (select max(rev)"  # noqa: S608
        " from note_revisions where meeting = r.meeting and item = r.item and kind != ?)",
        (meeting, BRANCH),
    )
    return {row.pop("item"): Revision(**row) for row in rows}


def revisions_of(db: Database, meeting: str, item: str) -> list[Revision]:
    """The newest first."""
    rows = fetch_all(
        db,
        f"select {COLUMNS} from note_revisions where meeting = ? and item = ? order by rev desc",  # noqa: S608
        (meeting, item),
    )
    return [Revision(**row) for row in rows]


def find_revision(db: Database, meeting: str, item: str, rev: int) -> Revision | None:
    row = fetch_one(
        db,
        f"select {COLUMNS} from note_revisions where meeting = ? and item = ? and rev = ?",  # noqa: S608
        (meeting, item, rev),
    )
    return Revision(**row) if row else None


def body_of(db: Database, sha: str) -> str:
    """The canonical HTML."""
    row = fetch_one(db, "select html from note_bodies where sha = ?", (sha,))
    return row["html"] if row else ""


def find_text(db: Database, sha: str) -> Doc | None:
    """The text of this name; None if it is not here (a log without its database)."""
    row = fetch_one(db, "select html from note_bodies where sha = ?", (sha,))
    return rich_reading.parse(row["html"]) if row else None


def keep_body(db: Database, doc: Doc) -> str:
    """Its name; a text is kept once."""
    written = rich.write(doc)
    sha = rich.sha_of(written)
    db.conn.execute(
        "insert or ignore into note_bodies (sha, html, plain) values (?, ?, ?)", (sha, written, rich.plain(doc))
    )
    return sha


def add_revision(
    db: Database, meeting: str, item: str, doc: Doc, *, at: int, by: str, window: str, kind: str
) -> Revision:
    """The next version; an autosave takes the place of the one before it in the same minute of the same window."""
    before = revisions_of(db, meeting, item)
    made = Revision(before[0].rev + 1 if before else 1, at, by, window, keep_body(db, doc), kind)
    db.conn.execute(
        "insert into note_revisions (meeting, item, rev, at, by, window, sha, kind) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (meeting, item, made.rev, at, by, window, made.sha, kind),
    )
    if kind == AUTO and before and is_same_minute(before[0], made):
        db.conn.execute(
            "delete from note_revisions where meeting = ? and item = ? and rev = ?", (meeting, item, before[0].rev)
        )
        forget_body(db, before[0].sha)
    return made


def is_same_minute(before: Revision, after: Revision) -> bool:
    same = (before.kind, before.by, before.window) == (AUTO, after.by, after.window)
    return same and before.at // A_MINUTE == after.at // A_MINUTE


def forget_body(db: Database, sha: str) -> None:
    """A text of which no version is left goes: a sentence pasted by mistake does not stay for ever."""
    db.conn.execute(
        "delete from note_bodies where sha = ? and not exists (select 1 from note_revisions where sha = ?)", (sha, sha)
    )


def last_logged(db: Database, meeting: str, item: str) -> int:
    """When a version of this text last went into the log, ms; of one that never did, when it was begun."""
    row = fetch_one(
        db,
        "select coalesce(max(case when kind = ? then at end), min(at), 0) as at from note_revisions"
        " where meeting = ? and item = ?",
        (CHECKPOINT, meeting, item),
    )
    return row["at"] if row else 0


def mark_checkpoint(db: Database, meeting: str, item: str, rev: int) -> None:
    """The log knows this version now."""
    db.conn.execute(
        "update note_revisions set kind = ? where meeting = ? and item = ? and rev = ? and kind = ?",
        (CHECKPOINT, meeting, item, rev, AUTO),
    )


def hold_of(db: Database, meeting: str, item: str, now: int) -> Hold | None:
    """Who is writing there now."""
    row = fetch_one(
        db,
        "select by, window, since, until from note_holds where meeting = ? and item = ? and until > ?",
        (meeting, item, now),
    )
    return Hold(**row) if row else None


def holds_of(db: Database, meeting: str, now: int) -> dict[str, Hold]:
    rows = fetch_all(
        db, "select item, by, window, since, until from note_holds where meeting = ? and until > ?", (meeting, now)
    )
    return {row.pop("item"): Hold(**row) for row in rows}


def hold(db: Database, meeting: str, item: str, by: str, window: str, now: int) -> Hold:
    """This window writes there; whoever held it before holds it no more."""
    before = hold_of(db, meeting, item, now)
    since = before.since if before and (before.by, before.window) == (by, window) else now
    made = Hold(by, window, since, now + LEASE)
    db.conn.execute(
        "insert or replace into note_holds (meeting, item, by, window, since, until) values (?, ?, ?, ?, ?, ?)",
        (meeting, item, by, window, made.since, made.until),
    )
    return made


def release(db: Database, meeting: str, item: str, by: str, window: str) -> None:
    db.conn.execute(
        "delete from note_holds where meeting = ? and item = ? and by = ? and window = ?", (meeting, item, by, window)
    )


def forget_text(db: Database, meeting: str, item: str, sha: str, plain: str) -> None:
    """Every version of an item's text that is this one goes for good."""
    rows = fetch_all(
        db,
        "select r.rev, r.sha from note_revisions r join note_bodies b on b.sha = r.sha"
        " where r.meeting = ? and r.item = ? and (r.sha = ? or b.plain = ?)",
        (meeting, item, sha, plain),
    )
    for row in rows:
        db.conn.execute(
            "delete from note_revisions where meeting = ? and item = ? and rev = ?", (meeting, item, row["rev"])
        )
        forget_body(db, row["sha"])
