"""Papers are taken back: what the addresses say, which devices are asked, what they confirm."""

import pypdfium2 as pdfium
import pytest

from meetingroom import log
from meetingroom.devices import join_code_store
from meetingroom.documents import fetched_store as fetched
from meetingroom.live import timers
from meetingroom.meeting.lifecycle import CloseMeeting, OpenMeeting
from meetingroom.meeting.people import RemovePerson
from meetingroom.meeting.readers import SetReaders
from meetingroom.meeting.recall import CloseRecall, RecallPapers
from tests.documents import papers
from tests.people.conftest import PASSWORD, Browser


@pytest.fixture
def paper(room, tmp_path):
    return room.paper(papers.pdf(tmp_path / "Kết luận.pdf", pages=2))


def takes_back(room, document) -> str:
    timers.write_noted(room.app.extensions["meetingroom"])
    command = {"id": "c1", "name": "recall_papers", "args": {"papers": [room.key(document)], "reason": "Hết họp"}}
    answer = room.browser("mai").api("POST", "/api/meetings/m1/commands", command)
    assert answer.status_code == 200, answer.text
    return log.state(room.pool, "m1").papers[room.key(document)].recalled


def reads(room, document, *people):
    for who in people:
        for number in (1, 2):
            assert room.get(who, f"/documents/{document}/pages/{number}.webp").status_code == 200


def sign(browser, recall, **receipt):
    return browser.api("POST", f"/api/meetings/m1/recalls/{recall}/receipt", receipt)


def words_of(file: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(file)]
    return " ".join(" ".join(pages).split())


def test_every_address_says_that_it_is_gone_and_is_put_in_the_place_of_the_copy(room, paper):
    reads(room, paper, "em")
    takes_back(room, paper)
    pages = f"/documents/{paper}/pages"
    for address in (f"{pages}/1.webp", f"{pages}/1.json?t=1", f"{pages}/bundle-0", f"/documents/{paper}/find?q=a",
                    f"/documents/{paper}/file", f"/documents/{paper}/outline.json"):  # fmt: skip
        answer = room.get("em", address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store"), address
    assert room.get("mai", f"{pages}/1.webp").status_code == 200
    assert room.get("lan", f"{pages}/1.webp").status_code == 404


def test_each_device_that_had_it_is_asked_and_says_so_once(room, paper):
    reads(room, paper, "em", "khach", "mai")
    second = Browser(room.app)
    assert second.api("POST", "/api/session", {"username": "em", "password": PASSWORD}).status_code == 200
    second.get(f"/documents/{paper}/pages/1.webp")
    recall = takes_back(room, paper)
    due = room.get("em", "/api/recalls").get_json()
    assert due["recalls"] == [{"meeting": "m1", "recall": recall, "documents": {paper: 2}}]
    assert room.get("nobody", "/api/recalls").get_json()["recalls"] == []
    assert room.get("mai", "/api/recalls").get_json()["recalls"] == []
    standing = f"/api/meetings/m1/recalls/{recall}"
    seen = room.get("an", standing).get_json()
    assert [seen[key] for key in ("asked", "signed", "failed")] == [3, 0, 0]
    assert sign(room.browser("em"), recall, device=due["device"], pages=2, failed=0).status_code == 200
    assert sign(room.browser("em"), recall, device=due["device"], pages=2, failed=0).status_code == 200
    assert room.get("em", "/api/recalls").get_json()["recalls"] == []
    assert sign(second, recall, device="d-somebody", pages=1, failed=0).status_code == 403
    assert sign(second, recall, pages=1, failed=1).get_json() == {"signed": False}
    assert sign(room.browser("nobody"), recall, pages=1, failed=0).status_code == 404
    assert sign(second, recall, pages=-1, failed="0").status_code == 400
    seen = room.get("an", standing).get_json()
    assert [seen[key] for key in ("asked", "signed", "failed")] == [3, 1, 1]
    assert sorted(each["name"] for each in seen["devices"] if not each["signed_at"]) == ["Khach"]
    assert room.get("em", standing).status_code == 403
    timers.count_receipts(room.app.extensions["meetingroom"])
    seen = room.get("mai", "/api/meetings/m1").get_json()["view"]["recall"]
    assert (seen["id"], seen["asked"], seen["signed"]) == (recall, 3, 1)
    room.does("an", CloseRecall(recall, {"asked": 3, "signed": 1, "failed": 1}))
    assert sign(second, recall, pages=1, failed=0).get_json() == {"signed": True}


def test_a_device_is_asked_also_when_the_program_was_killed_as_the_page_went_out(room, paper):
    reads(room, paper, "em")
    with (room.pool.path.parent / fetched.JOURNAL).open("a") as journal:
        journal.write('["kept", "half a li')
    fetched._noted.pop(room.pool.file)
    recall = takes_back(room, paper)
    assert [each["recall"] for each in room.get("em", "/api/recalls").get_json()["recalls"]] == [recall]
    about = room.get("mai", f"/api/papers/{room.key(paper)}/openings").get_json()
    assert [each["name"] for each in about["opened"]] == ["Em"]
    assert (room.pool.path.parent / fetched.JOURNAL).read_bytes() == b""


def test_a_telephone_that_came_in_by_a_nameplate_confirms_after_its_session(room, paper):
    with room.pool.writing() as db:
        code = join_code_store.make_code(db, "m1", [room.ids["em"]])[room.ids["em"]]
    phone = Browser(room.app)
    assert phone.get(f"/join/{code}").status_code == 302
    assert phone.get(f"/documents/{paper}/pages/1.webp").status_code == 200
    recall = takes_back(room, paper)
    with room.pool.writing() as db:
        db.conn.execute("delete from sessions")
    assert "data-recall" in phone.get("/signin").text
    assert phone.get("/api/recalls").get_json()["recalls"][0]["recall"] == recall
    assert sign(phone, recall, pages=1, failed=0).get_json() == {"signed": True}
    assert "data-recall" not in phone.get("/signin").text


def test_the_record_is_a_pdf_for_the_chair_and_the_secretary(room, paper):
    reads(room, paper, "em", "khach")
    recall = takes_back(room, paper)
    sign(room.browser("em"), recall, pages=2, failed=0)
    address = f"/api/meetings/m1/recalls/{recall}/receipt.pdf"
    answer = room.get("an", address)
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-"), answer.text
    words = words_of(answer.data)
    for said in ("Người thu hồi: Mai.", "Lý do: Hết họp.", "Đã xác nhận xóa: 1. Chưa xác nhận: 1."):
        assert said in words
    waiting = words[words.index("III. THIẾT BỊ CHƯA XÁC NHẬN") : words.index("IV. THIẾT BỊ ĐÃ XÁC NHẬN")]
    assert "Khach" in waiting
    assert "Em" not in waiting
    assert room.get("dung", address).status_code == 403
    assert room.get("em", address).status_code == 403


def test_the_record_names_who_recalled_it_also_when_they_have_left(room, paper):
    recall = takes_back(room, paper)
    room.does("dung", RemovePerson(room.ids["mai"]))
    address = f"/api/meetings/m1/recalls/{recall}"
    assert "Người thu hồi: Mai." in words_of(room.get("an", f"{address}/receipt.pdf").data)
    assert room.get("an", address).get_json()["automatic"] is False


def test_the_bell_takes_it_back_when_the_meeting_is_over(room, paper):
    room.does("mai", SetReaders(room.key(paper), recall_after="close"))
    room.does("an", OpenMeeting())
    context = room.app.extensions["meetingroom"]
    timers.ring_recalls(context, 10**13)
    assert not log.state(room.pool, "m1").papers[room.key(paper)].recalled
    room.does("an", CloseMeeting())
    from meetingroom import clock

    timers.ring_recalls(context, clock.now())
    assert log.state(room.pool, "m1").papers[room.key(paper)].recalled
    assert room.get("em", f"/documents/{paper}/pages/1.webp").status_code == 410
    recall = log.state(room.pool, "m1").papers[room.key(paper)].recalled
    words = words_of(room.get("an", f"/api/meetings/m1/recalls/{recall}/receipt.pdf").data)
    assert "Người thu hồi: chương trình, theo thời hạn đã đặt." in words


def test_the_receipt_empties_the_cache_of_a_browser_over_https(room, paper):
    reads(room, paper, "em")
    recall = takes_back(room, paper)
    answer = room.browser("em").client.post(
        f"/api/meetings/m1/recalls/{recall}/receipt", json={"pages": 2, "failed": 0},
        headers={"X-Meetingroom": "1"}, base_url="https://localhost",
    )  # fmt: skip
    assert answer.headers["Clear-Site-Data"] == '"cache"', answer.text


def test_a_command_without_words_is_refused(room, paper):
    with pytest.raises(Exception, match="empty"):
        room.does("mai", RecallPapers((room.key(paper),), ""))
