"""How offices write their lists: headings, merged cells, telephone numbers, several sheets."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.people import columns, roster, tables
from tests.people.lists import PEOPLE, a_book, as_csv, cells, checked, people_of, rewritten, understood, with_part

TWO_CELLS = [["TT", "Họ và tên", "", "Đơn vị"], [1, "Trần Thị", "Kiểm", "Phòng 1"], [2, "Lê Hoàng", "Lỗi", "VP"]]


BOTH = [("Trần Thị Kiểm", "kiemtt", "Phòng 1"), ("Lê Hoàng Lỗi", "loilh", "VP")]


def test_a_heading_merged_over_two_columns_has_both_of_them():
    assert people_of(a_book(*TWO_CELLS, merged=["B1:C1"])) == BOTH
    assert people_of(as_csv(TWO_CELLS)) == BOTH  # a CSV keeps no merged cells, only the empty heading


def test_a_column_without_a_heading_that_holds_no_names_is_not_joined():
    ticked = [["Họ và tên", "", "Đơn vị"], ["Trần Kiểm", "x", "VP"], ["Lê Lỗi", "Nữ", "VP"]]
    assert [name for name, *_ in people_of(as_csv(ticked))] == ["Trần Kiểm", "Lê Lỗi"]


def test_the_second_row_of_the_headings_and_the_numbers_of_the_columns_are_nobody():
    rows = [
        ["STT", "Họ và tên", "", "Đơn vị"],
        ["", "Họ đệm", "Tên", ""],
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "Trần Thị", "Kiểm", "Phòng 1"],
    ]
    reading = columns.read(tables.read_tables(a_book(*rows, merged=["A1:A2", "B1:C1", "D1:D2"])))
    assert [(line, values["name"], values["unit"]) for line, values in reading.people] == [
        (4, "Trần Thị Kiểm", "Phòng 1")
    ]


def test_a_unit_merged_beside_several_people_is_the_unit_of_each():
    rows = [["Họ tên", "Đơn vị"], ["Trần Kiểm", "Phòng 1"], ["Lê Lỗi", None], ["Vũ Oanh", "VP"]]
    assert [unit for *_, unit in people_of(a_book(*rows, merged=["B2:B3"]))] == ["Phòng 1", "Phòng 1", "VP"]


def test_the_heading_of_a_part_is_the_unit_of_those_below_it():
    rows = [["TT", "Họ tên", "Chức vụ"], ["I", "Phòng 1", ""], ["1", "Trần Kiểm", "KSV"], ["II", "Văn phòng", ""],
            ["2", "Lê Lỗi", "Kế toán"]]  # fmt: skip
    assert [unit for *_, unit in people_of(as_csv(rows))] == ["Phòng 1", "Văn phòng"]
    merged = [["TT", "Họ tên", "Chức vụ"], ["I. Phòng 1"], ["1", "Trần Kiểm", "KSV"]]
    assert people_of(a_book(*merged, merged=["A2:C2"])) == [("Trần Kiểm", "kiemt", "Phòng 1")]


def test_the_number_of_rows_that_a_program_claims_is_not_believed():
    """WPS Office writes `dimension A1` whatever the sheet holds."""
    claimed = rewritten(
        a_book(*PEOPLE), lambda _, text: re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1"', text)
    )
    assert claimed != a_book(*PEOPLE)
    assert cells(claimed) == PEOPLE


def test_a_workbook_saved_as_strict_open_xml_is_read():
    strict = rewritten(
        a_book(*PEOPLE),
        lambda part, text: text if part == "[Content_Types].xml" else re.sub(
            rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument)/2006/",
            rb"http://purl.oclc.org/ooxml/\1/", text),
    )  # fmt: skip
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(strict)).read("xl/workbook.xml")
    assert cells(strict) == PEOPLE


@pytest.mark.parametrize(
    ("cell", "number_format", "phone"),
    [
        ("0912345671", "General", "0912345671"),
        (912345671, "General", "0912345671"),
        (912345671, "0000000000", "0912345671"),
        (2363888999, "General", "02363888999"),
        ("912 345 671", "General", "0912 345 671"),
        ("84912345671", "General", "84912345671"),
        (113, "General", "113"),
        (113, "0000", "0113"),
    ],
)
def test_a_telephone_number_keeps_its_leading_zero(cell, number_format, phone):
    data = a_book(["Họ tên", "Số ĐT"], ["Lê An", cell], formats=[("B2", number_format)])
    [row] = roster.rows_of(columns.read(tables.read_tables(data)))
    assert row.values["phone"] == phone


def test_a_telephone_number_that_a_spreadsheet_cut_off_is_an_error_at_its_cell():
    [row] = checked([["Họ tên", "Điện thoại"], ["Lê An", "9.12E+08"]])
    assert row.errors == {"phone": "phone_cut"}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Số ĐT", "phone"), ("Số điện thoại liên hệ", "phone"), ("Họ, tên và chữ lót", "name"),
        ("Họ và tên (viết in hoa)", "name"), ("Chức vụ/chức danh", "title"), ("Phòng/ Đơn vị công tác", "unit"),
        ("Thư điện tử công vụ", "email"), ("Ngày sinh", ""), ("Đảng viên", ""), ("Phòng ở", ""), ("", ""),
    ],
)  # fmt: skip
def test_headings_are_known_as_offices_write_them(heading, kind):
    assert columns.kind_of(heading) == kind


def test_each_column_is_told_and_what_is_not_used():
    reading = understood(
        [["STT", "Họ và tên", "Số ĐT", "Ngày sinh"], ["1", "Lê An", "0912345671", "01/02/1980"], ["", "Tổng số: 1"]]
    )
    assert [(column.letter, column.heading, column.kind) for column in reading.columns] == [
        ("A", "STT", "numbering"), ("B", "Họ và tên", "name"), ("C", "Số ĐT", "phone"), ("D", "Ngày sinh", ""),
    ]  # fmt: skip
    assert reading.columns[3].sample == "01/02/1980"
    assert reading.left_out == [(3, "Tổng số: 1", "left_ending")]


def test_the_sheet_with_the_list_is_read_and_the_others_are_named():
    data = a_book(
        ["Ghi chú"], ["Lập ngày 01/11"], rest=[("Danh sách", PEOPLE, "visible"), ("Cũ", PEOPLE[:2], "hidden")]
    )
    reading = columns.read(tables.read_tables(data))
    assert (reading.sheet, reading.other_sheets, len(reading.people)) == ("Danh sách", ["Sheet", "Cũ"], 2)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 700_000 + b"</sst>"),
        ("xl/worksheets/sheet1.xml", b'<worksheet><sheetData><row r="1">' + b"<c/>" * 250_000),
    ],
)
def test_a_workbook_of_millions_of_strings_is_refused_before_it_is_read(part, text):
    huge = with_part(a_book(*PEOPLE), part, text)
    with pytest.raises(tables.Unreadable, match="list_too_large"):
        tables.read_tables(huge)


LINES = st.lists(st.lists(st.sampled_from(["", "I", "1", "Họ và tên", "Tên", "Đơn vị", "Lê An", "Tổng số", "x"]),
                          max_size=6), max_size=12)  # fmt: skip


SPANS = st.frozensets(st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(0, 6)), max_size=6)


@given(LINES, SPANS)
def test_every_row_under_the_headings_is_a_person_or_told_as_left_out(rows, wide):
    table = tables.Table(rows, wide)
    try:
        reading = columns.read([table])
    except tables.Unreadable:
        return
    start, _ = columns.headings(table)
    lines = {line for line, _ in reading.people} | {line for line, *_ in reading.left_out}
    assert lines == {number + 1 for number, row in enumerate(rows) if number > start and any(row)}
