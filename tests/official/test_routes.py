"""Who may look at which document, and who sets how a unit's documents look."""

import pytest

from meetingroom.auth import account_store
from meetingroom.meeting.record import MinutesEdited

API = "/api/meetings/m1/documents"
HEADERS = {"X-Meetingroom": "1"}


def unit_of(program) -> str:
    with program.pool.lend() as db:
        return account_store.list_units(db)[0]["id"]


DOCUMENTS = [("chuong_trinh", 200), ("giay_moi", 200), ("danh_sach", 403), ("thong_bao", 403)]


@pytest.mark.parametrize(("kind", "member"), DOCUMENTS)
def test_members_see_the_programme_and_the_invitation_the_staff_all(running, kind, member):
    assert running.get("em", f"{API}/{kind}.pdf").status_code == member
    assert running.get("la", f"{API}/{kind}.pdf").status_code == 404
    assert running.get(None, f"{API}/{kind}.pdf").status_code == 401


def test_a_document_is_made_of_the_meeting_as_it_stands(running):
    answer = running.get("mai", f"{API}/chuong_trinh.docx")
    assert (answer.status_code, answer.data[:2]) == (200, b"PK")
    refused = running.get("mai", f"{API}/thong_bao.pdf")
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "nothing_to_tell")
    assert running.get("mai", f"{API}/trich_sao.pdf?item=i2").json["error"]["code"] == "item_not_held"
    assert running.get("mai", f"{API}/gi_do.pdf").json["error"]["code"] == "no_such_kind"


def test_a_layout_counts_from_its_day_for_the_minutes_too(running):
    unit, dung = unit_of(running), admin(running)
    wish = {"since": "2026-01-01", "layout": {"issuing": "VIỆN MẪU", "place": "Lạc Giang", "paper": {"left_mm": 35}}}
    assert dung.put(f"/api/units/{unit}/layout", json=wish, headers=HEADERS).status_code == 200
    assert running.get("mai", "/api/meetings/m1/minutes.json").json["head"]["organisation"] == "VIỆN MẪU"
    layout = dung.get(f"/api/units/{unit}/layout").json
    assert (layout["since"], layout["layout"]["paper"]["left_mm"]) == ("2026-01-01", 35)
    running.happens("08:40", "mai", MinutesEdited({"organisation": "Tên riêng"}))
    assert running.get("mai", "/api/meetings/m1/minutes.json").json["head"]["organisation"] == "Tên riêng"


def test_a_value_outside_the_decree_is_refused_with_the_article(running):
    answer = admin(running).put(
        f"/api/units/{unit_of(running)}/layout",
        json={"since": "2026-01-01", "layout": {"paper": {"left_mm": 10}}},
        headers=HEADERS,
    )
    error = answer.json["error"]
    assert (answer.status_code, error["code"], error["article"]) == (422, "outside_the_decree", "PL I, I.2")


def test_the_form_shows_the_page_and_says_what_is_wrong(running):
    unit, client = unit_of(running), admin(running)
    page = client.get(f"/admin/units/{unit}/layout")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "since": "5/1/2026", "left_mm": "mười", "place": "Lạc Giang"}
    refused = client.post(f"/admin/units/{unit}/layout", data=form)
    assert refused.status_code == 422
    assert 'id="left_mm-error"' in refused.text
    assert client.post(f"/admin/units/{unit}/layout", data={**form, "left_mm": "32,5"}).status_code == 302
    assert client.get(f"/api/units/{unit}/layout").json["since"] == "2026-01-05", "a day is read as it is written here"
    assert "05/01/2026" in client.get(f"/admin/units/{unit}/layout").text
    picture = client.get(f"/api/units/{unit}/layout/preview.png")
    assert (picture.status_code, picture.data[:4]) == (200, b"\x89PNG")


def test_only_who_runs_the_system_sets_how_documents_look(running):
    for name in ("an", "mai"):
        client = running.client(name)
        assert client.get(f"/admin/units/{unit_of(running)}/layout").status_code == 403
        wish = {"since": "2026-01-01", "layout": {}}
        answer = client.put(f"/api/units/{unit_of(running)}/layout", json=wish, headers=HEADERS)
        assert answer.status_code == 403


def admin(program):
    with program.pool.writing() as db:
        account_store.edit_user(db, program.ids["dung"], role="admin")
    return program.client("dung")
