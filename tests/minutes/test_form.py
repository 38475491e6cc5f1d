"""What the decree (30/2020/NĐ-CP, annex I) and the word processor want of both files, read back from them."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree

from meetingroom import clock
from meetingroom.meeting.conclusions import ConclusionRecorded
from meetingroom.meeting.lifecycle import MeetingClosed, MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.minutes import outline
from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.model import Attendee, Item, Line, passages
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.printing import page_layout
from meetingroom.printing.wording import words
from tests.minutes.story import MINUTES, at, minutes_of
from tests.minutes.test_pdf import RIGHT, sheets, text_of

NBSP = "\N{NO-BREAK SPACE}"
PEOPLE = (
    *(Attendee(f"Nguyễn Văn {n}", "Kiểm sát viên", "Phòng 1", state="onsite", at=at("07:50")) for n in range(1, 20)),
    Attendee("Dương Văn Lâm", "Viện trưởng", state="excused", reason="dự phiên tòa"),
    Attendee("Hồ Văn Sáu", "Trưởng phòng", state="absent"),
    Attendee("Đặng Văn Giang", "Trưởng phòng", state="onsite", at=at("08:06"), late=True),
)
CROWD = replace(MINUTES, people=PEOPLE)

# The order of children in CT_… of ISO/IEC 29500-1, wml.xsd (transitional), as far as a document of ours can have them.
ORDER = {
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblCellMar": "top start left bottom end right",
    "tblBorders": "top start left bottom end right insideH insideV",
    "tbl": "bookmarkStart tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p tbl",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "pBdr": "top left bottom right between bar",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData "
    "embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges "
    "bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors "
    "hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles "
    "stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions "
    "doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet "
    "defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope "
    "summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting "
    "bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing "
    "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin "
    "drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning "
    "characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore "
    "savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent "
    "alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt "
    "showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars "
    "rsids mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
    "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary "
    "shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator docId defaultImageDpi",
}


def opened(minutes=MINUTES, language="vi"):
    return docx.Document(BytesIO(minutes_docx(minutes, language)))


def parts(minutes=CROWD, language="vi") -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(minutes_docx(minutes, language))) as file:
        return {name: file.read(name) for name in file.namelist()}


def local(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def test_every_property_stands_in_the_order_of_the_schema():
    draft = replace(CROWD, draft=True)
    seen = set()
    for name, content in parts(draft).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in etree.fromstring(content).iter():
            if (kind := local(element)) in ORDER and "wordprocessingml" in element.tag:
                order = ORDER[kind].split()
                children = [local(child) for child in element if local(child) in order]
                assert len(children) == len(element), (name, kind, [local(child) for child in element])
                assert children == sorted(children, key=order.index), (name, kind)
                seen.add(kind)
    assert seen >= {"tblPr", "tblCellMar", "tcPr", "pPr", "rPr", "sectPr", "settings", "pBdr"}


def test_no_margin_of_the_word_file_is_below_the_decrees():
    for section in opened(CROWD).sections:
        sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        for side, (least, most) in zip(sides, ((20, 25), (20, 25), (30, 35), (15, 20)), strict=True):
            assert least <= side.mm < least + 0.03 <= most
        # A4 as the word processors write it
        assert (section.page_width.twips, section.page_height.twips) == (11906, 16838)


@pytest.mark.parametrize(("language", "locale"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_the_word_file_is_in_the_language_it_is_written_in(language, locale):
    files = parts(language=language)
    found = {
        tag for name in files if name.endswith(".xml") for tag in re.findall(rb'<w:lang w:val="([^"]+)"', files[name])
    }
    assert found == {locale.encode()}
    assert f'w:themeFontLang w:val="{locale}"'.encode() in files["word/settings.xml"]
    assert b"en-US" not in b"".join(files.values())
    assert opened(language=language).core_properties.language == locale


def test_the_word_file_is_of_todays_word_and_nobody_elses():
    files = parts()
    assert (
        b'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
        in (files["word/settings.xml"])
    )
    assert not [name for name in files if "thumbnail" in name]
    assert b"thumbnail" not in files["_rels/.rels"]
    assert b"Macintosh" not in b"".join(files.values())
    assert b"savePreviewPicture" not in files["word/settings.xml"]
    core = opened().core_properties
    assert (core.author, core.last_modified_by) == ("Viện kiểm sát nhân dân tỉnh Lạc Giang", "")


def test_the_times_in_the_word_file_are_utc_as_they_say():
    core = parts()["docProps/core.xml"].decode()
    assert core.count("2026-12-16T04:00:00Z") == 2  # eleven o'clock in Việt Nam


def test_the_annex_has_its_label_its_title_and_in_italics_what_it_belongs_to():
    attached = "(Kèm theo Biên bản số 05/BB-VKS ngày 16 tháng 12 năm 2026)"
    pages = sheets(minutes_pdf(CROWD))
    page = next(sheet for sheet in pages if "Phụ lục\n" in sheet.words)
    assert page.words.startswith(f"Phụ lục\nDANH SÁCH THAM DỰ\n{attached}")
    assert page.face("Phụ lục") == page.face("DANH SÁCH") == ("LiberationSerif-Bold", 14)
    assert page.face(attached) == ("LiberationSerif-Italic", 14)
    written = opened(CROWD).paragraphs
    label, title, aside = next(written[n : n + 3] for n, paragraph in enumerate(written) if paragraph.text == "Phụ lục")
    assert title.text == "DANH SÁCH THAM DỰ"
    assert aside.text.replace(NBSP, " ") == attached
    assert [(run.italic, run.bold) for run in aside.runs] == [(True, False)]
    assert {label.alignment or label.style.paragraph_format.alignment, aside.style.paragraph_format.alignment} == {1}


def test_where_number_and_date_are_not_there_yet_the_annex_leaves_room_for_them():
    open_ = replace(CROWD, ended=None, letterhead=replace(CROWD.letterhead, number=""))
    page = next(sheet for sheet in sheets(minutes_pdf(open_)) if "Phụ lục" in sheet.words and "Kèm theo" in sheet.words)
    assert re.search(r"\(Kèm theo Biên bản số\s+/BB-VKS ngày … tháng … năm …\)", page.words)


def test_over_twenty_people_the_paragraph_of_absentees_refers_to_the_annex():
    texts = [block.text for block in outline.blocks(CROWD, words("vi"))]
    assert "- Vắng có lý do (01): danh sách tại Phụ lục kèm theo." in texts
    assert "- Vắng không có lý do (01): danh sách tại Phụ lục kèm theo." in texts
    first = text_of(minutes_pdf(CROWD)).partition("Phụ lục DANH SÁCH")[0]
    assert "Dương Văn Lâm" not in first
    assert "dự phiên tòa" in text_of(minutes_pdf(CROWD))
    few = [block.text for block in outline.blocks(MINUTES, words("vi"))]
    assert any("Dương Văn Lâm" in text and "dự phiên tòa" in text for text in few)


NEXT = "2026-12-17"


def on(day: str, hour: str) -> int:
    return clock.milliseconds(f"{day}T{hour}")


def over_two_days():
    line = (Line(at("16:00"), "16 giờ 00: hội nghị tạm nghỉ."), Line(on(NEXT, "08:00"), "08 giờ 00: hội nghị họp lại."))
    items = (
        Item("i1", "Báo cáo", started=at("15:00"), ended=on(NEXT, "09:00"), lines=line, number=1),
        Item("i2", "Thảo luận", started=on(NEXT, "09:05"), ended=on(NEXT, "10:00"), number=2),
    )
    late = Attendee("Đỗ Văn Ích", "Viện trưởng", state="onsite", at=on(NEXT, "07:55"), late=True)
    return replace(MINUTES, items=items, ended=on(NEXT, "11:00"), people=(*MINUTES.people, late))


def test_a_meeting_over_several_days_names_the_days():
    texts = [
        block.text + (f" {block.aside}" if block.aside else "")
        for block in outline.blocks(over_two_days(), words("vi"))
    ]
    parts_ = [
        "Ngày 16 tháng 12 năm 2026:",
        "1. Báo cáo (từ 15 giờ 00, ngày 16 tháng 12 năm 2026 đến 09 giờ 00, ngày 17 tháng 12 năm 2026)",
        "16 giờ 00: hội nghị tạm nghỉ.",
        "Ngày 17 tháng 12 năm 2026:",
        "08 giờ 00: hội nghị họp lại.",
        "2. Thảo luận (từ 09 giờ 05 đến 10 giờ 00)",
        "Hội nghị kết thúc vào 11 giờ 00, ngày 17 tháng 12 năm 2026./.",
    ]
    places = [texts.index(part) for part in parts_]
    assert places == sorted(places)
    assert sum(text.startswith("Ngày ") for text in texts) == 2
    assert any("Đỗ Văn Ích (07 giờ 55, ngày 17 tháng 12 năm 2026)" in text for text in texts)
    for text in (text_of(minutes_pdf(over_two_days())), "\n".join(p.text for p in opened(over_two_days()).paragraphs)):
        assert "Ngày 17 tháng 12 năm 2026:" in text.replace(NBSP, " ")


def test_a_meeting_of_one_day_does_not():
    assert not [block for block in outline.blocks(MINUTES, words("vi")) if block.text.startswith("Ngày ")]


@pytest.mark.parametrize(
    "text",
    ["04 giờ 22", "ngày 05 tháng 01 năm 2026", "khu vực 4", "VKSND khu vực 12", "Điều 5", "khoản 2 Điều 174", "điểm a",
     "số 05/BB-VKS", "Mục II", "trang 12", "tầng 3", "Phòng 1", "62,5 %", "15 năm", "bút lục 14"],
)  # fmt: skip
def test_what_belongs_together_is_not_parted_at_the_end_of_a_line(text):
    found = page_layout.bound_text(f"theo {text} thì")
    assert found.startswith("theo ")
    assert found.endswith(" thì")
    pairs = re.findall(r"(?:giờ|ngày|tháng|năm|vực|Điều|khoản|điểm|số|Mục|trang|tầng|Phòng|lục)(.)(?=\d|II|a\b)", found)
    assert set(pairs) <= {NBSP}
    assert NBSP in found
    written = opened(replace(MINUTES, items=(replace(MINUTES.items[0], text=passages(f"theo {text} thì")),)))
    assert any(found in paragraph.text for paragraph in written.paragraphs)


def test_wherever_the_line_ends_the_pdf_keeps_them_on_one():
    texts = tuple("a" * n + " lúc 04 giờ 22 tại khu vực 4 theo Điều 5 ngày 05 số 3 hết" for n in range(20, 110, 3))
    lines = text_of_lines(minutes_pdf(replace(MINUTES, items=(replace(MINUTES.items[0], text=passages(*texts)),))))
    for pair in ("04 giờ 22", "khu vực 4", "Điều 5", "ngày 05", "số 3"):
        assert sum(pair in line for line in lines) >= len(texts), pair


def text_of_lines(file: bytes) -> list[str]:
    return [line for sheet in sheets(file) for line in sheet.words.split("\n")]


def test_dates_are_written_in_one_way():
    due = ConclusionRecorded("k1", "Ban hành Kế hoạch", "Văn phòng", (), "2026-01-05", "")
    minutes = minutes_of(
        ("07:00", "mai", MeetingCreated("Hội nghị", "conference", at("08:00"), at("11:00"), "Hội trường")),
        ("07:00", "mai", MeetingPublished()),
        ("08:00", "an", MeetingOpened("an")),
        ("10:00", "mai", due),
        ("11:00", "an", MeetingClosed()),
    )
    text = text_of(minutes_pdf(minutes))
    assert "thời hạn: ngày 05 tháng 01 năm 2026" in text
    assert not re.findall(r"\d+/\d+/\d{4}", text)


def test_the_sign_that_keeps_numbers_together_is_words_own_in_the_word_file():
    minutes = replace(
        MINUTES, items=(replace(MINUTES.items[0], text=passages("từ 15\u201120 tháng tù \uf0fe \uf0d8")),)
    )
    document = opened(minutes)
    found = next(p for p in document.paragraphs if "tháng tù" in p.text)
    assert len(found._p.findall(f".//{qn('w:noBreakHyphen')}")) == 1
    assert found.text.replace(NBSP, " ") == "từ 15-20 tháng tù ☑ ➢"


def test_the_right_edge_of_the_pdf_is_the_decrees():
    page = pypdfium2.PdfDocument(minutes_pdf(MINUTES))[0]
    assert page.get_width() - RIGHT == pytest.approx(15 * 72 / 25.4, abs=0.1)
