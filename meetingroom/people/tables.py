"""CSV and XLSX files as people make them → tables of clean text. Pure: bytes in, tables out."""

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass

from meetingroom.meeting.names import tidy

MOST_ROWS = 1000
MOST_READ = MOST_ROWS + 50  # with what stands above the headings and below the last person
MOST_COLUMNS = 60
MOST_CELL = 500  # letters
MOST_UNPACKED = 60 * 1024 * 1024
MOST_STRINGS = 300_000
MOST_CELLS = 200_000
MOST_MERGED = 20_000
DELIMITERS = ",;\t|"
LOCKED = "EncryptedPackage".encode("utf-16-le")  # a workbook that asks for a password, or whose structure is protected
STRICT = b"http://purl.oclc.org/ooxml/"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,80}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
PADDED = re.compile(r"0{2,}(?:[ .-]0+)*")


class Unreadable(Exception):
    """The file is no table; the argument is the code of the reason."""


@dataclass(frozen=True)
class Table:
    """The cells of one sheet, row by row, and the places (row, first column, last column, from 0) merged side by side.

    What is merged over several rows stands in each of them: a unit written once beside five people is the unit of five.
    """

    rows: list[list[str]]
    wide: frozenset[tuple[int, int, int]] = frozenset()
    name: str = ""
    hidden: bool = False


def read_tables(data: bytes) -> list[Table]:
    """The sheets of a file that hold anything, whatever its name says it is. Raises Unreadable."""
    if data[:2] == b"PK":
        return read_xlsx(data)
    if data[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF"):
        raise Unreadable("file_locked" if LOCKED in data else "file_not_readable")
    return [Table(read_csv(data))]


def read_xlsx(data: bytes) -> list[Table]:
    from openpyxl.reader.excel import ExcelReader  # a tenth of a second, not spent at the server's start

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("list_too_large")
            within_bounds(packed)
            if any(STRICT in packed.read(part) for part in packed.infolist() if part.filename.endswith("workbook.xml")):
                data = to_transitional(packed)
        reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True)
        reader.read()
        places = {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}
        found = [table_of(sheet, reader.archive.read(places[sheet.title])) for sheet in reader.wb.worksheets]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises many kinds for damaged files
        raise Unreadable("file_not_readable") from error
    if not any(table.rows for table in found):
        raise Unreadable("file_empty")
    return [table for table in found if table.rows]


def within_bounds(packed: zipfile.ZipFile) -> None:
    """Raises Unreadable for a workbook that would take minutes to read: its strings are read before its first row."""
    for part in packed.infolist():
        if part.filename.lower().endswith(".xml"):  # the parts may have any name
            text = packed.read(part)
            if text.count(b"<si") + text.count(b":si") > MOST_STRINGS:
                raise Unreadable("list_too_large")
            end = text.find(b'r="%d"' % (MOST_READ + 1))  # rows below are not read
            if text.count(b"<c", 0, end if end >= 0 else len(text)) > MOST_CELLS:
                raise Unreadable("list_too_large")


def to_transitional(packed: zipfile.ZipFile) -> bytes:
    """A workbook in ISO 29500 Strict, its namespaces written as openpyxl knows them."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as plain:
        for part in packed.infolist():
            text = packed.read(part)
            if part.filename.endswith((".xml", ".rels")):
                text = re.sub(
                    rb"http://purl\.oclc\.org/ooxml/(\w+)/", rb"http://schemas.openxmlformats.org/\1/2006/", text
                )
            plain.writestr(part.filename, text)
    return kept.getvalue()


def table_of(sheet, xml: bytes) -> Table:
    from openpyxl.utils import range_boundaries

    sheet.reset_dimensions()  # WPS writes A1 whatever there is
    cells = sheet.iter_rows(max_row=MOST_READ, max_col=MOST_COLUMNS)
    rows = clean_rows([cell_text(cell) for cell in row] for row in cells)
    wide = set()
    for number, ref in enumerate(MERGED.finditer(xml)):
        if number >= MOST_MERGED:
            raise Unreadable("list_too_large")
        left, top, right, bottom = range_boundaries(ref[1].decode())
        if left <= MOST_COLUMNS and top <= len(rows):
            for row in range(top - 1, min(bottom, len(rows))):
                if row >= top:
                    copy_down(rows, top - 1, row, left - 1)
                if right > left:
                    wide.add((row, left - 1, min(right, MOST_COLUMNS) - 1))
    width = max((place + 1 for row in rows for place, text in enumerate(row) if text), default=0)
    return Table([row[:width] for row in rows], frozenset(wide), sheet.title, sheet.sheet_state != "visible")


def copy_down(rows: list[list[str]], source: int, target: int, place: int) -> None:
    if place < len(rows[source]) and place < len(rows[target]) and not rows[target][place]:
        rows[target][place] = rows[source][place]


def cell_text(cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a telephone number, which Excel took for a quantity
    if isinstance(value, int) and not isinstance(value, bool) and PADDED.fullmatch(cell.number_format or ""):
        return str(value).zfill(cell.number_format.count("0"))  # the zeros that the format shows
    return str(value)


def read_csv(data: bytes) -> list[list[str]]:
    """Comma, semicolon or tab; UTF-8, UTF-16 or the old Vietnamese Windows code page."""
    text = decode(data)
    if "\x00" in text:
        raise Unreadable("file_not_readable")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep="):
        text, delimiter = rest, first[4:5]
    else:
        delimiter = likely_delimiter(text)
    try:
        rows = clean_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or ","))
    except (csv.Error, TypeError, ValueError) as error:
        raise Unreadable("file_not_readable") from error
    if not rows:
        raise Unreadable("file_empty")
    return rows


def decode(data: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip  # noqa: E501
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if len(data) > 3 and data[1::2].count(0) > len(data) // 4:
        return data.decode("utf-16-le", "replace")
    if len(data) > 3 and data[0::2].count(0) > len(data) // 4:
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Its tone marks are letters of their own; `tidy` joins them.
        return data.decode("cp1258", "replace")


def likely_delimiter(text: str) -> str:
    """The one that cuts the first lines most often, outside of quotation marks."""
    sample = "\n".join(text.splitlines()[:20])
    bare = "".join(part for part in sample.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def clean_rows(rows) -> list[list[str]]:
    """Text without needless spaces; empty rows at the end are left out, those between kept (they have numbers)."""
    table: list[list[str]] = []
    for row in rows:
        # Cut first: what a cell costs is bounded before it is looked at.
        table.append([tidy(cell[: 4 * MOST_CELL])[:MOST_CELL] for cell in row[:MOST_COLUMNS]])
        if len(table) > MOST_READ:
            break
    while table and not any(table[-1]):
        table.pop()
    return table
