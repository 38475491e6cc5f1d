"""Tasks over HTTP: who sees and does what, each step once, the files one takes away."""

import datetime
import io
import json

import openpyxl
import pytest

from meetingroom import log
from meetingroom.auth import account_store
from meetingroom.tasks import store
from tests.people.conftest import Browser
from tests.rooms import paper


def test_what_the_chair_approved_is_the_units_task_at_the_close(bureau):
    task = bureau.directive(due=bureau.day(7))
    (mine,) = bureau.tasks("dung")
    assert (mine["id"], mine["lead"], mine["state"], mine["next"]) == (task, "Văn phòng", "issued", "receive")
    assert [unit["short"] for unit in mine["units"]] == ["VP", "P1"]
    assert bureau.tasks("giang") == []
    assert bureau.browser("giang").api("GET", f"/api/tasks/{task}").status_code == 404
    assert bureau.browser("admin").api("GET", f"/api/tasks/{task}").status_code == 200  # a member of the office
    assert bureau.browser().api("GET", "/api/tasks").status_code == 401


def test_a_task_is_received_reported_and_accepted(bureau):
    task = bureau.directive(due=bureau.day(7))
    bureau.done("dung", task, "receive")
    bureau.done("dung", task, "progress", percent=60, text="Đã có dự thảo")
    bureau.done("dung", task, "report", text="Đã ban hành")
    assert bureau.step("dung", task, "accept").status_code == 403
    assert bureau.done("an", task, "accept")["class"] == "done_in_time"
    task_json = bureau.browser("dung").api("GET", f"/api/tasks/{task}").json
    assert [step["name"] for step in task_json["timeline"]] == ["receive", "progress", "report", "accept"]
    assert task_json["timeline"][1]["words"] == "VP: 60 % done. Đã có dự thảo"


def test_the_same_step_again_is_the_same_answer_and_another_persons_id_is_taken(bureau):
    task = bureau.directive(due=bureau.day(7))
    for _ in range(2):
        assert bureau.step("dung", task, "receive", "once").json["n"] == 1
    assert bureau.step("em", task, "receive", "once").json["error"]["code"] == "id_taken"
    for _ in range(2):
        assert bureau.step("an", task, "accept", "too-early").json["error"]["code"] == "not_reported"
    bureau.done("dung", task, "report", text="xong")
    assert bureau.step("an", task, "accept", "too-early").json["error"]["code"] == "not_reported"


@pytest.mark.parametrize(
    "wish",
    [[], {}, {"id": "x", "name": 3}, {"id": "", "name": "receive"}, {"id": "x", "name": "receive", "args": []},
     {"id": "x" * 81, "name": "receive"}],
)  # fmt: skip
def test_what_is_no_step_is_refused(bureau, wish):
    task = bureau.directive(due=bureau.day(7))
    assert bureau.browser("dung").api("POST", f"/api/tasks/{task}/steps", wish).status_code == 400


@pytest.mark.parametrize("unit", [7, ["p1"], {"a": 1}, "none"])
def test_strange_arguments_are_refused_and_break_nothing(bureau, unit):
    task = bureau.directive(due=bureau.day(7))
    assert bureau.step("dung", task, "receive", unit=unit).status_code == 403
    assert bureau.step("dung", task, "progress", text=unit if unit != "none" else None).status_code == 422
    assert bureau.step("dung", task, "assign", person=unit).status_code == 422


def test_the_board_and_its_lists_agree(bureau):
    bureau.directive("m1", due=bureau.day(7))
    bureau.directive("m2", due=bureau.day(-40), text="Việc cũ", lead="p1", units=())
    bureau.directive("m3", due="regular", text="Việc thường xuyên", lead="p9", units=("p1",))
    counts = bureau.browser("an").api("GET", "/api/tasks").json["counts"]
    assert counts == {"done_in_time": 0, "done_late": 0, "in_time": 1, "overdue": 0, "overdue_30": 1, "no_deadline": 1}
    page = bureau.browser("an").page("/tasks")
    for kind, n in counts.items():
        found = bureau.tasks("an", f"?class={kind}")
        assert len(found) == n
        assert all(f"class={kind}" in page for _ in found)
    assert [each["text"] for each in bureau.tasks("em", f"?unit={bureau.units['p1']}&state=overdue")] == ["Việc cũ"]
    assert [each["text"] for each in bureau.tasks("an", "?due=soon")] == ["Ban hành Kế hoạch"]
    assert [each["text"] for each in bureau.tasks("an", f"?due={bureau.day()}")] == ["Việc cũ"]
    assert len(bureau.tasks("an", "?meeting=m3")) == 1


def test_the_workbook_has_the_boards_counts_real_dates_and_no_formulas(bureau):
    bureau.directive("m1", due=bureau.day(7), text='=HYPERLINK("http://x","bấm")')
    bureau.directive("m2", due=bureau.day(-3), text="+1 việc\x07 khác", lead="p1", units=())
    answer = bureau.browser("an").get("/api/tasks.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    summary, listed = book.worksheets
    assert [cell.value for cell in summary[summary.max_row]][:8] == ["All", 0, 0, 1, 1, 0, 0, 2]
    rows = [list(row) for row in listed.iter_rows(min_row=4)]
    assert len(rows) == 2
    assert {row[1].data_type for row in rows} == {"s"}
    assert {row[1].value for row in rows} == {'=HYPERLINK("http://x","bấm")', "+1 việc khác"}
    assert {type(row[8].value) for row in rows} == {datetime.datetime}
    assert listed.freeze_panes == "A4"


def test_the_pdf_is_made(bureau):
    bureau.directive("m1", due=bureau.day(7), text="Việc <b>& “khác”")
    answer = bureau.browser("an").get("/api/tasks.pdf")
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")


def test_evidence_comes_with_a_step_and_is_only_saved(bureau):
    task = bureau.directive(due=bureau.day(7))
    browser = bureau.browser("dung")

    def send(name: str, data: bytes, step: str = "report", who: Browser = browser):
        form = {
            "id": f"{step}-{len(data)}",
            "name": step,
            "args": '{"text": "Kèm báo cáo"}',
            "file": (io.BytesIO(data), name),
        }
        headers = {"X-Meetingroom": "1"}
        return who.client.post(f"/api/tasks/{task}/steps", data=form, headers=headers)

    assert send("x.exe", b"MZ").status_code == 422
    assert send("giả.pdf", b"<script>").status_code == 422
    assert send("MẬT-kế hoạch.pdf", paper(1)).json["error"]["code"] == "secret_stamp"
    assert send("x.pdf", paper(1), "accept").status_code == 400
    assert send("x.pdf", paper(1), who=bureau.browser("giang")).status_code == 404
    assert send("báo cáo.pdf", paper(1)).status_code == 200
    task_json = browser.api("GET", f"/api/tasks/{task}").json
    file = task_json["timeline"][-1]["data"]["file"]
    answer = browser.get(f"/api/tasks/{task}/files/{file['sha']}")
    assert answer.data == paper(1)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert browser.get(f"/api/tasks/{task}/files/{'0' * 64}").status_code == 404
    assert bureau.browser("giang").get(f"/api/tasks/{task}/files/{file['sha']}").status_code == 404


def test_nobody_makes_up_a_file(bureau):
    task = bureau.directive(due=bureau.day(7))
    bureau.done("dung", task, "report", text="x", file={"sha": "0" * 64, "name": "a"}, units_of_person=["x"])
    task_json = bureau.browser("dung").api("GET", f"/api/tasks/{task}").json
    assert "file" not in task_json["timeline"][-1]["data"]


def test_a_unit_that_was_merged_hands_its_tasks_over_and_keeps_its_name(bureau):
    task = bureau.directive(due=bureau.day(7), lead="p1", units=("p9",))
    bureau.done("em", task, "receive")
    with bureau.context.pool.writing() as db:
        account_store.merge_units(db, bureau.units["p1"], bureau.units["p9"])
    (seen,) = bureau.tasks("giang")
    assert (seen["lead"], seen["was"], seen["lead_unit"]) == ("Phòng 9", "Phòng 1", bureau.units["p9"])
    assert seen["units"][0]["received_at"]
    bureau.done("giang", task, "report", text="Đã làm xong")


def test_a_unit_out_of_use_hands_over_to_the_one_above(bureau):
    bureau.directive(due=bureau.day(7), lead="p9", units=())
    with bureau.context.pool.writing() as db:
        account_store.edit_unit(db, bureau.units["p9"], active=0)
    assert bureau.tasks("an")[0]["lead"] == "VKSND tỉnh Lạc Giang"


def test_the_chain_of_a_task_tells_what_was_changed(bureau):
    task = bureau.directive(due=bureau.day(7))
    bureau.done("dung", task, "receive")
    bureau.done("dung", task, "progress", percent=10)
    with bureau.context.pool.writing() as db:
        assert store.verify_steps(db, task) == 2
        db.conn.execute("update task_steps set data = replace(data, '10', '90') where task = ?", [task])
        with pytest.raises(log.Corrupt, match="#2"):
            store.verify_steps(db, task)


def test_the_projection_can_be_made_again(bureau):
    task = bureau.directive(due="week")
    before = bureau.tasks("dung")
    bureau.done("dung", task, "receive")
    with bureau.context.pool.writing() as db:
        log.rebuild(db)
    (after,) = bureau.tasks("dung")
    assert {key: after[key] for key in ("id", "due", "text")} == {key: before[0][key] for key in ("id", "due", "text")}
    assert after["state"] == "received"


def test_the_pages_show_the_one_step_and_take_it_from_a_plain_form(bureau):
    task = bureau.directive(due=bureau.day(7))
    browser = bureau.browser("dung")
    assert "Confirm receipt" in browser.page(f"/tasks/{task}")
    path = f"/tasks/{task}/steps"
    for _ in range(2):  # a double click
        assert browser.send(path, name="receive", id="form-1", at="/account").status_code == 302
    wrong = browser.send(path, name="progress", id="form-2", percent="sáu mươi", at="/account")
    assert wrong.status_code == 422
    browser.send(path, name="progress", id="form-3", percent="60", text="Dự thảo", at="/account")
    browser.send(path, name="ask_extension", id="form-4", until="31/12/2099", reason="Chờ", at="/account")
    page = browser.page(f"/tasks/{task}")
    assert "60 %" in page
    assert "31/12/2099" in page
    assert bureau.browser("giang").get(f"/tasks/{task}").status_code == 404
    for by in ("units", "mine", "meetings", "people", "nonsense"):
        browser.page(f"/tasks?by={by}")
    assert "Overdue" in browser.page("/tasks?state=overdue&q=gì")


def test_who_is_named_for_the_leading_unit_stands_wherever_the_task_does(bureau):
    bureau.opened("m1", "Giao ban tháng")
    bureau.does("m1", "mai", "organiser", "invite", person=bureau.people["lan"], role="secretary")
    wish = {"text": "Tập huấn", "lead_unit": bureau.units["p1"], "person": bureau.people["em"]}
    lan = bureau.browser("lan")

    def record(n: int, **changes):
        args = {**wish, **changes}
        return lan.api("POST", "/api/meetings/m1/commands", {"id": f"c{n}", "name": "record_conclusion", "args": args})

    assert record(1, person=bureau.people["giang"]).json["error"]["code"] == "not_of_this_unit"
    assert record(2).status_code == 200
    names = [row["name"] for row in lan.api("GET", f"/api/people?unit={bureau.units['p1']}").json["people"]]
    assert "Hoàng Văn Em" in names
    assert lan.api("GET", "/api/people").status_code == 200
    bureau.close("m1")
    (task,) = bureau.tasks("em")
    assert (task["person_name"], task["next"]) == ("Hoàng Văn Em", "receive")
    assert "Hoàng Văn Em" in lan.page("/tasks?by=people")
    assert "Phòng 1: Hoàng Văn Em" in lan.page("/tasks?due=none")
    book = openpyxl.load_workbook(io.BytesIO(lan.api("GET", "/api/tasks.xlsx?due=none").data))
    assert any("Hoàng Văn Em" in map(str, row) for sheet in book for row in sheet.values)
    minutes = json.dumps(lan.api("GET", "/api/meetings/m1/minutes.json").json, ensure_ascii=False)
    assert "Phòng 1 (Hoàng Văn Em)" in minutes
    assert "Tập huấn" in bureau.browser("em").page("/")
