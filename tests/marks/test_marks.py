"""What people mark for themselves: kept as they go, and read by nobody else."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from meetingroom import clock
from meetingroom.marks import export_store, exports, store
from meetingroom.marks import jobs as mark_jobs  # noqa: F401  (registers)
from meetingroom.meeting import strokes
from meetingroom.meeting.ink import DrawInk
from meetingroom.meeting.lifecycle import CloseMeeting, OpenMeeting
from tests.documents import papers

D = strokes.encode([(100, 100, 50), (900, 900, 60)])
STROKE = {"t": "pen", "c": "red", "w": 28, "d": D}


class Desk:
    """The room with one paper of two pages."""

    def __init__(self, room, tmp_path):
        self.room = room
        self.document = room.paper(papers.pdf(tmp_path / "Báo cáo.pdf", 2))
        self.paper = room.key(self.document)
        self.address = f"/api/papers/{self.paper}/marks"

    def op(self, op, id="mark-01", kind="ink", body=None, page=1, **more):
        put = {"kind": kind, "document": self.document, "page": page, "body": STROKE if body is None else body}
        return {"op": op, "id": id, "put": put, **more}

    def post(self, who, *ops):
        return self.room.browser(who).api("POST", self.address, {"ops": list(ops)})

    def read(self, who, after=0):
        return self.room.browser(who).api("GET", f"{self.address}?after={after}")


@pytest.fixture
def desk(room, tmp_path):
    return Desk(room, tmp_path)


def note(text, **more):
    return {"kind": "note", "body": {"x": 10, "y": 10, "text": text, "c": "yellow"}, **more}


def test_marks_are_kept_and_read_again(desk):
    sent = desk.post("em", desk.op("a"), desk.op("b", "mark-02", **note("Hỏi lại số liệu")))
    assert (sent.status_code, sent.json) == (200, {"rev": 2, "refused": []})
    read = desk.read("em").json
    assert [(m["id"], m["kind"], m["page"], m["rev"]) for m in read["marks"]] == [
        ("mark-01", "ink", 1, 1), ("mark-02", "note", 1, 2)]  # fmt: skip
    assert read["marks"][0]["body"] == STROKE
    assert desk.read("em", after=1).json["marks"][0]["id"] == "mark-02"
    desk.post("em", {"op": "c", "id": "mark-01", "drop": True})
    later = desk.read("em", after=2).json
    assert (later["rev"], later["marks"], later["gone"]) == (3, [], ["mark-01"])


def test_an_act_that_comes_again_is_answered_as_the_first_time(desk):
    acts = [desk.op("a"), desk.op("b", "mark-02", body={**STROKE, "c": "#f00"}), desk.op("c", "mark-03")]
    first = desk.post("em", *acts).json
    assert first == {"rev": 2, "refused": [{"op": "b", "id": "mark-02", "code": "mark_wrong", "field": "c"}]}
    desk.post("em", {"op": "d", "id": "mark-01", "drop": True})
    again = desk.post("em", *acts, acts[0]).json
    assert again == {"rev": 3, "refused": first["refused"]}
    assert [m["id"] for m in desk.read("em").json["marks"]] == ["mark-03"]


def test_two_devices_write_over_one_note_and_both_are_kept(desk):
    desk.post("em", desk.op("a", **note("một")))
    desk.post("em", desk.op("b", **note("hai"), base=1, device="máy bàn"))
    for _ in range(2):
        assert desk.post("em", desk.op("c", **note("ba"), base=1, device="iPad")).json["refused"] == []
    texts = [(m["body"]["text"], m["body"].get("copy", {}).get("device")) for m in desk.read("em").json["marks"]]
    assert texts == [("hai", None), ("ba", "iPad")]


@pytest.mark.parametrize("who", ["an", "mai", "em", "lan", "nobody", "khach"])
def test_nobody_reads_what_another_has_marked(desk, who):
    """Neither the chair nor the secretary nor whoever administers the system."""
    desk.post("dung", desk.op("a", **note("chỉ mình tôi")), desk.op("b", "mark-02"))
    with desk.room.pool.writing() as db:
        db.conn.execute("update users set role = 'admin' where id = ?", (desk.room.ids["nobody"],))
    answer = desk.read(who)
    if who in ("lan", "nobody"):
        assert answer.status_code == 404
        assert desk.post(who, desk.op("x")).status_code == 404
    else:
        assert answer.json == {"rev": 0, "marks": [], "gone": [], "orphans": [], "whole": True}
        desk.post(who, {"op": "x", "id": "mark-01", "drop": True})
        assert len(desk.read("dung").json["marks"]) == 2
    page = desk.room.browser(who).get("/meetings/m1/marks")
    assert page.status_code == (404 if who in ("lan", "nobody") else 200)
    assert "chỉ mình tôi" not in page.text


def test_nothing_of_it_is_in_the_log(desk):
    desk.post("em", desk.op("a", **note("chỉ mình tôi")))
    with desk.room.pool.lend() as db:
        assert "chỉ mình tôi" not in "".join(row[0] for row in db.conn.execute("select data from events"))
        assert not db.conn.execute("select 1 from audit where data like '%mark%'").fetchone()


def test_of_a_paper_for_the_staff_the_shown_page_alone_can_be_marked(desk):
    desk.room.restricts(desk.document)
    assert desk.read("em").status_code == desk.post("em", desk.op("a")).status_code == 404
    desk.room.shows(desk.document, page=2)
    refused = desk.post("em", desk.op("a"), desk.op("b", "mark-02", page=2)).json["refused"]
    assert refused == [{"op": "a", "id": "mark-01", "code": "not_found"}]
    assert [m["id"] for m in desk.read("em", after=1).json["marks"]] == ["mark-02"]
    desk.room.turns(1)
    assert desk.read("em", after=1).json["marks"] == []


@pytest.mark.parametrize(
    ("ops", "status"),
    [
        ("x", 400), ([1], 400), ([{"op": 5}], 400), ([{"op": "x" * 81}], 400), ([{"op": "a b"}], 400),
        ([{"op": f"o{n}", "id": "mark-01", "drop": True} for n in range(201)], 422),
        ([{"op": "a", "id": "mark-01", "put": {"body": "x" * 300_000}}], 413),
    ],
)  # fmt: skip
def test_what_is_no_list_of_acts_is_refused(desk, ops, status):
    assert desk.room.browser("em").api("POST", desk.address, {"ops": ops}).status_code == status


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": 5}, "id"), ({"id": "x"}, "id"), ({"put": None}, "put"), ({"drop": True}, "op"), ({"base": "1"}, "base"),
        ({"device": 7}, "device"), ({"more": 1}, "op"), ({"put": {"kind": ["ink"]}}, "kind"),
        ({"put": {"kind": "ink", "document": {}, "page": 1, "body": {}}}, "document"),
        ({"put": {"kind": "ink", "document": "d", "page": "1", "body": {}}}, "page"),
        ({"put": {"kind": "ink", "document": "d", "page": 1, "body": []}}, "body"),
    ],
)  # fmt: skip
def test_an_act_that_is_wrong_is_refused_and_the_others_are_done(desk, change, field):
    refused = desk.post("em", {**desk.op("a"), **change}, desk.op("b", "mark-02")).json["refused"]
    assert [(each["op"], each["field"]) for each in refused] == [("a", field)]
    assert [m["id"] for m in desk.read("em").json["marks"]] == ["mark-02"]


def test_a_page_that_is_not_there_takes_no_mark(desk):
    refused = desk.post("em", desk.op("a", page=3)).json["refused"]
    assert refused[0]["code"] == "not_found"


def test_a_mark_belongs_to_one_paper(desk, tmp_path):
    other = desk.room.paper(papers.pdf(tmp_path / "Khác.pdf", 1))
    desk.post("em", desk.op("a"))
    address = f"/api/papers/{desk.room.key(other)}/marks"
    act = {"op": "b", "id": "mark-01", "drop": True}
    assert desk.room.browser("em").api("POST", address, {"ops": [act]}).json["refused"][0]["code"] == "another_mark"
    # Nor is a page of another paper marked under this one.
    act = desk.op("c", "mark-02")
    assert desk.room.browser("em").api("POST", address, {"ops": [act]}).json["refused"][0]["code"] == "not_found"


def test_a_page_holds_so_many_strokes(desk, monkeypatch):
    monkeypatch.setattr(store, "A_PAGE", 2)
    refused = desk.post("em", *(desk.op(f"o{n}", f"mark-{n:02}") for n in range(3))).json["refused"]
    assert refused == [{"op": "o2", "id": "mark-02", "code": "ink_full"}]
    desk.post("em", {"op": "d", "id": "mark-00", "drop": True})
    assert desk.post("em", desk.op("o2", "mark-02")).json["refused"] == []


def test_a_device_that_was_away_too_long_is_told_everything(desk):
    desk.post("em", desk.op("a"), desk.op("b", "mark-02"), {"op": "c", "id": "mark-01", "drop": True})
    with desk.room.pool.writing() as db:
        store.sweep(db, clock.now() + store.TOMBSTONE_MS + 1000)
    old, new = desk.read("em", after=1).json, desk.read("em", after=3).json
    assert (old["whole"], [m["id"] for m in old["marks"]], old["gone"]) == (True, ["mark-02"], [])
    assert (new["marks"], new["gone"], new.get("whole")) == ([], [], None)


def test_marks_end_with_their_term_and_the_page_says_when(desk):
    desk.post("em", desk.op("a"), desk.op("b", "mark-02", **note("hỏi lại")))
    room, page = desk.room, "/meetings/m1/marks"
    assert "kept as long as the dossier" in room.get("em", page).text
    settings = replace(room.settings, marks_days=30)
    context = room.app.extensions["meetingroom"]
    context.settings = settings
    assert "deleted 30 days after the close" in room.get("em", page).text
    room.does("an", OpenMeeting())
    room.does("an", CloseMeeting())
    assert "They are deleted on" in room.get("em", page).text
    for days, left in ((29, 2), (31, 0)):
        with room.pool.writing() as db:
            then = clock.iso(clock.now() - days * store.A_DAY)
            db.conn.execute("update events set at = ? where name = 'MeetingClosed'", (then,))
            exports.sweep(settings, db)
            assert db.conn.execute("select count(*) from marks").fetchone()[0] == left
            assert db.conn.execute("select count(*) from search_rows where kind = 'note'").fetchone()[0] == min(1, left)
    answer = desk.read("em", after=2).json  # by a device that knew all of them
    assert (answer["whole"], answer["marks"]) == (True, [])
    assert "whole" not in desk.read("em", after=answer["rev"]).json


def export(desk, who, what="mine", kind="annots"):
    return desk.room.browser(who).api("POST", f"/api/papers/{desk.paper}/export", {"what": what, "kind": kind})


def test_a_copy_with_my_marks_is_made_and_is_mine_alone(desk):
    desk.post("em", desk.op("a"), desk.op("b", "mark-02", **note("chỉ mình tôi")))
    desk.post("an", desk.op("a", "mark-03", **note("của chủ tọa")))
    asked = export(desk, "em")
    address = f"/api/papers/{desk.paper}/export/{asked.json['job']}.pdf"
    assert (asked.status_code, desk.room.get("em", address).status_code) == (202, 202)
    assert export(desk, "em").json == asked.json
    assert export(desk, "em", "both").status_code == 429
    desk.room.work("export")
    got = desk.room.get("em", address)
    assert (got.status_code, got.headers["Cache-Control"]) == (200, "private, no-store")
    with pikepdf.open(BytesIO(got.data)) as pdf:
        texts = {str(each.get("/Contents", "")) for each in pdf.pages[0].Annots}
    assert texts == {"", "chỉ mình tôi"}
    assert {desk.room.get(who, address).status_code for who in ("an", "mai", "khach", "lan", "nobody")} == {404}
    assert desk.room.get(None, address).status_code == 401
    assert not list(export_store.folder(desk.room.settings).glob("*.json"))


def test_a_copy_with_remarks_has_what_the_stage_was_written_on(desk):
    desk.room.shows(desk.document)
    desk.room.does("an", DrawInk(desk.paper, 1, ({"id": "shared-1", **STROKE},)))
    desk.post("em", desk.op("a", **note("chỉ mình tôi")))
    job = export(desk, "em", "ink", "annots").json["job"]
    desk.room.work("export")
    with pikepdf.open(BytesIO(desk.room.get("em", f"/api/papers/{desk.paper}/export/{job}.pdf").data)) as pdf:
        assert [(str(each.Subtype), str(each.T)) for each in pdf.pages[0].Annots] == [("/Ink", "An")]


def test_who_may_not_have_the_paper_has_no_copy_of_it(desk):
    assert {export(desk, who).status_code for who in ("lan", "nobody")} == {404}
    assert export(desk, "em", what="all").status_code == export(desk, "em", kind=["flat"]).status_code == 400
    desk.room.forbids_download(desk.document)
    assert export(desk, "em").status_code == 403
    desk.room.restricts(desk.document)
    desk.room.shows(desk.document)
    assert export(desk, "em").status_code == 404


def test_my_notes_of_a_meeting_are_one_page(desk):
    desk.post("em", desk.op("a"), desk.op("b", "mark-02", page=2, **note("Hỏi <b>lại</b>")),
              desk.op("c", "mark-03", kind="highlight", body={"boxes": [[1, 1, 9, 9]], "quote": "kế hoạch"}),
              desk.op("d", "mark-04", kind="bookmark", body={}))  # fmt: skip
    page = desk.room.browser("em").get("/meetings/m1/marks").text
    assert all(each in page for each in ("Báo cáo", "Page 1", "Page 2", "1 stroke", "kế hoạch", "Bookmark"))
    assert "Hỏi &lt;b&gt;lại&lt;/b&gt;" in page
    papers_marked = desk.room.get("em", "/api/meetings/m1/marks").json["papers"]
    assert [(each["page"], [line["kind"] for line in each["lines"]]) for each in papers_marked[0]["pages"]] == [
        (1, ["bookmark", "highlight", "ink"]), (2, ["note"])]  # fmt: skip
    desk.post("em", desk.op("e", "mark-05", kind="bookmark", body={}, **{"from": "mark-04"}))
    meetings = desk.room.browser("em").get("/marks").text
    assert "/meetings/m1/marks" in meetings
    assert "4 marks" in meetings, "what was carried to a newer version counts once"
    assert 'href="/marks"' in desk.room.browser("em").get("/").text
    assert 'href="/marks"' not in desk.room.browser("an").get("/").text
    assert desk.room.get("lan", "/meetings/m1/marks").status_code == 404
    assert desk.room.get("lan", "/api/meetings/m1/marks").status_code == 404
    desk.room.restricts(desk.document)
    page = desk.room.browser("em").get("/meetings/m1/marks").text
    assert "kế hoạch" not in page
    assert "1 paper that cannot be opened" in page


def test_copies_of_one_person_do_not_fill_the_disk(desk):
    jobs = []
    for n in range(export_store.MOST + 3):
        jobs.append(export(desk, "em", "mine", ("annots", "flat")[n % 2]).json["job"])
        desk.room.work("export")
    left = [path.stem for path in export_store.folder(desk.room.settings).glob("*.pdf")]
    assert sorted(left) == sorted(jobs[-export_store.MOST :])
    assert desk.room.get("em", f"/api/papers/{desk.paper}/export/{jobs[0]}.pdf").status_code == 404
    assert desk.room.get("em", f"/api/papers/{desk.paper}/export/{jobs[-1]}.pdf").status_code == 200


def test_a_clock_that_is_centuries_ahead_does_not_spoil_the_copy(desk):
    far = desk.op("a")
    far["put"]["at"] = 2**52
    assert desk.post("em", far).json["refused"] == [{"op": "a", "id": "mark-01", "code": "mark_wrong", "field": "at"}]
