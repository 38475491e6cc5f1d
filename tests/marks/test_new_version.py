"""Ten people have marked a paper, and it changes: what is found again goes along, the rest counts, none is lost."""

import pytest

from meetingroom.auth import account_store
from meetingroom.comparing import jobs as comparing  # noqa: F401 (the worker is the test itself)
from meetingroom.comparing.store import MATCH
from meetingroom.documents import store as documents
from meetingroom.meeting import strokes
from meetingroom.meeting.people import Invite
from meetingroom.meeting.versions import ReplacePaper
from tests.documents.papers import Canvas, font

PEOPLE = ("an", "mai", "dung", "em", "khach", "p1", "p2", "p3", "p4", "p5")
STROKE = {"t": "pen", "c": "red", "w": 28, "d": strokes.encode([(100, 100, 50), (900, 900, 60)])}


def write(path, pages: list[list[str]]):
    canvas = Canvas(str(path))
    for lines in pages:
        canvas.setFont(font(), 13)
        for n, line in enumerate(lines):
            canvas.drawString(60, 740 - 20 * n, line)
        canvas.showPage()
    canvas.save()
    return path


def lines(page: int) -> list[str]:
    return [f"Mục {page}.{n} tỉnh báo cáo kết quả công tác số {page}{n}0 trong kỳ" for n in range(12)]


@pytest.fixture
def marked(room, hashed, tmp_path):
    """(the paper, its document, the one that is to take its place): page 1 stays; on page 2 a line is new and a number
    is changed; page 3 is left out."""
    for name in PEOPLE[5:]:
        with room.pool.writing() as db:
            room.ids[name] = account_store.add_user(db, username=name, name=name.title(), hashed=hashed)
        room.does("mai", Invite(room.ids[name], "delegate"))
    old = room.paper(write(tmp_path / "Báo cáo.pdf", [lines(1), lines(2), lines(3)]))
    words = room.get("em", f"/documents/{old}/pages/2.json").get_json()["words"]
    first = next(n for n, word in enumerate(words) if word["text"] == "2.9")
    for person in PEOPLE:
        browser = room.browser(person)
        ops = [
            ("note", 1, {"x": 9, "y": 9, "text": person}),
            ("highlight", 2, {"boxes": [[1, 1, 9, 9]], "from": first, "to": first + 2, "quote": "2.9 tỉnh báo",
                              "before": "trong kỳ Mục", "after": "cáo kết quả", "note": person}),
            ("highlight", 2, {"boxes": [[1, 1, 9, 9]], "quote": "số 240 trong"}),
            ("ink", 2, STROKE),
            ("note", 3, {"x": 9, "y": 9, "text": person}),
        ]  # fmt: skip
        puts = [
            {"op": f"op-{n}", "id": f"{person}-mark-{n}",
             "put": {"kind": kind, "document": old, "page": page, "body": body}}
            for n, (kind, page, body) in enumerate(ops)
        ]  # fmt: skip
        sent = browser.api("POST", f"/api/papers/{room.key(old)}/marks", {"ops": puts})
        assert sent.json == {"rev": 5, "refused": []}
    changed = ["Dòng thêm vào đầu trang", *lines(2)]
    changed[5] = changed[5].replace("240", "241")
    new = room.sends("mai", write(tmp_path / "Báo cáo 2.pdf", [lines(1), changed]), item="").get_json()["id"]
    room.work(documents.INGEST)
    room.get("mai", f"/api/documents/{new}/match?old={old}")
    room.work(MATCH)
    return room.key(old), old, new


def test_of_ten_people_what_is_found_again_goes_along_and_nothing_is_lost(room, marked):
    paper, old, new = marked
    address = f"/api/papers/{paper}/marks"
    match = f"/api/documents/{new}/match?old={old}"
    found = room.get("mai", match).get_json()
    assert (found["map"], found["removed"], found["marked"]) == ([[1, 1, 1, "same"], [2, 2, 1, "changed"]], [3], 10)
    room.does("mai", ReplacePaper(paper, new))
    assert "marked" not in room.get("em", match).get_json()

    for person in PEOPLE:
        for _ in range(2):
            mine = room.get(person, address).get_json()
            assert len(mine["marks"]) == 7, "all five are kept, two of them have a copy"
            assert {mark["id"][: len(person)] for mark in mine["marks"] if "from" not in mark} == {person}
            here = [(mark["kind"], mark["page"], mark["from"]) for mark in mine["marks"] if mark["document"] == new]
            assert here == [("note", 1, f"{person}-mark-0"), ("highlight", 2, f"{person}-mark-1")]
            assert sorted(mine["orphans"]) == [f"{person}-mark-{n}" for n in (2, 3, 4)]
            assert mine["left"] == [
                {"document": old, "version": 1, "page": 2, "to": 2, "n": 2},
                {"document": old, "version": 1, "page": 3, "to": 0, "n": 1},
            ]
    highlight = next(m["body"] for m in mine["marks"] if m["document"] == new and m["kind"] == "highlight")
    words = room.get("em", f"/documents/{new}/pages/2.json").get_json()["words"]
    assert [word["text"] for word in words[highlight["from"] : highlight["to"] + 1]] == ["2.9", "tỉnh", "báo"]
    assert (highlight["quote"], highlight["note"], len(highlight["boxes"])) == ("2.9 tỉnh báo", "p5", 1)

    def carry(person, page, document=old):
        answer = room.browser(person).api("POST", f"{address}/carry", {"document": document, "page": page})
        return answer.status_code, (answer.json or {}).get("moved")

    assert [carry("em", 2), carry("em", 2)] == [(200, 2), (200, 0)]
    after = room.get("em", address).get_json()
    assert (len(after["marks"]), after["orphans"], len(after["left"])) == (9, ["em-mark-4"], 1)
    assert [m["body"] for m in after["marks"] if m["kind"] == "ink" and m["document"] == new] == [
        STROKE | {"moved": True}
    ]
    assert len(room.get("an", address).get_json()["orphans"]) == 3, "another's stay where they are"
    assert [carry("em", 3)[0], carry("em", 9)[0], carry("em", 1, new)[0]] == [409, 404, 404]
    assert [carry("em", "2")[0], carry("em", 2, None)[0], carry("lan", 2)[0]] == [400, 400, 404]
