"""The secretaries' texts beside the log: bodies by their SHA-256, the versions of each item, who writes where. SQL.

The newest version that is not a branch is the text. The log knows those of kind `checkpoint`; between two of them the
autosaves stand here alone, and are thinned with time: all of ten minutes, then one in two minutes for a day, then one
in fifteen. No version that the log knows, was restored or set aside goes by itself.
"""

from dataclasses import dataclass

from sqlite_utils import Database

from meetingroom.database import fetch_all, fetch_one
from meetingroom.minutes import rich, rich_reading
from meetingroom.minutes.rich import Doc

AUTO, CHECKPOINT, RESTORE, BRANCH = "auto", "checkpoint", "restore", "branch"
A_MINUTE = 60_000
A_DAY = 24 * 60 * A_MINUTE
IN_FULL = 10 * A_MINUTE  # how long every autosave is kept
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


def words_of(db: Database, meeting: str, item: str) -> dict[int, int]:
    """About how many words each version has: a line or a space is one more."""
    rows = fetch_all(
        db,
        "select r.rev, case when b.plain = '' then 0 else 1 + length(b.plain)"
        " - length(replace(replace(b.plain, ' ', ''), char(10), '')) end as words"
        " from note_revisions r join note_bodies b on b.sha = r.sha where r.meeting = ? and r.item = ?",
        (meeting, item),
    )
    return {row["rev"]: row["words"] for row in rows}


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
    """The next version; older autosaves of the item are thinned."""
    before = revisions_of(db, meeting, item)
    made = Revision(before[0].rev + 1 if before else 1, at, by, window, keep_body(db, doc), kind)
    db.conn.execute(
        "insert into note_revisions (meeting, item, rev, at, by, window, sha, kind) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (meeting, item, made.rev, at, by, window, made.sha, kind),
    )
    forget(db, meeting, item, spare([made, *before], at))
    return made


def spare(revisions: list[Revision], now: int) -> list[Revision]:
    """Of an item's versions, the newest first, the autosaves that are not kept any longer. Never the text itself."""
    head = next((each for each in revisions if each.kind != BRANCH), None)
    kept, gone = set(), []
    for each in revisions:
        age = now - each.at
        if each.kind != AUTO or each is head or age <= IN_FULL:
            continue
        span = 2 * A_MINUTE if age <= A_DAY else 15 * A_MINUTE
        mark = (each.by, span, each.at // span)
        if mark in kept:
            gone.append(each)
        kept.add(mark)
    return gone


def forget(db: Database, meeting: str, item: str, gone: list[Revision]) -> None:
    """These versions go, and the bodies that no other names."""
    for each in gone:
        db.conn.execute(
            "delete from note_revisions where meeting = ? and item = ? and rev = ?", (meeting, item, each.rev)
        )
        forget_body(db, each.sha)


def thin(db: Database, now: int, since: int) -> None:
    """The autosaves of every text that was written after `since`: nobody may have written in it again."""
    rows = fetch_all(
        db,
        "select meeting, item from note_revisions group by meeting, item having max(at) > ? and count(*) > 2",
        (since,),
    )
    for row in rows:
        found = revisions_of(db, row["meeting"], row["item"])
        forget(db, row["meeting"], row["item"], spare(found, now))


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
