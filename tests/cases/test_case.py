"""A case: who opens it, who sees it, what is written down."""

import datetime
import re

import pytest

from meetingroom import clock
from meetingroom.cases import bounds, log_store
from meetingroom.cases.media import store as media
from meetingroom.ops import inspection
from tests.cases.conftest import SHEET
from tests.rooms import paper

CHARGE = {"law": "BLHS", "article": "174", "clause": "4", "point": "a", "version": "2015, sửa đổi 2017"}


def test_the_list_knows_a_case_and_nobody_else_does(room):
    for name, role in (("em", "owner"), ("nam", "helper"), ("an", "leader"), ("phuong", "reader")):
        (case,) = room.api(name, "GET", "/api/cases").json["cases"]
        assert (case["code"], case["title"], case["role"]) == (SHEET["code"], SHEET["title"], role)
        whole = room.api(name, "GET", room.at()).json
        assert (whole["title"], whole["unit"]) == (SHEET["title"], "VKSND tỉnh Lạc Giang")
    for name in ("lan", "admin"):
        assert room.api(name, "GET", "/api/cases").json["cases"] == []
        for method, path in roads(room.app):
            answer = room.api(name, method, path.replace("{case}", room.case), {})
            assert answer.status_code == 404, (name, method, path, answer.status_code)
            nothing = room.api(name, method, path.replace("{case}", "nothing"), {})
            assert nothing.status_code == 404
            assert nothing.data == answer.data or not path.startswith("/api/")
    assert room.browser().api("GET", room.at()).status_code == 401


def roads(app):
    """Every address of a case; a form asks for its token first."""
    for rule in app.url_map.iter_rules():
        if "<case>" in rule.rule and not rule.rule.endswith("/reports/new"):
            path = re.sub(r"<(?!case>)[^>]*>", "1", rule.rule)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, path.replace("<case>", "{case}")


def test_no_list_of_a_case_grows_without_end(room, monkeypatch):
    for table in bounds.MOST:
        monkeypatch.setitem(bounds.MOST, table, 4 if table == "case_people" else 0)
    document = room.laid(["Trang"])
    lan = {"person": room.people["lan"], "role": "reader"}
    full = [
        room.api("em", "POST", room.at("/people"), lan),
        room.api("em", "POST", room.at("/maps"), {"title": "Nội dung", "text": "Vụ án"}),
        room.api("em", "POST", room.at("/callouts"), {"document": document, "page": 1, "rects": [[0, 0, 0.5, 0.5]]}),
        room.sends("em", room.at("/documents"), paper(1), volume="1"),
    ]
    assert [each.json["error"]["code"] for each in full] == ["case_full"] * 4
    assert "no more than 4" in full[0].json["error"]["message"]
    again = {"person": room.people["phuong"], "role": "leader"}
    assert room.api("em", "POST", room.at("/people"), again).status_code == 200
    with room.pool.lend() as db:
        assert db["case_documents"].count == 1


def test_an_administrator_is_never_on_a_list(room):
    assert room.api("admin", "POST", "/api/cases", SHEET | {"code": "x"}).status_code == 403
    answer = room.api("em", "POST", room.at("/people"), {"person": room.people["admin"], "role": "reader"})
    assert answer.status_code == 422
    with room.pool.writing() as db:  # also one who became one later
        db["users"].update(room.people["em"], {"role": "admin"})
    assert room.api("em", "GET", room.at()).status_code == 404


@pytest.mark.parametrize("answer", ["unsure", "yes"])
def test_what_may_be_a_state_secret_leaves_a_shell(room, answer):
    shell = {"code": "07", "secrecy": answer}
    refused = room.api("em", "POST", "/api/cases", shell | {"title": "Vụ án X"})
    assert (refused.status_code, list(refused.json["error"]["fields"])) == (422, ["title"])
    case = room.api("em", "POST", "/api/cases", shell).json["id"]
    found = room.api("em", "GET", f"/api/cases/{case}").json
    assert (found["title"], found["charges"], found["may_edit"]) == ("", [], False)
    assert room.api("em", "PATCH", f"/api/cases/{case}", {"title": "Vụ án X"}).status_code == 422
    assert room.api("em", "PATCH", f"/api/cases/{case}", {"secrecy": "no", "title": "Vụ án X"}).status_code == 200
    assert room.api("em", "PATCH", f"/api/cases/{case}", {"secrecy": "yes", "title": ""}).status_code == 409


def test_a_form_with_several_gaps_hears_of_all_of_them(room):
    answer = room.api("em", "POST", "/api/cases", {"code": "", "title": "x" * 9999})
    assert (answer.status_code, {*answer.json["error"]["fields"]}) == (422, {"code", "secrecy", "title"})


def test_a_charge_is_a_provision_and_a_deadline_counts_down(room):
    today = clock.local(clock.now()).date()
    days = [{"name": "Hạn quyết định truy tố", "date": (today + datetime.timedelta(days=n)).isoformat()}
            for n in (20, -1, 7, 8)]  # fmt: skip
    case = room.api("em", "PATCH", room.at(), {"charges": [CHARGE], "deadlines": days}).json
    assert {key: case["charges"][0][key] for key in CHARGE} == CHARGE
    assert [(each["days"], each["state"]) for each in case["deadlines"]] == [
        (-1, "over"), (7, "near"), (8, "ahead"), (20, "ahead"),
    ]  # fmt: skip
    for wrong in ({"article": "mười"}, {"law": ""}, {"clause": ""}, {"point": "1"}, {"article": "9" * 500}):
        assert room.api("em", "PATCH", room.at(), {"charges": [CHARGE | wrong]}).status_code == 422, wrong
    for wrong in ({"charges": "x"}, {"charges": [1]}, {"deadlines": [{"name": "x", "date": "2026-02-30"}]},
                  {"kind": "x"}, {"code": ""}, {"title": 7}, {"title": "x" * 100_000}):  # fmt: skip
        assert room.api("em", "PATCH", room.at(), wrong).status_code == 422, wrong
    loose = {"charges": [CHARGE | {"article": 174, "person": None}], "parties": [{"name": None}]}
    case = room.api("em", "PATCH", room.at(), loose).json
    assert (case["charges"][0]["article"], case["charges"][0]["person"], case["parties"]) == ("174", "", [])
    assert room.api("em", "PATCH", room.at(), {"parties": [{"name": ["x"]}]}).status_code == 422
    assert room.api("phuong", "PATCH", room.at(), {"title": "x"}).status_code == 403


def test_the_list_has_days_and_exactly_one_owner(room):
    phuong = room.people["phuong"]
    past = {"person": phuong, "role": "reader", "from": "2020-01-01", "until": "2020-12-31"}
    assert room.api("em", "POST", room.at("/people"), past).status_code == 200
    assert room.api("phuong", "GET", room.at()).status_code == 404
    assert room.api("phuong", "GET", "/api/cases").json["cases"] == []
    assert room.api("nam", "POST", room.at("/people"), past | {"until": ""}).status_code == 403
    assert room.api("em", "DELETE", room.at(f"/people/{phuong}")).status_code == 200
    assert room.api("em", "DELETE", room.at(f"/people/{room.people['em']}")).status_code == 409
    assert room.api("em", "POST", room.at("/people"), {"person": phuong, "role": "owner"}).status_code == 422


def test_what_happened_is_chained_and_a_changed_line_is_found(room):
    assert room.log() == ["created", "right_given", "right_given", "right_given"]
    seen = room.api("phuong", "GET", room.at("/log")).json
    assert (seen["broken_at"], seen["lines"][-1]["text"]) == (0, "Hoàng Văn Em opened the case file LG-2026-017")
    with room.pool.writing() as db:
        db.conn.execute("update case_log set data = '{}' where seq = 2")
    assert room.api("phuong", "GET", room.at("/log")).json["broken_at"] == 2
    # An older page of the log answers for its own lines.
    assert room.api("phuong", "GET", room.at("/log?before=2")).json["broken_at"] == 0
    assert room.api("phuong", "GET", room.at("/log?before=4")).json["broken_at"] == 2


def test_pages_of_a_case_are_for_its_list_and_reads_are_written_down(room):
    document = room.filed()
    for name in ("em", "nam", "an", "phuong"):
        page = room.browser(name).get(f"/documents/{document}/pages/1.webp")
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "private, no-store")
        for path in ("pages/1.webp", "pages/1.webp?w=480", "pages/1.json", "pages/bundle-0"):  # no copy lies at a site
            asked = room.browser(name).get(f"/documents/{document}/{path}", **{"X-Site-Asks": "right"})
            assert (asked.status_code, "X-Site-Key" in asked.headers) == (403, False)
    for name in ("lan", "admin"):
        for path in ("pages/1.webp", "pages/1.json", "pages/bundle-0", "pages/words-0", "file"):
            assert room.browser(name).get(f"/documents/{document}/{path}").status_code == 404, (name, path)
        assert room.api(name, "GET", f"/api/documents/{document}").status_code == 404
    assert room.browser("em").get(f"/documents/{document}/pages/bundle-0").status_code == 404
    assert room.browser("phuong").get(f"/documents/{document}/file").status_code == 403
    assert room.api("em", "DELETE", f"/api/documents/{document}").status_code == 403
    with room.pool.lend() as db:
        reads = log_store.list_reads(db, room.case)
    assert {(row["name"], row["page"], row["how"]) for row in reads} == {
        (name, 1, "opened") for name in ("Hoàng Văn Em", "Phan Văn Nam", "Nguyễn Văn An", "Võ Thị Phượng")
    }
    # Taken out of the case: its list is told who did it, and is led back; to others there was nothing.
    assert room.api("em", "DELETE", room.at(f"/documents/{document}")).status_code == 204
    page = f"/cases/{room.case}/pages/{document}/1"
    for path in (f"/api{page}", room.at(f"/documents/{document}")):
        answer = room.api("phuong", "GET", path)
        assert (answer.status_code, answer.json["error"]["code"]) == (410, "case_document_removed")
        assert "Hoàng Văn Em" in answer.json["error"]["message"]
        assert [room.api(name, "GET", path).status_code for name in ("lan", "admin")] == [404, 404]
    seen = room.browser("phuong").get(page)
    assert (seen.status_code, f'href="/cases/{room.case}"' in seen.text) == (410, True)
    assert room.browser("phuong").get(page.replace(document, "nothing")).status_code == 404
    assert [room.browser(name).get(page).status_code for name in ("lan", "admin")] == [404, 404]


def test_verify_reads_the_log_of_a_case_and_the_originals_of_its_recordings(room):
    assert inspection.inspect(room.settings).problems == []
    about = {"title": "Camera", "caption": "", "bl": "", "filename": "a.mp4", "bytes": 3, "format": "mp4"}
    with room.pool.writing() as db:
        id = media.add(db, case=room.case, kind="video", sha="ab" * 32, **about)
        db.conn.execute("update case_log set data = '{}' where \"case\" = ? and seq = 2", (room.case,))
    assert inspection.inspect(room.settings).problems == [
        f"case {room.case}: line 2 of its log was changed outside the program",
        f"recording {id}: the original is missing",
    ]
