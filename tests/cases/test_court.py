"""A trial is followed, over the wire: who sees it, who writes, what two wrote of the same, what comes out."""

import io

import docx
import openpyxl
import pypdfium2
import pytest

from meetingroom import clock
from meetingroom.cases.court import store

TRIAL = {
    "court": "TAND tỉnh Lạc Giang", "days": ["2026-12-16"], "place": "Phòng xử án số 1", "panel": "Chủ tọa: Lê Văn K",
    "prosecutors": ["Hoàng Văn Em"], "people": [{"role": "Chủ tọa", "name": "Lê Văn K"}],
    "sites": ["Trụ sở", "Hội trường"],
}  # fmt: skip


@pytest.fixture
def trial(room):
    """The helper opened it and observes; `lan`, who is not on the list, is invited."""
    room.hearing = room.api("nam", "POST", room.at("/court"), TRIAL).json["id"]
    put = room.api("em", "POST", of(room, "/observers"), {"person": room.people["lan"], "site": "Hội trường"})
    assert put.status_code == 200, put.text
    return room


def of(room, path=""):
    return room.at(f"/court/{room.hearing}{path}")


def put(id, text, **more):
    said = {"phase": "questioning", "role": "Bị cáo", "name": "Nguyễn Văn A", "kind": "answer", "text": text}
    return {"op": f"op-{id}", "id": id, "put": said | more}


def writes(room, who, *acts, sent_at=None):
    answer = room.api(who, "POST", of(room, "/entries"), {"acts": list(acts), "sent_at": sent_at})
    assert answer.status_code == 200, answer.text
    return answer.json


def read(room, who="em", query=""):
    return room.api(who, "GET", of(room, f"/entries{query}")).json


def test_an_invited_observer_sees_this_trial_and_no_other_page(trial):
    room = trial
    seen = room.api("lan", "GET", of(room)).json
    assert (seen["role"], seen["observes"], seen["own_site"]) == ("", True, "Hội trường")
    assert room.browser("lan").get(f"/cases/{room.case}/court/{room.hearing}").status_code == 200
    other = room.api("em", "POST", room.at("/court"), TRIAL).json["id"]
    page = f"/cases/{room.case}"
    for path in (page, f"{page}/court", f"{page}/court/{other}", room.at(), room.at("/court"),
                 room.at(f"/court/{other}/entries"), room.at("/cite?q=1"), room.at("/log")):  # fmt: skip
        assert room.browser("lan").get(path).status_code == 404, path
    for path in ("/table.pdf", "/notice.docx", "/check.pdf"):
        assert room.api("lan", "GET", of(room, path)).status_code == 403
    home = room.browser("lan").page("/")
    assert f"/cases/{room.case}/court/{room.hearing}" in home
    assert "/court/" not in room.browser("phuong").page("/")
    # To everybody else, and to an administrator who was invited before he became one, there is none.
    room.api("em", "DELETE", of(room, f"/observers/{room.people['lan']}"))
    assert room.api("lan", "GET", of(room)).status_code == 404
    assert room.api("em", "POST", of(room, "/observers"), {"person": room.people["admin"]}).status_code == 422
    room.api("em", "POST", of(room, "/observers"), {"person": room.people["lan"]})
    with room.pool.writing() as db:
        db["users"].update(room.people["lan"], {"role": "admin"})
    assert room.api("lan", "GET", of(room)).status_code == 404
    # Off the list of the case is out of its trials.
    room.api("em", "POST", of(room, "/observers"), {"person": room.people["phuong"]})
    room.api("em", "DELETE", room.at(f"/people/{room.people['phuong']}"))
    assert room.api("phuong", "GET", of(room)).status_code == 404


def test_observers_write_and_each_changes_his_own(trial):
    room = trial
    assert room.api("em", "POST", of(room, "/entries"), {"acts": [put("x", "x")]}).status_code == 403
    assert writes(room, "nam", put("a", "Khai nhận", bl="84"))["results"] == [{"op": "op-a", "id": "a"}]
    writes(room, "nam", put("a", "Khai nhận", bl="84"))  # sent twice, kept once
    (one,) = read(room)["entries"]
    assert (one["text"], one["by_name"], one["site"], one["edits"]) == ("Khai nhận", "Phan Văn Nam", "", 0)
    refused = writes(
        room, "lan", {"op": "1", "id": "a", "edit": {"text": "y"}}, {"op": "2", "id": "a", "remove": True},
        {"op": "3", "id": "z", "mark": True}, {"op": "4", "id": "b", "put": {"text": "x"}},
        put("a", "của tôi") | {"op": "5"}, {"op": "op-a", "id": "a", "put": {}}, {"op": "6", "id": "a"}, 7,
        put("b" * 81, "x") | {"op": "7"}, put("b", "x") | {"op": "o" * 81},
    )["results"]  # fmt: skip
    assert [each["error"]["code"] for each in refused] == [
        "court_not_yours", "court_not_yours", "no_such_entry", "court_entry", "court_id_taken", "court_id_taken",
        "malformed", "malformed", "malformed", "malformed",
    ]  # fmt: skip
    rev = read(room)["rev"]
    writes(
        room, "nam", {"op": "e1", "id": "a", "edit": {"text": "Khai không nhận"}}, {"op": "m", "id": "a", "mark": True}
    )
    (one,) = read(room, query=f"?since={rev}")["entries"]
    assert (one["text"], one["edits"], one["marked_name"]) == ("Khai không nhận", 1, "Phan Văn Nam")
    changes = room.api("lan", "GET", of(room, "/entries/a/changes")).json["changes"]
    assert [(each["what"], each["before"]) for each in changes][:2] == [("put", {}), ("edit", {"text": "Khai nhận"})]
    writes(room, "nam", {"op": "r1", "id": "a", "remove": True})
    (one,) = read(room)["entries"]
    assert (one["text"], one["removed_at"] > 0) == ("", True), "that it was there stays"
    assert read(room, query="?q=nhan")["entries"] == []
    writes(room, "nam", {"op": "r2", "id": "a", "remove": False})
    assert read(room)["entries"][0]["text"] == "Khai không nhận"
    # Whoever spoke is in the list from then on.
    assert {"role": "Bị cáo", "name": "Nguyễn Văn A"} in room.api("em", "GET", of(room)).json["people"]


def test_what_waited_on_a_tablet_with_a_wrong_clock_stands_where_it_was_said(trial):
    room = trial
    writes(room, "nam", put("late", "nói sau"))
    ahead = clock.now() + 13 * 60_000  # the tablet's clock
    writes(room, "lan", {**put("early", "nói trước"), "at": ahead - 300_000}, sent_at=ahead)
    early, late = read(room)["entries"]
    assert [early["id"], late["id"]] == ["early", "late"]
    assert (early["at"] - early["moment"], early["typed_at"]) == (300_000, ahead - 300_000)
    assert abs(early["astray"] - 13 * 60_000) < 30_000


def test_two_of_the_same_are_joined_and_taken_apart(trial):
    room = trial
    writes(room, "nam", put("a", "Bị cáo nhận tội"), put("c", "khác", phase="debate", kind="violation"))
    writes(room, "lan", put("b", "Nhận tội"), {"op": "j", "id": "b", "join": "a"})
    assert read(room)["counts"]["kinds"] == {"answer": 1, "violation": 1}
    one, two, _other = read(room)["entries"]
    assert (two["joined"], two["joined_name"], one["text"], two["text"]) == (
        "a",
        "Đỗ Thị Lan",
        "Bị cáo nhận tội",
        "Nhận tội",
    )
    assert writes(room, "nam", {"op": "j2", "id": "a", "join": "b"})["results"][0]["error"]["code"] == "court_same"
    # Found by either text, shown with both.
    assert [each["id"] for each in read(room, query="?q=bi cao nhan")["entries"]] == ["a", "b"]
    assert [each["id"] for each in read(room, query=f"?by={room.people['lan']}")["entries"]] == ["a", "b"]
    writes(room, "nam", {"op": "j3", "id": "c", "join": "b"}, {"op": "r", "id": "a", "remove": True})
    gone = {each["id"]: each["joined"] for each in read(room)["entries"]}
    assert gone == {"a": "", "b": "", "c": "b"}, "the next one stands for the others"
    writes(room, "lan", {"op": "u", "id": "c", "unjoin": True})
    assert {each["joined"] for each in read(room)["entries"]} == {""}


def test_a_violation_counts_and_is_told_though_an_event_stands_for_it(trial):
    room = trial
    writes(room, "nam", put("a", "Chủ tọa công bố thành phần", kind="event"))
    writes(room, "lan", put("b", "Không giải thích quyền", kind="violation", bl="BL 84"),
           {"op": "j", "id": "b", "join": "a"})  # fmt: skip
    assert read(room)["counts"]["kinds"] == {"event": 1, "violation": 1}
    (hearing,) = room.api("em", "GET", room.at("/court")).json["hearings"]
    assert (hearing["entries"], hearing["violations"]) == (1, 1)
    file = docx.Document(io.BytesIO(room.api("em", "GET", of(room, "/notice.docx")).data))
    text = "\n".join(each.text for each in file.paragraphs).replace("\N{NO-BREAK SPACE}", " ")
    assert "I. VI PHẠM" in text
    assert "Không giải thích quyền" in text
    assert "BL BL" not in text


def test_sheets_that_are_cited_open_for_the_list_alone(trial):
    room = trial
    document = room.filed(pages=1)
    numbering = room.api("em", "POST", room.at("/numberings"), {"name": "BL-CQĐT"}).json["id"]
    run = {"document": document, "first": 1, "last": 1, "label": "86", "rule": "page"}
    assert room.api("em", "POST", room.at(f"/numberings/{numbering}/runs"), run).status_code in (200, 201)
    writes(room, "lan", put("a", "Công bố bút lục số 85", bl="BL 86, 90"))
    (one,) = read(room)["entries"]
    assert [(each["label"], each["result"]) for each in one["cited"]] == [("86", "one"), ("90", "none"), ("85", "none")]
    assert one["cited"][0]["pages"][0] | {"title": "", "checked": 0} == {
        "document": document, "page": 1, "title": "", "volume": 1, "checked": 0,
    }  # fmt: skip
    assert (read(room, "lan")["entries"][0]["cited"], one["bl"]) == ([], "BL 86, 90")
    found = [each for each in room.api("em", "GET", room.at("/findings")).json if each["kind"] == "not_found"]
    assert found[0]["url"] == f"/cases/{room.case}/court/{room.hearing}#a"


def test_a_closed_log_is_read_only_and_both_are_written_down(trial):
    room = trial
    writes(room, "nam", put("a", "x"))
    assert room.api("nam", "PATCH", of(room), {"closed": True}).status_code == 403
    assert room.api("em", "PATCH", of(room), {"closed": True}).json["closed_at"] > 0
    late = room.api("nam", "POST", of(room, "/entries"), {"acts": [put("b", "y")]})
    assert (late.status_code, late.json["error"]["code"]) == (409, "court_closed")
    assert room.api("em", "PATCH", of(room), {"place": "khác"}).status_code == 409
    assert room.api("em", "POST", of(room, "/observers"), {"person": room.people["an"]}).status_code == 409
    room.api("em", "PATCH", of(room), {"closed": False})
    writes(room, "nam", put("b", "y"))
    lines = [line["text"] for line in room.api("em", "GET", room.at("/log")).json["lines"]]
    assert "opened the log of the trial again" in lines[0]
    assert "(entries: 1, SHA-256" in lines[1]
    assert "Hoàng Văn Em named Đỗ Thị Lan as an observer" in lines[2]
    assert room.api("em", "DELETE", of(room)).status_code == 409
    room.api("em", "PATCH", room.at(), {"closed": True})
    assert room.api("nam", "POST", of(room, "/entries"), {"acts": [put("c", "z")]}).status_code == 409
    assert room.api("em", "DELETE", of(room)).json["error"]["code"] == "case_closed"
    assert "/court/" not in room.browser("lan").page("/"), "nobody is called to a log that takes nothing"
    room.api("em", "PATCH", room.at(), {"closed": False})
    room.api("em", "DELETE", room.at(), {"code": "LG-2026-017", "reason": "thử"})
    with room.pool.lend() as db:
        for table in ("court_hearings", "court_observers", "court_entries", "court_changes"):
            assert db[table].count == 0


def test_what_comes_out_has_every_text_and_no_formula(trial):
    room = trial
    long = "Bị cáo trình bày. " * 220  # 3,960 letters
    violation = put("v", "Không giải thích quyền", kind="violation", phase="opening", role="Chủ tọa", name="Lê Văn K")
    strength = put("s", "Hỏi rõ ràng 漢", kind="strength", role="Kiểm sát viên", name="Hoàng Văn Em")
    writes(room, "nam", put("a", "=HYPERLINK(1)", bl="84"), put("l", long), strength, violation)
    writes(room, "lan", put("b", "@SUM(A1)"), {"op": "j", "id": "b", "join": "a"})
    book = openpyxl.load_workbook(io.BytesIO(room.api("phuong", "GET", of(room, "/table.xlsx")).data))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in cells)
    assert "Phan Văn Nam: =HYPERLINK(1)\nĐỗ Thị Lan: @SUM(A1)" in {cell.value for cell in cells}
    for path, said in (("/table.pdf", ("=HYPERLINK(1)", "@SUM(A1)", "Không giải thích quyền", "Đỗ Thị Lan")),
                       ("/check.pdf", ("=HYPERLINK(1)", "Không giải thích quyền", "Missing"))):  # fmt: skip
        pages = pypdfium2.PdfDocument(room.api("em", "GET", of(room, path)).data)
        text = " ".join("\n".join(page.get_textpage().get_text_range() for page in pages).split())
        assert [each for each in said if each not in text] == [], text[:600]
        assert text.count("trình bày") == 220
    file = docx.Document(io.BytesIO(room.api("em", "GET", of(room, "/notice.docx")).data))
    text = "\n".join([*(each.text for each in file.paragraphs),
                      *(cell.text for table in file.tables for row in table.rows for cell in row.cells)])  # fmt: skip
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    for said in ("THÔNG BÁO", "TB", "Ngày 16 tháng 12 năm 2026, TAND", "I. ƯU ĐIỂM", "II. VI PHẠM",
                 "1. Kiểm sát viên Hoàng Văn Em: Hỏi rõ ràng", "Nơi nhận:", "LG-2026-017", "./."):  # fmt: skip
        assert said in text, (said, text)
    assert "HYPERLINK" not in text
    assert room.api("em", "GET", of(room, "/notice.docx?marked=1")).json["error"]["code"] == "court_nothing"
    assert room.log()[-4:] == ["court_exported"] * 4


def test_in_a_full_log_each_still_changes_his_own(trial, monkeypatch):
    room = trial
    writes(room, "nam", put("a", "Khai nhận"))
    monkeypatch.setattr(store, "MOST_ENTRIES", 1)
    (full,) = writes(room, "nam", put("b", "thêm"))["results"]
    assert full["error"]["code"] == "court_full"
    writes(room, "nam", {"op": "e", "id": "a", "edit": {"text": "Khai không nhận"}})
    assert [each["text"] for each in read(room)["entries"]] == ["Khai không nhận"]


def test_a_long_trial_is_read_a_window_at_a_time(trial):
    room = trial
    with room.pool.writing() as db:
        hearing = store.find_hearing(db, room.case, room.hearing)
        values = {"phase": "debate", "role": "Bị cáo", "name": "A", "kind": "argument", "bl": "", "site": "", "at": 1,
                  "typed_at": 0, "astray": 0}  # fmt: skip
        for n in range(450):
            store.add_entry(db, hearing, f"e{n}", room.people["nam"], {**values, "text": f"ý {n}", "moment": n}, [])
    last = read(room)
    assert ([len(last["entries"]), last["entries"][-1]["text"]], last["more"]) == ([200, "ý 449"], True)
    earlier = read(room, query=f"?before={last['entries'][0]['id']}")
    first = read(room, query=f"?before={earlier['entries'][0]['id']}")
    assert (first["entries"][0]["text"], len(first["entries"]), first["more"]) == ("ý 0", 50, False)
    seen, rev = set(), 0
    while True:
        part = read(room, query=f"?since={rev}")
        seen |= {each["id"] for each in part["entries"]}
        rev = part["rev"]
        if not part["more"]:
            break
    assert (len(seen), part["counts"]["entries"]) == (450, 450)
    assert [each["text"] for each in read(room, query="?q=y 44&kind=argument")["entries"]][-1] == "ý 449"


def test_the_accused_of_the_file_is_the_defendant_in_court(room):
    room.api("em", "PATCH", room.at(), {"parties": [{"name": "Nguyễn Văn A", "status": "bị can"}]})
    assert ": Nguyễn Văn A" in (page := room.browser("em").get(f"/cases/{room.case}/court").text)
    assert "Bị can: Nguyễn Văn A" not in page
