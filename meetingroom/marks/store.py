"""Marks in SQLite: everybody's own, in no log. Callers bring the transaction."""

import json
from collections.abc import Iterable
from dataclasses import replace

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one
from meetingroom.marks import carrying
from meetingroom.marks.merging import Mark

A_DAY = 86_400_000  # ms
TOMBSTONE_MS = 90 * A_DAY  # for so long a device that was away learns what was dropped
A_PAGE, A_PAPER, OTHERS = 3000, 10_000, 5000  # strokes of a page, strokes of a paper, other marks of a paper
PAPER_LETTERS = 20_000_000
COLUMNS = 'id, paper, document, page, kind, body, rev, at, "from", dropped'


def find_paper(db, paper: str) -> dict | None:
    """{id, meeting, item, document, title, readers, download}"""
    return fetch_one(db, "select * from papers where id = ?", [paper])


def read_mark(row: dict) -> Mark:
    return Mark(row["id"], row["document"], row["page"], row["kind"], json.loads(row["body"]), row["rev"], row["at"],
                row["from"], row["dropped"])  # fmt: skip


def list_marks(db, person: str, paper: str, after: int = 0) -> list[Mark]:
    """Those of a person on a paper that changed after a revision, tombstones among them, the oldest change first."""
    sql = f"select {COLUMNS} from marks where person = ? and paper = ? and rev > ? order by rev"  # noqa: S608
    return [read_mark(row) for row in fetch_all(db, sql, [person, paper, after])]


def bring_along(db, person: str, meeting: str, paper: str, versions, found_again=None) -> None:
    """Copies on the newest version of a paper of what stands on pages that stayed the same, or was found again. Again
    it does nothing."""
    add_copies(db, person, meeting, paper, carrying.carried(list_marks(db, person, paper), versions, found_again))


def put_over(db, person: str, meeting: str, paper: str, versions, document: str, page: int) -> int:
    """Copies, as they stand, of what stayed behind on a page of an earlier version; how many. Again it does nothing."""
    new = carrying.put_over(list_marks(db, person, paper), versions, document, page)
    add_copies(db, person, meeting, paper, new)
    return len(new)


def add_copies(db, person: str, meeting: str, paper: str, new: list[Mark]) -> None:
    rev, _ = revision(db, person)
    for n, mark in enumerate(new, 1):
        write_mark(db, person, meeting, paper, replace(mark, rev=rev + n))
    if new:
        keep_revision(db, person, rev + len(new))


def list_of_meeting(db, person: str, meeting: str) -> dict[str, list[Mark]]:
    """The marks that are there, by paper."""
    sql = f"select {COLUMNS} from marks where person = ? and meeting = ? and dropped = 0 order by page, rev"  # noqa: S608
    found: dict[str, list[Mark]] = {}
    for row in fetch_all(db, sql, [person, meeting]):
        found.setdefault(row["paper"], []).append(read_mark(row))
    return found


def count_by_meeting(db, person: str) -> dict[str, int]:
    """In how many places of each meeting's papers the person has marked something: the strokes of a page are one."""
    sql = (
        "select meeting, count(distinct case kind when 'ink' then document || '/' || page else id end) as n"
        " from marks where person = ? and dropped = 0"
        # What was carried to a newer version stands there once.
        ' and id not in (select "from" from marks where person = ? and dropped = 0) group by meeting'
    )
    return {row["meeting"]: row["n"] for row in fetch_all(db, sql, [person, person])}


def find_marks(db, person: str, ids: Iterable[str]) -> dict[str, tuple[str, Mark]]:
    """(paper, mark) of these ids of a person's."""
    sql = f"select {COLUMNS} from marks where person = ? and id in (select value from json_each(?))"  # noqa: S608
    return {row["id"]: (row["paper"], read_mark(row)) for row in fetch_all(db, sql, [person, json.dumps(list(ids))])}


def list_answers(db, person: str, ops: Iterable[str]) -> dict[str, str]:
    """What was answered to these acts when they came first: the code of a refusal, or ""."""
    sql = "select op, answer from mark_ops where person = ? and op in (select value from json_each(?))"
    return {row["op"]: row["answer"] for row in fetch_all(db, sql, [person, json.dumps(list(ops))])}


def keep_answer(db, person: str, op: str, meeting: str, answer: str, at: int) -> None:
    db.conn.execute(
        "insert or replace into mark_ops (person, op, meeting, answer, at) values (?, ?, ?, ?, ?)",
        (person, op, meeting, answer, at),
    )


def revision(db, person: str) -> tuple[int, int]:
    """(the newest of a person's revisions, the newest of which a tombstone is gone)."""
    row = fetch_one(db, "select rev, swept from mark_revs where person = ?", [person])
    return (row["rev"], row["swept"]) if row else (0, 0)


def keep_revision(db, person: str, rev: int) -> None:
    db.conn.execute(
        "insert into mark_revs (person, rev, swept) values (?, ?, 0) on conflict (person) do update set rev = ?",
        (person, rev, rev),
    )


def write_mark(db, person: str, meeting: str, paper: str, mark: Mark) -> None:
    db.conn.execute(
        "insert or replace into marks (person, meeting, id, paper, document, page, kind, body, rev, at,"
        ' "from", dropped)'
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (person, meeting, mark.id, paper, mark.document, mark.page, mark.kind,
         json.dumps(mark.body, ensure_ascii=False, separators=(",", ":")), mark.rev, mark.at, mark.origin,
         mark.dropped),
    )  # fmt: skip


class Room:
    """How much more a person may mark on a paper."""

    def __init__(self, db, person: str, paper: str):
        rows = fetch_all(
            db,
            "select document, page, kind = 'ink' as ink, count(*) as n, sum(length(body)) as letters from marks"
            " where person = ? and paper = ? and dropped = 0 group by document, page, ink",
            [person, paper],
        )
        self.pages = {(row["document"], row["page"]): row["n"] for row in rows if row["ink"]}
        self.strokes = sum(self.pages.values())
        self.others = sum(row["n"] for row in rows if not row["ink"])
        self.letters = sum(row["letters"] for row in rows)

    def take(self, mark: Mark) -> str:
        """The code of a refusal, or "" and there is less."""
        self.letters += len(json.dumps(mark.body))
        place = (mark.document, mark.page)
        if mark.kind == "ink":
            self.strokes += 1
            self.pages[place] = self.pages.get(place, 0) + 1
        else:
            self.others += 1
        full = self.pages.get(place, 0) > A_PAGE or self.strokes > A_PAPER or self.others > OTHERS
        if not full and self.letters <= PAPER_LETTERS:
            return ""
        self.letters -= len(json.dumps(mark.body))
        if mark.kind == "ink":
            self.strokes -= 1
            self.pages[place] -= 1
        else:
            self.others -= 1
        return "ink_full" if mark.kind == "ink" else "marks_full"


def closed_at(db, meeting: str) -> int:
    """When a meeting was closed last (ms), if it is; else 0."""
    row = fetch_one(
        db,
        "select max(at) as at from events where meeting = ? and name = 'MeetingClosed'"
        " and exists (select 1 from meetings where id = ? and status in ('closed', 'archived'))",
        [meeting, meeting],
    )
    return clock.milliseconds(row["at"]) if row and row["at"] else 0


def forget_closed(db, before: int) -> None:
    """All marks of meetings that were closed before this moment; devices are told everything anew."""
    rows = fetch_all(db, "select distinct meeting from marks where dropped = 0", [])
    for meeting in [row["meeting"] for row in rows if 0 < closed_at(db, row["meeting"]) < before]:
        db.conn.execute(
            # A revision of its own: who was told everything so far is to hear of it as well.
            "update mark_revs set rev = rev + 1, swept = rev + 1"
            " where person in (select person from marks where meeting = ?)",
            (meeting,),
        )
        db.conn.execute("delete from marks where meeting = ?", (meeting,))


def sweep(db, now: int) -> None:
    """Tombstones and answers whose time is over."""
    before = now - TOMBSTONE_MS
    db.conn.execute(
        "update mark_revs set swept = max(swept, coalesce("
        "(select max(rev) from marks where marks.person = mark_revs.person and dropped between 1 and ?), 0))",
        (before,),
    )
    db.conn.execute("delete from marks where dropped between 1 and ?", (before,))
    db.conn.execute("delete from mark_ops where at < ?", (before,))
