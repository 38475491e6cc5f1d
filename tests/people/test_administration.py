"""People and units in the hands of the administrator."""

import re
from html import unescape

import pytest

from meetingroom.auth import account_store
from meetingroom.web import address
from tests.people.conftest import PASSWORD

NEW = {"name": "  Đặng  Văn Giang ", "title": "Trưởng phòng 9", "role": "member", "unit": "", "username": ""}


@pytest.fixture
def admin(agency):
    return agency.browser("admin")


def secret_on(answer) -> str:
    return re.search(r'secret-word">([^<]+)<', answer.text)[1]


def names_on(page) -> list[str]:
    return re.findall(r'aria-hidden="true">[^<]+</span><span>([^<]+)</span></a></th>', page)


def test_people_are_listed_in_the_order_of_an_attendance_list(agency, admin):
    agency.add("hoa", "Vũ Thị Ánh")
    assert names_on(admin.page("/admin/people")) == ["Nguyễn Văn An", "Vũ Thị Ánh", "Bùi Thị Hạnh", "Lý Thị Mai"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ly thi", ["Lý Thị Mai"]),
        ("q=Hạnh", ["Bùi Thị Hạnh"]),
        ("q=vien truong", ["Nguyễn Văn An"]),
        ("role=organiser", ["Lý Thị Mai"]),
        ("state=inactive", ["Đỗ Văn Ích"]),
        ("q=nobody", []),
    ],
)
def test_people_are_found_by_words_role_and_state(agency, admin, query, found):
    agency.write(account_store.deactivate, agency.add("ich", "Đỗ Văn Ích"))
    assert names_on(admin.page(f"/admin/people?{query}")) == found


def test_a_unit_holds_the_people_of_the_units_below_it(agency, admin):
    agency.add("ich", "Đỗ Văn Ích", unit=None)
    assert len(names_on(admin.page(f"/admin/people?unit={agency.root}"))) == 3
    assert names_on(admin.page("/admin/people?unit=none")) == ["Đỗ Văn Ích"]


def test_a_new_person_gets_a_user_name_and_a_password_shown_once(agency, admin):
    answer = admin.send("/admin/people/new", {**NEW, "unit": agency.office})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    person = agency.user("giangdv")
    assert (person["name"], person["title"], person["unit_name"]) == ("Đặng Văn Giang", "Trưởng phòng 9", "Văn phòng")
    secret = secret_on(answer)
    assert agency.browser().sign_in("giangdv", secret).location == "/account/password"
    assert secret not in admin.page(f"/admin/people/{person['id']}")
    assert secret not in str(agency.read(account_store.audit_lines))


def test_the_second_of_a_name_gets_another_user_name(agency, admin):
    for _twin in range(2):
        admin.send("/admin/people/new", NEW)
    assert agency.user("giangdv")
    assert agency.user("giangdv2")


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"name": " "}, "Please fill in this field."),
        ({"username": "mai"}, "already in use"),
        ({"username": "Đặng"}, "Only letters without marks"),
        ({"role": "emperor"}, "There is no such role."),
        ({"unit": "nowhere"}, "There is no such unit."),
        ({"email": "not an address"}, "not an e-mail address"),
        ({"name": "x" * 101}, "too long"),
    ],
)
def test_a_new_person_is_refused_field_by_field(agency, admin, wrong, problem):
    answer = admin.send("/admin/people/new", {**NEW, **wrong})
    assert answer.status_code == 422
    assert problem in unescape(answer.text)
    assert len(agency.read(account_store.list_users)) == 3


def test_an_edit_is_kept_and_written_down(agency, admin):
    id = agency.people["an"]
    values = {
        "name": "Nguyễn Văn Ân",
        "username": "an",
        "role": "organiser",
        "unit": agency.root,
        "phone": "0912 345 678",
    }
    assert admin.send(f"/admin/people/{id}", values).status_code == 302
    person = agency.user("an")
    assert (person["name"], person["role"], person["unit"]) == ("Nguyễn Văn Ân", "organiser", agency.root)
    line = agency.read(account_store.audit_lines)[0]
    assert (line["name"], line["by"], line["subject"]) == ("person_edited", agency.people["admin"], id)
    assert "0912" not in str(line)


def test_what_was_sent_without_a_change_is_no_line_in_the_log(agency, admin):
    id, before = agency.people["an"], agency.audit()
    values = {key: agency.user("an")[key] or "" for key in ("name", "username", "title", "unit", "role")}
    admin.send(f"/admin/people/{id}", values)
    assert agency.audit() == before


def test_a_deactivated_person_is_put_out_at_once(agency, admin):
    theirs = agency.browser("mai")
    admin.send(f"/admin/people/{agency.people['mai']}/deactivate")
    assert theirs.api("GET", "/api/session").status_code == 401
    assert agency.dismissed == [agency.people["mai"]]
    assert agency.browser().sign_in("mai").status_code == 401
    admin.send(f"/admin/people/{agency.people['mai']}/reactivate")
    assert theirs.api("GET", "/api/session").status_code == 401
    assert agency.browser().sign_in("mai").status_code == 302


def test_the_last_administrator_stays(agency, admin):
    id = agency.people["admin"]
    assert admin.send(f"/admin/people/{id}/deactivate").status_code == 409
    values = {"name": "Bùi Thị Hạnh", "username": "admin", "role": "member"}
    answer = admin.send(f"/admin/people/{id}", values)
    assert answer.status_code == 422
    assert "last administrator" in answer.text
    other = agency.add("second", "Người Thứ Hai", role="admin")
    assert agency.browser("second").send(f"/admin/people/{id}/deactivate").status_code == 302
    assert agency.read(account_store.is_last_admin, other)
    assert agency.browser("second").send(f"/admin/people/{other}/deactivate").status_code == 409


def test_nobody_deactivates_themselves_even_with_another_administrator(agency, admin):
    agency.add("second", "Người Thứ Hai", role="admin")
    assert admin.send(f"/admin/people/{agency.people['admin']}/deactivate").status_code == 409


def test_a_reset_password_ends_every_session_and_the_old_password(agency, admin):
    theirs = agency.browser("mai")
    secret = secret_on(admin.send(f"/admin/people/{agency.people['mai']}/reset"))
    assert theirs.api("GET", "/api/session").status_code == 401
    assert agency.dismissed == [agency.people["mai"]]
    assert agency.browser().sign_in("mai", PASSWORD).status_code == 401
    assert agency.browser().sign_in("mai", secret).location == "/account/password"


def test_a_sign_in_link_from_the_administrator_works(agency, admin):
    text = admin.send(f"/admin/people/{agency.people['mai']}/link").text
    link = re.search(r"http://[\w.]+(/in/[a-z0-9-]+)", text)[1]
    browser = agency.browser()
    browser.send(link, at=link)
    assert browser.api("GET", "/api/session").json["user"]["username"] == "mai"


def test_what_is_handed_out_never_leads_a_tablet_to_itself(agency, admin, monkeypatch):
    monkeypatch.setattr(address, "own_address", lambda: "192.168.1.5")
    slip = admin.send(f"/admin/people/{agency.people['mai']}/reset").text
    link = admin.send(f"/admin/people/{agency.people['mai']}/link").text
    assert "http://192.168.1.5<" in slip
    assert "http://192.168.1.5/in/" in link
    assert "localhost" not in slip + link


def test_there_is_no_link_for_somebody_deactivated(agency, admin):
    agency.write(account_store.deactivate, agency.people["mai"])
    assert admin.send(f"/admin/people/{agency.people['mai']}/link").status_code == 409


def test_a_slip_offers_no_switch_of_language_that_would_lose_it(agency, admin):
    assert 'action="/language"' in admin.page("/admin/people")
    assert 'action="/language"' not in admin.send(f"/admin/people/{agency.people['mai']}/reset").text


def test_a_person_nobody_knows_is_not_found(admin):
    assert admin.get("/admin/people/unknown").status_code == 404
    assert admin.send("/admin/people/unknown/reset").status_code == 404


def test_the_page_of_a_person_escapes_what_was_typed(agency, admin):
    id = agency.add("script", "<script>alert(1)</script>", title='"><img src=x>')
    for path in (f"/admin/people/{id}", "/admin/people", f"/admin/audit?person={id}"):
        assert "<script>alert" not in admin.get(path).text
        assert "<img src=x>" not in admin.get(path).text


# Units


def tree(agency):
    return [(unit["name"], unit["depth"]) for unit in agency.read(account_store.list_units) if unit["active"]]


def test_a_unit_is_added_below_another(agency, admin):
    admin.send("/admin/units", name=" Phòng  1 ", short="P1", parent=agency.root)
    assert tree(agency) == [("VKSND tỉnh Lạc Giang", 0), ("Văn phòng", 1), ("Phòng 1", 1)]


@pytest.mark.parametrize(
    ("name", "problem"), [("", "Please fill in"), ("văn phòng", "already a unit"), ("x" * 201, "too long")]
)
def test_a_unit_needs_a_name_of_its_own(agency, admin, name, problem):
    answer = admin.send("/admin/units", name=name, parent=agency.root)
    assert answer.status_code == 422
    assert problem in answer.text


def test_a_unit_has_the_head_that_is_named_of_its_own_people(agency, admin):
    mine, other = agency.people["mai"], agency.people["an"]
    with agency.context.pool.writing() as db:
        account_store.edit_user(db, mine, unit=agency.office)
        name = account_store.unit(db, agency.office)["name"]
        elsewhere = account_store.find_user(db, other)["unit"] != agency.office
    admin.send(f"/admin/units/{agency.office}", name=name, head=mine)
    assert head_of(agency) == mine
    admin.send(f"/admin/units/{agency.office}", name=name)
    assert head_of(agency) == mine
    admin.send(f"/admin/units/{agency.office}", name=name, head=other if elsewhere else "nobody")
    assert head_of(agency) == ""


def head_of(agency) -> str:
    with agency.context.pool.lend() as db:
        return account_store.unit(db, agency.office)["head"]


def test_units_are_moved_up_and_down(agency, admin):
    one = agency.write(account_store.add_unit, name="Phòng 1", parent=agency.root)
    two = agency.write(account_store.add_unit, name="Phòng 2", parent=agency.root)
    admin.send(f"/admin/units/{two}/move", to="up")
    admin.send(f"/admin/units/{two}/move", to="up")
    admin.send(f"/admin/units/{two}/move", to="up")
    admin.send(f"/admin/units/{agency.office}/move", to="down")
    assert [name for name, _depth in tree(agency)][1:] == ["Phòng 2", "Phòng 1", "Văn phòng"]
    admin.send(f"/admin/units/{one}/move", to="down")
    admin.send(f"/admin/units/{one}/move", to="down")
    assert [name for name, _depth in tree(agency)][1:] == ["Phòng 2", "Văn phòng", "Phòng 1"]


def test_a_renamed_unit_is_renamed_for_everybody_in_it(agency, admin):
    admin.send(f"/admin/units/{agency.office}", name="Văn phòng tổng hợp", parent=agency.root)
    assert agency.user("mai")["unit_name"] == "Văn phòng tổng hợp"


def test_a_unit_does_not_stand_under_itself_or_what_is_below_it(agency, admin):
    for parent in (agency.root, agency.office):
        assert admin.send(f"/admin/units/{agency.root}", name="VKSND", parent=parent).status_code == 422
    assert len(tree(agency)) == 2


def test_a_unit_with_people_is_not_taken_out_of_use(agency, admin):
    assert admin.send(f"/admin/units/{agency.office}/deactivate").status_code == 409
    empty = agency.write(account_store.add_unit, name="Phòng 1", parent=agency.root)
    admin.send(f"/admin/units/{empty}/deactivate")
    assert len(tree(agency)) == 2
    admin.send(f"/admin/units/{empty}/reactivate")
    assert len(tree(agency)) == 3


def test_a_merged_unit_gives_its_people_and_sub_units_to_the_other(agency, admin):
    other = agency.write(account_store.add_unit, name="Phòng Tổng hợp", parent=agency.root)
    below = agency.write(account_store.add_unit, name="Tổ văn thư", parent=agency.office)
    admin.send(f"/admin/units/{agency.office}/merge", into=other)
    assert agency.user("mai")["unit_name"] == "Phòng Tổng hợp"
    assert agency.read(account_store.unit, below)["parent"] == other
    assert ("Văn phòng", 1) not in tree(agency)
    assert agency.read(account_store.unit, agency.office)["name"] == "Văn phòng"


def test_a_unit_is_not_merged_into_itself_or_nowhere(agency, admin):
    assert admin.send(f"/admin/units/{agency.root}/merge", into=agency.office).status_code == 422
    assert admin.send(f"/admin/units/{agency.office}/merge", into="nowhere").status_code == 422
    assert agency.user("mai")["unit_name"] == "Văn phòng"


# The access log


def test_the_access_log_says_who_did_what_to_whom(agency, admin):
    admin.send(f"/admin/people/{agency.people['mai']}/reset")
    admin.send("/admin/units", name="Phòng 1", parent=agency.root)
    page = admin.page("/admin/audit")
    assert "Bùi Thị Hạnh reset the password of Lý Thị Mai" in page
    assert "Bùi Thị Hạnh added the unit Phòng 1" in page
    assert "Phòng 1" not in admin.page(f"/admin/audit?person={agency.people['mai']}")
    assert "added the unit" in admin.page("/admin/audit?name=unit_added")


def test_every_line_of_the_log_has_its_sentence(agency):
    """What routes write down is what `trail` has words for."""
    import ast
    from pathlib import Path

    from meetingroom.people import audit

    written = set()
    for path in Path("meetingroom").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") == "write_audit_line"
                and len(node.args) > 1
            ):
                written |= {node.args[1].value} if isinstance(node.args[1], ast.Constant) else set()
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) == "start_session"
            ):
                written.add(node.args[1].value)
    assert written == set(audit.LINES)


def test_a_long_log_has_pages(agency, admin):
    with agency.context.pool.writing() as db:
        for number in range(150):
            account_store.write_audit_line(db, "signed_out", by=agency.people["an"], number=number)
    page = admin.page("/admin/audit")
    assert page.count("signed out") >= 100
    earlier = re.search(r'href="(/admin/audit\?[^"]*before=\d+)"', page)[1]
    assert "signed out" in admin.page(earlier)
