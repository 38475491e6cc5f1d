"""A meeting from its draft to its minutes: chair, secretary, three delegates and a projector as real socket clients."""

import pypdfium2
import pytest

from tests.conftest import first_paper

pytestmark = pytest.mark.journey


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_a_whole_meeting(room):
    hold(room, room.person, room)


def hold(room, person_of, wall):
    """The meeting of `room`: `person_of(username)` where they sit (test_edges.py: at edges), the screen at `wall`."""
    an, mai = person_of("an"), person_of("mai")
    delegates = [person_of(name) for name in ("em", "phuong", "ich")]
    em, phuong, ich = delegates
    first, second, third = an.read_view()["agenda"]["order"]
    one = first_paper(an)
    (two,) = an.read_view()["agenda"]["items"][second]["papers"]
    everybody = [an.connect(), mai.connect(), *[person.connect() for person in delegates], wall.screen(mai).connect()]

    def all_see(true_of_view):
        for person in everybody:
            person.until(true_of_view)

    # The roll, the opening
    em.does("check_in")
    mai.does("call_roll", people=[room.people["phuong"], room.people["an"]], mode="onsite")
    person_of("tho").does("check_in", person=room.people["ich"], mode="online")
    all_see(lambda view: view["roll"]["counts"]["present"] == 4)
    assert an.view["roll"]["quorum"]["met"] is True
    an.does("open_meeting")
    all_see(lambda view: view["meeting"]["status"] == "live")

    # Pages: the chair, then a presenter, then the chair again
    an.does("start_item", item=first)
    an.does("show_paper", paper=one)
    an.does("turn_page", page=3)
    all_see(lambda view: view["stage"].get("page") == 3)
    an.does("zoom", rect=[0.1, 0.2, 0.5, 0.4])
    all_see(lambda view: view["stage"].get("rect") == [0.1, 0.2, 0.5, 0.4])
    an.does("start_item", item=second)
    an.does("give_stage", person=em.id)
    assert an.refused("turn_page", page=1) == "not_the_holder"
    em.does("show_paper", paper=two, page=2)
    all_see(lambda view: (view["stage"].get("paper"), view["stage"].get("page")) == (two, 2))
    assert "rect" not in an.view["stage"]
    an.does("take_stage")
    an.does("call_back")
    all_see(lambda view: view["stage"].get("call", {}).get("n") == 1)

    # The floor
    an.does("start_item", item=third)
    phuong.does("request_floor")
    ich.does("request_floor", kind="point_of_order")
    an.until(lambda view: len(view["floor"]["queue"]) == 2)
    queue = an.view["floor"]["queue"]
    assert an.view["floor"]["requests"][queue[0]]["person"] == ich.id
    an.does("grant_floor", request=queue[0], seconds=120)
    all_see(lambda view: view["floor"].get("speech", {}).get("person") == ich.id)
    ich.does("end_speech")
    mai.does("record_opinion", request=queue[1], text="Đề nghị nâng cấp đường truyền.")

    # An open ballot
    roll = [room.people[name] for name in ("an", "em", "phuong", "ich")]
    mai.does("draft_ballot", question="Thông qua Kế hoạch chuyển đổi số?", preset="UBKS_NQ", voters=roll)
    ballot = mai.until(lambda view: view["ballots"]["order"])["ballots"]["order"][0]
    an.does("open_ballot", ballot=ballot)
    all_see(lambda view: view["ballots"].get("open") == ballot)
    for person, choice in ((an, "yes"), (em, "yes"), (phuong, "no"), (ich, "yes")):
        assert person.me()["ballots"][ballot]["may_vote"] is True
        person.does("cast_vote", ballot=ballot, choice=choice)
    assert mai.me()["ballots"][ballot]["why"] == "not_a_voter"
    an.does("close_ballot", ballot=ballot)
    an.does("publish_result", ballot=ballot)
    all_see(lambda view: view["ballots"]["items"][ballot].get("result", {}).get("verdict") == "adopted")
    sentence = em.view["ballots"]["items"][ballot]["result"]["sentence"]["vi"]
    assert sentence == "03/04 thành viên tán thành (75 %), đạt quá nửa (cần từ 03)."

    # The record, a break, the end
    mai.does("record_note", item=third, text="Hội nghị thống nhất nội dung Kế hoạch.")
    mai.does("record_conclusion", text="Ban hành Kế hoạch", lead="Văn phòng", due="2026-12-23", deliverable="KH-VKS")
    an.does("adjourn_meeting")
    assert an.refused("turn_page", page=1) == "meeting_adjourned"
    an.does("resume_meeting")
    an.does("close_meeting")
    all_see(lambda view: view["meeting"]["status"] == "closed" and view["stage"]["kind"] == "title")
    assert em.until(lambda view: view["record"].get("conclusions"))["record"]["conclusions"]["order"]
    assert an.refused("show_paper", paper=one) == "meeting_over"
    for person in everybody:
        assert person.gaps == 0
        if person.username:
            assert person.view == person.read_view()
        person.leave()

    # The minutes say it all, and the same log gives the same bytes
    minutes = mai.get(f"/api/meetings/{room.meeting}/minutes.pdf")
    assert minutes.headers["Content-Type"] == "application/pdf"
    assert minutes.content == mai.get(f"/api/meetings/{room.meeting}/minutes.pdf").content
    text = pdf_text(minutes.content)
    for words in (
        "BIÊN BẢN",
        "Nguyễn Văn An",
        "Hội nghị thống nhất nội dung Kế hoạch.",
        "Ban hành Kế hoạch",
        "Đề nghị nâng cấp đường truyền",
        sentence.rstrip("."),
        "THƯ KÝ",
    ):
        assert words in text, words
    assert mai.get(f"/api/meetings/{room.meeting}/minutes.docx").content[:2] == b"PK"
    # Only the chair's word makes them final, and lets those read who were there
    path = f"/api/meetings/{room.meeting}/minutes"
    assert "DỰ THẢO" in text
    assert em.get(f"{path}.pdf").status_code == em.get(f"{path}.json").status_code == 403
    assert "notes" not in em.read_view()["record"]
    read = an.get(f"{path}.json").json()["approval"]
    an.does("approve_minutes", version=read["version"], digest=read["digest"])
    assert "DỰ THẢO" not in pdf_text(em.get(f"{path}.pdf").content)
    assert mai.refused("record_note", item="general", text="x") == "minutes_approved"
    mai.does("archive_meeting", without_minutes="Họp nhanh")
    assert mai.refused("record_note", item="general", text="x") == "meeting_over"
