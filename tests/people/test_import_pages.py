"""A list is taken in: seen, mended, and made into people."""

import io
import json
import re
from html import unescape

import pytest
from openpyxl import load_workbook

from meetingroom.auth import account_store
from meetingroom.people import columns, tables
from tests.people.lists import as_csv


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
    before = agency.audit()
    answer = preview(admin, LIST)
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert "nampv" in page
    assert "already in use" in page
    assert "Create the unit “Phòng 7”" in page
    assert fields(answer.text)["take"] == ["2"]
    assert len(agency.read(account_store.list_users)) == 3
    assert agency.audit() == before


def test_the_ticked_rows_become_people_who_can_sign_in(agency, admin):
    sent = fields(preview(admin, LIST).text)
    answer = admin.send("/admin/import/accounts", sent)
    assert answer.status_code == 200
    secret = re.search(r'secret-word">([^<]+)<', answer.text)[1]
    assert agency.user("nampv")["unit_name"] == "Văn phòng"
    assert agency.browser().sign_in("nampv", secret).location == "/account/password"
    assert len(agency.read(account_store.list_users)) == 4
    assert agency.audit()[:3] == ["signed_in", "people_imported", "person_added"]


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
    for page in (answer.text, admin.send("/admin/import", {**fields(answer.text), "told": carried(answer.text)}).text):
        page = unescape(page)
        assert "These columns are not used: Ngày sinh." in page
        assert "Tổng số: 1" in page
        assert "0912345671" in page
    assert "the 0 at the front was put back" in unescape(answer.text)
    assert admin.send("/admin/import", {**fields(answer.text), "told": '{"columns": 5}'}).status_code == 200


def carried(page: str) -> str:
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
