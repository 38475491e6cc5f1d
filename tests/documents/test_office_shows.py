"""What the room sees of an office file: what its author would print in Việt Nam, and nothing that was not meant for it.

Needs LibreOffice (`make test` installs it).
"""

import ctypes
import re

import openpyxl
import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from meetingroom.documents import office, page_text
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.kinds import KINDS
from tests.documents import papers
from tests.documents.saving import saved_as

pytestmark = pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")


class Shown:
    """A file, converted: its words page by page, the sizes of the pages, what the owner is told."""

    def __init__(self, path, tmp_path):
        target = tmp_path / "shown" / f"{path.name}.pdf"
        self.warnings = office.to_pdf(path, KINDS[path.suffix[1:]], target, work=tmp_path / "work", page_limit=1000)
        with pdfium.PdfDocument(target) as paper:
            self.pages = [" ".join(word["text"] for word in page_text.words_of(page)) for page in paper]
            self.sizes = [page.get_size() for page in paper]
            self.bold = bold(paper)
            self.notes = sum(1 for page in paper for _ in annotations(page))

    @property
    def words(self):
        return " ".join(self.pages)

    @property
    def codes(self):
        return [line["code"] for line in self.warnings]


def bold(paper) -> str:
    """The words of the first page that are set in a bold font."""
    page = paper[0].get_textpage()
    letters = [page.get_text_range(n, 1) if "Bold" in font(page, n) else " " for n in range(page.count_chars())]
    return " ".join("".join(letters).split())


def font(page, n: int) -> str:
    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    pdfium.raw.FPDFText_GetFontInfo(page, n, name, 100, flags)
    return name.value.decode("ascii", "replace")


def annotations(page):
    return range(pdfium.raw.FPDFPage_GetAnnotCount(page))


def book(path, *sheets):
    """A workbook; each sheet is a function that fills it."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, fill in enumerate(sheets, 1):
        fill(made.create_sheet(f"Trang {number}"))
    made.save(path)
    return path


# Workbooks


def figures(sheet):
    import datetime

    sheet.append([datetime.date(2026, 12, 11), 1234567.89, 0.125])
    sheet["A1"].number_format = "mm-dd-yy"  # number 14: the system's short date
    sheet["B1"].number_format = "#,##0.00"
    sheet["C1"].number_format = "0.00%"
    for column in "ABC":
        sheet.column_dimensions[column].width = 20


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_dates_and_numbers_are_written_as_in_viet_nam_whatever_the_server_speaks(tmp_path, monkeypatch, ending):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    path = book(tmp_path / "a.xlsx", figures)
    shown = Shown(path if ending == "xlsx" else saved_as(path, ending, tmp_path), tmp_path)
    assert {"1.234.567,89", "12,50%"} <= set(shown.words.split())
    if ending == "xlsx":  # LibreOffice itself writes down how the date is written
        assert "11/12/2026" in shown.words


def test_of_an_old_workbook_that_asks_what_day_it_is_the_owner_is_told(tmp_path):
    def dated(sheet):
        sheet["A1"], sheet["A2"], sheet["A3"] = "=TODAY()", "=1+1", '="Ngày "&TEXT(NOW(),"dd")'

    path = saved_as(book(tmp_path / "a.xlsx", dated, figures), "xls", tmp_path)
    assert Shown(path, tmp_path).warnings == [{"code": "date_fields", "detail": "2"}]


@pytest.mark.parametrize(("ending", "noticed"), [("xls", [{"code": "computed_anew", "detail": "3"}]), ("xlsx", [])])
def test_of_cells_of_an_old_workbook_that_are_computed_anew_the_owner_is_told(tmp_path, ending, noticed):
    def drawn(sheet):
        for row in (["=RAND()", 1], ["=RANDBETWEEN(1,9)", "=SUM(B1,1)"], ["=OFFSET(B1,0,0)", "RAND("]):
            sheet.append(row)

    saved = saved_as(book(tmp_path / "a.xlsx", drawn), "xls", tmp_path)
    path = saved if ending == "xls" else saved_as(saved, "xlsx", tmp_path)
    assert Shown(path, tmp_path).warnings == noticed


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_of_dates_in_the_heads_of_sheets_the_owner_is_told_and_nobody_reads_the_folders_of_the_server(tmp_path, ending):
    def headed(sheet):
        sheet["A1"] = "Số liệu"
        sheet.oddHeader.center.text, sheet.oddFooter.left.text = "Ngày &D lúc &T", "&Z&F, &Z&F, &P"

    path = book(tmp_path / "a.xlsx", headed)
    shown = Shown(path if ending == "xlsx" else saved_as(path, ending, tmp_path), tmp_path)
    assert shown.warnings == [{"code": "date_fields", "detail": "2"}]
    assert f"paper.{ending}, paper.{ending}, 1" in shown.words
    assert not [word for word in ("file:", "???", "00/00") if word in shown.words]


def test_a_cell_that_names_its_file_does_not_tell_the_folders_of_the_server(tmp_path):
    path = saved_as(book(tmp_path / "a.xlsx", lambda sheet: sheet.append(['=CELL("filename")'])), "xls", tmp_path)
    shown = Shown(path, tmp_path)
    assert "paper.xls" in shown.words
    assert "file:" not in shown.words


def test_hidden_sheets_rows_and_columns_do_not_reach_the_room(tmp_path):
    def open_(sheet):
        sheet.append(["Công khai", "cột ẩn", "nữa"])
        sheet.append(["dòng ẩn"])
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True

    def hidden(state, area):
        def fill(sheet):
            sheet["A1"] = f"Nháp {state}"
            sheet.sheet_state = state
            if area:
                sheet.print_area = "A1:B2"

        return fill

    sheets = [hidden(state, area) for state in ("hidden", "veryHidden") for area in (True, False)]
    path = book(tmp_path / "a.xlsx", open_, *sheets)
    for one in (path, saved_as(path, "xls", tmp_path), saved_as(path, "ods", tmp_path)):
        shown = Shown(one, tmp_path)
        assert shown.pages == ["Công khai nữa"]
        assert shown.warnings == [{"code": "hidden_sheets", "detail": f"Trang {n}"} for n in (2, 3, 4, 5)]


def wide(columns, width=13.0):
    def fill(sheet):
        sheet.append(["Đơn vị", *[f"C{n}" for n in range(2, columns + 1)]])
        for n in range(columns):
            sheet.column_dimensions[openpyxl.utils.get_column_letter(n + 1)].width = width
        for row in range(5):
            sheet.append([f"Khu_vực_{row}", *range(columns - 1)])

    return fill


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_sheet_of_eighteen_columns_is_one_wide_page(tmp_path, ending):
    path = book(tmp_path / "a.xlsx", wide(18), wide(3))
    shown = Shown(path if ending == "xlsx" else saved_as(path, ending, tmp_path), tmp_path)
    assert len(shown.pages) == 2
    assert "C18" in shown.pages[0]
    assert "Khu_vực_4" in shown.pages[0]
    assert shown.sizes[0][0] > shown.sizes[0][1]
    assert shown.sizes[1][0] < shown.sizes[1][1]


def test_a_sheet_a_little_too_wide_stays_upright(tmp_path):
    shown = Shown(book(tmp_path / "a.xlsx", wide(8)), tmp_path)
    assert (len(shown.pages), shown.sizes[0][0] < shown.sizes[0][1], shown.warnings) == (1, True, [])


def test_a_sheet_nobody_could_read_on_one_page_has_its_rows_named_on_each_and_its_owner_is_told(tmp_path):
    shown = Shown(book(tmp_path / "a.xlsx", wide(80)), tmp_path)
    assert len(shown.pages) > 1
    assert all("Khu_vực_3" in page for page in shown.pages)
    assert "C80" in shown.pages[-1]
    assert shown.warnings == [{"code": "wide_sheet", "detail": "Trang 1"}]


def test_what_the_author_chose_for_printing_stays(tmp_path):
    def fitted(sheet):
        wide(18)(sheet)
        sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 2, 0

    def divided(sheet):
        wide(18, width=10)(sheet)
        sheet.print_title_cols = "A:A"
        for column in (6, 12):
            sheet.col_breaks.append(openpyxl.worksheet.pagebreak.Break(id=column))

    shown = Shown(book(tmp_path / "a.xlsx", fitted, divided), tmp_path)
    assert len(shown.pages) == 5
    assert all(width < height for width, height in shown.sizes)
    assert all("Khu_vực_1" in page for page in shown.pages[2:])


def test_titles_are_on_every_page(tmp_path):
    def long(sheet):
        wide(18)(sheet)
        sheet.print_title_rows = "1:1"
        for row in range(150):
            sheet.append([row])

    shown = Shown(book(tmp_path / "a.xlsx", long), tmp_path)
    assert len(shown.pages) > 1
    assert all("C18" in page for page in shown.pages)


def test_a_cell_that_says_today_keeps_the_day_on_which_it_was_saved(tmp_path):
    """The value Excel kept (45902 is 2 September 2025), and that of the cells that follow from it."""
    path = book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["=TODAY()", "=A1+1", "=1+1"]))
    kept = papers.entries(path)
    name = "xl/worksheets/sheet1.xml"
    sheet = kept[name].decode()
    for formula, value in (("TODAY()", 45902), ("A1+1", 45903), ("1+1", 2)):
        sheet = sheet.replace(f"<f>{formula}</f><v></v>", f"<f>{formula}</f><v>{value}</v>")
        sheet = sheet.replace(f"<f>{formula}</f><v/>", f"<f>{formula}</f><v>{value}</v>")
    papers.zipped(path, {**kept, name: sheet.encode()})
    assert Shown(path, tmp_path).words.split() == ["45902", "45903", "2"]


def test_cells_that_share_a_formula_with_today_keep_their_values(tmp_path):
    path = book(tmp_path / "a.xlsx", lambda sheet: [sheet.append([n]) for n in (1, 2, 3)])
    kept, name = papers.entries(path), "xl/worksheets/sheet1.xml"
    cells = (
        '<c r="A1"><f t="shared" ref="A1:A2" si="0">TODAY()-ROW()</f><v>7</v></c>',
        '<c r="A2"><f t="shared" si="0"/><v>8</v></c>',
        '<c r="A3"><f>SUM(A1:A2)</f><v>15</v></c>',
    )
    rows = "".join(f'<row r="{n}">{cell}</row>' for n, cell in enumerate(cells, 1))
    sheet = re.sub("<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", kept[name].decode())
    assert Shown(papers.zipped(path, {**kept, name: sheet.encode()}), tmp_path).words.replace(" ", "") == "7815"


def test_comments_on_cells_are_not_shown_and_the_owner_is_told(tmp_path):
    def commented(sheet):
        sheet["A1"] = "Số liệu"
        sheet["A1"].comment = openpyxl.comments.Comment("nội bộ", "An")

    shown = Shown(book(tmp_path / "a.xlsx", commented), tmp_path)
    assert (shown.words, shown.notes, shown.warnings) == ("Số liệu", 0, [{"code": "comments", "detail": "1"}])


# Texts

TRACKED = (
    f"<w:p {nsdecls('w')}><w:r><w:t xml:space='preserve'>Đề nghị </w:t></w:r>"
    '<w:del w:id="1" w:author="An" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>mười</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="An" w:date="2026-01-01T00:00:00Z"><w:r><w:t>hai mươi</w:t></w:r></w:ins>'
    "<w:r><w:t xml:space='preserve'> tháng</w:t></w:r></w:p>"
)


def report(path, *paragraphs, comment=False):
    document = Document()
    for paragraph in paragraphs:
        document.element.body.insert(0, parse_xml(paragraph))
    if comment:
        run = document.add_paragraph("Có nhận xét").runs[0]
        document.add_comment(run, text="nội bộ", author="An")
    document.save(str(path))
    return path


@pytest.mark.parametrize("ending", ["docx", "doc", "odt", "rtf"])
def test_of_tracked_changes_only_the_last_text_is_shown_and_no_comment(tmp_path, ending):
    path = report(tmp_path / "a.docx", TRACKED, comment=True)
    shown = Shown(path if ending == "docx" else saved_as(path, ending, tmp_path), tmp_path)
    assert "Đề nghị hai mươi tháng" in shown.words
    assert "mười tháng" not in shown.words.replace("hai mươi tháng", "")
    assert "mười" not in shown.words
    assert "nội bộ" not in shown.words
    assert shown.notes == 0
    assert {"tracked_changes", "comments"} <= set(shown.codes)


def field(instruction, result):
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return (
        f"<w:p {nsdecls('w')}>{begin}<w:r><w:instrText xml:space='preserve'> {instruction} </w:instrText></w:r>"
        f"{separate}<w:r><w:t>{result}</w:t></w:r>{end}</w:p>"
    )


def simple_field(instruction, result):
    return (
        f"<w:p {nsdecls('w')}><w:fldSimple w:instr=' {instruction} '><w:r><w:t>{result}</w:t></w:r></w:fldSimple></w:p>"
    )


def test_fields_keep_the_text_that_was_saved(tmp_path):
    codes = ("DATE \\@ dd/MM/yyyy", "date", "TIME \\@ dd/MM/yyyy", "SAVEDATE", "PRINTDATE", "CREATEDATE", "FILENAME")
    fields = [make(code, "02/09/2025") for make in (field, simple_field) for code in codes]
    shown = Shown(report(tmp_path / "a.docx", *fields), tmp_path)
    assert (shown.words.split(), shown.warnings) == (["02/09/2025"] * len(fields), [])


def test_numbers_of_pages_are_counted_all_the_same(tmp_path):
    assert Shown(report(tmp_path / "a.docx", field("PAGE", "7")), tmp_path).words == "1"


def test_dates_of_an_open_document_stay(tmp_path):
    date = '<text:date text:date-value="2025-09-02" text:fixed="false">02/09/2025</text:date>'
    assert Shown(papers.odt(tmp_path / "a.odt", text=date), tmp_path).words == "02/09/2025"


def test_where_the_saved_date_cannot_be_known_the_owner_is_told(tmp_path):
    path = saved_as(report(tmp_path / "a.docx", field("DATE", "02/09/2025")), "doc", tmp_path)
    assert Shown(path, tmp_path).warnings == [{"code": "date_fields", "detail": "1"}]


def test_dates_of_rich_text_stay(tmp_path):
    field = r'{\field{\*\fldinst {\lang1066  DATE \\@ "dd/MM/yyyy"}}{\fldrslt {02/09/2025}}}'
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi " + field + r"\par}")
    assert Shown(tmp_path / "a.rtf", tmp_path).words == "02/09/2025"


def test_a_text_that_names_its_file_does_not_tell_the_folders_of_the_server(tmp_path):
    path = saved_as(report(tmp_path / "a.docx", field("FILENAME \\p", "a")), "doc", tmp_path)
    assert Shown(path, tmp_path).words == "paper.doc"


# Slides


def deck(path, tmp_path, *slides):
    """A PPTX of as many slides; each is a function of its XML."""
    saved = saved_as(papers.odp(path.with_suffix(".odp"), text="Trang"), "pptx", tmp_path)
    kept = papers.entries(saved)
    for number, change in enumerate(slides, 1):
        name = f"ppt/slides/slide{number}.xml"
        kept[name] = change(kept[name].decode()).encode()
    return papers.zipped(saved, kept)


def test_a_hidden_slide_is_not_shown_and_its_owner_is_told(tmp_path):
    shown = Shown(
        deck(tmp_path / "a.pptx", tmp_path, str, lambda xml: xml.replace("<p:sld ", '<p:sld show="0" ', 1)), tmp_path
    )
    assert (shown.pages, shown.warnings) == (["Trang"], [{"code": "hidden_slides", "detail": "1"}])


def test_the_date_of_a_slide_stays(tmp_path):
    field = '<a:fld id="{B}" type="datetimeFigureOut"><a:rPr lang="vi-VN"/><a:pPr/><a:t>02/09/2025</a:t></a:fld><a:r>'
    shown = Shown(deck(tmp_path / "a.pptx", tmp_path, lambda xml: xml.replace("<a:r>", field, 1)), tmp_path)
    assert shown.pages[0].replace(" ", "") == "02/09/2025Trang"


def test_of_the_mark_for_a_date_in_an_old_slide_the_owner_is_told(tmp_path):
    """LibreOffice leaves it out: the record of a page number becomes that of a date, which it does not write itself."""
    path = saved_as(papers.odp(tmp_path / "a.odp", text="Ngày <text:page-number>1</text:page-number>"), "ppt", tmp_path)
    data, number, date = path.read_bytes(), b"\0\0\xd8\x0f\x04\0\0\0", b"\0\0\xf8\x0f\x04\0\0\0"
    assert Shown(path, tmp_path).warnings == []
    path.write_bytes(data.replace(number, date))
    assert Shown(path, tmp_path).warnings == [{"code": "date_fields", "detail": "2"}]


def test_of_today_at_the_foot_of_old_slides_the_owner_is_told(tmp_path):
    kept = papers.entries(papers.odp(tmp_path / "a.odp", text="Trang"))
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("presentation", "style"))
    shows = (
        '<office:automatic-styles><style:style style:name="d" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:display-date-time="true"/></style:style>'
        "</office:automatic-styles><office:body>"
    )
    today = '<presentation:date-time-decl presentation:name="n" presentation:source="current-date"/>'
    content = kept["content.xml"].decode().replace(" office:version", f"{names} office:version", 1)
    content = content.replace("<office:body>", shows)
    content = content.replace("<draw:page ", '<draw:page draw:style-name="d" presentation:use-date-time-name="n" ')
    kept["content.xml"] = content.replace("<office:presentation>", f"<office:presentation>{today}").encode()
    path = papers.zipped(tmp_path / "a.odp", kept)
    for one in (path, saved_as(path, "ppt", tmp_path)):
        assert Shown(one, tmp_path).warnings == [{"code": "date_fields", "detail": "2"}]


def with_notes(path, words):
    """A PPTX whose first slide has notes of the speaker."""
    kept = papers.entries(path)
    office_, package = "http://schemas.openxmlformats.org", "http://schemas.openxmlformats.org/package/2006"
    relations = f"{office_}/officeDocument/2006/relationships"
    kept["ppt/notesSlides/notesSlide1.xml"] = (
        f'<p:notes xmlns:a="{office_}/drawingml/2006/main" xmlns:p="{office_}/presentationml/2006/main"><p:cSld>'
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp>'
        '<p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr/><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>"
        "</p:cSld></p:notes>"
    )
    kept["ppt/notesSlides/_rels/notesSlide1.xml.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relations}/slide"'
        ' Target="../slides/slide1.xml"/></Relationships>'
    )
    added = f'<Relationship Id="rId77" Type="{relations}/notesSlide" Target="../notesSlides/notesSlide1.xml"/>'
    type_ = (
        '<Override PartName="/ppt/notesSlides/notesSlide1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.presentationml.notesSlide+xml"/>'
    )
    for name, end, more in (
        ("ppt/slides/_rels/slide1.xml.rels", "</Relationships>", added),
        ("[Content_Types].xml", "</Types>", type_),
    ):
        kept[name] = kept[name].decode().replace(end, more + end).encode()
    return papers.zipped(path, kept)


def test_notes_of_the_speaker_are_not_shown_and_the_owner_is_told(tmp_path):
    shown = Shown(with_notes(deck(tmp_path / "a.pptx", tmp_path, str, str), "nội bộ"), tmp_path)
    assert (shown.pages, shown.warnings) == (["Trang", "Trang"], [{"code": "speaker_notes", "detail": "1"}])


def test_remarks_on_a_slide_are_not_shown_and_the_owner_is_told(tmp_path):
    remark = (
        '<officeooo:annotation svg:x="1cm" svg:y="1cm"><dc:creator>An</dc:creator>'
        "<dc:date>2026-01-01T00:00:00</dc:date><text:p>riêng tư</text:p></officeooo:annotation></draw:page>"
    )
    path = papers.odp(tmp_path / "a.odp", text="Trang")
    kept = papers.entries(path)
    spaces = (
        b'xmlns:officeooo="http://openoffice.org/2009/office" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:draw'
    )
    content = kept["content.xml"].replace(b"xmlns:draw", spaces, 1).replace(b"</draw:page>", remark.encode(), 1)
    shown = Shown(papers.zipped(path, {**kept, "content.xml": content}), tmp_path)
    assert (shown.words, shown.notes) == ("Trang Trang", 0)
    assert shown.warnings == [{"code": "comments", "detail": "1"}]


# Names


@pytest.mark.parametrize("change", [str.upper, lambda name: f"/{name}"])
def test_a_file_whose_names_are_spelled_otherwise_is_shown(tmp_path, change):
    path = report(tmp_path / "a.docx", field("DATE", "02/09/2025"))
    papers.zipped(path, {change(name): data for name, data in papers.entries(path).items()})
    assert Shown(path, tmp_path).words == "02/09/2025"


def test_a_main_part_of_another_name_is_shown(tmp_path):
    path = report(tmp_path / "a.docx", field("DATE", "02/09/2025"))
    assert Shown(papers.renamed(path, "word/document.xml", "word/document2.xml"), tmp_path).words == "02/09/2025"


def test_the_password_of_an_old_workbook_is_told_as_one(tmp_path):
    record = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x06\x00\x00\x00\x11\x22\x33\x44"
    with pytest.raises(FileRejected, match="encrypted"):
        Shown(papers.ole(tmp_path / "a.xls", ["Workbook"], record), tmp_path)


def test_the_owner_reads_what_the_file_still_holds_and_the_words_of_the_page_do_not(room, tmp_path):
    path = report(tmp_path / "a.docx", TRACKED, comment=True)
    document = room.paper(path)
    answer = room.api("mai", "GET", f"/api/documents/{document}").get_json()
    assert [line["code"] for line in answer["warnings"]] == ["tracked_changes", "comments"]
    assert all("download" in line["message"] for line in answer["warnings"])
    room.releases(document)
    words = [word["text"] for word in room.get("em", f"/documents/{document}/pages/1.json").get_json()["words"]]
    assert "hai mươi" in " ".join(words)
    assert not {"mười", "bộ"} & set(words)
    assert "warnings" not in room.api("em", "GET", f"/api/documents/{document}").get_json()
