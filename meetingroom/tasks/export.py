"""The board and the list of tasks as tables: for a spreadsheet (`workbook`) and for print. Pure but for words."""

import datetime
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from meetingroom.tasks import board, presentation, store
from meetingroom.tasks.rules import CLASSES
from meetingroom.tasks.units import Units
from meetingroom.tasks.visible_tasks import Seen


@dataclass(frozen=True)
class Sheet:
    """A table: its heading, the names of its columns with their widths, its rows; `bold` rows are sums."""

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: list[list[Any]]
    bold: frozenset[int] = frozenset()


def board_sheet(tasks: list[Seen], units: Units) -> Sheet:
    """Units and classes with their counts, and what it comes to."""
    rows = unit_rows(tasks, units)
    every = board.total(rows)
    table: list[list[Any]] = [[row_name(row.key, units), *counts(row)] for row in rows]
    table.append([_("All"), *counts(every)])
    columns = (
        (_("Leading unit"), 46.0),
        *((str(presentation.CLASSES[kind]), 13.0) for kind in CLASSES),
        (_("All"), 9.0),
    )
    share = (_("On-time rate"), 15.0)
    return Sheet(_("Tasks by unit"), (*columns, share), table, frozenset({len(table) - 1}))


def counts(row: board.Row) -> list[Any]:
    return [*(row.counts[kind] for kind in CLASSES), row.all, "" if row.share is None else row.share / 100]


def unit_rows(tasks: list[Seen], units: Units) -> list[board.Row]:
    return board.rows_by(tasks, lambda seen: seen.task.lead_unit or "-", units.units)


def row_name(key: str, units: Units) -> str:
    return units.name(key) or _("Without a unit")


def list_sheet(tasks: list[Seen], units: Units, names: dict[str, str]) -> Sheet:
    columns = (
        (_("No."), 6.0), (_("Task"), 52.0), (_("Meeting"), 34.0), (_("Leading unit"), 26.0), (_("Cooperating"), 26.0),
        (_("Who does it"), 20.0), (_("Deliverable"), 24.0), (_("Given out"), 12.0), (_("Original deadline"), 12.0),
        (_("Deadline now"), 12.0), (_("State"), 18.0), (_("Progress"), 8.0), (_("Reported on"), 12.0),
        (_("Accepted on"), 12.0), (_("Class"), 18.0), (_("Days late"), 9.0), (_("Last word"), 40.0),
    )  # fmt: skip
    return Sheet(_("List of tasks"), columns, [list_row(n, seen, units, names) for n, seen in enumerate(tasks, 1)])


def list_row(n: int, seen: Seen, units: Units, names: dict[str, str]) -> list[Any]:
    task, now = seen.task, seen.now
    last = presentation.step_words(seen.entry.steps[-1], units) if seen.entry.steps else ""
    return [
        n,
        task.text,
        seen.row["meeting_title"],
        presentation.lead_name(seen, units),
        "; ".join(filter(None, (units.name(unit) for unit in task.units))),
        presentation.person_name(units, seen.doer, names),
        task.deliverable,
        store.day_of(task.issued_at),
        date_of(task.due),
        date_of(seen.due),
        str(presentation.STATES[seen.state]),
        now.percent(task),
        store.day_of(now.reported_at) if now.reported_at else "",
        store.day_of(now.done_at) if now.done_at else "",
        str(presentation.CLASSES[seen.kind]) if seen.kind else "",
        seen.late if seen.late is not None and seen.late > 0 else "",
        last,
    ]


def date_of(iso: str) -> datetime.date | str:
    return datetime.date.fromisoformat(iso) if iso else ""


def in_print(sheet: Sheet) -> dict[str, Any]:
    """The same table for the process that makes PDFs: everything a text."""
    return {
        "title": sheet.title,
        "columns": [[name, wide] for name, wide in sheet.columns],
        "rows": [[printed(value) for value in row] for row in sheet.rows],
        "bold": sorted(sheet.bold),
    }


def printed(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.0%}"
    return f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else str(value)
