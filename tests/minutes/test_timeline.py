"""What happened, a line each, for those who lead the meeting: in the narrator's words, in the reader's language."""

import re
from pathlib import Path

import pytest

from meetingroom.meeting import wire
from meetingroom.meeting.agenda import ItemAdded, ItemEdited, ItemRemoved, ItemStarted
from meetingroom.meeting.ballot_count import BallotClosed
from meetingroom.meeting.ballot_drafts import BallotDrafted
from meetingroom.meeting.ballot_results import BallotAnnulled, ResultPublished
from meetingroom.meeting.ballots import BallotOpened, VoteCast
from meetingroom.meeting.floor import FloorGranted, OpinionRecorded, SpeechEnded
from meetingroom.meeting.kernel import replay
from meetingroom.meeting.lifecycle import MeetingOpened
from meetingroom.meeting.notices import NoticeSent
from meetingroom.meeting.papers import PaperAttached, PaperEdited
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.roll import CheckedIn
from meetingroom.meeting.stage import CalledBack, PageTurned, PaperShown, StageCovered
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import timeline
from meetingroom.minutes.narrator import TIMELINE, Caption
from tests.minutes.story import recorded
from tests.minutes.test_every_event import MORNING

ROOT = Path(__file__).parent.parent.parent
API = "/api/meetings/m1/timeline"
PREPARED = (
    ("07:00", "mai", PersonInvited("an", "Nguyễn Văn An", "", "", "chair")),
    ("07:00", "mai", PersonInvited("em", "Hoàng Văn Em", "", "", "delegate")),
    ("07:00", "mai", PersonInvited("ich", "Đỗ Văn Ích", "", "", "delegate")),
    ("07:01", "mai", ItemAdded("i1", "Báo cáo")),
    ("07:02", "mai", PaperAttached("p1", "d1", "i1", "Báo cáo năm 2026", 9)),
)
YES_NO = (("yes", ""), ("no", ""))


def lines(*facts, language="vi", after=0):
    log = recorded(*PREPARED, *facts)
    return timeline.happenings(log, replay(MeetingState(id="m1"), log), language, len(PREPARED) + after)


def texts(*facts, language="vi"):
    return [line.text for line in lines(*facts, language=language)]


@pytest.mark.parametrize("kind", wire.events().values(), ids=lambda kind: kind.__name__)
def test_every_fact_has_its_line_or_the_reason_why_not(kind):
    entry = TIMELINE[kind]
    assert isinstance(entry, Caption) or len(entry.split()) > 3


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_line_has_its_words_when_what_it_names_is_there_and_when_it_is_gone(language):
    facts = recorded(*MORNING)
    for state in (replay(MeetingState(id="m1"), facts), MeetingState(id="m1")):
        for line in timeline.happenings(facts, state, language):
            assert line.text
            assert "%(" not in line.text


def test_every_icon_of_a_line_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/icons.svg").read_text("utf-8")))
    assert {entry.icon for entry in TIMELINE.values() if isinstance(entry, Caption)} <= known


def test_turned_pages_of_one_paper_are_one_line_at_the_time_of_the_first():
    pages = (
        ("08:01", "an", PaperShown("p1", 3)),
        ("08:02", "an", PageTurned("p1", 4)),
        ("08:03", "an", PageTurned("p1", 2)),
    )
    assert texts(*pages[:1]) == ["Trình chiếu “Báo cáo năm 2026”, trang 3."]
    (line,) = lines(*pages)
    assert (line.text, line.seq) == ("Trình chiếu “Báo cáo năm 2026”, các trang 2–4.", len(PREPARED) + 1)
    assert len(lines(*pages, ("08:04", "an", StageCovered()), ("08:05", "an", PageTurned("p1", 5)))) == 3


def test_who_came_within_two_minutes_is_one_line_by_the_way_they_came():
    em, ich = CheckedIn("em", "onsite"), CheckedIn("ich", "onsite")
    assert texts(("07:50", "em", em), ("07:51", "ich", ich)) == ["Có mặt trực tiếp: Hoàng Văn Em, Đỗ Văn Ích."]
    assert len(texts(("07:50", "em", em), ("07:52", "ich", ich))) == 2
    assert texts(("07:50", "em", em), ("07:50", "ich", CheckedIn("ich", "online"))) == [
        "Có mặt trực tiếp: Hoàng Văn Em.",
        "Có mặt trực tuyến: Đỗ Văn Ích.",
    ]


def test_a_speech_is_one_line_from_the_word_given_to_its_end():
    begun = ("08:00", "an", FloorGranted("em", 300, kind="question"))
    page = ("08:01", "an", PaperShown("p1", 1))
    assert texts(begun) == ["Hoàng Văn Em đang nêu câu hỏi."]
    assert texts(begun, page, ("08:05", "an", SpeechEnded("em", 300))) == [
        "Hoàng Văn Em nêu câu hỏi (05 phút).",
        "Trình chiếu “Báo cáo năm 2026”, trang 1.",
    ]
    assert texts(begun, ("08:00", "an", SpeechEnded("em", 40))) == ["Hoàng Văn Em nêu câu hỏi."]
    assert texts(("08:00", "an", SpeechEnded("em", 300))) == ["Hoàng Văn Em phát biểu (05 phút)."]
    again = ("08:06", "an", FloorGranted("em", 300)), ("08:07", "an", SpeechEnded("em", 60))
    assert texts(begun, ("08:05", "an", SpeechEnded("em", 300)), *again)[1:] == ["Hoàng Văn Em phát biểu (01 phút)."]


def test_only_what_a_later_fact_began_or_changed_is_told_again():
    facts = (
        ("08:00", "an", MeetingOpened("an")),
        ("08:01", "an", PaperShown("p1", 1)),
        ("08:02", "an", PageTurned("p1", 2)),
    )
    assert [line.text for line in lines(*facts, after=2)] == ["Trình chiếu “Báo cáo năm 2026”, các trang 1–2."]
    assert lines(*facts, after=3) == []


def test_what_is_renamed_is_told_anew_and_a_reader_of_an_older_block_gets_everything():
    facts = recorded(
        *PREPARED, ("08:00", "an", ItemStarted("i1")), ("08:01", "mai", ItemEdited("i1", "Báo cáo tổng kết"))
    )
    assert timeline.needs_all_lines(facts, 6, 7)
    assert not timeline.needs_all_lines(facts, 7, 7)
    assert timeline.needs_all_lines(facts, -1, 7)
    assert timeline.needs_all_lines(facts, 8, 7)
    assert timeline.needs_all_lines([], 599, 600)
    assert not timeline.needs_all_lines([], 600, 601)
    assert texts(
        *(("08:00", "an", ItemStarted("i1")), ("08:01", "mai", PaperEdited("p1", "Khác", True, "members")))
    ) == ["Bắt đầu nội dung 1. Báo cáo."]
    assert texts(("08:00", "an", ItemStarted("i1")), ("08:01", "mai", ItemRemoved("i1"))) == [
        "Bắt đầu nội dung (đã bỏ)."
    ]


def test_lines_are_in_the_readers_language():
    called = ("08:00", "an", CalledBack())
    assert texts(called) == ["Gọi tất cả về trang đang trình chiếu."]
    assert texts(called, language="en") == ["Everybody was called back to the page."]


def test_what_somebody_wrote_at_length_is_cut_in_a_line():
    (text,) = texts(("08:00", "em", OpinionRecorded("r1", "em", "dài " * 200)))
    assert len(text) < 400
    assert text.endswith("dài…”")


def ballot_of(cast: int, *after):
    people = ("an", "em", "ich")
    sentence = {"vi": "2 tán thành trên 3.", "en": "2 of 3."}
    closed = BallotClosed("b1", {"yes": 2, "no": 1}, 3, cast, "adopted", 3, 2, "majority", True, sentence, (), ("R1",))
    return (
        (
            "08:00",
            "mai",
            BallotDrafted("b1", "Ai?", YES_NO, True, "", "total", "gt_half", "chair", True, False, people),
        ),
        ("08:01", "an", BallotOpened("b1", people)),
        ("08:02", "em", VoteCast("b1", "em", ())),
        ("08:03", "an", closed),
        *after,
    )


def test_a_secret_ballot_of_few_votes_tells_no_numbers():
    published = ("08:04", "an", ResultPublished("b1"))
    assert "2 tán thành" in texts(*ballot_of(9, published))[-1]
    few = " ".join(texts(*ballot_of(3, published)))
    assert "Công bố kết quả biểu quyết “Ai?”" in few
    assert "2 tán thành" not in few
    assert "Hoàng Văn Em" not in few
    assert "2 tán thành" not in " ".join(texts(*ballot_of(9, published, ("08:05", "an", BallotAnnulled("b1", "sai")))))


def test_a_message_is_in_no_line():
    assert texts(("08:00", "mai", NoticeSent("n1", "riêng", "em"))) == []


# Over the wire


def test_the_staff_read_what_happened_and_then_only_what_is_new(running):
    first = running.get("mai", API).json
    assert first["whole"] is True
    assert [line["text"] for line in first["lines"]][-3:] == [
        "Nguyễn Văn An khai mạc cuộc họp.",
        "Bắt đầu nội dung 1. Khai mạc.",
        "Trình chiếu “Chương trình”, các trang 1–2.",
    ]
    running.happens("08:30", "an", PageTurned("d1", 7))
    now = running.get("mai", f"{API}?after={first['seq']}").json
    assert (now["whole"], now["seq"]) == (False, first["seq"] + 1)
    (line,) = now["lines"]
    assert line == {**first["lines"][-1], "text": "Trình chiếu “Chương trình”, các trang 1–2, 7."}


def test_a_long_meeting_is_told_from_its_beginning_when_that_is_asked_for(running):
    began = "Nguyễn Văn An khai mạc cuộc họp."
    for n in range(2):
        said = [OpinionRecorded(f"r{n}-{k}", running.ids["em"], f"Ý kiến {k}", "i1") for k in range(500)]
        running.happens(f"09:{n}0", "em", *said)
    latest = running.get("mai", API).json
    assert (len(latest["lines"]), latest["from"] > 0) == (timeline.LINES, True)
    first = latest["lines"][0]["seq"]
    earlier = running.get("mai", f"{API}?before={first}").json["lines"]
    assert began in [line["text"] for line in earlier]
    assert len({line["seq"] for line in [*earlier, *latest["lines"]]}) >= 1000


@pytest.mark.parametrize("after", ["", "-7", "0", "9" * 300, "x"])
def test_whatever_number_is_asked_for_there_is_an_answer(running, after):
    assert len(running.get("mai", f"{API}?after={after}").json["lines"]) > 2


def test_the_lines_are_for_the_staff_alone(approved):
    for name in ("an", "mai", "dung"):
        assert approved.get(name, API).status_code == 200, name
    assert approved.get("em", API).json["error"]["code"] == "not_allowed"
    assert approved.get("la", API).status_code == 404
    assert approved.get(None, API).status_code == 401


def test_each_reader_has_their_own_language(running):
    mai = running.client("mai")
    with running.pool.writing() as db:
        db["users"].update(running.ids["mai"], {"language": "en"})
    assert "Nguyễn Văn An opened the meeting." in [line["text"] for line in mai.get(API).json["lines"]]
    assert "Nguyễn Văn An khai mạc cuộc họp." in [line["text"] for line in running.get("an", API).json["lines"]]
