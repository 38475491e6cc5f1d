"""A workbook as an outline: columns level, text, BL, date, amount; or text indented by its column."""

import io
import json
import re
import zipfile
from typing import Any

from openpyxl import load_workbook

from meetingroom.cases import dates, money
from meetingroom.cases.formats import archive, limits, topics
from meetingroom.cases.formats.limits import MapRejected

HEADS = {
    "level": ("cấp", "mức", "level", "cap", "muc"),
    "text": ("nội dung", "text", "tên", "noi dung", "title", "chủ đề"),
    "bl": ("bl", "bút lục", "but luc", "số bl"),
    "when": ("ngày", "thời gian", "date", "ngay", "when"),
    "amount": ("số tiền", "tiền", "amount", "so tien"),
    "note": ("ghi chú", "note", "ghi chu"),
}
COLUMNS = 30
ELEMENTS = 200_000  # of a sheet: all rows that a map may have, six columns each


def read(data: bytes, title: str = "") -> dict:
    """{sheets, resources, remarks}. Raises MapRejected."""
    zipped = archive.Archive(io.BytesIO(data))  # bounds, before it is unfolded
    for name in zipped.members:
        look_through(zipped, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [row[:COLUMNS] for row in book.worksheets[0].iter_rows(values_only=True, max_row=limits.TOPICS + 2)]
        title = title or book.worksheets[0].title
    except (KeyError, ValueError, IndexError, TypeError, AttributeError, zipfile.BadZipFile, OSError, SyntaxError):
        raise MapRejected("map_unreadable") from None
    rows = [row for row in rows if any(value not in (None, "") for value in row)]
    if not rows:
        raise MapRejected("map_empty")
    head = columns(rows[0])
    remarks: list[dict] = []
    entries = [entry(row, head, remarks) for row in rows[1:]] if "text" in head else [indented(row) for row in rows]
    entries = [each for each in entries if each[1]["title"]]
    if not entries:
        raise MapRejected("map_empty")
    if len(entries) > limits.TOPICS:
        raise MapRejected("map_topics", most=limits.TOPICS)
    top: dict[str, Any] = {"title": title}
    way: list[tuple[int, dict]] = [(-1, top)]
    for depth, topic in entries:
        while way[-1][0] >= depth:
            way.pop()
        way[-1][1].setdefault("children", {"attached": []})["attached"].append(topic)
        way.append((depth, topic))
        if len(way) > limits.DEPTH + 1:
            raise MapRejected("map_too_deep", most=limits.DEPTH)
    first = top["children"]["attached"]
    top = first[0] if len(first) == 1 else top
    return {"sheets": [{"title": top["title"], "rootTopic": top}], "resources": {}, "remarks": remarks}


def look_through(zipped: archive.Archive, name: str) -> None:
    """The library reads a sheet that does not say how large it is to its end, before the first row is asked for."""
    elements = 0
    for piece in zipped.pieces(name, limits.CONTENT * 4):
        if name.endswith(".xml"):
            elements += piece.count(b"<") - piece.count(b"</")
        if elements > ELEMENTS:
            raise MapRejected("map_topics", most=limits.TOPICS)


def columns(row: tuple) -> dict[str, int]:
    found: dict[str, int] = {}
    for n, value in enumerate(row):
        name = str(value or "").strip().lower()
        for key, names in HEADS.items():
            if name in names:
                found.setdefault(key, n)
    return found


def cell(row: tuple, head: dict, name: str) -> Any:
    n = head.get(name)
    return row[n] if n is not None and n < len(row) else None


def entry(row: tuple, head: dict, remarks: list[dict]) -> tuple[int, dict]:
    level = cell(row, head, "level")
    match = re.match(r"\s*(\d{1,3})", str(level or "1"))
    topic: dict[str, Any] = {"title": str(cell(row, head, "text") or "").strip()}
    if bl := spelled(cell(row, head, "bl")):
        topic["labels"] = [f"BL {bl}"]
    if note := cell(row, head, "note"):
        topic["notes"] = {"plain": {"content": str(note)}}
    fields: dict[str, Any] = {"bl": bl}
    day = cell(row, head, "when")
    if day not in (None, ""):
        fields["when"] = dates.of_cell(day)
        if fields["when"] is None:
            remarks.append({"code": "date_unread", "text": str(day)[:80]})
    amount = cell(row, head, "amount")
    if amount not in (None, ""):
        fields["amount"] = money.of_cell(amount)
        if fields["amount"] is None:
            remarks.append({"code": "amount_unread", "text": str(amount)[:80]})
    content = [{"name": name, "content": json.dumps(value)} for name, value in fields.items() if value]
    topic["extensions"] = [{"provider": topics.OURS, "content": content}]
    return int(match[1]) if match else 1, topic


def indented(row: tuple) -> tuple[int, dict]:
    n = next(n for n, value in enumerate(row) if value not in (None, ""))
    return n, {"title": str(row[n]).strip()}


def spelled(value: Any) -> str:
    """84.0 of a workbook is 84."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"^\s*BL[\s.:]*", "", str(value), flags=re.IGNORECASE).strip() if value not in (None, "") else ""
