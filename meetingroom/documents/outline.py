"""What a PDF says of its own order: contents, page labels, links. Runs inside a render process.

    {"toc": [{"title", "page", "level"}, …], "labels": ["i", "ii", "1", …] | null,
     "links": {"3": [{"box": [x, y, width, height], "page": 7}, {"box": […], "address": "https://…"}]}}

Boxes are fractions of the page as shown. A link leads to a page of the paper, or has an address that a person may copy;
whatever would run or open something (javascript:, file:, a program) is left out.
"""

import contextlib
import ctypes
import re
from urllib.parse import urlsplit

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from meetingroom.documents import page_text

DEEPEST, ENTRIES = 6, 2000
TITLE, LABEL, ADDRESS = 300, 40, 2000  # letters
LINKS_OF_A_PAGE, LINKS = 300, 20_000
SCHEMES = {"http", "https", "mailto"}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
EMPTY: dict = {"toc": [], "labels": None, "links": {}}
BROKEN = (pdfium.PdfiumError, ValueError, UnicodeError, OverflowError)


def outline_of(pdf: pdfium.PdfDocument, pages: int) -> dict:
    """Of the first so many pages; what cannot be read is left out."""
    return {"toc": contents_of(pdf, pages), "labels": labels_of(pdf, pages), "links": links_of(pdf, pages)}


def contents_of(pdf: pdfium.PdfDocument, pages: int) -> list[dict]:
    found: list[dict] = []
    with contextlib.suppress(*BROKEN):
        for turn, entry in enumerate(pdf.get_toc(max_depth=DEEPEST)):
            if turn >= ENTRIES:
                break
            target = entry.get_dest()
            index = target.get_index() if target else None
            title = plain(entry.get_title(), TITLE)
            if title:
                page = index + 1 if index is not None and index < pages else None
                found.append({"title": title, "page": page, "level": entry.level})
    return found


def labels_of(pdf: pdfium.PdfDocument, pages: int) -> list[str] | None:
    """None where they are the numbers of the pages."""
    try:
        labels = [plain(pdf.get_page_label(index), LABEL) for index in range(pages)]
    except BROKEN:
        return None
    named = any(label not in ("", str(number)) for number, label in enumerate(labels, 1))
    return labels if named else None


def links_of(pdf: pdfium.PdfDocument, pages: int) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    count = 0
    for number in range(1, pages + 1):
        try:
            page = pdf[number - 1]
        except BROKEN:
            continue
        try:
            links = links_on(pdf, page, pages)
        except BROKEN:
            links = []
        finally:
            page.close()
        if links:
            found[str(number)] = links
            count += len(links)
        if count >= LINKS:
            break
    return found


def links_on(pdf: pdfium.PdfDocument, page, pages: int) -> list[dict]:
    on_screen = page_text.placement(page)
    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    found: list[dict] = []
    for _ in range(LINKS_OF_A_PAGE):
        if not raw.FPDFLink_Enumerate(page.raw, position, link):
            break
        target = target_of(pdf, link, pages)
        if target and raw.FPDFLink_GetAnnotRect(link, box) and (shown := on_page(on_screen, box)):
            found.append({"box": shown, **target})
    return found


def target_of(pdf: pdfium.PdfDocument, link, pages: int) -> dict | None:
    """{page} or {address}; None for what leads nowhere or must not be followed."""
    action = raw.FPDFLink_GetAction(link)
    if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
        size = raw.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
        if not 1 < size <= 4 * ADDRESS:
            return None
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(pdf.raw, action, buffer, size)
        address = safe_address(buffer.value.decode("utf-8", "replace"))
        return {"address": address} if address else None
    if target := raw.FPDFLink_GetDest(pdf.raw, link):
        index = raw.FPDFDest_GetDestPageIndex(pdf.raw, target)
        return {"page": index + 1} if 0 <= index < pages else None
    return None


def safe_address(text: str) -> str:
    """The address, or "" for what is not simply one of the web or of mail."""
    text = text.strip()
    if len(text) > ADDRESS or CONTROL.search(text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    there = parts.path if parts.scheme == "mailto" else parts.netloc
    return text if parts.scheme in SCHEMES and there else ""


def on_page(on_screen, box) -> list[float] | None:
    """As fractions, cut to the page; None outside of it."""
    corners = [on_screen(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    left, right = (min(max(edge(x for x, _ in corners), 0), 1) for edge in (min, max))
    top, bottom = (min(max(edge(y for _, y in corners), 0), 1) for edge in (min, max))
    if right - left <= 0 or bottom - top <= 0:
        return None
    return [round(part, 5) for part in (left, top, right - left, bottom - top)]


def plain(text: str, longest: int) -> str:
    return " ".join(CONTROL.sub(" ", text[: 4 * longest]).split())[:longest]
