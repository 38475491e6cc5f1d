"""What comes out of the log of a trial, made in the process for documents, which reads the database itself: a log is
larger than what one tells it. Nothing is cut off."""

from pathlib import Path
from typing import Any

from meetingroom import clock
from meetingroom.cases import store as cases
from meetingroom.cases.court import notice, rows, store, table_pdf, terms
from meetingroom.database import connect
from meetingroom.official.docx import official_docx
from meetingroom.people import layout_store
from meetingroom.printing import glyphs, printer
from meetingroom.printing.wording import Words, words

PHASE, CONTENT = 1, 5
# Widths on paper, mm; 0: the rest.
LOG_WIDTHS = (10, 0, 20, 36, 26, 0, 18, 24, 30, 28)
CHECK_WIDTHS = (10, 0, 36, 20, 0, 18, 16, 16, 16, 34)


def print_court(request: dict) -> tuple[dict, bytes]:
    """`{what: xlsx | pdf | check | notice, database, case, hearing, language, by, marked?}` → ({}, the file).

    Raises printing.Refused: `gone`, `nothing` (no lessons), `glyph:` and the characters that cannot be printed.
    """
    _ = words(request["language"])
    db = connect(Path(request["database"]), patience=5)
    try:
        hearing, case = (
            store.find_hearing(db, request["case"], request["hearing"]),
            cases.find_case(db, request["case"]),
        )
        if hearing is None or case is None:
            raise printer.Refused("gone")
        return {}, MAKE[request["what"]](db, hearing, case, request, _)
    except glyphs.NoGlyph as missing:
        raise printer.Refused(f"glyph:{missing}") from None
    finally:
        db.close()


def about(hearing: dict, case: dict, request: dict, _: Words) -> list[str]:
    days = ", ".join(f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in hearing["days"])
    return [
        f"{case['title']} ({case['code']})" if case["title"] else case["code"],
        _("%(court)s, %(days)s, %(public)s", court=hearing["court"], days=days,
          public=terms.publicity(_)[hearing["public"]]),
        _("Prosecutors at the trial: %(names)s.", names=", ".join(hearing["prosecutors"]))
        if hearing["prosecutors"] else "",
        _("Written by observers while they followed the trial; not the minutes of the court. Taken out by %(name)s on"
          " %(day)s.", name=request["by"], day=f"{clock.local(clock.now()):%d/%m/%Y %H:%M}"),
    ]  # fmt: skip


def log_pdf(db, hearing: dict, case: dict, request: dict, _: Words) -> bytes:
    columns, table = rows.log_table(rows.groups(store.read_all(db, hearing["id"])), hearing["days"], _)
    return in_parts(
        _("LOG OF A TRIAL THAT WAS FOLLOWED"), about(hearing, case, request, _), columns, LOG_WIDTHS, table, _
    )


def check_pdf(db, hearing: dict, case: dict, request: dict, _: Words) -> bytes:
    columns, table = rows.check_table(rows.groups(store.read_all(db, hearing["id"])), hearing["days"], _)
    title = _("LIST TO CHECK THE COURT'S MINUTES AGAINST")
    return in_parts(title, about(hearing, case, request, _), columns, CHECK_WIDTHS, table, _)


def in_parts(title: str, lines: list[str], columns: Any, widths: tuple[int, ...], table: list, _: Words) -> bytes:
    """A table for each phase, whose name is its heading and no column."""
    kept = [(name, width) for n, ((name, _wide), width) in enumerate(zip(columns, widths, strict=True)) if n != PHASE]
    parts: dict[str, list] = {}
    for row in table:
        parts.setdefault(row[PHASE], []).append([value for n, value in enumerate(row) if n != PHASE])
    page = _("Page %(n)s", n="%(n)s")
    return table_pdf.table_pdf(title, lines, kept, list(parts.items()) or [("", [])], page, clock.now())


def book(db, hearing: dict, case: dict, request: dict, _: Words) -> bytes:
    """Both tables as a workbook."""
    from meetingroom.tasks.export import Sheet
    from meetingroom.tasks.workbook import workbook

    found = rows.groups(store.read_all(db, hearing["id"]))
    sheets = [
        Sheet(_("Trial log"), *rows.log_table(found, hearing["days"], _)),
        Sheet(_("Check of the minutes"), *rows.check_table(found, hearing["days"], _)),
    ]
    return workbook(sheets, " · ".join(filter(None, about(hearing, case, request, _))))


def lessons(db, hearing: dict, case: dict, request: dict, _: Words) -> bytes:
    marked = bool(request.get("marked"))
    found = [lesson for group in rows.groups(store.read_all(db, hearing["id"])) if (lesson := group.lesson(marked))]
    if not found:
        raise printer.Refused("nothing")
    now = clock.now()
    letters, layout = layout_store.current_paper(db, now)
    return official_docx(notice.notice(hearing, case, found, letters, layout, now, _), request["language"])


MAKE = {"pdf": log_pdf, "check": check_pdf, "xlsx": book, "notice": lessons}
