"""What python-docx has no word for: rules of a given length, page-number fields, borders, repeatable files."""

import math
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

from meetingroom.printing import page_layout

LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


def element(name: str, **attributes):
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def face(style) -> None:
    """The typeface for every script of a style, and Vietnamese for the spelling checker."""
    style.font.name = page_layout.TYPEFACE
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), page_layout.TYPEFACE)


def points_at_least(mm: float) -> Twips:
    """A margin that is not below `mm`: the file counts in twentieths of a point, and 850 of them are 14.99 mm."""
    return Twips(math.ceil(mm * 1440 / 25.4))


def write(paragraph, text: str):
    """A run of `text`, which is returned. The hyphen at which no line may end has an element of its own."""
    run = paragraph.add_run()
    for part in re.split("(\u2011)", page_layout.fit_for_word(text)):
        if part == "\u2011":
            run._r.append(element("w:noBreakHyphen"))
        elif part:
            run.add_text(part)
    return run


def settle_file(document, language: str) -> None:
    """What python-docx's template says of itself and not of this document: English, Word 2010, a picture of its own."""
    locale = LANGUAGES[language]
    document.core_properties.language = locale
    settings = document.settings.element
    for found in (*settings.xpath(".//w:themeFontLang"), *document.styles.element.xpath(".//w:docDefaults//w:lang")):
        for kind in ("val", "eastAsia", "bidi"):
            found.attrib.pop(qn(f"w:{kind}"), None)
        found.set(qn("w:val"), locale)
    for mode in settings.xpath(".//w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")  # Word 2013 and later: else the title bar says [Compatibility Mode]
    for old in settings.xpath(".//w:savePreviewPicture | .//w:rsids | .//w:proofState"):
        old.getparent().remove(old)
    for zoom in settings.xpath(".//w:zoom"):
        zoom.attrib.clear()
        zoom.set(qn("w:percent"), "100")  # which the schema wants
    part, package = document.part, document.part.package
    # The styles once more for Word 2010, a bibliography, the program and the picture of the template.
    for owner, kinds in (
        (package, ("/thumbnail", "/extended-properties")),
        (part, ("/stylesWithEffects", "/customXml")),
    ):
        for key in [key for key, link in owner.rels.items() if link.reltype.endswith(kinds)]:
            del owner.rels[key]


def set_spacing(paragraph, before: float = 0, line: float = 1.0, alignment=None, keep: bool = False):
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(0), line
    form.first_line_indent = Mm(0)
    form.keep_with_next = keep or None
    if alignment is not None:
        paragraph.alignment = alignment
    return paragraph


def rule(paragraph, room: float, length: float, gap: float = 1.5) -> None:
    """Makes an empty paragraph a line `length` points long in the middle of `room` points."""
    set_spacing(paragraph, alignment=WD_ALIGN_PARAGRAPH.CENTER)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt((room - length) / 2)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(gap + 1)
    border(paragraph, "bottom", size=page_layout.RULE)
    paragraph.add_run().font.size = Pt(1)


def border(paragraph, *sides: str, size: float = page_layout.RULE, space: float = 0, colour: str = "000000") -> None:
    borders = element("w:pBdr")
    for side in sides:
        borders.append(element(f"w:{side}", val="single", sz=round(size * 8), space=round(space), color=colour))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def page_number(paragraph):
    """A field that the word processor counts; the run it stands in."""
    run = paragraph.add_run()
    run._r.append(element("w:fldChar", fldCharType="begin"))
    code = element("w:instrText")
    code.text = "PAGE"
    run._r.append(code)
    run._r.append(element("w:fldChar", fldCharType="separate"))
    run._r.append(element("w:fldChar", fldCharType="end"))
    return run


def columns(document, widths: list[float], rows: int = 1, grid: bool = False):
    """A table of fixed widths (points), without lines unless `grid`; cells have no inner margins unless `grid`."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    if grid:
        table.style = "Table Grid"
    margins = element("w:tblCellMar")
    for side, points in (("top", 2), ("left", 3), ("bottom", 3), ("right", 3)):
        margins.append(element(f"w:{side}", w=points * 20 if grid else 0, type="dxa"))
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER if grid else WD_ALIGN_VERTICAL.TOP
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    return table


def repeat_row(row) -> None:
    """The heading of a table, on each of its pages."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def restart_numbering(section) -> None:
    """An annex counts its own pages."""
    section._sectPr.insert_element_before(element("w:pgNumType", start=1), "w:cols", "w:titlePg", "w:docGrid")


def pack_file(document, written: int) -> bytes:
    """The file, the same for the same content: an archive otherwise remembers the minute it was made in."""
    core = document.core_properties
    # In universal time, which is what the Z behind it says.
    core.created = core.modified = datetime.fromtimestamp(written / 1000, UTC).replace(tzinfo=None)
    core.last_modified_by, core.revision = "", 1
    loose, tight = BytesIO(), BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(tight, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return tight.getvalue()
