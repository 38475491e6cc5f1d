"""Minutes as a word-processor file with the geometry of the PDF: real styles, numbered pages, everything editable."""

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor

from meetingroom.minutes import annex, docx_helpers, flowables, outline, rich_docx
from meetingroom.minutes.flowables import KEPT_RECIPIENTS
from meetingroom.minutes.model import Minutes
from meetingroom.minutes.pdf import Printed
from meetingroom.minutes.rich import Run, Table
from meetingroom.printing import page_format, page_layout, typefaces
from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.wording import Words, words

CENTER, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
SINGLE = 1.15  # Times' own line in ems
STYLES = {
    "item": "Heading 2", "sub": "Heading 3", "section": "Body Text", "field": "Body Text", "fact": "Body Text",
    "text": "Body Text",
}  # fmt: skip


def minutes_docx(minutes: Minutes, language: str = "vi") -> bytes:
    """The whole document, with the list of participants where the text does not name them all."""
    with page_layout.printed_on(minutes.paper):
        return write_minutes(minutes, language)


def write_minutes(minutes: Minutes, language: str) -> bytes:
    _ = words(language)
    document = blank_document(minutes, language, _("Minutes: %(title)s", title=minutes.title), _)
    head(document, minutes.letterhead, _, _("DRAFT") if minutes.draft else "")
    title(document, _("MINUTES"), minutes.title, aside=outline.replaced_line(minutes, _))
    blocks = outline.blocks(minutes, _)
    write_blocks(document, blocks)
    signatures(
        document,
        (_("SECRETARY"), minutes.secretary.name if minutes.secretary else ""),
        (_("CHAIR"), minutes.chair.name if minutes.chair else ""),
    )
    recipients(document, minutes.recipients, _)
    if len(minutes.people) > outline.LISTED_IN_FULL:
        write_annex(document, minutes, _)
    return docx_helpers.pack_file(document, minutes.written)


def write_blocks(document, blocks: list[outline.Block]) -> None:
    """Paragraphs and tables, the last of them kept with what follows."""
    ids = {kind: document.styles[name].style_id for kind, name in STYLES.items()}
    last = len(blocks) - outline.kept_with_signatures(blocks)
    for n, block in enumerate(blocks):
        if isinstance(block.body, Table):
            rich_docx.table(document, block.body)
            continue
        written = document.add_paragraph()
        rich_docx.write_runs(written, block.body.runs if block.body else (Run(block.text),))
        written._p.style = ids.get(
            block.style, ids["text"]
        )  # by id: looking a style up by name takes longer than all else
        written.paragraph_format.keep_with_next = n >= last or block.style in ("item", "section", "sub")
        if block.aside:
            aside = docx_helpers.write(written, f" {block.aside}")
            aside.bold, aside.italic = False, True


def blank_document(minutes: Printed, language: str, title: str, _: Words):
    """An empty document: paper, margins, styles, and the page number in the top margin from the second page on."""
    document = Document()
    section = document.sections[0]
    turn(section)
    section.top_margin, section.bottom_margin = (
        docx_helpers.points_at_least(page_layout.paper().top_mm),
        docx_helpers.points_at_least(page_layout.paper().bottom_mm),
    )
    section.left_margin, section.right_margin = (
        docx_helpers.points_at_least(page_layout.paper().left_mm),
        docx_helpers.points_at_least(page_layout.paper().right_mm),
    )
    section.header_distance = Pt((page_layout.paper().top - page_layout.PAGE_NUMBER * SINGLE) / 2)
    section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    styles(document)
    docx_helpers.settle_file(document, language)
    document.styles["Header"].paragraph_format.tab_stops.clear_all()
    write_number(section, _("DRAFT") if minutes.draft else "")
    core = document.core_properties
    core.title, core.author = (
        page_layout.fit_for_word(title)[:255],
        page_layout.fit_for_word(minutes.letterhead.issuing.replace("\n", " "))[:255],
    )
    core.comments, core.keywords, core.subject = "", "", ""
    return document


def turn(section) -> None:
    """The paper upright or on its side."""
    sides = page_format.PAGE_MM
    if isinstance(page_layout.paper(), page_format.Landscape):
        section.orientation, sides = WD_ORIENT.LANDSCAPE, sides[::-1]
    section.page_width, section.page_height = (docx_helpers.points_at_least(size) for size in sides)


def write_number(section, mark: str) -> None:
    """The page's number in the middle of the top margin; on a draft, that it is one."""
    number = docx_helpers.set_spacing(section.header.paragraphs[0], alignment=LEFT)
    stops = number.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Pt(page_layout.paper().text_width / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Pt(page_layout.paper().text_width), WD_TAB_ALIGNMENT.RIGHT)
    number.add_run("\t")
    docx_helpers.page_number(number).font.size = Pt(page_layout.PAGE_NUMBER)
    if mark:
        run = number.add_run("\t" + mark)
        run.bold, run.font.size = True, Pt(page_layout.RECIPIENTS_LABEL)


def turn_page(document, mark: str) -> None:
    """What follows stands on pages on their side; their numbers go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    turn(section)
    section.different_first_page_header_footer = False
    section.header.is_linked_to_previous = False
    write_number(section, mark)


def styles(document) -> None:
    """Every style the document uses, in the decree's sizes."""
    for name in (
        "Normal", "Body Text", "Heading 1", "Heading 2", "Heading 3", "Title", "Subtitle", "Header", "List Paragraph"
    ):  # fmt: skip
        style = document.styles[name]
        docx_helpers.face(style)
        style.font.size, style.font.color.rgb = Pt(page_layout.paper().body), RGBColor(0, 0, 0)
        style.font.bold = name in ("Heading 1", "Heading 2", "Heading 3", "Title", "Subtitle")
        style.font.italic = name == "Heading 3"
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = 1.0
        form.widow_control = True
    for name in ("Body Text", "Heading 2", "Heading 3"):
        form = document.styles[name].paragraph_format
        form.alignment, form.space_before = JUSTIFY, Pt(page_layout.paper().gap)
        form.first_line_indent = Mm(page_layout.paper().indent_mm)
        form.line_spacing = page_layout.paper().leading / (page_layout.paper().body * SINGLE)
    for name in ("Title", "Subtitle"):
        style = document.styles[name]
        style.paragraph_format.alignment, style.font.spacing = CENTER, None
        for edge in style.element.xpath(".//w:pBdr | .//w:spacing[@w:val] | .//w:kern"):
            edge.getparent().remove(edge)


def head(
    document,
    letterhead: Letterhead,
    _: Words,
    mark: str,
    numbered: bool = True,
    place_date: str = "",
    stamps: tuple[tuple[str, str], ...] = (),
) -> None:
    """Left the bodies and the number, right the country and its motto, each with its line, and place and date."""
    size = page_layout.header(letterhead.parent, _("SOCIALIST REPUBLIC OF VIET NAM"))
    left, right = docx_helpers.columns(document, [size.left + 6, size.right]).rows[0].cells
    parent = page_layout.break_lines(letterhead.parent.upper(), typefaces.REGULAR, size.size, size.left)
    issuing = page_layout.break_lines(letterhead.issuing.upper(), typefaces.BOLD, size.size, size.left)
    for text in parent:
        line(left, text, size.size)
    for text in issuing:
        line(left, text, size.size, bold=True)
    longest = max((page_layout.width(text, typefaces.BOLD, size.size) for text in issuing), default=0)
    docx_helpers.rule(left.add_paragraph(), size.left + 6, longest * page_layout.RULE_SHARE)
    said = page_layout.break_lines(
        _("No.: %(number)s", number=letterhead.full_number), typefaces.REGULAR, 13, size.left
    )
    for n, text in enumerate(said if numbered else ()):
        line(left, text, 13, before=0 if n else 4)
    for text, colour in (*((mark, "000000"),) * bool(mark), *stamps):
        write_boxed(left, text, size.left + 6, colour)
    motto, larger = _("Independence - Freedom - Happiness"), size.size + page_layout.MOTTO_STEP
    line(right, _("SOCIALIST REPUBLIC OF VIET NAM"), size.size, bold=True)
    line(right, motto, larger, bold=True)
    docx_helpers.rule(right.add_paragraph(), size.right, page_layout.width(motto, typefaces.BOLD, larger))
    if place_date:
        above = (len(parent) + len(issuing) - 2) * size.size * SINGLE
        line(right, place_date, 14, italic=True, before=max(4, above - 2))
    for cell in (left, right):
        first = cell.paragraphs[0]._p  # the empty one every new cell has
        first.getparent().remove(first)


def line(cell, text: str, size: float, *, bold: bool = False, italic: bool = False, before: float = 0, keep=False):
    """One centred line in a cell."""
    paragraph = docx_helpers.set_spacing(cell.add_paragraph(), before, alignment=CENTER, keep=keep)
    run = docx_helpers.write(paragraph, text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def write_boxed(cell, text: str, room: float, colour: str = "000000") -> None:
    length, high = page_layout.box_of(text, typefaces.BOLD, 13)
    paragraph = line(cell, text, 13, bold=True, before=8)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt((room - length) / 2)
    docx_helpers.border(
        paragraph, "top", "left", "bottom", "right", space=max(1, (high - 13 * SINGLE) / 2), colour=colour
    )
    paragraph.runs[0].font.color.rgb = RGBColor.from_string(colour)


def title(document, kind: str, subject: str, *, label: str = "", aside: str = "") -> None:
    """The kind of document, its subject, and a line; an annex has its `label` above, and below what it belongs to."""
    for n, text in enumerate(filter(None, (label, kind))):
        named = document.add_paragraph(style="Title")
        docx_helpers.write(named, text)
        named.paragraph_format.space_before = Pt(0 if n else 25)
    longest = 0.0
    for phrase, face in ((subject, typefaces.BOLD), (aside, typefaces.ITALIC)):
        lines = page_layout.break_lines(phrase, face, page_layout.paper().body, page_layout.paper().text_width - 16)
        named = document.add_paragraph(style="Subtitle") if lines else None
        for n, text in enumerate(lines, start=1):
            run = docx_helpers.write(named, text)
            run.bold, run.italic = face == typefaces.BOLD, face == typefaces.ITALIC
            if n < len(lines):
                run.add_break()
            longest = max(longest, page_layout.width(text, face, page_layout.paper().body))
    docx_helpers.rule(document.add_paragraph(), page_layout.paper().text_width, longest * page_layout.RULE_SHARE)
    docx_helpers.set_spacing(document.add_paragraph()).paragraph_format.line_spacing = Pt(10)


def signatures(document, *signers: tuple[str, str]) -> None:
    """(office, name) side by side, kept on the page of the paragraph before them."""
    cells = docx_helpers.columns(document, [page_layout.paper().text_width / 2] * 2).rows[0].cells
    for cell, (office, name) in zip(cells, signers, strict=True):
        docx_helpers.set_spacing(cell.paragraphs[0], 18, alignment=CENTER, keep=True).add_run(
            office.upper()
        ).bold = True
        line(
            cell,
            name,
            page_layout.paper().body,
            bold=True,
            before=page_layout.SIGNATURE_ROOM_MM * page_format.MM,
            keep=True,
        )


def recipients(document, names: tuple[str, ...], _: Words) -> None:
    lines = flowables.recipient_lines(names)
    if lines:
        label = docx_helpers.set_spacing(document.add_paragraph(), 10, alignment=LEFT, keep=True).add_run(
            _("Recipients:")
        )
        label.bold, label.italic, label.font.size = True, True, Pt(page_layout.RECIPIENTS_LABEL)
    for n, text in enumerate(lines, start=2):  # the label is the first
        kept = text is not lines[-1] and n < KEPT_RECIPIENTS
        copy = docx_helpers.set_spacing(document.add_paragraph(), alignment=LEFT, keep=kept)
        docx_helpers.write(copy, text).font.size = Pt(page_layout.RECIPIENTS)


def write_annex(document, minutes: Minutes, _: Words) -> None:
    """The list of participants in a section of its own, which counts its own pages."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    docx_helpers.restart_numbering(section)
    if minutes.draft:  # every page of a draft says so; page 1 has it below the number
        section.first_page_header.is_linked_to_previous = False
        top = docx_helpers.set_spacing(section.first_page_header.paragraphs[0], alignment=WD_ALIGN_PARAGRAPH.RIGHT)
        mark = top.add_run(_("DRAFT"))
        mark.bold, mark.font.size = True, Pt(page_layout.RECIPIENTS_LABEL)
    title(document, _("LIST OF PARTICIPANTS"), "", label=_("Annex"), aside=annex.attached_line(minutes, _))
    rows = annex.texts(minutes, _, "rank")
    grid = docx_helpers.columns(
        document, [share * page_layout.paper().text_width for share in annex.columns(minutes)], len(rows), grid=True
    )
    docx_helpers.repeat_row(grid.rows[0])
    for n, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
        if grouped := annex.is_group_row(cells):
            row.cells[0].merge(row.cells[-1])
        for column, (cell, text) in enumerate(zip(row.cells[:1] if grouped else row.cells, cells, strict=not grouped)):
            middle = n == 0 or (column in annex.CENTRED and not grouped)
            run = docx_helpers.write(
                docx_helpers.set_spacing(cell.paragraphs[0], alignment=CENTER if middle else LEFT, keep=grouped), text
            )
            run.font.size, run.bold = Pt(annex.SIZE), n == 0 or grouped
    for line in annex.summary(minutes, _):
        docx_helpers.write(docx_helpers.set_spacing(document.add_paragraph(), 4, alignment=LEFT), line)
