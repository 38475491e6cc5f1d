"""Minutes as an official PDF: form 1.9 of Decree 30/2020/NĐ-CP. The same minutes give the same bytes."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Protocol

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, KeepTogether, PageBreak, PageTemplate
from reportlab.platypus.doctemplate import LayoutError, NextPageTemplate

from meetingroom.minutes import flowables, outline, rich_pdf
from meetingroom.minutes.annex import annex, sheet
from meetingroom.minutes.model import Minutes
from meetingroom.minutes.rich import Run, Table
from meetingroom.printing import archival, glyphs, page_format, page_layout, typefaces
from meetingroom.printing.canvas import tagged_canvas_class
from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.tagging import TaggedFrame, Tags, Text, artifact, element
from meetingroom.printing.watermark import draw_watermark
from meetingroom.printing.wording import Words, words


def style(name: str, **changes) -> ParagraphStyle:
    given = {
        "fontName": typefaces.REGULAR,
        "bulletFontName": typefaces.REGULAR,
        "fontSize": page_layout.paper().body,
        "leading": page_layout.paper().leading,
        "spaceBefore": page_layout.paper().gap,
        "firstLineIndent": page_layout.paper().indent,
        "alignment": TA_JUSTIFY,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **{**given, **changes})


@cache
def styles(paper: page_format.Paper) -> dict[str, ParagraphStyle]:
    """How each style of `outline.Block` looks on a paper."""
    with page_layout.printed_on(paper):
        return {
            "field": style("field"),
            "section": style("section", keepWithNext=1),
            "item": style("item", fontName=typefaces.BOLD, keepWithNext=1),
            "fact": style("fact"),
            "text": style("text"),
            "sub": style("sub", fontName=typefaces.BOLD_ITALIC, keepWithNext=1),
            "last": style("last"),
        }


def minutes_pdf(minutes: Minutes, language: str = "vi") -> bytes:
    """The whole document; the list of those present is annexed where the text does not name them all.

    Raises NoGlyph, naming the characters that cannot be printed.
    """
    make_printable(minutes)
    return print_flat_if_needed(minutes.paper, lambda flat: print_minutes(minutes, language, flat))


def print_flat_if_needed(paper: page_format.Paper, make: Callable[[bool], bytes]) -> bytes:
    """`make(flat)` on this paper; flat (tables without spans) where one has spans that no page can hold."""
    with page_layout.printed_on(paper):
        try:
            return make(False)
        except LayoutError:
            return make(True)


def print_minutes(minutes: Minutes, language: str, flat: bool = False) -> bytes:
    _ = words(language)
    story = [*head(minutes, _, _("MINUTES"), minutes.title), *body(minutes, _, flat)]
    if len(minutes.people) > outline.LISTED_IN_FULL:
        story += [NextPageTemplate("annex"), PageBreak(), *annex(minutes, _)]
    return print_document(story, minutes, language, _("Minutes: %(title)s", title=minutes.title))


def attendance_pdf(minutes: Minutes, language: str = "vi", order: str = "rank") -> bytes:
    """The list of those present as a paper of its own; `order` is `rank` or `name` (the given name decides).

    Raises NoGlyph.
    """
    make_printable(minutes)
    _ = words(language)
    with page_layout.printed_on(minutes.paper):
        story = [*head(minutes, _, _("LIST OF PARTICIPANTS"), minutes.title, numbered=False), *sheet(minutes, _, order)]
        return print_document(story, minutes, language, _("List of participants: %(title)s", title=minutes.title))


def make_printable(content) -> None:
    if missing := glyphs.unprintable(content):
        raise glyphs.NoGlyph(missing)


def head(minutes: Minutes, _: Words, name: str, subject: str, numbered: bool = True) -> list:
    mark = _("DRAFT") if minutes.draft else ""
    aside = outline.replaced_line(minutes, _) if numbered else ""
    return [flowables.head(minutes.letterhead, _, mark, numbered), flowables.title(name, subject, aside=aside)]


def body(minutes: Minutes, _: Words, flat: bool) -> list:
    """The paragraphs, and the signatures kept with the last of them. `flat`: tables without lines."""
    blocks = outline.blocks(minutes, _)
    kept = outline.kept_with_signatures(blocks)
    rows: list[Flowable] = [part for block in blocks[:-kept] for part in paragraphs(block, flat)]
    last = [part for block in blocks[-kept:] for part in paragraphs(block, flat)]
    while rows and rows[-1].getKeepWithNext():  # a heading: ReportLab leaves it above what is kept together
        last.insert(0, rows.pop())
    signed = flowables.signatures(
        (_("SECRETARY"), minutes.secretary.name if minutes.secretary else ""),
        (_("CHAIR"), minutes.chair.name if minutes.chair else ""),
    )
    copies = flowables.recipients(_("Recipients:"), minutes.recipients)
    return [
        *rows,
        KeepTogether([*last, signed, *copies[: flowables.KEPT_RECIPIENTS]]),
        *copies[flowables.KEPT_RECIPIENTS :],
    ]


def paragraphs(block: outline.Block, flat: bool = False) -> list[Flowable]:
    """One, unless it would fill pages: ReportLab breaks the rest of a paragraph anew on each of them, which takes half
    a minute for the longest that can be typed."""
    if isinstance(block.body, Table):
        return [*rich_pdf.flat(block.body)] if flat else [rich_pdf.table(block.body)]
    look = styles(page_layout.paper())[block.style]
    runs = block.body.runs if block.body else (Run(block.text),)
    *front, text = (rich_pdf.markup(part, look.fontName) for part in rich_pdf.portions(runs))
    if block.aside:
        aside = glyphs.markup(page_layout.clean_text(block.aside), typefaces.ITALIC)
        text += f' <font name="{typefaces.ITALIC}">{aside}</font>'
    on = look.clone(f"{look.name}, on", firstLineIndent=0, spaceBefore=0)
    return [Text(part, on if n else look) for n, part in enumerate((*front, text))]


class Printed(Protocol):
    """What a file says of itself."""

    @property
    def letterhead(self) -> Letterhead: ...
    @property
    def draft(self) -> bool: ...
    @property
    def written(self) -> int: ...


def print_document(story: list, minutes: Printed, language: str, title: str, foot: str = "") -> bytes:
    """Pages with their numbers in the middle of the top margin, from the second on; `foot` at the end of the first."""
    file = BytesIO()
    document = Document(
        file,
        pagesize=page_layout.paper().size,
        title=page_layout.clean_text(title),
        author=page_layout.clean_text(minutes.letterhead.issuing.replace("\n", " ")),
        subject="",
        creator="meetingroom",
        lang=language,
    )
    mark = words(language)("DRAFT") if minutes.draft else ""
    document.addPageTemplates(
        [PageTemplate(name, [frame()], onPage=sheet) for name, sheet in numbering(mark, foot).items()]
    )
    document.addPageTemplates([wide_template(mark)])
    tags = Tags()
    document.build(story, canvasmaker=tagged_canvas_class(minutes.written, tags))
    return archival.finish(file.getvalue(), tags, language)


def wide_template(mark: str) -> PageTemplate:
    """A page on its side that goes on with the numbers."""
    paper = page_format.on_its_side(page_layout.paper())

    def sheet(canvas, document):
        with page_layout.printed_on(paper):
            number(canvas, document.page, mark)

    with page_layout.printed_on(paper):
        return PageTemplate("wide", [frame()], onPage=sheet, pagesize=paper.size)


def frame() -> TaggedFrame:
    none = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
    return TaggedFrame(
        page_layout.paper().left,
        page_layout.paper().bottom,
        page_layout.paper().text_width,
        page_layout.paper().text_height,
        **none,
    )


def numbering(mark: str, foot: str = "") -> dict:
    """What stands in the top margin: nothing on a first page; an annex counts for itself."""
    start = {}

    def first(canvas, document):
        write_foot(canvas, foot)
        if mark:
            draw_watermark(canvas, mark)
        document.handle_nextPageTemplate("later")

    def later(canvas, document):
        number(canvas, document.page, mark)

    def annex_first(canvas, document):
        start["annex"] = document.page
        stamp(canvas, mark)
        document.handle_nextPageTemplate("annex later")

    def annex_later(canvas, document):
        number(canvas, document.page - start["annex"] + 1, mark)

    return {"first": first, "later": later, "annex": annex_first, "annex later": annex_later}


def baseline() -> float:
    """Of what stands in the top margin."""
    return page_layout.paper().size[1] - page_layout.paper().top / 2 - page_layout.PAGE_NUMBER / 3


def number(canvas, n: int, mark: str) -> None:
    with artifact(canvas):
        canvas.setFont(typefaces.REGULAR, page_layout.PAGE_NUMBER)
        canvas.drawCentredString(page_layout.paper().left + page_layout.paper().text_width / 2, baseline(), str(n))
    stamp(canvas, mark)


def write_foot(canvas, text: str) -> None:
    """The agency's address under a line as wide as the text."""
    if not text:
        return
    paper = page_layout.paper()
    lines = page_layout.break_lines(text, typefaces.REGULAR, 11, paper.text_width)
    with artifact(canvas):
        canvas.setLineWidth(page_layout.RULE)
        canvas.line(paper.left, paper.bottom - 2, paper.left + paper.text_width, paper.bottom - 2)
    for n, line in enumerate(lines[:3]):
        wide = page_layout.width(line, typefaces.REGULAR, 11)
        with element(canvas, "P"):
            glyphs.draw(
                canvas,
                paper.left + (paper.text_width - wide) / 2,
                paper.bottom - 14 - n * 13,
                line,
                typefaces.REGULAR,
                11,
            )


def stamp(canvas, mark: str) -> None:
    """Every page of a draft says so, also when it is taken out of the file."""
    if mark:
        draw_watermark(canvas, mark)
        with artifact(canvas):
            canvas.setFont(typefaces.BOLD, page_layout.RECIPIENTS_LABEL)  # of our own words: no signs in it
            canvas.drawRightString(page_layout.paper().size[0] - page_layout.paper().right, baseline(), mark)


class Document(BaseDocTemplate):
    """Lists the items of the agenda in the reader's side bar, so that a long file can be walked through."""

    def afterFlowable(self, flowable):
        if getattr(getattr(flowable, "style", None), "name", "") == "item":
            self.items = getattr(self, "items", 0) + 1
            self.canv.bookmarkPage(f"item-{self.items}")
            self.canv.addOutlineEntry(flowable.getPlainText(), f"item-{self.items}")
