"""A map as an outline in Word: the first levels are headings, notes stand below in italics."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from meetingroom.cases import tree
from meetingroom.clock import local
from meetingroom.printing.glyphs import keep_marks

FACE = "Times New Roman"
HEADINGS, DEEPEST = 2, 8
BLACK = RGBColor(0, 0, 0)


def outline_docx(map: dict, title: str, about: str, written: int) -> bytes:
    """`about` stands below the title: the case and who this was made for."""
    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Cm(2), Cm(2), Cm(3), Cm(1.5)
    for name in ("Normal", "Heading 1", "Heading 2"):
        font = paper.styles[name].font
        font.name, font.size, font.color.rgb = FACE, Pt(14), BLACK
        properties = paper.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            properties.set(qn(kind), FACE)
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            properties.attrib.pop(qn(kind), None)
    paper.core_properties.title = title[:250]
    paper.core_properties.author = ""
    paper.core_properties.created = paper.core_properties.modified = local(written).replace(tzinfo=None)
    for text, bold in ((title, True), (about, False)):
        line = paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(keep_marks(text))
        run.bold, run.italic = bold, not bold
    for node, depth in tree.walk(map):
        if node != map["root"]:
            add_node(paper, map["nodes"][node], max(1, depth))
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def add_node(paper, mine: dict, depth: int) -> None:
    text = keep_marks(mine["text"]).replace("\n", " ")
    bl = mine.get("bl", "").strip(" -–—")
    if depth <= HEADINGS:
        line = paper.add_heading("", level=depth)
        line.paragraph_format.space_before = Pt(8 if depth == 1 else 4)
    else:
        line = paper.add_paragraph("– ")
        line.paragraph_format.left_indent = Cm(0.7 * min(depth - HEADINGS, DEEPEST))
    line.paragraph_format.space_after = Pt(3)
    run = line.add_run(text)
    run.font.name = FACE
    if bl:
        line.add_run(f" (BL {keep_marks(bl)})").bold = False
    for said in filter(None, keep_marks(mine.get("note", "")).split("\n")):
        note = paper.add_paragraph()
        note.paragraph_format.left_indent = Cm(0.7 * min(max(1, depth - HEADINGS + 1), DEEPEST))
        note.paragraph_format.space_after = Pt(3)
        note.add_run(said).italic = True
