"""Plain text as a paper: whether a file is text, and in which letters it is written. Pure."""

import codecs

from meetingroom.documents.file_rejected import FileRejected
from meetingroom.spelling import compose

MARKS = {  # the longer ones first: one begins as another does
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32)])  # tabs and the ends of lines and pages are none
VIETNAMESE = "cp1258"  # what Windows wrote in Vietnam before Unicode: letters, and marks behind them
LARGEST = 16  # MB; a thousand full pages are five


def is_text(head: bytes) -> bool:
    """Whether a file that begins so can be read as text."""
    return any(head.startswith(mark) for mark in MARKS) or head.translate(None, delete=CONTROLS) == head


def read_text(data: bytes) -> tuple[str, bool]:
    """(the text, whether its encoding was guessed). Raises FileRejected: damaged | text_too_long."""
    if len(data) > LARGEST * 1024**2:
        raise FileRejected("text_too_long", limit=LARGEST)
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    if not encoding and b"\0" in data:  # a stray bell is no reason, and is not printed
        raise FileRejected("damaged")
    try:
        return data.decode(encoding or "utf-8"), False
    except UnicodeDecodeError as error:
        if encoding:
            raise FileRejected("damaged") from error
    return compose(data.decode(VIETNAMESE, "replace")), True
