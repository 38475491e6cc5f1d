"""What a record, a link and an excerpt name stays the same page, whatever its number becomes."""

import pytest

from meetingroom import clock, log
from meetingroom.minutes import case_pages, draft
from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.wording import words
from tests.cases.test_numbers import Numbered


@pytest.fixture
def reported(room):
    numbered = Numbered(room, texts=["một", "hai", "ba", "bốn"])
    numbered.lay(first=1, last=4, label="1")
    wish = {"question": "Truy tố?", "chair": room.people["an"], "secretary": room.people["nam"]}
    numbered.meeting = room.api("em", "POST", room.at("/reports"), wish).json["id"]
    return numbered


def go(numbered, name, command, **args):
    body = {"id": clock.new_id(), "name": command, "args": args}
    answer = numbered.room.api(name, "POST", f"/api/meetings/{numbered.meeting}/commands", body)
    assert answer.status_code == 200, (command, answer.text)


def test_a_supplement_changes_the_number_and_not_the_page(reported):
    room, document = reported.room, reported.document
    map = room.api("em", "POST", room.at("/maps"), {"title": "Nội dung", "text": "Vụ án\n\tLời khai (BL 3)\n"}).json[
        "id"
    ]
    room.api("em", "POST", room.at(f"/maps/{map}/versions"), {})
    go(reported, "nam", "publish_meeting")
    go(reported, "an", "open_meeting")
    go(reported, "an", "take_stage")
    go(reported, "an", "show_evidence", case=room.case, document=document, page=3)
    go(reported, "an", "show_callout", rects=[[0.1, 0.1, 0.5, 0.2]])
    go(reported, "an", "ask_question", text="Vì sao?", bl="2-3")
    go(reported, "an", "conclude_direction", text="Xem BL 3.")
    go(reported, "an", "close_meeting")
    extra = room.laid(["bổ sung"], title="Bổ sung")
    wish = {"id": "r1", "reason": "Bổ sung", "insert": {"document": extra, "after": "1"}}
    assert room.api("em", "POST", room.at(f"/numberings/{reported.id}/renumber"), wish).status_code == 201
    # The page is BL 4 now. The node, the link of the minutes and the excerpt still mean the third page of the scan.
    seen = room.api("em", "GET", f"/cases/{room.case}/maps/{map}/1.json").json
    (anchor,) = next(node["anchors"] for node in seen["nodes"].values() if node.get("anchors"))
    assert (anchor["document"], anchor["page"]) == (document, 3)
    assert seen["labels"][f"{document}/3"]["label"] == "4"
    path = f"/api/meetings/{reported.meeting}/citations"
    ((link,),) = room.api("em", "POST", path, {"texts": ["Xem BL 3."]}).json["answers"]
    assert link["href"] == f"/cases/{room.case}/pages/{document}/3"
    assert link["now"] == "4"
    assert link["until"] > 0
    with room.pool.lend() as db:
        facts = log.read(db, reported.meeting)
    names = [type(fact.event).__name__ for fact in facts]
    shown = facts[names.index("CalloutShown") - 1].event
    assert (shown.document, shown.page, shown.label) == (document, 3, "3")
    before = room.api("em", "GET", room.at(f"/pages/{document}/3")).json
    assert (before["label"], before["before"][0]["label"]) == ("4", "3")
    state = log.state(room.pool, reported.meeting)
    (section,) = draft.draft(facts, state, Letterhead("VKS", "", "", "", "")).referred
    assert section.lines[1:] == (f"BL 2–3 (tập 1), “Trang”: tài liệu {document}, trang 2–3 của bản số hóa.",)


def test_pages_that_follow_each_other_are_one_line_in_the_order_of_the_file():
    pages = {
        ("b", 1): ("12a", "2", ""),
        ("a", 5): ("84", "1", "Cung"),
        ("a", 4): ("83", "1", ""),
        ("c", 2): ("", "", ""),
    }
    assert list(case_pages.lines(pages, words("vi"))) == [
        "tài liệu c, trang 2 của bản số hóa.",
        "BL 83–84 (tập 1), “Cung”: tài liệu a, trang 4–5 của bản số hóa.",
        "BL 12a (tập 2): tài liệu b, trang 1 của bản số hóa.",
    ]
