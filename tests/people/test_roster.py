"""Lists of people: files as offices make them, what is wrong in them, and what becomes of them."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from meetingroom.auth import account_store
from meetingroom.meeting import names
from meetingroom.people import columns, roster, tables

PEOPLE = [
    ["Họ và tên", "Tên đăng nhập", "Chức vụ", "Đơn vị", "Vai trò"],
    ["Phan Văn Nam", "nampv", "Kiểm tra viên", "Phòng 1", "Thành viên"],
    ["Đặng Thị Ánh", "", "Phó Trưởng phòng; phụ trách", "Văn phòng", "Người tổ chức họp"],
]
UNITS = [
    {"id": "u1", "name": "Phòng 1", "short": "P1", "active": 1},
    {"id": "vp", "name": "Văn phòng", "short": "VP", "active": 1},
]


def as_csv(rows, delimiter=",", encoding="utf-8", end="\r\n") -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=delimiter, lineterminator=end).writerows(rows)
    return kept.getvalue().encode(encoding)


def as_xlsx(rows) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


def as_1258(rows) -> bytes:
    """The old Vietnamese code page writes tone marks as letters of their own: decompose, then join the shapes."""
    text = as_csv(rows).decode()
    shapes = {"\u0302", "\u0306", "\u031b"}
    split = ""
    for letter in text:
        base, marks = unicodedata.normalize("NFD", letter)[0], unicodedata.normalize("NFD", letter)[1:]
        kept = "".join(mark for mark in marks if mark in shapes)
        split += unicodedata.normalize("NFC", base + kept) + "".join(mark for mark in marks if mark not in shapes)
    return split.encode("cp1258")


def cells(data: bytes) -> list[list[str]]:
    """The cells of the only sheet."""
    [table] = tables.read_tables(data)
    return table.rows


def understood(*sheets: list[list[str]]) -> columns.Reading:
    return columns.read([tables.Table(rows) for rows in sheets])


def checked(rows, people=(), new_units=()):
    found = roster.rows_of(understood(rows))
    roster.check(found, units=UNITS, people=list(people), new_units=new_units)
    return found


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_csv_is_read_however_it_was_saved(delimiter, encoding, end):
    assert cells(as_csv(PEOPLE, delimiter, encoding, end)) == PEOPLE


def test_a_csv_of_an_old_vietnamese_windows_is_read():
    assert cells(as_1258(PEOPLE)) == PEOPLE


def test_a_decomposed_csv_of_a_mac_is_composed():
    assert cells(unicodedata.normalize("NFD", as_csv(PEOPLE).decode()).encode()) == PEOPLE


def test_the_line_that_tells_excel_the_separator_is_no_row():
    assert cells(b"sep=;\r\n" + as_csv(PEOPLE, ";")) == PEOPLE


def test_a_workbook_is_read_with_its_numbers_as_text():
    rows = [["Họ và tên", "Điện thoại"], ["Lê An", 912345678.0], [None, None]]
    assert cells(as_xlsx(rows)) == [["Họ và tên", "Điện thoại"], ["Lê An", "912345678"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\r\n\r\n", "file_empty"),
        (b"PK\x03\x04 not a workbook", "file_not_readable"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 40, "file_not_readable"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 40 + "EncryptedPackage".encode("utf-16-le"), "file_locked"),
        (b"%PDF-1.7", "file_not_readable"),
        (b"a\0b\0\0\0\0", "file_not_readable"),
        (as_csv([["Cột", "Khác"], ["1", "2"]]), "file_no_names"),
        (as_csv([["Họ và tên"]]), "file_empty"),
        (as_csv([["Họ và tên"], *[[f"Lê Thị {n}"] for n in range(1001)]]), "file_too_long"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(data, code):
    with pytest.raises(tables.Unreadable, match=code):
        roster.rows_of(columns.read(tables.read_tables(data)))


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened(monkeypatch):
    monkeypatch.setattr(tables, "MOST_UNPACKED", 1000)
    with pytest.raises(tables.Unreadable):
        tables.read_tables(as_xlsx(PEOPLE))


@given(st.binary(max_size=400))
def test_any_file_is_a_list_or_refused(data):
    try:
        rows = roster.rows_of(columns.read(tables.read_tables(data)))
    except tables.Unreadable:
        return
    roster.check(rows, units=UNITS, people=[])


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).map(names.tidy)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_every_cell_arrives_as_it_was_written(written, delimiter):
    rows = [["Họ và tên", "Chức vụ", "Đơn vị", "Vai trò"], *[[f"Lê {name}", title, "", ""] for name, title in written]]
    assert cells(as_csv(rows, delimiter, "utf-8-sig")) == [[names.tidy(cell) for cell in row] for row in rows]


PERSON = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "Nguyễn Văn An", "Nguyễn Văn Ân", "Lê Bình", "x" * 150]),
        "username": st.sampled_from(["", "annv", "annv2", "binhl", "Có Dấu", "admin"]),
        "unit": st.sampled_from(["", "Phòng 1", "vp", "Phòng 99"]),
        "role": st.sampled_from(["", "Thành viên", "quản trị", "vua"]),
    }
)


@given(st.lists(PERSON, min_size=1, max_size=12))
def test_rows_in_order_can_all_be_added_at_once(people):
    """No two of them want one user name, none wants one that is taken, all have a name, a role and a known unit."""
    rows = [roster.Row(line, dict.fromkeys(columns.FIELDS, "") | person) for line, person in enumerate(people, 2)]
    roster.check(rows, units=UNITS, people=[{"username": "admin", "name": "Q", "unit": None}])
    good = [row for row in rows if row.is_good]
    usernames = [row.values["username"] for row in good]
    assert len(set(usernames)) == len(usernames)
    assert "admin" not in usernames
    for row in good:
        assert names.is_username(row.values["username"])
        assert row.values["name"]
        assert row.role in account_store.ROLES
        assert (row.unit_id is not None) == bool(row.values["unit"])
    for row in rows:
        assert set(row.errors) <= set(columns.FIELDS)


def test_titles_above_the_headings_and_numbers_beside_them_are_left_out():
    rows = checked(
        [
            ["VIỆN KIỂM SÁT NHÂN DÂN", ""],
            ["Danh sách cán bộ", ""],
            ["STT", "Họ tên", "Đơn vị công tác"],
            ["1", "Lê An", "P1"],
            ["", "", ""],
            ["2", "Lê Bình", "phong 1"],
        ]
    )
    assert [(row.line, row.values["name"], row.unit_id) for row in rows] == [(4, "Lê An", "u1"), (6, "Lê Bình", "u1")]


# How offices write their lists


def a_book(*rows, merged=(), formats=(), rest=()) -> bytes:
    """A workbook with these rows; `rest`: more sheets, (title, rows, state)."""
    book, kept = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    for place, number_format in formats:
        book.active[place].number_format = number_format
    for title, more, state in rest:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in more:
            sheet.append(row)
    book.save(kept)
    return kept.getvalue()


def rewritten(data: bytes, change) -> bytes:
    """The same package with each part's text changed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return kept.getvalue()


def with_part(data: bytes, part: str, text: bytes) -> bytes:
    """The same package with this part in the place of its own, or beside the others."""
    kept = io.BytesIO(rewritten(data, lambda name, old: text if name == part else old))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as packed:
        if part not in packed.namelist():
            packed.writestr(part, text)
    return kept.getvalue()


def people_of(data: bytes) -> list[tuple[str, ...]]:
    rows = roster.rows_of(columns.read(tables.read_tables(data)))
    roster.check(rows, units=UNITS, people=[])
    return [(row.values["name"], row.values["username"], row.values["unit"]) for row in rows]


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
    with pytest.raises(tables.Unreadable, match="file_too_large"):
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
    told = {line for line, _ in reading.people} | {line for line, *_ in reading.left_out}
    assert told == {number + 1 for number, row in enumerate(rows) if number > start and any(row)}


def test_family_and_given_names_in_two_columns_are_one_name():
    [row] = checked([["Họ và tên đệm", "Tên", "Chức danh"], ["Nguyễn Văn", "An", "Kiểm sát viên"]])
    assert (row.values["name"], row.values["username"], row.values["title"]) == (
        "Nguyễn Văn An",
        "annv",
        "Kiểm sát viên",
    )


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("Họ tên", "", "missing"),
        ("Tài khoản", "mai", "username_taken"),
        ("Tài khoản", "có dấu", "username_bad"),
        ("Đơn vị", "Phòng 99", "unit_unknown"),
        ("Vai trò", "vua", "role_bad"),
        ("Email", "không phải", "email_bad"),
        ("Họ tên", "x" * 101, "too_long"),
    ],
)
def test_every_mistake_is_named_at_its_cell(cell, value, code):
    table = {"Họ tên": "Lê An", "Tài khoản": "anl", "Đơn vị": "P1", "Vai trò": "", "Email": "", cell: value}
    [row] = checked([list(table), list(table.values())], people=[{"username": "mai", "name": "Mai", "unit": "vp"}])
    assert row.errors == {columns.kind_of(cell): code}


def test_the_same_user_name_twice_is_an_error_at_the_second_row():
    one, two = checked([["Họ tên", "Tài khoản"], ["Lê An", "anl"], ["Lê Ân", "ANL"]])
    assert one.is_good
    assert two.errors == {"username": "username_twice"}


def test_proposed_user_names_avoid_those_that_stand_in_the_list():
    one, two, three = checked([["Họ tên", "Tài khoản"], ["Lê An", ""], ["Lê Ân", "anl"], ["Lê Ẩn", ""]])
    assert [row.values["username"] for row in (one, two, three)] == ["anl2", "anl", "anl3"]
    assert (one.made, two.made) == (True, False)


def test_somebody_of_the_same_name_in_the_same_unit_is_doubtful():
    known = [{"username": "anl", "name": "Lê An", "unit": "u1"}]
    same, elsewhere = checked([["Họ tên", "Đơn vị"], ["LÊ AN", "Phòng 1"], ["Lê An", "VP"]], people=known)
    assert same.warnings == {"name": "person_exists"}
    assert not same.is_advised
    assert elsewhere.is_advised


def test_a_unit_to_be_created_is_no_error():
    [row] = checked([["Họ tên", "Đơn vị"], ["Lê An", "Phòng 99"]], new_units=["phòng 99"])
    assert row.is_good
    assert roster.unknown_units([row]) == ["Phòng 99"]


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("", "member"),
        ("Đại biểu", "member"),
        ("Quản trị viên", "admin"),
        ("organiser", "organiser"),
        ("ban tổ chức", "organiser"),
    ],
)
def test_roles_are_known_by_the_words_of_the_office(word, role):
    [row] = checked([["Họ tên", "Vai trò"], ["Lê An", word]])
    assert row.role == role


# The pages


@pytest.fixture
def admin(agency):
    return agency.browser("admin")


def preview(admin, rows, name="list.csv"):
    data = {"csrf_token": admin.token("/admin/import"), "file": (io.BytesIO(as_csv(rows)), name)}
    return admin.client.post("/admin/import", data=data, content_type="multipart/form-data")


def fields(page) -> dict:
    """What the form of the preview would send as it stands."""
    hidden = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
    ticked = re.findall(r'name="take" value="(\d+)"[^>]* checked', page)
    return {"rows": hidden["rows"], "seen": hidden["seen"], "filename": hidden["filename"], "take": ticked}


LIST = [
    ["Họ và tên", "Tên đăng nhập", "Đơn vị"],
    ["Phan Văn Nam", "", "Văn phòng"],
    ["Vũ Thị Oanh", "mai", "VP"],
    ["Hồ Quang Sáng", "", "Phòng 7"],
]


def test_a_preview_writes_nothing(agency, admin):
    before = agency.trail()
    answer = preview(admin, LIST)
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert "nampv" in page
    assert "already in use" in page
    assert "Create the unit “Phòng 7”" in page
    assert fields(answer.text)["take"] == ["2"]
    assert len(agency.read(account_store.list_users)) == 3
    assert agency.trail() == before


def test_the_ticked_rows_become_people_who_can_sign_in(agency, admin):
    sent = fields(preview(admin, LIST).text)
    answer = admin.send("/admin/import/accounts", sent)
    assert answer.status_code == 200
    secret = re.search(r'secret-word">([^<]+)<', answer.text)[1]
    assert agency.user("nampv")["unit_name"] == "Văn phòng"
    assert agency.browser().sign_in("nampv", secret).location == "/account/password"
    assert len(agency.read(account_store.list_users)) == 4
    assert agency.trail()[:3] == ["signed_in", "people_imported", "person_added"]


def test_a_mended_cell_and_a_created_unit_bring_the_rows_in_order(agency, admin):
    sent = fields(preview(admin, LIST).text)
    mended = {**sent, "cell-3-username": "oanhvt", "new_unit": "Phòng 7"}
    again = fields(admin.send("/admin/import", mended).text)
    assert again["take"] == ["2", "3", "4"]
    admin.send("/admin/import/accounts", {**again, "new_unit": "Phòng 7"})
    assert agency.user("oanhvt")["name"] == "Vũ Thị Oanh"
    assert agency.user("sanghq")["unit_name"] == "Phòng 7"
    assert agency.read(account_store.unit, agency.user("sanghq")["unit"])["parent"] == agency.root


def test_the_preview_tells_column_by_column_what_is_read_and_what_is_left_out(admin):
    rows = [["STT", "Họ và tên", "Số ĐT", "Ngày sinh"], ["1", "Lê An", "912345671", "01/02/1980"], ["", "Tổng số: 1"]]
    answer = preview(admin, rows)
    for page in (answer.text, admin.send("/admin/import", {**fields(answer.text), "told": told(answer.text)}).text):
        page = unescape(page)
        assert "These columns are not used: Ngày sinh." in page
        assert "Tổng số: 1" in page
        assert "0912345671" in page
    assert "the 0 at the front was put back" in unescape(answer.text)
    assert admin.send("/admin/import", {**fields(answer.text), "told": '{"columns": 5}'}).status_code == 200


def told(page: str) -> str:
    return unescape(re.search(r'name="told" value="([^"]*)"', page)[1])


def test_an_unticked_row_stays_unticked_when_the_list_is_checked_again(admin):
    sent = fields(preview(admin, LIST).text)
    again = fields(admin.send("/admin/import", {**sent, "take": [], "cell-3-username": "oanhvt"}).text)
    assert again["take"] == ["3"]


def test_nobody_is_added_when_one_of_the_rows_has_become_wrong(agency, admin):
    sent = fields(preview(admin, [LIST[0], LIST[1], ["Trần An", "antr", ""]]).text)
    assert sent["take"] == ["2", "3"]
    agency.add("antr", "Somebody Faster")
    answer = admin.send("/admin/import/accounts", sent)
    assert answer.status_code == 422
    assert agency.user("nampv") is None


def test_rows_that_were_tampered_with_are_checked_like_any(agency, admin):
    rows = json.dumps([[2, {"name": "X", "username": "admin", "role": "admin"}]])
    assert admin.send("/admin/import/accounts", rows=rows, take="2").status_code == 422
    assert admin.send("/admin/import/accounts", rows="not json", take="2").status_code == 400
    assert admin.send("/admin/import/accounts", rows='{"a": 1}', take="2").status_code == 400
    assert len(agency.read(account_store.list_users)) == 3


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"a,b\n1,2"])
def test_a_file_that_is_no_list_is_told_so(admin, data):
    sent = {"csrf_token": admin.token("/admin/import"), "file": (io.BytesIO(data), "x.csv")}
    answer = admin.client.post("/admin/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_no_file_at_all_is_told_so(admin):
    assert admin.send("/admin/import").status_code in (400, 422)


def test_the_templates_can_be_read_back(agency, admin):
    [table] = tables.read_tables(admin.get("/admin/import/template.csv").data)
    workbook = admin.get("/admin/import/template.xlsx").data
    assert set(columns.headings(table)[1]) == set(columns.FIELDS)
    assert set(columns.headings(tables.read_tables(workbook)[0])[1]) == set(columns.FIELDS)
    help = load_workbook(io.BytesIO(workbook)).worksheets[1]
    assert [cell.value for cell in help["D"] if cell.value][1:] == ["VKSND tỉnh Lạc Giang", "Văn phòng"]


def test_a_list_of_five_hundred_takes_seconds(agency, admin):
    rows = [["Họ tên"], *[[f"Trần Văn {chr(65 + n // 26)}{chr(97 + n % 26)}"] for n in range(500)]]
    sent = fields(preview(admin, rows).text)
    assert len(sent["take"]) == 500
    assert admin.send("/admin/import/accounts", sent).status_code == 200
    assert len(agency.read(account_store.list_users)) == 503
