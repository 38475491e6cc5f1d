"""An official document as a PDF, by the measures of Decree 30/2020/NĐ-CP. The same content gives the same bytes."""

from reportlab.platypus import Flowable, KeepTogether, PageBreak
from reportlab.platypus.doctemplate import NextPageTemplate

from meetingroom.minutes import flowables, pdf
from meetingroom.minutes.outline import Block, kept_with_signatures
from meetingroom.official.document import Official
from meetingroom.printing import page_format, page_layout
from meetingroom.printing.wording import Words, words

RED = "#ff0000"  # bright red (annex I, II.10b)


def official_pdf(document: Official, language: str = "vi") -> bytes:
    """The whole document. Raises glyphs.NoGlyph, naming the characters that cannot be printed."""
    pdf.make_printable(document)
    return pdf.print_flat_if_needed(document.sheet, lambda flat: print_official(document, language, flat))


def print_official(document: Official, language: str, flat: bool = False) -> bytes:
    _ = words(language)
    stamps = tuple(
        (text, colour) for text, colour in ((document.urgency, RED), (document.circulation, "black")) if text
    )
    mark = _("DRAFT") if document.draft else ""
    story: list[Flowable] = [
        flowables.head(document.letterhead, _, mark, document.numbered, document.place_date, stamps),
        flowables.title(document.name, document.subject),
        *body(document, _, flat),
    ]
    return pdf.print_document(story, document, language, document.title, document.foot)


def body(document: Official, _: Words, flat: bool) -> list[Flowable]:
    if not document.wide:
        return signed(document, list(document.blocks), _, flat)
    first = [part for block in document.blocks for part in pdf.paragraphs(block, flat)]
    with page_layout.printed_on(page_format.on_its_side(document.paper)):
        return [*first, NextPageTemplate("wide"), PageBreak(), *signed(document, list(document.wide), _, flat)]


def signed(document: Official, blocks: list[Block], _: Words, flat: bool) -> list[Flowable]:
    """The paragraphs, and the signatures kept with the last of them."""
    kept = kept_with_signatures(blocks) if document.signers and blocks[-1].style != "table" else 0
    cut = len(blocks) - kept
    rows = [part for block in blocks[:cut] for part in pdf.paragraphs(block, flat)]
    last = [part for block in blocks[cut:] for part in pdf.paragraphs(block, flat)]
    while rows and last and rows[-1].getKeepWithNext():  # a heading: ReportLab leaves it above what is kept together
        last.insert(0, rows.pop())
    return [*rows, *closing(document, last, _)]


def closing(document: Official, last: list[Flowable], _: Words) -> list[Flowable]:
    label = _("Recipients:")
    if len(document.signers) == 1:
        one = document.signers[0]
        right, *rest = flowables.signed_right(one.office, one.name, label, document.recipients)
        return [KeepTogether([*last, right]), *rest]
    copies = flowables.recipients(label, document.recipients)
    fit = flowables.KEPT_RECIPIENTS
    if document.signers:
        last.append(flowables.signatures(*((each.office, each.name) for each in document.signers)))
    together = [*last, *copies[:fit]]
    return [*([KeepTogether(together)] if together else []), *copies[fit:]]
