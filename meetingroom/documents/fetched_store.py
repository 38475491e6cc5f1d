"""What is noted while pages go out: which device has which paper, and who has opened it.

In memory, for a page turn of a thousand tablets waits for no disk; the timers write it down once a round (`write`).
Until then it stands in a file beside the database as well: the system has it before the page goes out, also if this
program is killed in the same moment. Only a power cut loses that quarter of a second.

Of a restricted paper each page is written down before its picture goes out: `documents/openings_store.py`.
"""

import json
import logging
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

from meetingroom import clock
from meetingroom.database import Pool, fetch_one

logger = logging.getLogger(__name__)

KNOWN = 200_000
JOURNAL = "fetched.journal"
AT_ONCE = 500  # rows in a transaction

Key = tuple[str, str, str]  # document, device, person


@dataclass
class Noted:
    """`pages` are bits, of what this process has given to whom; `journal` has what is not in the database yet."""

    journal: Path
    turn: threading.Lock = field(default_factory=threading.Lock)
    writing: threading.Lock = field(default_factory=threading.Lock)  # by the timers, or whoever asks for the list
    pages: dict[Key, int] = field(default_factory=dict)
    kept: list[tuple] = field(default_factory=list)
    opened: set[tuple[str, str]] = field(default_factory=set)
    openings: list[tuple] = field(default_factory=list)

    def add(self, kind: str, row: tuple) -> None:
        """`kind`: kept or openings."""
        with self.turn:
            getattr(self, kind).append(row)
            try:
                file = os.open(self.journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    os.write(file, json.dumps([kind, *row]).encode() + b"\n")
                finally:
                    os.close(file)
            except OSError as error:  # the disk is full: it stands in memory, as all of it
                logger.warning("what was fetched is noted in memory only: %r", error)

    def settle(self) -> None:
        """All of it is in the database."""
        with self.turn:
            if not self.kept and not self.openings and self.journal.exists():
                os.truncate(self.journal, 0)

    def read_journal(self) -> None:
        """What a program that was killed had noted."""
        try:
            lines = self.journal.read_text("utf-8", "replace").splitlines()
        except OSError:
            return
        for line in lines:
            try:
                kind, *row = json.loads(line)
            except (ValueError, TypeError):  # the last one, half written
                continue
            if len(row) == COLUMNS.get(kind) and all(isinstance(part, str | int) for part in row):
                getattr(self, kind).append(tuple(row))


COLUMNS = {"kept": 7, "openings": 7}

_noted: dict[str, Noted] = {}


def of(pool: Pool) -> Noted:
    noted = _noted.get(pool.file)
    if noted is None:
        found = Noted(pool.path.parent / JOURNAL)
        found.read_journal()
        noted = _noted.setdefault(pool.file, found)
    return noted


def note(pool: Pool, row: dict, device: str, person: str, bits: int, store: str = "browser") -> None:
    """This device has these pages (bit n: page n) of a document now; the first time there is a row to be written."""
    noted = of(pool)
    key = (row["id"], device, person)
    before = noted.pages.get(key)
    if before is None:
        if len(noted.pages) >= KNOWN:
            noted.pages.clear()
        noted.add("kept", (*key, row["meeting"], bits.bit_count(), store, clock.now()))
        before = 0
    noted.pages[key] = before | bits


def note_opening(pool: Pool, row: dict, device: str, person: str, page: int) -> None:
    """Somebody has opened a paper, and for the first time as far as this process knows."""
    noted = of(pool)
    key = (row["attached"], person)
    if key in noted.opened:
        return
    if len(noted.opened) >= KNOWN:
        noted.opened.clear()
    noted.opened.add(key)
    noted.add("openings", (row["meeting"], row["attached"], row["id"], page, person, device, clock.now()))


def write(pool: Pool) -> None:
    """What was noted since the last round. What cannot be written now is tried again with the next."""
    noted = of(pool)
    with noted.writing:
        while noted.kept or noted.openings:
            write_some(pool, noted)


def write_some(pool: Pool, noted: Noted) -> None:
    kept, openings = noted.kept[:AT_ONCE], noted.openings[:AT_ONCE]
    with pool.writing() as db:
        db.conn.executemany(
            "insert into kept (document, device, person, meeting, pages, store, at) values (?, ?, ?, ?, ?, ?, ?)"
            " on conflict do update set pages = max(pages, excluded.pages)",
            kept,
        )
        db.conn.executemany(
            "insert into openings (meeting, paper, document, page, person, device, at, code)"
            " select ?, ?, ?, ?, ?, ?, ?, '' where not exists"
            " (select 1 from openings where paper = ? and person = ?)",
            [(*row, row[1], row[4]) for row in openings],
        )
    del noted.kept[: len(kept)], noted.openings[: len(openings)]
    noted.settle()


def meeting_of(db, document: str, person: str) -> str:
    """The meeting of whose papers this was when the person had it; "" for whoever never had it."""
    wanted = "select meeting from kept where document = ? and person = ? limit 1"
    return (fetch_one(db, wanted, [document, person]) or {}).get("meeting", "")


def count(pool: Pool, documents: list[str]) -> None:
    """How many pages of these each device has, written down: when it is to say that they are gone."""
    write(pool)
    wanted, pages = set(documents), of(pool).pages
    rows = [(bits.bit_count(), *key) for key, bits in pages.items() if key[0] in wanted]
    with pool.writing() as db:
        db.conn.executemany(
            "update kept set pages = max(pages, ?) where document = ? and device = ? and person = ?", rows
        )
