"""The one file of all papers: a list of contents, every page with its number in the whole, bookmarks. In the process
for documents."""

import io
import json
from pathlib import Path

import pikepdf
from pikepdf import OutlineItem, Pdf
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Spacer, Table

from meetingroom.marks import overlays
from meetingroom.marks.annotated import (
    UNREADABLE,
    lay_over,
    leave_signatures_out,
    of_pictures,
    open_source,
    read_sheet,
)
from meetingroom.printing import page_format, typefaces
from meetingroom.printing.glyphs import fit_text
from meetingroom.printing.plain_paper import plain_paper
from meetingroom.printing.wording import Words, moment, words

MM = page_format.MM
LEFT, RIGHT, EDGE = 30 * MM, 15 * MM, 20 * MM
WIDTH = page_format.WIDTH - LEFT - RIGHT
BODY = ParagraphStyle("body", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR, fontSize=12, leading=16,
                      splitLongWords=1)  # fmt: skip
HEAD = BODY.clone("head", fontName=typefaces.BOLD)
KEPT = BODY.clone("kept", fontName=typefaces.ITALIC)
NUMBER = BODY.clone("number", alignment=TA_RIGHT)
TITLE = HEAD.clone("title", fontSize=15, leading=20, alignment=TA_CENTER)
ABOUT = BODY.clone("about", alignment=TA_CENTER)
LINES = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.3, black),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    *((f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
]


def print_bound(request: dict) -> tuple[dict, bytes]:
    """`{file}` names a JSON file: `{title, place, at, language, items: [{title, papers: [{title, pages, kept, source?,
    pictures?, shape?}]}], out}` → ({pages}, b""); the PDF lies at `out` then."""
    about = json.loads(Path(request["file"]).read_bytes())
    _, out = words(about["language"]), Path(about["out"])
    sources = []  # stay open until all is written
    body = Pdf.new()
    for paper in (paper for item in about["items"] for paper in item["papers"] if not paper["kept"]):
        source = take_pages(body, paper)
        sources.append(source)
        paper["pages"] = len(source.pages)
    front = list_contents(about, 1, _)
    # Where the papers begin is known when the list itself is laid out.
    listed = list_contents(about, count(front), _)
    with pikepdf.open(io.BytesIO(listed)) as list_of_contents:
        begun = len(list_of_contents.pages)
        pages = list(list_of_contents.pages)
        for n, page in enumerate(pages):
            body.pages.insert(n, page)
        total = len(body.pages)
        tops = {
            n: overlays.Top(read_sheet(body.pages[n - 1]).size, line=_("Page %(n)s of %(pages)s", n=n, pages=total))
            for n in range(begun + 1, total + 1)
        }
        lay_over(body, tops, about["at"], black=True)
        add_outline(body, about, begun, _("Contents"))
        with body.open_metadata() as metadata:
            metadata["dc:title"] = about["title"]
        aside = out.with_suffix(".new")
        body.save(aside, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for source in sources:
        source.close()
    aside.rename(out)
    return {"pages": total}, b""


def count(file: bytes) -> int:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        return len(pdf.pages)


def take_pages(body: Pdf, paper: dict) -> Pdf:
    """Its pages at the end of `body`; as pictures, where the file does not give them."""
    before, source = len(body.pages), open_source(paper)
    try:
        leave_signatures_out(source)
        body.pages.extend(source.pages)
    except UNREADABLE:
        del body.pages[before:]
        source.close()
        source = of_pictures(paper["pictures"], paper["shape"])
        body.pages.extend(source.pages)
    return source


def list_contents(about: dict, front: int, _: Words) -> bytes:
    """The sheets before the papers, which are `front` of them."""
    rows, at, unprinted = [], front + 1, _("read on the screen only, not printed")
    for n, item in enumerate(about["items"], 1):
        rows.append([Paragraph(f"{n}. {overlays.fit(item['title'])}", HEAD), ""])
        for paper in item["papers"]:
            if paper["kept"]:
                said = f"{overlays.fit(paper['title'])} ({unprinted})"
                rows.append([Paragraph(said, KEPT), ""])
                continue
            rows.append([Paragraph(overlays.fit(paper["title"]), BODY), Paragraph(str(at), NUMBER)])
            at += paper["pages"]
    story = [
        Paragraph(overlays.fit(_("Papers of the meeting")).upper(), TITLE), Spacer(1, 2 * MM),
        Paragraph(overlays.fit(about["title"]), ABOUT.clone("name", fontName=typefaces.BOLD)),
        Paragraph(overlays.fit("; ".join(filter(None, (moment(about["at"], _), about["place"])))), ABOUT),
        Spacer(1, 6 * MM),
        Paragraph(overlays.fit(_("%(n)s pages in all", n=at - 1)), NUMBER), Spacer(1, 2 * MM),
        Table(rows or [[Paragraph("", BODY), ""]], [0.9 * WIDTH, 0.1 * WIDTH], style=LINES, splitInRow=1),
    ]  # fmt: skip
    title, language = fit_text(about["title"]), about["language"]
    return plain_paper(story, about["at"], sides=(LEFT, RIGHT), edge=EDGE, title=title, language=language)


def add_outline(pdf: Pdf, about: dict, front: int, contents: str) -> None:
    at = front
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(contents, 0))
        for n, item in enumerate(about["items"], 1):
            printed = [paper for paper in item["papers"] if not paper["kept"]]
            if not printed:
                continue
            head = OutlineItem(f"{n}. {item['title']}", at)
            for paper in printed:
                head.children.append(OutlineItem(paper["title"], at))
                at += paper["pages"]
            outline.root.append(head)
