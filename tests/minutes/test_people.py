"""Speaking, voting and standing in for somebody, in the words of an office."""

import re
from dataclasses import replace

from meetingroom.meeting.agenda import ItemAdded, ItemStarted
from meetingroom.meeting.ballot_count import BallotClosed
from meetingroom.meeting.ballot_drafts import BallotDrafted
from meetingroom.meeting.ballot_results import BallotAnnulled, ResultKept, ResultPublished
from meetingroom.meeting.ballots import BallotOpened, VoteCast
from meetingroom.meeting.floor import FloorGranted, OpinionRecorded, SpeechEnded
from meetingroom.meeting.lifecycle import MeetingClosed, MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.record import NoteRecorded
from meetingroom.meeting.roll import CheckedIn, CheckedOut, Excused, RollCalled, SubstituteAccepted, SubstituteProposed
from meetingroom.minutes.outline import blocks, entries
from meetingroom.printing.wording import count, words
from tests.minutes.story import at, minutes_of, said

PEOPLE = ("an", "Nguyễn Văn An", "chair"), ("em", "Hoàng Văn Em", "delegate"), ("giang", "Đặng Văn Giang", "delegate")
PREPARED = (
    ("07:00", "an", MeetingCreated("Họp giao ban", "briefing", at("08:00"), at("11:00"), "Phòng 2")),
    *(("07:01", "an", PersonInvited(key, name, "", "", role)) for key, name, role in PEOPLE),
    ("07:02", "an", ItemAdded("i1", "Thảo luận")),
    ("07:04", "an", MeetingPublished()),
)
OPENED = (*PREPARED, ("08:00", "an", MeetingOpened("an")), ("08:00", "an", ItemStarted("i1")))
DRAFTED = BallotDrafted(
    "b1",
    "Thông qua Kế hoạch",
    (("yes", ""), ("no", ""), ("other", "")),
    False,
    "UBKS_NQ",
    "total",
    "gt_half",
    "chair",
    True,
    False,
    ("an", "em", "giang"),
    "i1",
)
VOTED = (
    ("09:00", "an", DRAFTED),
    ("09:01", "an", BallotOpened("b1", ("an", "em", "giang"))),
    ("09:01", "an", VoteCast("b1", "an", ("yes",))),
    ("09:01", "em", VoteCast("b1", "em", ("other",), "lùi sang quý III")),
    ("09:01", "giang", VoteCast("b1", "giang", ("no",))),
)
SENTENCE = {"vi": "01/03 thành viên tán thành (33,3 %), chưa đạt quá nửa (cần từ 02).", "en": "1 of 3: not reached."}
CLOSED = BallotClosed("b1", {"yes": 1, "no": 1, "other": 1}, 3, 3, "rejected", 3, 2, "short", False, SENTENCE)


OPENED_BELOW = ("09:01", "an", BallotOpened("b1", ("an", "em", "giang"), (), False, 9, 4, 5))


def text_of(minutes, language="vi"):
    return [block.text for block in blocks(minutes, words(language))]


def test_a_speech_with_its_length():
    minutes = minutes_of(
        *OPENED,
        ("08:58", "an", FloorGranted("giang", 300, item="i1")),
        ("09:03", "an", SpeechEnded("giang", 312)),
        ("09:04", "an", FloorGranted("em", 60, kind="question", item="i1")),
        ("09:05", "an", SpeechEnded("em", 40)),
    )
    assert said(minutes) == [
        "08 giờ 58: đồng chí Đặng Văn Giang phát biểu (05 phút).",
        "09 giờ 04: đồng chí Hoàng Văn Em nêu câu hỏi (40 giây).",
    ]


def test_a_request_not_reached_is_a_written_opinion():
    minutes = minutes_of(*OPENED, ("09:31", "giang", OpinionRecorded("r1", "giang", "Cần bổ sung\nbiên chế.", "i1")))
    assert said(minutes) == ["09 giờ 31: đồng chí Đặng Văn Giang gửi ý kiến bằng văn bản: “Cần bổ sung biên chế”."]


def test_an_open_ballot_with_its_one_result_and_who_dissented():
    minutes = minutes_of(*OPENED, *VOTED, ("09:05", "an", CLOSED), ("09:06", "an", ResultPublished("b1")))
    assert (
        "09 giờ 01 đến 09 giờ 05: biểu quyết công khai “Thông qua Kế hoạch” (03 người có quyền biểu quyết, "
        "03 người đã biểu quyết): "
        "tán thành: 01; không tán thành: 01; ý kiến khác: 01. "
        "Không thông qua. 01/03 thành viên tán thành (33,3 %), chưa đạt quá nửa (cần từ 02). "
        "Không tán thành: đồng chí Đặng Văn Giang. Ý kiến khác: đồng chí Hoàng Văn Em (“lùi sang quý III”)."
    ) in text_of(minutes)


def test_a_ballot_counted_on_paper_names_its_tellers_as_everybody_is_named():
    counted = replace(CLOSED, tellers=("Lê Văn Cường", "Lý Thị Mai"))
    text = text_of(minutes_of(*OPENED, *VOTED, ("09:05", "an", counted), ("09:06", "an", ResultPublished("b1"))))
    assert any("Kiểm phiếu giấy: đồng chí Lê Văn Cường; đồng chí Lý Thị Mai." in line for line in text)


def test_a_result_not_yet_published_is_not_told():
    minutes = minutes_of(*OPENED, *VOTED, ("09:05", "an", CLOSED))
    assert not any("biểu quyết" in text for text in text_of(minutes))


def test_a_result_left_unpublished_is_told_as_taken_and_not_with_its_numbers():
    sentence = "09 giờ 01 đến 09 giờ 05: tiến hành biểu quyết “Thông qua Kế hoạch” (03 người có quyền biểu quyết, "
    sentence += "03 người đã biểu quyết); kết quả không được công bố."
    decided = sentence.replace("kết quả không được công bố", "chủ tọa quyết định không công bố kết quả")
    kept = minutes_of(*OPENED, *VOTED, ("09:05", "an", CLOSED), ("09:06", "an", ResultKept("b1")))
    assert decided in text_of(kept)
    assert not any("Giang" in text and "Không tán thành" in text for text in text_of(kept))
    # An old log, closed over a result that nobody had published.
    old = minutes_of(*OPENED, *VOTED, ("09:05", "an", CLOSED), ("11:00", "an", MeetingClosed()))
    assert sentence in text_of(old)


def test_an_annulled_ballot_says_why_and_not_how_it_stood():
    minutes = minutes_of(
        *OPENED, *VOTED, ("09:05", "an", CLOSED), ("09:06", "an", BallotAnnulled("b1", "sai danh sách"))
    )
    text = next(text for text in text_of(minutes) if "Thông qua Kế hoạch" in text)
    assert text == "09 giờ 06: hủy lần biểu quyết “Thông qua Kế hoạch”; lý do: sai danh sách."


def test_a_secret_ballot_names_nobody():
    secret = BallotDrafted(
        **{**vars(DRAFTED), "secret": True, "options": (("o1", "Phòng 1"), ("o2", "VKSND khu vực 4"))}
    )
    closed = BallotClosed(
        "b1", {"o1": 3, "o2": 5, "invalid": 1}, 10, 9, "none", 9, 0, "none", False, {"vi": "Để tham khảo."}
    )
    minutes = minutes_of(
        *OPENED,
        ("09:00", "an", secret),
        ("09:01", "an", BallotOpened("b1", ("an", "em", "giang"))),
        ("09:01", "em", VoteCast("b1", "em")),
        ("09:05", "an", closed),
        ("09:06", "an", ResultPublished("b1")),
    )
    text = next(text for text in text_of(minutes) if "phiếu kín" in text)
    assert text == (
        "09 giờ 01 đến 09 giờ 05: bỏ phiếu kín “Thông qua Kế hoạch”: số phiếu phát ra 10, thu vào 09, "
        "hợp lệ 08, không hợp lệ 01; "
        "Phòng 1: 03; VKSND khu vực 4: 05. Để tham khảo."
    )
    assert not re.search("An|Em|Giang", text)


def test_a_secret_ballot_of_few_papers_says_how_many_came_back_and_not_how_many_were_valid():
    closed = BallotClosed("b1", {"yes": 2, "invalid": 1}, 4, 3, "none", 3, 0, "none", False, {"vi": "Để tham khảo."})
    minutes = minutes_of(
        *OPENED,
        ("09:00", "an", replace(DRAFTED, secret=True)),
        ("09:01", "an", BallotOpened("b1", ("an", "em", "giang"))),
        ("09:05", "an", closed),
        ("09:06", "an", ResultPublished("b1")),
    )
    (text,) = [text for text in text_of(minutes) if "phiếu kín" in text]
    assert text == (
        "09 giờ 01 đến 09 giờ 05: bỏ phiếu kín “Thông qua Kế hoạch”: số phiếu phát ra 04, thu vào 03. "
        "Thu vào 03 phiếu, dưới 04 phiếu: không công bố số phiếu để giữ bí mật."
    )


def test_a_ballot_on_no_item_stands_under_other_matters():
    loose = BallotDrafted(**{**vars(DRAFTED), "item": ""})
    minutes = minutes_of(
        *OPENED, ("09:00", "an", loose), *VOTED[1:], ("09:05", "an", CLOSED), ("09:06", "an", ResultPublished("b1"))
    )
    assert minutes.items[-1].title == "Nội dung khác"
    assert len(minutes.items[-1].ballots) == 1


def test_a_roll_called_at_once_is_as_good_as_one_by_one():
    minutes = minutes_of(
        *PREPARED, ("07:50", "an", RollCalled(("an", "em"), "onsite")), ("08:00", "an", MeetingOpened("an"))
    )
    assert [(person.state, person.at, person.late) for person in minutes.people[:2]] == [
        ("onsite", at("07:50"), False)
    ] * 2


def test_the_substitute_stands_with_the_excuse_once_the_chair_has_consented():
    asked = (
        ("07:30", "giang", Excused("giang", "dự phiên tòa")),
        ("07:31", "giang", SubstituteProposed("giang", "Lê Thị Hoa", "Phó trưởng phòng 9")),
    )
    assert not any("dự thay" in text for text in text_of(minutes_of(*PREPARED, *asked)))
    given = minutes_of(*PREPARED, *asked, ("07:40", "an", SubstituteAccepted("giang")))
    assert (
        "- Vắng có lý do (01): đồng chí Đặng Văn Giang (dự phiên tòa; đồng chí Lê Thị Hoa, Phó trưởng phòng 9 dự thay)."
        in text_of(given)
    )


def test_who_sent_an_accepted_substitute_is_not_absent_without_a_reason_and_who_writes_is_present():
    minutes = minutes_of(
        *PREPARED,
        ("07:05", "an", PersonInvited("mai", "Lý Thị Mai", "", "", "secretary")),
        ("07:31", "giang", SubstituteProposed("giang", "Lê Thị Hoa")),
        ("07:40", "an", SubstituteAccepted("giang")),
        ("08:00", "an", MeetingOpened("an")),
        ("11:00", "an", MeetingClosed()),
    )
    states = {person.name: person.state for person in minutes.people}
    assert (states["Đặng Văn Giang"], states["Lý Thị Mai"], states["Hoàng Văn Em"]) == ("excused", "onsite", "absent")


def test_the_quorum_at_the_opening():
    full = minutes_of(*PREPARED, ("08:00", "an", MeetingOpened("an", 8, 6, 5)))
    assert full.lines[0].text == (
        "08 giờ 00: chủ tọa tuyên bố bắt đầu cuộc họp. Có mặt 06/08 thành viên, đủ điều kiện tiến hành."
    )
    short = minutes_of(*PREPARED, ("08:00", "an", MeetingOpened("an", 8, 4, 5)))
    assert "chưa đủ số thành viên cần có (05)" in short.lines[0].text


def test_a_ballot_the_chair_opened_below_the_quorum_says_so_with_the_numbers():
    facts = [OPENED_BELOW if isinstance(fact[2], BallotOpened) else fact for fact in VOTED]
    minutes = minutes_of(*OPENED, *facts, ("09:05", "an", CLOSED), ("09:06", "an", ResultPublished("b1")))
    said = "Có mặt 04/09 thành viên, chưa đủ số thành viên cần có (05); chủ tọa quyết định vẫn tiến hành."
    assert any(said in text for text in text_of(minutes))


def test_a_meeting_is_not_called_a_conference():
    text = text_of(minutes_of(*OPENED, ("11:00", "an", MeetingClosed())))
    assert "Nội dung (theo diễn biến cuộc họp):" in text
    assert text[-1] == "Cuộc họp kết thúc vào 11 giờ 00, ngày 16 tháng 12 năm 2026./."
    assert not any("hội nghị" in line for line in text)


def test_within_an_item_everything_stands_in_the_order_in_which_it_happened():
    minutes = minutes_of(
        *OPENED,
        ("08:10", "an", FloorGranted("giang", 300, item="i1")),
        ("08:15", "an", SpeechEnded("giang", 300)),
        ("08:20", "an", NoteRecorded("i1", "Các ý kiến thống nhất.")),
        ("08:30", "an", CheckedIn("em", "onsite")),
        *VOTED,
        ("09:02", "giang", CheckedOut("giang")),
        ("09:05", "an", CLOSED),
        ("09:06", "an", ResultPublished("b1")),
        ("09:10", "an", FloorGranted("em", 60, item="i1")),
        ("09:11", "an", SpeechEnded("em", 60)),
        ("09:30", "an", NoteRecorded("i1", "Các ý kiến đều thống nhất.")),
    )
    heads = [block.text.split(":")[0] for _at, block in entries(minutes.items[0], minutes, words("vi"))]
    assert heads == [
        "08 giờ 10",
        "Các ý kiến đều thống nhất.",
        "08 giờ 30",
        "09 giờ 01 đến 09 giờ 05",
        "09 giờ 02",
        "09 giờ 10",
    ]


def test_who_left_before_a_ballot_and_who_left_after_it_do_not_leave_together():
    came = [("08:01", key, CheckedIn(key, "onsite")) for key in ("em", "giang")]
    away = (("08:50", "em", CheckedOut("em")), *VOTED, ("09:05", "an", CLOSED), ("09:05", "giang", CheckedOut("giang")))
    text = said(minutes_of(*OPENED, *came, *away))
    assert text[-2:] == [
        "08 giờ 50: đồng chí Hoàng Văn Em rời phòng họp.",
        "09 giờ 05: đồng chí Đặng Văn Giang rời phòng họp.",
    ]


def test_who_leaves_together_is_named_in_one_sentence_and_who_comes_back_is_told():
    came = [("08:01", key, CheckedIn(key, "onsite")) for key in ("em", "giang")]
    away = [("08:50", key, CheckedOut(key)) for key in ("em", "giang")]
    text = said(minutes_of(*OPENED, *came, *away, ("09:00", "em", CheckedIn("em", "onsite"))))
    assert text[-2:] == [
        "08 giờ 50: đồng chí Hoàng Văn Em và đồng chí Đặng Văn Giang rời phòng họp.",
        "09 giờ 00: đồng chí Hoàng Văn Em trở lại phòng họp.",
    ]


def test_a_speech_of_three_seconds_has_no_length_and_nought_is_written_0():
    minutes = minutes_of(
        *OPENED, ("08:58", "an", FloorGranted("em", 60, item="i1")), ("08:58", "an", SpeechEnded("em", 3))
    )
    assert said(minutes) == ["08 giờ 58: đồng chí Hoàng Văn Em phát biểu."]
    assert (count(0), count(5), count(12)) == ("0", "05", "12")


SPOKEN = (
    *OPENED,
    ("08:10", "an", FloorGranted("giang", 300, item="i1")),
    ("08:15", "an", SpeechEnded("giang", 300)),
    ("08:20", "an", NoteRecorded("i1", "x")),
    ("08:30", "an", CheckedIn("em", "onsite")),
    *VOTED,
    ("09:05", "an", CLOSED),
    ("09:06", "an", ResultPublished("b1")),
)
SPEECH, ARRIVAL = len(OPENED) + 1, len(OPENED) + 4


def lines_with(text: str) -> list[str]:
    minutes = minutes_of(*SPOKEN, texts={"i1": text})
    return [block.text.split(":")[0] for _at, block in entries(minutes.items[0], minutes, words("vi"))]


def test_a_line_placed_in_the_text_stands_where_it_happened_and_is_told_once():
    sentences = lines_with(f"<p>Trước.</p><p data-from='{ARRIVAL}'>Đồng chí Em đến muộn.</p><p>Sau.</p>")
    assert sentences == ["08 giờ 10", "Trước.", "Đồng chí Em đến muộn.", "Sau.", "09 giờ 01 đến 09 giờ 05"]


def test_a_line_that_the_secretary_hides_is_not_told():
    assert lines_with(f"<div data-live='hidden' data-ref='{SPEECH}'></div>") == [
        "08 giờ 30",
        "09 giờ 01 đến 09 giờ 05",
    ]


def test_a_ballot_placed_in_the_text_is_told_there_and_nowhere_else():
    sentences = lines_with("<p>Trước.</p><div data-live='ballot' data-ref='b1'></div><p>Sau.</p>")
    assert sentences == ["08 giờ 10", "Trước.", "08 giờ 30", "09 giờ 01 đến 09 giờ 05", "Sau."]


def test_points_have_their_labels_and_a_table_is_one_piece():
    text = "<h4>Ý kiến</h4><ol data-k='letter' start='4'><li>một<li>hai</ol><table><tr><td>x<td>y</table>"
    minutes = minutes_of(*OPENED, texts={"i1": text})
    blocks = [(block.style, block.text) for _at, block in entries(minutes.items[0], minutes, words("vi"))]
    assert blocks == [("sub", "Ý kiến"), ("text", "d) một"), ("text", "đ) hai"), ("table", "x | y")]
