"""Dates in a node's text, and the timeline of a map. Pure. A date proposed from text is a proposal."""

import calendar
import re
from datetime import date, datetime
from typing import Any

from meetingroom.cases import tree

DAY = re.compile(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?![\d/])")
IN_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
MONTHS = re.compile(r"(?<![\d/])(\d{1,2})\s*[-–—]\s*(\d{1,2})/(\d{4})(?!\d)")
MONTH = re.compile(r"(?<![\d/.])(?:tháng\s+)?(\d{1,2})/(\d{4})(?![\d/])", re.IGNORECASE)
YEAR = re.compile(r"năm\s+(\d{4})(?!\d)", re.IGNORECASE)
FIRST, LAST = 1900, 2100


def propose(text: str) -> dict | None:
    """{from, to, precision} of the first date in a text: 12/11/2025, 01/2025, 02–04/2025, năm 2025."""
    found = []
    for pattern, read in ((DAY, day), (IN_WORDS, day), (MONTHS, months), (MONTH, month), (YEAR, year)):
        for match in pattern.finditer(text):
            when = read(*map(int, match.groups()))
            if when:
                found.append((match.start(), -match.end(), when))
                break
    return min(found, key=lambda each: each[:2])[2] if found else None


def day(of_month: int, of_year: int, in_year: int) -> dict | None:
    try:
        at = date(in_year, of_year, of_month)
    except ValueError:
        return None
    return span(at, at, "day")


def months(first: int, last: int, in_year: int) -> dict | None:
    if not 1 <= first <= last <= 12 or not FIRST <= in_year <= LAST:
        return None
    return span(date(in_year, first, 1), end_of(in_year, last), "month")


def month(of_year: int, in_year: int) -> dict | None:
    return months(of_year, of_year, in_year)


def year(in_year: int) -> dict | None:
    return span(date(in_year, 1, 1), date(in_year, 12, 31), "year") if FIRST <= in_year <= LAST else None


def end_of(in_year: int, of_year: int) -> date:
    return date(in_year, of_year, calendar.monthrange(in_year, of_year)[1])


def span(first: date, last: date, precision: str) -> dict | None:
    if not FIRST <= first.year <= LAST:
        return None
    return {"from": first.isoformat(), "to": last.isoformat(), "precision": precision}


def of_cell(value: Any) -> dict | None:
    if isinstance(value, datetime):
        value = value.date()
    return span(value, value, "day") if isinstance(value, date) else propose(str(value))


def timeline(map: dict) -> dict:
    """{dated: [{node, when}] in order of time, undated: [node], proposed: {node: when}} of nodes without children or
    with a date of their own."""
    dated, undated, proposed = [], [], {}
    for n, (node, _depth) in enumerate(tree.walk(map)):
        mine = map["nodes"][node]
        if mine.get("when"):
            dated.append((mine["when"]["from"], mine["when"]["to"], n, {"node": node, "when": mine["when"]}))
        elif not mine["children"] and node != map["root"]:
            undated.append(node)
            if when := propose(mine["text"]):
                proposed[node] = when
    return {"dated": [each[-1] for each in sorted(dated, key=lambda each: each[:3])], "undated": undated,
            "proposed": proposed}  # fmt: skip
