"""The clocks of the record: the notice within five working days, comments that end, what waits for a signature; and
the PIN at an acknowledgement."""

import pytest

from meetingroom import clock
from meetingroom.devices import own_pin
from meetingroom.issuing import deadlines
from meetingroom.meeting.conclusions import ConclusionRecorded, ConclusionRemoved
from meetingroom.meeting.issuing import DocumentIssued, DocumentMade
from tests.minutes.conftest import MEETING

CLOSED = "2026-12-16"  # a Wednesday


def home_on(hands, monkeypatch, moment: str, who: str = "mai") -> str:
    """The home page at a moment, after signing in anew."""
    monkeypatch.setattr(clock, "now", lambda: clock.milliseconds(moment))
    hands.clients.clear()
    return hands.get(who, "/").text


def due_on(hands, now: str) -> list[tuple[str, int]]:
    with hands.program.pool.lend() as db:
        return [(str(one.due), one.left) for one in deadlines.notices_due(db, clock.milliseconds(f"{now}T08:00"))]


@pytest.fixture
def concluded(hands):
    hands.program.happens("11:01", "mai", ConclusionRecorded("k1", "Ban hành Kế hoạch", "", (), "", ""))
    return hands


def test_the_notice_is_due_five_working_days_after_the_close(concluded):
    assert due_on(concluded, CLOSED) == [("2026-12-23", 5)]
    assert due_on(concluded, "2026-12-23") == [("2026-12-23", 0)]
    assert due_on(concluded, "2026-12-28") == [("2026-12-23", -3)]
    assert due_on(concluded, "2027-12-28") == []  # nobody is reminded for ever


def test_no_conclusion_no_notice_and_none_once_it_is_out(concluded):
    concluded.program.happens("11:02", "mai", ConclusionRemoved("k1"))
    assert due_on(concluded, CLOSED) == []
    concluded.program.happens("11:03", "mai", ConclusionRecorded("k2", "Ban hành", "", (), "", ""))
    concluded.program.happens("11:04", "mai", DocumentMade("n1", "thong_bao", 1, "p", "w"), DocumentIssued("n1", "p"))
    assert due_on(concluded, CLOSED) == []


def test_the_home_page_says_what_is_due(concluded, monkeypatch):
    pages = {name: concluded.get(name, "/").text for name in ("mai", "an", "em")}
    assert "Thông báo kết luận: hạn 23/12/2026, còn" in pages["mai"]
    assert "Thông báo kết luận: hạn 23/12/2026" in pages["an"]
    assert "Thông báo kết luận" not in pages["em"]
    late = home_on(concluded, monkeypatch, "2026-12-25T08:00")
    assert "quá hạn 2 ngày làm việc (hạn 23/12/2026)" in late


def test_minutes_that_nobody_signs_wait_for_it(concluded, monkeypatch):
    concluded.finalise()
    assert "Chờ ký" not in concluded.get("mai", "/").text
    page = home_on(concluded, monkeypatch, "2026-12-20T08:00")
    assert "Chờ ký đã 4 ngày: Biên bản" in page
    assert f"/issued/bb-{MEETING}" in page


def test_comments_that_end_by_tomorrow_are_brought_to_mind(hands, monkeypatch):
    hands.did("mai", "send_minutes", to=[hands.program.ids["em"]], until="2026-12-20")
    assert "chưa có ý kiến" not in home_on(hands, monkeypatch, "2026-12-18T12:00")
    assert "còn 1 người chưa có ý kiến" in home_on(hands, monkeypatch, "2026-12-19T12:00")


def test_who_has_a_pin_gives_it_at_an_acknowledgement(hands):
    hands.finalise()
    with hands.program.app.test_request_context():
        own_pin.save_pin(hands.program.ids["mai"], "4821")
    assert hands.refused("mai", "acknowledge_minutes") == "pin_needed"
    for left in (4, 3):
        wrong = hands.does("mai", "acknowledge_minutes", pin="1357")
        assert wrong.status_code == 403
        error = wrong.json["error"]
        assert (error["code"], error["left"]) == ("pin_wrong", left)
        assert f"Còn {left} lần" in error["message"] or f"còn {left} lần" in error["message"]
    hands.did("mai", "acknowledge_minutes", pin="4821")
    for _again in range(5):
        hands.does("mai", "acknowledge_minutes", pin="1357")
    assert hands.does("mai", "acknowledge_minutes", pin="1357").status_code == 429
    # The chair has none: the sign-in stands for it; a PIN of nobody is none.
    assert hands.refused("an", "acknowledge_minutes", pin="1357") == "pin_unset"
    hands.did("an", "acknowledge_minutes")
    with hands.program.pool.lend() as db:
        kept = db.conn.execute("select group_concat(data) from events").fetchone()[0]
        kept += db.conn.execute("select group_concat(answer) from answers").fetchone()[0]
    assert '"4821"' not in kept
