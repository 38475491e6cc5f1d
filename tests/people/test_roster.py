"""Lists of people: files as offices make them, what is wrong in them, and what becomes of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.auth import account_store
from meetingroom.meeting import names
from meetingroom.people import columns, roster, tables
from tests.people.lists import PEOPLE, UNITS, as_1258, as_csv, as_xlsx, cells, checked


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
