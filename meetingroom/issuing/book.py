"""The book of a register's year as it is looked at, on a page, as data or printed; and what is entered by hand."""

import dataclasses

from meetingroom import clock
from meetingroom.database import Pool
from meetingroom.issuing import patterns, register_store
from meetingroom.issuing.fields import write_number
from meetingroom.issuing.register_store import AFTER, BEFORE, Entry, Register
from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused

HIGHEST = 99_999


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the book as it is printed. `at` in ms; `note`: why it was voided, or that nothing explains it."""

    number: str
    text: str
    at: int
    subject: str
    note: str


@dataclasses.dataclass(frozen=True)
class Book:
    """One year of a register. `gaps` are stretches (first, last) that no line explains."""

    register: Register
    year: int
    years: list[int]
    next: str
    entries: list[Entry]
    gaps: list[tuple[int, int]]


def this_year() -> int:
    """By the agency's clock: a register begins anew at its midnight."""
    return clock.local(clock.now()).year


def read_book(db, id: str, year: int) -> Book | None:
    register = register_store.find_register(db, id)
    if register is None:
        return None
    entries = register_store.list_entries(db, id, year)
    following = write_number(db, register, register_store.next_number(db, id, this_year()))
    years = sorted({this_year(), year, *register_store.list_years(db, id)}, reverse=True)
    return Book(register, year, years, following, entries, register_store.gaps(entries))


def as_json(book: Book) -> dict:
    """As JSON: `{register, year, next, entries, gaps: [[first, last]], voided: [numbers]}`."""
    return {
        "register": dataclasses.asdict(book.register),
        "year": book.year,
        "next": book.next,
        "entries": [dataclasses.asdict(entry) for entry in book.entries],
        "gaps": [list(gap) for gap in book.gaps],
        "voided": [entry.number for entry in book.entries if entry.void],
    }


def enter_by_hand(pool: Pool, id: str, wish: dict, person: str) -> int:
    """`{number, subject, year?, void?}`: a number that was taken elsewhere, or a gap explained; the next number goes on
    from the highest. Returns the number. Raises Refused."""
    number, year = read_whole(wish.get("number"), "number"), read_whole(wish.get("year") or this_year(), "year")
    if not 1 <= number <= HIGHEST:
        raise Refused("not_a_number", field="number")
    if not 2000 <= year <= this_year():
        raise Refused("not_a_number", field="year")
    void = checks.text(str(wish.get("void") or ""), 1000, needed=False, field="void")
    subject = checks.text(str(wish.get("subject") or ""), 500, needed=not void, field="subject")
    with pool.writing() as db:
        register = register_store.find_register(db, id)
        if register is None:
            raise Refused("no_such_register")
        if register_store.is_used(db, id, year, number):
            raise Refused("number_used", field="number")
        entry = Entry(number, write_number(db, register, number), clock.now(), person, "", void, subject)
        register_store.add_manual(db, id, year, entry)
    return number


def save(pool: Pool, id: str, wish: dict) -> Register:
    """`{title, symbol, pattern, mode, unit?, kinds?, closed?}`: a register as it is from now on. Raises Refused."""
    mode = str(wish.get("mode") or BEFORE)
    checks.one_of(mode, (BEFORE, AFTER), "mode")
    try:
        pattern = patterns.check(str(wish.get("pattern") or "").strip())
    except patterns.BadPattern:
        raise Refused("bad_pattern", field="pattern") from None
    title = checks.text(str(wish.get("title") or ""), 200, field="title")
    symbol = checks.text(str(wish.get("symbol") or ""), 20, field="symbol")
    with pool.writing() as db:
        before = register_store.find_register(db, id) if id else None
        made = Register(
            id=before.id if before else clock.new_id(),
            unit=before.unit if before else str(wish.get("unit") or ""),
            kinds=before.kinds if before else "",
            symbol=symbol,
            title=title,
            pattern=pattern,
            mode=mode,
            closed=int(bool(wish.get("closed"))),
        )
        register_store.save_register(db, made)
    return made


def read_whole(value, field: str) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refused("not_a_number", field=field)
    return int(text)
