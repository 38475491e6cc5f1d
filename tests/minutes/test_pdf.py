"""The PDF is measured: Decree 30/2020/NĐ-CP, annex I, and form 1.9 of annex III."""

import ctypes
import re
import time
from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2 import raw

from meetingroom.minutes.model import Attendee, Conclusion, Passage, passages
from meetingroom.minutes.pdf import attendance_pdf, minutes_pdf
from meetingroom.minutes.rich import Para, Run
from tests.minutes.story import MINUTES, TEXT, at, long_minutes

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 195 * MM, 277 * MM, 20 * MM


class Sheet:
    """A page that can be asked where its words and lines are (points from the lower left)."""

    def __init__(self, page):
        self.page, self.text = page, page.get_textpage()
        self.words = self.text.get_text_bounded().replace("\r\n", "\n").replace(" \n", "\n").rstrip()

    def box(self, words: str) -> tuple[float, float, float, float]:
        """(left, bottom, right, top) of the first place where `words` stand in one line."""
        found = self.text.search(words, match_case=True).get_next()
        assert found, f"not on the page: {words}\n{self.words}"
        boxes = [self.text.get_charbox(n) for n in range(found[0], found[0] + found[1])]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def face(self, words: str) -> tuple[str, float]:
        """The typeface and size of the first letter of `words`."""
        start = self.text.search(words, match_case=True).get_next()[0]
        name = ctypes.create_string_buffer(200)
        raw.FPDFText_GetFontInfo(self.text, start, name, 200, None)
        return name.value.decode().split("+")[-1], round(raw.FPDFText_GetFontSize(self.text, start), 1)

    def rules(self) -> list[tuple[float, float, float]]:
        """The drawn level lines: (left, right, y)."""
        boxes = [thing.get_bounds() for thing in self.page.get_objects([raw.FPDF_PAGEOBJ_PATH])]
        return [(left, right, (low + high) / 2) for left, low, right, high in boxes if high - low < 2]

    def rule_under(self, words: str) -> float:
        """The length of the line drawn in the middle under `words`."""
        left, low, right, _ = self.box(words)
        middle = (left + right) / 2
        near = [rule for rule in self.rules() if abs((rule[0] + rule[1]) / 2 - middle) < 1 and 0 < low - rule[2] < 8]
        assert len(near) == 1, (words, self.rules())
        return near[0][1] - near[0][0]


def sheets(file: bytes) -> list[Sheet]:
    return [Sheet(page) for page in pypdfium2.PdfDocument(file)]


def text_of(file: bytes) -> str:
    return " ".join(" ".join(sheet.words for sheet in sheets(file)).split())


@pytest.fixture(scope="module")
def first() -> Sheet:
    return sheets(minutes_pdf(MINUTES))[0]


@pytest.fixture(scope="module")
def last() -> Sheet:
    return sheets(minutes_pdf(MINUTES))[-1]


def middle(box) -> float:
    return (box[0] + box[2]) / 2


def test_the_paper_is_a4_with_the_margins_of_the_decree():
    for sheet in sheets(minutes_pdf(long_minutes(3))):
        assert sheet.page.get_size() == pytest.approx((210 * MM, 297 * MM), abs=0.1)
        boxes = [
            sheet.text.get_charbox(n)
            for n in range(sheet.text.count_chars())
            if sheet.text.get_text_range(n, 1).strip()
        ]
        body = [box for box in boxes if box[1] < TOP]  # without the page number
        assert min(box[0] for box in body) >= LEFT - 0.5
        assert max(box[2] for box in body) <= RIGHT + 0.5
        assert min(box[1] for box in body) >= BOTTOM - 4  # what hangs under the last line


def test_the_country_stands_right_and_the_agency_left_on_one_line(first):
    country, parent = first.box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), first.box("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO")
    assert country[2] == pytest.approx(RIGHT, abs=3)
    assert parent[2] < country[0]
    assert parent[0] >= LEFT - 1
    assert abs(parent[1] - country[1]) < 3
    assert first.face("CỘNG HÒA")[0] == first.face("TỈNH LẠC GIANG")[0] == "LiberationSerif-Bold"
    assert first.face("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO")[0] == "LiberationSerif"


def test_sizes_are_those_of_the_decree(first, last):
    assert first.face("CỘNG HÒA")[1] in (12, 13)
    assert first.face("Độc lập")[1] == first.face("CỘNG HÒA")[1] + 1
    assert first.face("Số: 05/BB-VKS") == ("LiberationSerif", 13)
    assert first.face("BIÊN BẢN") == ("LiberationSerif-Bold", 14)
    assert first.face("Thời gian bắt đầu") == ("LiberationSerif", 14)
    assert last.face("THƯ KÝ") == last.face("CHỦ TỌA") == ("LiberationSerif-Bold", 14)
    assert last.face("Nơi nhận:") == ("LiberationSerif-BoldItalic", 12)
    assert last.face("- Như thành phần") == ("LiberationSerif", 11)


def test_the_line_under_the_motto_is_as_long_as_the_motto(first):
    left, _, right, _ = first.box("Độc lập - Tự do - Hạnh phúc")
    assert first.rule_under("Độc lập - Tự do - Hạnh phúc") == pytest.approx(right - left, abs=3)


def test_the_lines_under_agency_and_title_are_a_third_to_a_half_of_them(first):
    for words, longest in (("TỈNH LẠC GIANG", "DÂN\nTỈNH"), (MINUTES.title, MINUTES.title)):
        above = first.box("VIỆN KIỂM SÁT NHÂN DÂN") if "\n" in longest else first.box(longest)
        width = 159 if "\n" in longest else above[2] - above[0]  # of the longest line of the name
        assert 1 / 3 <= first.rule_under(words) / width <= 1 / 2


def test_there_is_no_line_for_place_and_date(first):
    assert not re.search(r"Lạc Giang, ngày", first.words)


def test_title_and_subject_stand_in_the_middle(first):
    centre = (LEFT + RIGHT) / 2
    assert middle(first.box("BIÊN BẢN")) == pytest.approx(centre, abs=1)
    assert middle(first.box(MINUTES.title)) == pytest.approx(centre, abs=1)


def test_paragraphs_are_indented_and_justified(first):
    assert first.box("Thời gian bắt đầu")[0] == pytest.approx(LEFT + 12.7 * MM, abs=1)
    line = next(line for line in first.words.split("\n") if line.startswith("Đồng chí Trần Thị Bình"))
    assert first.box(line.strip())[2] == pytest.approx(RIGHT, abs=1)


def test_paragraphs_stand_at_least_six_points_apart(first):
    upper, lower = first.box("Thời gian bắt đầu"), first.box("Địa điểm")
    assert upper[1] - lower[1] >= 14 + 6


def test_form_1_9_in_its_order():
    parts = [
        "Số: 05/BB-VKS",
        "BIÊN BẢN",
        "Thời gian bắt đầu: 08 giờ 00, ngày 16 tháng 12 năm 2026",
        "Địa điểm: Hội trường tầng 3",
        "Thành phần tham dự: có mặt 03/04 đại biểu",
        "dự phiên tòa",
        "Chủ tọa: đồng chí Nguyễn Văn An",
        "Thư ký: đồng chí Lý Thị Mai",
        "Nội dung (theo diễn biến hội nghị)",
        "2. Báo cáo tổng kết",
        "08 giờ 05: đồng chí Trần Thị Bình trình bày.",
        "Kết luận của chủ tọa",
        "Hội nghị kết thúc vào 11 giờ 00, ngày 16 tháng 12 năm 2026./.",
        "THƯ KÝ",
        "Nơi nhận:",
        "- Như thành phần tham dự;",
        "- Lưu: VT, Hồ sơ.",
    ]
    text = text_of(minutes_pdf(MINUTES))
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_secretary_signs_left_and_the_chair_right_above_the_recipients(last):
    secretary, chair = last.box("THƯ KÝ"), last.box("CHỦ TỌA")
    assert secretary[1] == pytest.approx(chair[1], abs=4)
    assert secretary[2] < (LEFT + RIGHT) / 2 < chair[0]
    for office, name in ((secretary, "Lý Thị Mai"), (chair, "Nguyễn Văn An")):
        signed = last.box(name)
        assert middle(signed) == pytest.approx(middle(office), abs=1)
        assert office[1] - signed[3] > 20 * MM  # room to sign
        assert last.face(name) == ("LiberationSerif-Bold", 14)
    recipients = last.box("Nơi nhận:")
    assert recipients[0] == pytest.approx(LEFT, abs=1)
    assert recipients[3] < last.box("Lý Thị Mai")[1]


def test_pages_are_numbered_in_the_middle_of_the_top_margin_but_the_first():
    pages = sheets(minutes_pdf(long_minutes(4)))
    assert not pages[0].words.strip().startswith("1\n")
    for n, sheet in enumerate(pages[1:], start=2):
        number = [sheet.text.get_charbox(k) for k in range(len(str(n)))]
        assert sheet.words.startswith(str(n))
        assert middle((number[0][0], 0, number[-1][2], 0)) == pytest.approx((LEFT + RIGHT) / 2, abs=1)
        assert (number[0][1] + number[0][3]) / 2 == pytest.approx(287 * MM, abs=2)
        assert sheet.face(str(n)) == ("LiberationSerif", 13)


@pytest.mark.parametrize("paragraphs", range(8, 30, 3))
def test_nobody_signs_on_a_page_without_the_end_of_the_text(paragraphs):
    minutes = replace(MINUTES, items=(replace(MINUTES.items[0], text=passages(TEXT) * paragraphs),))
    signed = [sheet for sheet in sheets(minutes_pdf(minutes)) if "CHỦ TỌA" in sheet.words]
    assert len(signed) == 1
    assert signed[0].words.index("CHỦ TỌA") > 150  # not the closing sentence alone
    for part in ("THƯ KÝ", "Hội nghị kết thúc vào", "Nơi nhận:", "Lưu: VT, Hồ sơ."):
        assert part in signed[0].words


@pytest.mark.parametrize("paragraphs", range(8, 30, 3))
def test_no_heading_is_the_last_line_of_its_page(paragraphs):
    """That of the conclusions, which stand with the signatures, neither."""
    minutes = replace(MINUTES, items=(replace(MINUTES.items[0], text=passages(TEXT) * paragraphs),))
    for sheet in sheets(minutes_pdf(minutes)):
        assert not sheet.words.strip().endswith("Kết luận của chủ tọa")


def test_the_same_minutes_are_the_same_bytes():
    assert minutes_pdf(long_minutes(3)) == minutes_pdf(long_minutes(3))
    assert attendance_pdf(MINUTES) == attendance_pdf(MINUTES)


def test_the_date_inside_the_file_is_that_of_the_last_fact():
    assert pypdfium2.PdfDocument(minutes_pdf(MINUTES)).get_metadata_dict()["CreationDate"] == "D:20261216110000+07'00'"


def test_every_face_is_embedded():
    for file in (minutes_pdf(replace(MINUTES, draft=True)), attendance_pdf(MINUTES)):
        assert b"Helvetica" not in file
        assert file.count(b"/FontFile2") == file.count(b"/Type /FontDescriptor") >= 2


def test_every_vietnamese_letter_is_on_the_paper_as_typed():
    letters = "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵđ"
    letters += letters.upper()
    minutes = replace(MINUTES, items=(replace(MINUTES.items[0], text=(Passage(Para((Run(letters),))),)),))
    assert letters in text_of(minutes_pdf(minutes)).replace(" ", "")


def test_letters_from_a_mac_are_composed():
    decomposed = "Ho\u0323p ba\u0301o ca\u0301o: tie\u0302\u0301n đo\u0323\u0302"
    minutes = replace(MINUTES, items=(replace(MINUTES.items[0], text=(Passage(Para((Run(decomposed),))),)),))
    assert "Họp báo cáo: tiến độ" in sheets(minutes_pdf(minutes))[0].words


def test_text_that_looks_like_mark_up_is_text():
    minutes = replace(
        MINUTES, title="Án <b>A & B</b>", items=(replace(MINUTES.items[0], text=passages("x < 5 & y > 3 <br/>")),)
    )
    words = sheets(minutes_pdf(minutes))[0].words
    assert "x < 5 & y > 3 <br/>" in words
    assert "Án <b>A & B</b>" in words


def test_a_draft_says_so_on_every_page_and_the_final_text_on_none():
    draft = sheets(minutes_pdf(replace(long_minutes(3), draft=True, ended=None)))
    assert all("DỰ THẢO" in sheet.words for sheet in draft)
    assert not any("DỰ THẢO" in sheet.words for sheet in sheets(minutes_pdf(long_minutes(3))))


def test_a_number_not_yet_given_leaves_room_to_write_it():
    blank = replace(MINUTES, letterhead=replace(MINUTES.letterhead, number=""))
    sheet = sheets(minutes_pdf(blank))[0]
    assert re.search(r"Số:\s+/BB-VKS", sheet.words)
    left, right = sheet.box("Số:")[2], sheet.box("/BB-VKS")[0]
    assert right - left > 25


def test_conclusions_say_who_with_whom_by_when_and_what():
    text = text_of(minutes_pdf(MINUTES))
    assert (
        "1. Ban hành Kế hoạch. Đơn vị chủ trì: Văn phòng; đơn vị phối hợp: Phòng 1, Phòng 3; "
        "thời hạn: 23/12/2026; sản phẩm: KH-VKS."
    ) in text
    short = replace(MINUTES, conclusions=(Conclusion("Chấm dứt thí điểm."),))
    text = text_of(minutes_pdf(short))
    assert "1. Chấm dứt thí điểm." in text
    assert "Đơn vị chủ trì" not in text


def test_many_people_are_listed_in_an_annex_with_its_own_page_numbers():
    people = tuple(
        Attendee(f"Nguyễn Văn {n}", "Kiểm sát viên", "Phòng 1", state="onsite", at=at("07:50")) for n in range(1, 61)
    )
    pages = sheets(minutes_pdf(replace(MINUTES, people=people)))
    start = next(n for n, sheet in enumerate(pages) if "DANH SÁCH THAM DỰ" in sheet.words)
    assert "(có danh sách kèm theo)" in pages[0].words
    assert "(Kèm theo Biên bản số 05/BB-VKS ngày 16 tháng 12 năm 2026)" in pages[start].words
    assert [sheet.words.split()[0] for sheet in pages[start + 1 :]] == ["2", "3"][: len(pages) - start - 1]
    assert "Nguyễn Văn 60" in pages[-1].words
    assert all("Họ và tên" in sheet.words for sheet in pages[start:])


def test_the_attendance_list_by_rank_and_by_given_name():
    def order(kind):
        text = sheets(attendance_pdf(MINUTES, "vi", kind))[0].words
        return sorted((person.name for person in MINUTES.people), key=text.index)

    assert order("rank") == ["Nguyễn Văn An", "Đỗ Văn Ích", "Dương Văn Lâm", "Lý Thị Mai"]
    assert order("name") == ["Nguyễn Văn An", "Đỗ Văn Ích", "Dương Văn Lâm", "Lý Thị Mai"]
    backwards = replace(MINUTES, people=MINUTES.people[::-1])
    text = sheets(attendance_pdf(backwards, "vi", "name"))[0].words
    assert text.index("Nguyễn Văn An") < text.index("Đỗ Văn Ích") < text.index("Dương Văn Lâm")


def test_minutes_in_english_have_no_vietnamese_form_words():
    text = sheets(minutes_pdf(MINUTES, "en"))[0].words
    assert "MINUTES" in text
    assert "SOCIALIST REPUBLIC OF VIET NAM" in text
    assert "BIÊN BẢN" not in text


def test_a_hundred_pages_take_three_seconds_at_most():
    minutes = long_minutes(116)
    begun = time.process_time()
    file = minutes_pdf(minutes)
    spent = time.process_time() - begun
    assert len(pypdfium2.PdfDocument(file)) >= 100
    assert spent <= 3
