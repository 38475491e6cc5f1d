"""Whose paper it is, and where its lines are broken."""

import pytest

from meetingroom.printing import page_layout, typefaces
from meetingroom.printing.letterhead import BLANK, Letterhead, letterhead


def unit(key, name, parent=None, depth=0, short="", active=1):
    return {"id": key, "name": name, "short": short, "parent": parent, "depth": depth, "active": active}


def test_the_topmost_unit_issues():
    made = letterhead([unit("a", "VKSND tỉnh Lạc Giang", short="VKSND tỉnh"), unit("b", "Văn phòng", "a", 1)])
    assert (made.issuing, made.parent, made.symbol) == ("VKSND tỉnh Lạc Giang", "", "BB-VKSND")


def test_an_only_child_with_units_of_its_own_issues_under_the_one_above():
    units = [unit("s", "VKSND tối cao"), unit("a", "VKSND tỉnh", "s", 1), unit("b", "Văn phòng", "a", 2)]
    made = letterhead(units)
    assert (made.issuing, made.parent) == ("VKSND tỉnh", "VKSND tối cao")


def test_a_single_department_is_not_an_agency():
    made = letterhead([unit("a", "VKSND tỉnh"), unit("b", "Văn phòng", "a", 1)])
    assert (made.issuing, made.parent) == ("VKSND tỉnh", "")


def test_units_that_were_closed_issue_nothing():
    made = letterhead([unit("x", "VKSND huyện", active=0), unit("a", "VKSND tỉnh")])
    assert made.issuing == "VKSND tỉnh"


def test_an_agency_without_units_leaves_room():
    assert letterhead([]) == Letterhead()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("5", "05/BB-VKS"),
        ("05", "05/BB-VKS"),
        ("12", "12/BB-VKS"),
        ("5/BB-VKS-VP", "05/BB-VKS-VP"),
        (" 7 / BB-VKS ", "07/BB-VKS"),
        ("05a/BB-VKS", "05a/BB-VKS"),
        ("", f"{BLANK}/BB-VKS"),
        ("/BB-VP", f"{BLANK}/BB-VP"),
    ],
)
def test_numbers_as_the_decree_writes_them(typed, printed):
    assert Letterhead("A", number=typed, symbol="BB-VKS").full_number == printed


def lines(text, size=13, room=192):
    return page_layout.break_lines(text, typefaces.BOLD, size, room)


def test_an_agencys_name_is_broken_before_its_place():
    assert lines("VIỆN KIỂM SÁT NHÂN DÂN TỈNH LẠC GIANG") == ["VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH LẠC GIANG"]
    assert lines("VIỆN KIỂM SÁT NHÂN DÂN KHU VỰC 1") == ["VIỆN KIỂM SÁT NHÂN DÂN", "KHU\xa0VỰC\xa01"]


def test_where_the_office_breaks_it_it_is_broken():
    assert lines("VIỆN KIỂM SÁT\nNHÂN DÂN TỈNH") == ["VIỆN KIỂM SÁT", "NHÂN DÂN TỈNH"]


def test_a_short_name_stays_whole():
    assert lines("VĂN PHÒNG") == ["VĂN PHÒNG"]
    assert lines("") == []


def test_no_line_is_wider_than_its_room():
    title = "Hội nghị tổng kết công tác kiểm sát năm 2026, triển khai công tác năm 2027 và chuyên đề ứng dụng"
    for room in (120, 200, 300, 420):
        broken = page_layout.break_lines(title, typefaces.BOLD, 14, room)
        assert " ".join(broken).replace("\xa0", " ") == title
        assert all(page_layout.width(line, typefaces.BOLD, 14) <= room for line in broken)
    cut = page_layout.break_lines("x" * 90, typefaces.BOLD, 14, 100)
    assert "".join(cut) == "x" * 90
    assert all(page_layout.width(line, typefaces.BOLD, 14) <= 100 for line in cut)


def test_the_head_is_thirteen_points_if_the_body_above_fits_beside_the_country():
    country = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert page_layout.header("VKSND tối cao", country).size == 13
    assert page_layout.header("Viện kiểm sát nhân dân tối cao", country).size == 12
    for parent in ("", "Viện kiểm sát nhân dân tối cao", "Một cơ quan có tên rất dài " * 4):
        found = page_layout.header(parent, country)
        assert found.left + found.right <= page_layout.paper().text_width
        assert page_layout.width(country, typefaces.BOLD, found.size) <= found.right
