"""The minutes are sent, answered, approved and final: what each reads, and that final files stay as they are."""

import hashlib
import json

import pypdfium2
import pytest

from meetingroom import clock, log
from meetingroom.documents import made_file_store
from meetingroom.live import timers
from meetingroom.meeting.people import PersonInvited
from meetingroom.ops import inspection
from meetingroom.printing import printer

API = "/api/meetings/m1"
HOUR = 3_600_000


def texts(file: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file)]


def now(hands) -> int:
    """The meeting's own time: the story lies ahead of the clock."""
    pool = hands.program.pool
    return log.meeting_time(pool, log.state(pool, "m1"))


def soon(hands) -> int:
    return now(hands) + HOUR


def test_readers_see_the_copy_and_not_what_is_written_after_it(hands):
    hands.did("mai", "send_minutes", to=[hands.program.ids["em"]], until=soon(hands))
    hands.did("mai", "record_note", item="i1", text="Viết sau khi gửi.")
    review = hands.get("em", "review").json
    said = json.dumps(review["parts"], ensure_ascii=False)
    assert "Thông qua chương trình." in said
    assert "Viết sau khi gửi." not in said
    assert review["mine"] == {"reads": True, "agreed": False}
    assert hands.get("em", "minutes.json").status_code == 403
    assert hands.get("la", "review").status_code == 404
    assert hands.get("em", "/meetings/m1/review").status_code == 200


def test_comments_are_read_by_their_author_and_the_staff(hands):
    hands.did("mai", "send_minutes", to="staff", until=soon(hands))
    assert hands.get("em", "review").json["error"]["code"] == "no_copy"
    hands.did("an", "comment_minutes", item="i1", text="Bổ sung số liệu", quote="chương trình")
    hands.did("dung", "agree_minutes")
    (comment,) = hands.get("mai", "review").json["comments"]
    assert (comment["text"], comment["quote"], comment["name"]) == ("Bổ sung số liệu", "chương trình", "Nguyễn Văn An")
    assert [one["did"] for one in hands.get("mai", "review").json["readers"]] == ["commented", "agreed"]
    hands.did("mai", "end_review")
    assert hands.refused("mai", "submit_minutes") == "comments_unanswered"
    hands.did("mai", "answer_comment", comment=comment["id"], answer="taken")
    hands.did("mai", "submit_minutes")


def test_the_program_ends_the_round_at_its_term(hands):
    context = hands.program.app.extensions["meetingroom"]
    hands.did("mai", "send_minutes", to="staff", until=soon(hands))
    timers.end_reviews(context, clock.now())
    assert log.state(context.pool, "m1").review.rounds[0].ended_at == 0
    for _ in range(2):
        timers.end_reviews(context, clock.now() + 2 * HOUR)
    round_ = log.state(context.pool, "m1").review.rounds[0]
    assert set(round_.silent) == {hands.program.ids["an"], hands.program.ids["dung"]}


@pytest.mark.parametrize(
    ("until", "code"), [("soon", "bad_time"), ("2099-12-31", "bad_time"), ("2020-01-01", "until_past")]
)
def test_a_term_that_is_none_is_refused(hands, until, code):
    assert hands.refused("mai", "send_minutes", to="staff", until=until) == code


def test_a_day_is_a_term_up_to_its_last_moment(hands):
    day = f"{clock.local(now(hands) + 48 * HOUR):%Y-%m-%d}"
    hands.did("mai", "send_minutes", to="staff", until=day)
    assert clock.iso(hands.get("mai", "review").json["until"]) == f"{day}T23:59:59.999+07:00"


def test_the_chair_is_shown_what_changed_since_the_copy_he_last_saw(hands):
    hands.did("mai", "submit_minutes")
    hands.get("an", "minutes.json")  # he has seen it
    hands.did("an", "return_minutes", reason="Thiếu số liệu")
    hands.did("mai", "record_note", item="i1", text="Thông qua chương trình và 12 chỉ tiêu.")
    hands.did("mai", "submit_minutes")
    hands.get("an", "minutes.json")
    changes = hands.get("an", "minutes/changes").json
    assert changes["from"]["what"] == "submitted"
    (part,) = changes["parts"]
    words = [word for line in part["lines"] for word in line["words"]]
    assert part["part"] == "i1"
    assert any(word["kind"] == "added" and "12 chỉ tiêu" in word["text"] for word in words)
    assert hands.get("em", "minutes/changes").status_code == 403
    assert hands.get("an", "minutes/changes?since=1").status_code == 404


def test_a_draft_says_so_across_every_page_and_an_approved_one_does_not(hands):
    drawn = [text.count("DỰ THẢO") for text in texts(hands.get("mai", "minutes.pdf").data)]
    assert min(drawn) >= 1
    hands.approve()
    assert not any("DỰ THẢO" in text for text in texts(hands.get("em", "minutes.pdf").data))


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_final_file_is_the_same_whatever_happens_later(hands, form):
    hands.finalise()
    first = hands.get("em", f"minutes.{form}")
    final = log.state(hands.program.pool, "m1").review.finals[1]
    assert hashlib.sha256(first.data).hexdigest() == getattr(final, form) == first.headers["ETag"].strip('"')
    hands.program.happens("13:00", "dung", PersonInvited("x", "Người Mới", "", "", "guest"))
    hands.did("mai", "acknowledge_minutes")
    assert hands.get("em", f"minutes.{form}").data == first.data
    again = hands.client("em").get(f"{API}/minutes.{form}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_unlocked_the_old_version_stays_and_the_new_one_names_what_changed(hands):
    hands.finalise()
    old = hands.get("an", "minutes.pdf").data
    hands.did("an", "unlock_minutes", reason="sai tên")
    assert hands.get("em", "minutes.pdf").status_code == 403
    assert any("DỰ THẢO" in text for text in texts(hands.get("mai", "minutes.pdf").data))
    hands.did("mai", "record_note", item="i1", text="Thông qua chương trình đã sửa.")
    hands.finalise(2)
    kept = hands.get("an", "minutes.pdf?version=1")
    assert kept.data == old != hands.get("an", "minutes.pdf").data
    assert "da-thay" in kept.headers["Content-Disposition"]
    assert hands.get("em", "minutes.pdf?version=1").status_code == 404
    assert hands.get("an", "minutes.pdf?version=9").status_code == 404
    new, before = hands.get("an", "minutes/versions").json["versions"]
    assert (new["state"], [one["part"] for one in new["changed"]]) == ("final", ["i1"])
    assert (before["state"], before["reason"]) == ("replaced", "sai tên")


def test_nothing_is_half_final_when_the_disk_is_full(hands, monkeypatch):
    hands.approve()
    kept, keep = [], made_file_store.keep

    def full(settings, data):
        if kept:
            raise OSError(28, "No space left on device")
        kept.append(keep(settings, data))
        return kept[0]

    monkeypatch.setattr(made_file_store, "keep", full)
    assert hands.refused("mai", "finalise_minutes", version=1) == "no_space"
    assert log.state(hands.program.pool, "m1").review.finals == {}
    monkeypatch.setattr(made_file_store, "keep", keep)
    hands.did("mai", "finalise_minutes", version=1)
    hands.get("em", "minutes.pdf")


def test_nothing_is_half_final_when_a_document_cannot_be_made(hands, monkeypatch):
    hands.approve()

    def dead(*_args):
        raise printer.Failed

    monkeypatch.setattr(printer.printer, "make", dead)
    assert hands.refused("mai", "finalise_minutes", version=1) == "document_failed"
    assert log.state(hands.program.pool, "m1").review.final == 0
    assert hands.get("em", "minutes.json").status_code == 200


def test_a_final_file_that_is_missing_or_changed_is_told(hands):
    hands.finalise()
    settings = hands.program.app.extensions["meetingroom"].settings
    final = log.state(hands.program.pool, "m1").review.finals[1]
    made_file_store.place(settings, final.pdf).write_bytes(b"%PDF other")
    made_file_store.place(settings, final.docx).unlink()
    problems = {problem for problem in inspection.inspect(settings).problems if problem.startswith("document")}
    assert problems == {
        "document of meeting m1 (docx): the file is missing",
        "document of meeting m1 (pdf): the file has changed",
    }
    assert hands.get("em", "minutes.docx").json["error"]["code"] == "file_lost"


def test_letters_that_no_typeface_has_keep_the_minutes_from_being_final(hands, monkeypatch):
    hands.approve()

    def foreign(*_args):
        raise printer.Refused("漢")

    monkeypatch.setattr(printer.printer, "make", foreign)
    assert hands.refused("mai", "finalise_minutes", version=1) == "no_glyph"


def test_the_home_page_names_what_each_step_asks_of_whom(hands):
    def waits(who):
        return hands.get(who, "/").text

    hands.did("mai", "send_minutes", to=[hands.program.ids["em"]], until=soon(hands))
    assert "Dự thảo biên bản chờ cho ý kiến" in waits("em")
    assert "Dự thảo biên bản chờ cho ý kiến" not in waits("an")
    hands.did("em", "comment_minutes", item="i1", text="Sửa số liệu")
    assert "Dự thảo biên bản chờ cho ý kiến" not in waits("em")
    hands.did("mai", "end_review")
    assert "1 ý kiến cần trả lời" in waits("mai")
    (comment,) = hands.get("mai", "review").json["comments"]
    hands.did("mai", "answer_comment", comment=comment["id"], answer="explained", text="Đúng theo báo cáo.")
    hands.did("mai", "submit_minutes")
    assert "Biên bản chờ duyệt" in waits("an")
    hands.approve()
    assert "Biên bản chờ cấp số" in waits("mai")
    hands.did("mai", "take_number", document="bien_ban")
    assert "Biên bản chờ lập bản cuối" in waits("mai")
    hands.did("mai", "finalise_minutes", version=1)
    assert "Biên bản chờ xác nhận nội bộ" in waits("an")
    hands.did("mai", "acknowledge_minutes")
    assert "Biên bản chờ ban hành" in waits("mai")
    hands.did("mai", "issue_document", document="bien_ban")
    assert "Biên bản chờ ban hành" not in waits("mai")
