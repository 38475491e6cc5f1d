"""CSV and XLSX files as people make them → a table of clean text. Pure: bytes in, rows out."""

import codecs
import csv
import io
import zipfile

from openpyxl import load_workbook

from meetingroom.people.names import tidy

MOST_ROWS = 1000
MOST_UNPACKED = 60 * 1024 * 1024
DELIMITERS = ",;\t|"


class Unreadable(Exception):
    """The file is no table; the argument is the code of the reason."""


def read(data: bytes) -> list[list[str]]:
    """The rows of a file, whatever its name says it is. Raises Unreadable."""
    if data[:2] == b"PK":
        return read_xlsx(data)
    if data[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF"):
        raise Unreadable("file_not_readable")
    return read_csv(data)


def read_xlsx(data: bytes) -> list[list[str]]:
    """The first sheet that holds anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("file_not_readable")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            cells = sheet.iter_rows(max_row=MOST_ROWS + 50, max_col=min(sheet.max_column or 40, 40), values_only=True)
            if rows := cleaned([cell_text(cell) for cell in row] for row in cells):
                return rows
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises many kinds for damaged files
        raise Unreadable("file_not_readable") from error
    raise Unreadable("file_empty")


def cell_text(cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a telephone number, which Excel took for a quantity
    return "" if cell is None else str(cell)


def read_csv(data: bytes) -> list[list[str]]:
    """Comma, semicolon or tab; UTF-8, UTF-16 or the old Vietnamese Windows code page."""
    text = decoded(data)
    if "\x00" in text:
        raise Unreadable("file_not_readable")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep="):
        text, delimiter = rest, first[4:5]
    else:
        delimiter = likely_delimiter(text)
    try:
        rows = cleaned(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or ","))
    except (csv.Error, TypeError, ValueError) as error:
        raise Unreadable("file_not_readable") from error
    if not rows:
        raise Unreadable("file_empty")
    return rows


def decoded(data: bytes) -> str:
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


def cleaned(rows) -> list[list[str]]:
    """Text without needless spaces; empty rows at the end are left out, those between kept (they have numbers)."""
    table: list[list[str]] = []
    for row in rows:
        table.append([tidy(cell)[:500] for cell in row])
        if len(table) > MOST_ROWS + 50:
            break
    while table and not any(table[-1]):
        table.pop()
    return table
