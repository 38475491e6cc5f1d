"""What is noted while pages go out: which device has which paper, and who has opened it.

In memory, for a page turn of a thousand tablets waits for no disk; the timers write it down once a round (`write`).

Of a restricted paper each page is written down before its picture goes out: `documents/openings_store.py`.
"""

from dataclasses import dataclass, field

from meetingroom import clock
from meetingroom.database import Pool

KNOWN = 200_000
AT_ONCE = 500  # rows in a transaction

Key = tuple[str, str, str]  # document, device, person


@dataclass
class Noted:
    """`pages` are bits, of what this process has given to whom."""

    pages: dict[Key, int] = field(default_factory=dict)
    kept: list[tuple] = field(default_factory=list)
    opened: set[tuple[str, str]] = field(default_factory=set)
    openings: list[tuple] = field(default_factory=list)


_noted: dict[str, Noted] = {}


def of(pool: Pool) -> Noted:
    return _noted.setdefault(str(pool.path), Noted())


def note(pool: Pool, row: dict, device: str, person: str, bits: int, store: str = "browser") -> None:
    """This device has these pages (bit n: page n) of a document now; the first time there is a row to be written."""
    noted = of(pool)
    key = (row["id"], device, person)
    before = noted.pages.get(key)
    if before is None:
        if len(noted.pages) >= KNOWN:
            noted.pages.clear()
        noted.kept.append((*key, row["meeting"], bits.bit_count(), store, clock.now()))
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
    noted.openings.append((row["meeting"], row["attached"], row["id"], page, person, device, clock.now()))


def write(pool: Pool) -> None:
    """What was noted since the last round. What cannot be written now is tried again with the next."""
    noted = of(pool)
    while noted.kept or noted.openings:
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


def count(pool: Pool, documents: list[str]) -> None:
    """How many pages of these each device has, written down: when it is to say that they are gone."""
    write(pool)
    wanted, pages = set(documents), of(pool).pages
    rows = [(bits.bit_count(), *key) for key, bits in pages.items() if key[0] in wanted]
    with pool.writing() as db:
        db.conn.executemany(
            "update kept set pages = max(pages, ?) where document = ? and device = ? and person = ?", rows
        )
