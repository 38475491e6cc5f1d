"""Minutes as a word-processor file with the geometry of the PDF: real styles, numbered pages, everything editable."""

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor

from meetingroom.minutes import annex, outline, paper, pieces, word
from meetingroom.minutes.model import Letterhead, Minutes
from meetingroom.minutes.pieces import KEPT_RECIPIENTS
from meetingroom.minutes.wording import Words, words

CENTER, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
SINGLE = 1.15  # Times' own line in ems
STYLES = {"item": "Heading 2", "section": "Body Text", "field": "Body Text", "fact": "Body Text", "text": "Body Text"}


def minutes_docx(minutes: Minutes, language: str = "vi") -> bytes:
    """The whole document, with the list of participants where the text does not name them all."""
    _ = words(language)
    document = blank(minutes, language, _)
    head(document, minutes.letterhead, _, _("DRAFT") if minutes.draft else "")
    title(document, _("MINUTES"), minutes.title)
    ids = {kind: document.styles[name].style_id for kind, name in STYLES.items()}
    blocks = outline.blocks(minutes, _)
    last = len(blocks) - outline.kept_with_signatures(blocks)
    for n, block in enumerate(blocks):
        written = document.add_paragraph()
        word.write(written, block.text)
        written._p.style = ids.get(
            block.style, ids["text"]
        )  # by id: looking a style up by name takes longer than all else
        written.paragraph_format.keep_with_next = n >= last or block.style in ("item", "section")
        if block.aside:
            aside = word.write(written, f" {block.aside}")
            aside.bold, aside.italic = False, True
    signatures(document, minutes, _)
    recipients(document, minutes, _)
    if len(minutes.people) > outline.LISTED_IN_FULL:
        annexed(document, minutes, _)
    return word.packed(document, minutes.written)


def blank(minutes: Minutes, language: str, _: Words):
    """An empty document: paper, margins, styles, and the page number in the top margin from the second page on."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (word.at_least(size) for size in paper.PAGE_MM)
    section.top_margin, section.bottom_margin = word.at_least(paper.TOP_MM), word.at_least(paper.BOTTOM_MM)
    section.left_margin, section.right_margin = word.at_least(paper.LEFT_MM), word.at_least(paper.RIGHT_MM)
    section.header_distance = Pt((paper.TOP - paper.PAGE_NUMBER * SINGLE) / 2)
    section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    styles(document)
    word.settle(document, language)
    number = word.spaced(section.header.paragraphs[0], alignment=LEFT)
    for stop in number.paragraph_format.tab_stops, document.styles["Header"].paragraph_format.tab_stops:
        stop.clear_all()
    number.paragraph_format.tab_stops.add_tab_stop(Pt(paper.TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    number.paragraph_format.tab_stops.add_tab_stop(Pt(paper.TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    number.add_run("\t")
    word.page_number(number).font.size = Pt(paper.PAGE_NUMBER)
    if minutes.draft:
        mark = number.add_run("\t" + _("DRAFT"))
        mark.bold, mark.font.size = True, Pt(paper.RECIPIENTS_LABEL)
    core = document.core_properties
    core.title, core.author = (
        paper.written(_("Minutes: %(title)s", title=minutes.title))[:255],
        paper.written(minutes.letterhead.issuing.replace("\n", " "))[:255],
    )
    core.comments, core.keywords, core.subject = "", "", ""
    return document


def styles(document) -> None:
    """Every style the document uses, in the decree's sizes."""
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Title", "Subtitle", "Header", "List Paragraph"):
        style = document.styles[name]
        word.face(style)
        style.font.size, style.font.color.rgb = Pt(paper.BODY), RGBColor(0, 0, 0)
        style.font.bold = name in ("Heading 1", "Heading 2", "Title", "Subtitle")
        style.font.italic = False
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = 1.0
        form.widow_control = True
    for name in ("Body Text", "Heading 2"):
        form = document.styles[name].paragraph_format
        form.alignment, form.space_before = JUSTIFY, Pt(paper.GAP)
        form.first_line_indent = Mm(paper.INDENT_MM)
        form.line_spacing = paper.LEADING / (paper.BODY * SINGLE)
    for name in ("Title", "Subtitle"):
        style = document.styles[name]
        style.paragraph_format.alignment, style.font.spacing = CENTER, None
        for edge in style.element.xpath(".//w:pBdr | .//w:spacing[@w:val] | .//w:kern"):
            edge.getparent().remove(edge)


def head(document, letterhead: Letterhead, _: Words, mark: str) -> None:
    """Left the bodies and the number, right the country and its motto, each with its line."""
    size = paper.header(letterhead.parent, _("SOCIALIST REPUBLIC OF VIET NAM"))
    left, right = word.columns(document, [size.left + 6, size.right]).rows[0].cells
    parent = paper.broken(letterhead.parent.upper(), paper.REGULAR, size.size, size.left)
    issuing = paper.broken(letterhead.issuing.upper(), paper.BOLD, size.size, size.left)
    for text in parent:
        line(left, text, size.size)
    for text in issuing:
        line(left, text, size.size, bold=True)
    longest = max((paper.width(text, paper.BOLD, size.size) for text in issuing), default=0)
    word.rule(left.add_paragraph(), size.left + 6, longest * paper.RULE_SHARE)
    said = paper.broken(_("No.: %(number)s", number=letterhead.full_number), paper.REGULAR, 13, size.left)
    for n, text in enumerate(said):
        line(left, text, 13, before=0 if n else 4)
    if mark:
        boxed(left, mark, size.left + 6)
    motto, larger = _("Independence - Freedom - Happiness"), size.size + paper.MOTTO_STEP
    line(right, _("SOCIALIST REPUBLIC OF VIET NAM"), size.size, bold=True)
    line(right, motto, larger, bold=True)
    word.rule(right.add_paragraph(), size.right, paper.width(motto, paper.BOLD, larger))
    for cell in (left, right):
        first = cell.paragraphs[0]._p  # the empty one every new cell has
        first.getparent().remove(first)


def line(cell, text: str, size: float, *, bold: bool = False, italic: bool = False, before: float = 0, keep=False):
    """One centred line in a cell."""
    paragraph = word.spaced(cell.add_paragraph(), before, alignment=CENTER, keep=keep)
    run = word.write(paragraph, text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def boxed(cell, text: str, room: float) -> None:
    length = paper.width(text, paper.BOLD, 13) + 12
    paragraph = line(cell, text, 13, bold=True, before=8)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt((room - length) / 2)
    word.border(paragraph, "top", "left", "bottom", "right", space=1)


def title(document, kind: str, subject: str, *, label: str = "", aside: str = "") -> None:
    """The kind of document, its subject, and a line; an annex has its `label` above, and below what it belongs to."""
    for n, text in enumerate(filter(None, (label, kind))):
        named = document.add_paragraph(style="Title")
        word.write(named, text)
        named.paragraph_format.space_before = Pt(0 if n else 25)
    longest = 0.0
    for phrase, face in ((subject, paper.BOLD), (aside, paper.ITALIC)):
        lines = paper.broken(phrase, face, paper.BODY, paper.TEXT_WIDTH - 16)
        named = document.add_paragraph(style="Subtitle") if lines else None
        for n, text in enumerate(lines, start=1):
            run = word.write(named, text)
            run.bold, run.italic = face == paper.BOLD, face == paper.ITALIC
            if n < len(lines):
                run.add_break()
            longest = max(longest, paper.width(text, face, paper.BODY))
    word.rule(document.add_paragraph(), paper.TEXT_WIDTH, longest * paper.RULE_SHARE)
    word.spaced(document.add_paragraph()).paragraph_format.line_spacing = Pt(10)


def signatures(document, minutes: Minutes, _: Words) -> None:
    """Kept on the page of the paragraph before them."""
    cells = word.columns(document, [paper.TEXT_WIDTH / 2] * 2).rows[0].cells
    signers = (_("SECRETARY"), minutes.secretary), (_("CHAIR"), minutes.chair)
    for cell, (office, person) in zip(cells, signers, strict=True):
        word.spaced(cell.paragraphs[0], 18, alignment=CENTER, keep=True).add_run(office.upper()).bold = True
        line(
            cell,
            person.name if person else "",
            paper.BODY,
            bold=True,
            before=paper.SIGNATURE_ROOM_MM * paper.MM,
            keep=True,
        )


def recipients(document, minutes: Minutes, _: Words) -> None:
    lines = pieces.recipient_lines(minutes.recipients)
    if lines:
        label = word.spaced(document.add_paragraph(), 10, alignment=LEFT, keep=True).add_run(_("Recipients:"))
        label.bold, label.italic, label.font.size = True, True, Pt(paper.RECIPIENTS_LABEL)
    for n, text in enumerate(lines, start=2):  # the label is the first
        kept = text is not lines[-1] and n < KEPT_RECIPIENTS
        copy = word.spaced(document.add_paragraph(), alignment=LEFT, keep=kept)
        word.write(copy, text).font.size = Pt(paper.RECIPIENTS)


def annexed(document, minutes: Minutes, _: Words) -> None:
    """The list of participants in a section of its own, which counts its own pages."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    word.restart_numbering(section)
    if minutes.draft:  # every page of a draft says so; page 1 has it below the number
        section.first_page_header.is_linked_to_previous = False
        top = word.spaced(section.first_page_header.paragraphs[0], alignment=WD_ALIGN_PARAGRAPH.RIGHT)
        mark = top.add_run(_("DRAFT"))
        mark.bold, mark.font.size = True, Pt(paper.RECIPIENTS_LABEL)
    title(document, _("LIST OF PARTICIPANTS"), "", label=_("Annex"), aside=annex.attached(minutes, _))
    rows = annex.texts(minutes, _, "rank")
    grid = word.columns(document, [share * paper.TEXT_WIDTH for share in annex.columns(minutes)], len(rows), grid=True)
    word.repeated(grid.rows[0])
    for n, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
        if grouped := annex.grouped(cells):
            row.cells[0].merge(row.cells[-1])
        for column, (cell, text) in enumerate(zip(row.cells[:1] if grouped else row.cells, cells, strict=not grouped)):
            middle = n == 0 or (column in annex.CENTRED and not grouped)
            run = word.write(word.spaced(cell.paragraphs[0], alignment=CENTER if middle else LEFT), text)
            run.font.size, run.bold = Pt(annex.SIZE), n == 0 or grouped
    for line in annex.summary(minutes, _):
        word.write(word.spaced(document.add_paragraph(), 4, alignment=LEFT), line)
