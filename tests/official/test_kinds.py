"""Official documents other than the minutes: what they say is what the log bears out, on the paper of the decree."""

import datetime
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from meetingroom.meeting.ballot_results import ResultPublished
from meetingroom.meeting.kernel import Refused, replay
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes.model import Person
from meetingroom.official import kinds
from meetingroom.official.docx import official_docx
from meetingroom.official.pdf import official_pdf
from meetingroom.printing import layout
from meetingroom.printing.layout import Layout
from meetingroom.printing.page_format import MM, Paper
from tests.minutes.story import MINUTES, minutes_of, recorded
from tests.minutes.test_pdf import Sheet, sheets
from tests.minutes.test_people import CLOSED, OPENED, VOTED

OFFICE = Layout(
    place="Lạc Giang",
    address="Số 1 đường Lê Lợi, tỉnh Lạc Giang",
    signers={"thong_bao": "TL. VIỆN TRƯỞNG\nCHÁNH VĂN PHÒNG"},
    names={"thong_bao": "Phạm Thị Dung"},
    recipients={"thong_bao": "VKSND tối cao (để báo cáo)\nLưu: VT, VP"},
)
HELD = replace(MINUTES, chair=Person("Nguyễn Văn An", "Viện trưởng", "VKSND tỉnh Lạc Giang"))
FACTS = (*OPENED, *VOTED, ("09:05", "an", CLOSED), ("09:06", "an", ResultPublished("b1")))
STATE = replay(MeetingState(id="m1"), recorded(*FACTS))
VOTED_ON = minutes_of(*FACTS)


def source(minutes=HELD, **more) -> kinds.Source:
    return kinds.Source(minutes, STATE, **{"layout": OFFICE, **more})


def texts(document) -> list[str]:
    return [block.text or block.aside for block in document.blocks]


def first_page(document) -> Sheet:
    return sheets(official_pdf(document))[0]


def test_a_notice_has_the_conclusions_in_order_and_nothing_else_but_when_and_where():
    notice = kinds.build("thong_bao", source(number="12/TB-VKS"))
    assert texts(notice) == [
        "Vào ngày 16 tháng 12 năm 2026, tại Hội trường tầng 3, đồng chí Nguyễn Văn An, Viện trưởng VKSND tỉnh Lạc Giang"
        " chủ trì Hội nghị tổng kết công tác kiểm sát năm 2026. Tham dự có 03 đại biểu. Sau khi nghe ý kiến của các đại"
        " biểu, đồng chí Nguyễn Văn An, Viện trưởng VKSND tỉnh Lạc Giang kết luận như sau:",
        "1. Ban hành Kế hoạch. Đơn vị chủ trì: Văn phòng; đơn vị phối hợp: Phòng 1, Phòng 3; thời hạn: 23/12/2026;"
        " sản phẩm: KH-VKS.",
        "Thừa lệnh Viện trưởng, Văn phòng thông báo để các đơn vị biết, thực hiện./.",
    ]
    page = first_page(notice)
    for text in ("Số: 12/TB-VKS", "Lạc Giang, ngày", "THÔNG BÁO", "TL. VIỆN TRƯỞNG", "Phạm Thị Dung"):
        assert text in page.words.replace("\xa0", " "), text


def test_number_and_date_stand_on_one_line_and_recipients_beside_the_signature():
    page = first_page(kinds.build("thong_bao", source(number="12/TB-VKS")))
    number, dated = page.box("Số:"), page.box("Lạc Giang, ngày")
    assert number[1] == pytest.approx(dated[1], abs=4)  # a g and a y reach below the line
    assert page.face("Lạc Giang, ngày") == ("LiberationSerif-Italic", 14)
    assert page.box("Nơi nhận")[1] == pytest.approx(page.box("TL. VIỆN")[1], abs=1)
    assert page.box("TL. VIỆN")[0] > 105 * MM
    assert page.face("- VKSND") == ("LiberationSerif", 11)
    assert page.box("Số 1")[1] < 20 * MM  # the agency's address, in the foot


def test_a_notice_without_a_conclusion_is_none():
    with pytest.raises(Refused, match="nothing_to_tell"):
        kinds.build("thong_bao", source(replace(HELD, conclusions=())))


def test_the_count_of_votes_has_every_option_with_its_number():
    count = kinds.build("ket_qua_phieu", source(VOTED_ON, item="i1"))
    rows = next(block.body for block in count.blocks if block.style == "table").rows
    assert [cell.blocks[0].runs[0].text for row in rows[1:] for cell in row[1:]] == [
        "Tán thành", "01", "Không tán thành", "01", "Ý kiến khác", "01",
    ]  # fmt: skip
    assert [signer.office for signer in count.signers] == ["THƯ KÝ", "CHỦ TỌA"]  # nobody counted by hand
    assert texts(count)[-1].endswith("có chữ ký của thư ký và chủ tọa./.")


def test_a_count_by_hand_is_signed_for_the_tellers():
    counted = tuple(
        replace(item, ballots=tuple(replace(ballot, tellers=("Lê Thị Hoa",)) for ballot in item.ballots))
        for item in VOTED_ON.items
    )
    count = kinds.build("ket_qua_phieu", source(replace(VOTED_ON, items=counted), item="i1"))
    assert next((s.office, s.name) for s in count.signers) == ("TM. TỔ KIỂM PHIẾU", "Lê Thị Hoa")


def test_a_notice_tells_of_no_report_that_was_not_given():
    waiting = replace(HELD.items[0], title="Chưa đến", presenters=(Person("Trần Thị Bình"),), started=None)
    assert "Chưa đến" not in texts(kinds.build("thong_bao", source(replace(HELD, items=(*HELD.items, waiting)))))[0]
    with pytest.raises(Refused, match="nothing_to_tell"):
        kinds.build("thong_bao", source(replace(HELD, started=None)))


def test_no_resolution_of_what_was_not_adopted():
    with pytest.raises(Refused, match="nothing_to_tell"):
        kinds.build("nghi_quyet", source(VOTED_ON, item="i1"))
    adopted = tuple(
        replace(item, ballots=tuple(replace(ballot, verdict="adopted") for ballot in item.ballots))
        for item in VOTED_ON.items
    )
    resolution = kinds.build("nghi_quyet", source(replace(VOTED_ON, items=adopted), item="i1"))
    assert texts(resolution)[1:3] == ["QUYẾT NGHỊ:", "Điều 1. Thông qua Kế hoạch."]


def test_an_extract_is_the_head_rebuilt_and_the_one_item():
    extract = kinds.build("trich_sao", source(item="i1"))
    assert texts(extract)[0].startswith("Thời gian bắt đầu")
    assert "2. Báo cáo tổng kết" in texts(extract)
    assert texts(extract)[-1] == "Các phần khác của biên bản được lược bớt./."
    with pytest.raises(Refused, match="item_not_held"):
        kinds.build("trich_sao", source(item="i9"))


@pytest.mark.parametrize("kind", ["thong_bao", "giay_moi", "chuong_trinh", "danh_sach", "trich_sao", "nhiem_vu"])
def test_both_files_say_the_same_and_the_same_content_gives_the_same_bytes(kind):
    document = kinds.build(kind, source())
    file = official_pdf(document)
    assert official_pdf(document) == file
    paper = " ".join(sheet.words for sheet in sheets(file)).replace("\xa0", " ").split()
    word = docx.Document(BytesIO(official_docx(document)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    written = set(" ".join([p.text for p in word.paragraphs] + cells).replace("\xa0", " ").split())
    missing = [each for each in paper if each not in written and not each.isdecimal()]
    assert [each for each in missing if each not in OFFICE.address.split()] == []


def test_three_hundred_who_are_invited_fill_pages_and_the_head_stands_on_each():
    crowd = replace(HELD, people=HELD.people * 75)
    pages = sheets(official_pdf(kinds.build("danh_sach", source(crowd))))
    assert len(pages) > 5
    assert all("Họ và tên" in page.words.replace("\xa0", " ") for page in pages[:-1])


def test_the_papers_of_a_unit_have_its_margins():
    wide = replace(OFFICE, paper=Paper(left_mm=35, right_mm=20, body=13))
    page = first_page(kinds.build("thong_bao", source(layout=wide)))
    assert page.face("Ban hành") == ("LiberationSerif", 13)
    lines = page.box("Vào ngày")
    assert lines[0] >= 35 * MM
    section = docx.Document(BytesIO(official_docx(kinds.build("thong_bao", source(layout=wide))))).sections[0]
    assert (round(section.left_margin.mm, 1), round(section.right_margin.mm, 1)) == (35.0, 20.0)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"paper": {"left_mm": 29}}, "left_mm"),
        ({"paper": {"right_mm": 21}}, "right_mm"),
        ({"paper": {"body": 12}}, "body"),
        ({"paper": {"spacing": 1.6}}, "spacing"),
        ({"paper": {"indent_mm": 11}}, "indent_mm"),
        ({"paper": {"body": "14"}}, "body"),
        ({"paper": {"body": True}}, "body"),
        ({"urgency": "GẤP"}, "urgency"),
        ({"place": "x" * 501}, "place"),
        ({"colour": "red"}, "colour"),
        ([], "layout"),
    ],
)
def test_what_the_decree_does_not_allow_is_refused_with_the_field(data, field):
    with pytest.raises(layout.OutsideTheDecree) as refused:
        layout.read_layout(data)
    assert refused.value.field == field


def test_a_layout_is_read_as_it_was_written():
    assert layout.read_layout(layout.written(OFFICE)) == OFFICE


def test_a_document_keeps_the_layout_of_its_date():
    old, new = Layout(place="Cũ"), Layout(place="Mới")
    both = [("2026-01-01", old), ("2026-12-01", new)]
    days = [datetime.date(2025, 12, 31), datetime.date(2026, 11, 30), datetime.date(2026, 12, 1)]
    assert [layout.current(both, day).place for day in days] == ["", "Cũ", "Mới"]
