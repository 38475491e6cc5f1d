"""The pages of a plain text: A4, lines as they are, wrapped where they are too long. In the process for documents."""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from meetingroom.documents import plain_text
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.printing import glyphs, page_format, page_layout
from meetingroom.printing.canvas import canvas_class
from meetingroom.printing.printer import Refused
from meetingroom.printing.typefaces import REGULAR

BODY, LEADING, TAB = 13, 18, 8
EDGE = 20 * page_format.MM
ROOM = page_format.WIDTH - 2 * EDGE
LINES = int((page_format.HEIGHT - 2 * EDGE) / LEADING)
NEXT_PAGE = "\f"
PIECES = re.compile(r" +|[^ ]+")
NO_SIGN = "□"


def print_text(request: dict) -> tuple[dict, bytes]:
    """{file, pages, title} → {guessed, missing} and the PDF. Raises Refused with the code of a FileRejected."""
    try:
        text, guessed = plain_text.read_text(Path(request["file"]).read_bytes())
    except FileRejected as rejected:
        raise Refused(rejected.code) from rejected
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    missing = glyphs.unprintable(text)
    text = text.translate({ord(letter): NO_SIGN for letter in missing})
    remarks = {"guessed": guessed, "missing": glyphs.name_character(missing) if missing else ""}
    return remarks, make_pages(text, request["pages"], request["title"])


def make_pages(text: str, pages: int, title: str) -> bytes:
    """A PDF of at most one page more than `pages`: that one shows that there were more."""
    file = io.BytesIO()
    canvas = canvas_class(0)(file, pagesize=(page_format.WIDTH, page_format.HEIGHT), lang="vi")
    canvas.setTitle(glyphs.fit_text(title))
    used, page = 0, 1
    for line in lines_of(text):
        if used == LINES or (line == NEXT_PAGE and used):
            canvas.showPage()
            used, page = 0, page + 1
            if page > pages + 1:
                break
        if line != NEXT_PAGE:
            glyphs.draw(canvas, EDGE, page_format.HEIGHT - EDGE - BODY - used * LEADING, line, REGULAR, BODY)
            used += 1
    canvas.save()
    return file.getvalue()


def lines_of(text: str) -> Iterator[str]:
    for number, part in enumerate(text.split(NEXT_PAGE)):
        if number:
            yield NEXT_PAGE
        for line in glyphs.fit_text(part).split("\n"):
            yield from wrapped(line.expandtabs(TAB).rstrip())


def wrapped(line: str) -> Iterator[str]:
    """`line` in lines that have room; spaces inside stay, for tables are made of them."""
    found, wide = "", 0.0
    for piece in PIECES.findall(line):
        for part, more in measured(piece):
            if found and wide + more > ROOM:
                yield found.rstrip()
                found, wide = "", 0.0
                if part.isspace():
                    continue
            found, wide = found + part, wide + more
    yield found


@lru_cache(20_000)
def measured(piece: str) -> list[tuple[str, float]]:
    """A word in parts that are no wider than a line, and their widths."""
    parts = page_layout.split_words(piece, REGULAR, BODY, ROOM)
    return [(part, page_layout.width(part, REGULAR, BODY)) for part in parts]
