"""An official document as a word processor's file, with the geometry of the PDF: for the office to go on with."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from meetingroom.minutes import docx, docx_helpers, flowables
from meetingroom.official.document import Official
from meetingroom.printing import page_format, page_layout
from meetingroom.printing.wording import Words, words

RED = "FF0000"


def official_docx(document: Official, language: str = "vi") -> bytes:
    _ = words(language)
    with page_layout.printed_on(document.sheet):
        file = docx.blank_document(document, language, document.title, _)
        stamps = tuple(
            (text, colour) for text, colour in ((document.urgency, RED), (document.circulation, "000000")) if text
        )
        mark = _("DRAFT") if document.draft else ""
        docx.head(file, document.letterhead, _, mark, document.numbered, document.place_date, stamps)
        docx.title(file, document.name, document.subject)
        docx.write_blocks(file, list(document.blocks))
        if document.foot:
            write_foot(file, document.foot)
        if document.wide:
            with page_layout.printed_on(page_format.on_its_side(document.paper)):
                docx.turn_page(file, mark)
                docx.write_blocks(file, list(document.wide))
                close(file, document, _)
        else:
            close(file, document, _)
        return docx_helpers.pack_file(file, document.written)


def close(file, document: Official, _: Words) -> None:
    if len(document.signers) == 1:
        sign_right(file, document, _)
    elif document.signers:
        docx.signatures(file, *((each.office, each.name) for each in document.signers))
        docx.recipients(file, document.recipients, _)


def sign_right(file, document: Official, _: Words) -> None:
    """Recipients left, the office and the name right, in one row that stays on its page."""
    half = page_layout.paper().text_width / 2
    left, right = docx_helpers.columns(file, [half, half]).rows[0].cells
    signer = document.signers[0]
    for n, office in enumerate(signer.office.upper().split("\n")):
        docx.line(right, office, page_layout.paper().body, bold=True, before=0 if n else 18, keep=True)
    docx.line(
        right, signer.name, page_layout.paper().body, bold=True, before=page_layout.SIGNATURE_ROOM_MM * page_format.MM
    )
    if lines := flowables.recipient_lines(document.recipients):
        label = docx_helpers.set_spacing(left.add_paragraph(), 18, alignment=WD_ALIGN_PARAGRAPH.LEFT, keep=True)
        run = label.add_run(_("Recipients:"))
        run.bold, run.italic, run.font.size = True, True, Pt(page_layout.RECIPIENTS_LABEL)
        for text in lines:
            copy = docx_helpers.set_spacing(left.add_paragraph(), alignment=WD_ALIGN_PARAGRAPH.LEFT)
            docx_helpers.write(copy, text).font.size = Pt(page_layout.RECIPIENTS)
    for cell in (left, right):
        first = cell.paragraphs[0]._p  # the empty one every new cell has
        if len(cell.paragraphs) > 1:
            first.getparent().remove(first)


def write_foot(file, text: str) -> None:
    """The agency's address at the foot of the first page, under a line."""
    paragraph = file.sections[0].first_page_footer.paragraphs[0]
    docx_helpers.set_spacing(paragraph, alignment=WD_ALIGN_PARAGRAPH.CENTER)
    docx_helpers.border(paragraph, "top", space=2)
    docx_helpers.write(paragraph, text).font.size = Pt(11)
