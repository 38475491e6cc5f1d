"""Every kind of fact has its place in the minutes, or the narrator says why not."""

import pytest

from meetingroom.meeting import (
    agenda,
    ballot_count,
    ballot_drafts,
    ballot_edit,
    ballot_results,
    ballots,
    case_report,
    conclusions,
    decision,
    evidence,
    exhibits,
    floor,
    ink,
    lifecycle,
    map_stage,
    media_stage,
    opinions,
    pairs,
    papers,
    people,
    playing,
    questions,
    recall,
    record,
    removed_exhibits,
    roll,
    series,
    sites,
    stage,
    versions,
    wire,
)
from meetingroom.meeting.kernel import Refused
from meetingroom.minutes import draft  # noqa: F401 (registers what is told)
from meetingroom.minutes.narrative import AT_THE_END, NOT_IN_MINUTES, ignore, narrate
from meetingroom.minutes.outline import blocks
from meetingroom.printing.wording import words
from tests.minutes.story import at, minutes_of

SENTENCE = {"vi": "02/02 thành viên tán thành (100 %), đạt quá nửa (cần từ 02).", "en": "2 of 2."}


def ballot(key: str, question: str, secret: bool = False) -> ballot_drafts.BallotDrafted:
    options = (("yes", ""), ("no", ""))
    rule = ("UBKS_NQ", "total", "gt_half", "chair", True, False)
    return ballot_drafts.BallotDrafted(key, question, options, secret, *rule, ("an", "em", "giang"), "i1")


def invited(key: str, name: str, role: str = "delegate", site: str = "s0") -> people.PersonInvited:
    return people.PersonInvited(key, name, "Trưởng phòng", "", role, site)


def strokes(*ids: str) -> tuple[dict[str, str | int], ...]:
    return tuple({"id": key, "t": "pen", "c": "red", "w": 28, "d": "AAAA"} for key in ids)


# A morning in which every kind of fact that the minutes tell happens, and leaves its trace.
MORNING = (
    ("07:00", "mai", lifecycle.MeetingCreated("Họp", "conference", at("08:00"), at("11:00"), "Hội trường")),
    ("07:00", "mai", lifecycle.MeetingEdited("Hội nghị", "conference", at("08:00"), at("11:00"), "Hội trường tầng 3")),
    ("07:00", "mai", sites.SiteAdded("s0", "Hội trường", "ĐC00", True)),
    ("07:00", "mai", sites.SiteAdded("s1", "VKSND khu vực 1", "ĐC01")),
    ("07:00", "mai", sites.SiteEdited("s1", "VKSND khu vực 1 - Lạc Giang", "ĐC01")),
    ("07:00", "mai", sites.SiteAdded("s9", "Nhầm", "ĐC99")),
    ("07:00", "mai", sites.SiteRemoved("s9")),
    ("07:01", "mai", invited("an", "Nguyễn Văn An", "chair")),
    ("07:01", "mai", invited("mai", "Lý Thị Mai", "secretary")),
    ("07:01", "mai", invited("em", "Hoàng Văn Em")),
    ("07:01", "mai", invited("giang", "Đặng Văn Giang")),
    ("07:01", "mai", invited("lam", "Dương Văn Lâm")),
    ("07:01", "mai", invited("ich", "Đỗ Văn Ích", site="s1")),
    ("07:01", "mai", invited("tho", "Lê Văn Thợ", "technician")),
    ("07:01", "mai", people.RoleChanged("tho", "guest", "s1")),
    ("07:01", "mai", invited("x", "Không Mời Nữa")),
    ("07:01", "mai", people.PersonRemoved("x")),
    ("07:01", "mai", people.PersonMoved("mai", "an")),
    ("07:02", "mai", agenda.ItemAdded("i1", "Báo cáo", presenters=("em",))),
    ("07:02", "mai", agenda.ItemEdited("i1", "Báo cáo tổng kết", presenters=("em",))),
    ("07:02", "mai", agenda.ItemAdded("i2", "Thảo luận")),
    ("07:02", "mai", agenda.ItemAdded("i3", "Không tới một")),
    ("07:02", "mai", agenda.ItemAdded("i4", "Không tới hai")),
    ("07:02", "mai", agenda.ItemMoved("i4", "i3")),
    ("07:02", "mai", agenda.ItemAdded("i5", "Kiểm điểm kết luận", kind="followup")),
    ("07:02", "mai", agenda.ItemAdded("i9", "Bỏ")),
    ("07:02", "mai", agenda.ItemRemoved("i9")),
    ("07:03", "mai", papers.PaperAttached("p1", "d1", "i1", "Báo cáo", 9)),
    ("07:03", "mai", papers.PaperEdited("p1", "Báo cáo năm 2026", True, "members")),
    ("07:04", "em", case_report.ReportRegistered("c1", "LG-017", "Vụ án A", "Trả hồ sơ?", reporter="em")),
    ("07:30", "lam", roll.Excused("lam", "dự phiên tòa")),
    ("07:31", "lam", roll.SubstituteProposed("lam", "Phan Văn Nam", "Phó Viện trưởng")),
    ("07:32", "an", roll.SubstituteAccepted("lam")),
    ("07:33", "tho", roll.SubstituteProposed("tho", "Ai Đó")),
    ("07:33", "an", roll.SubstituteAccepted("tho")),
    ("07:34", "an", roll.SubstituteDeclined("tho")),
    ("07:50", "mai", roll.RollCalled(("an", "mai", "em"), "onsite")),
    ("08:00", "an", lifecycle.MeetingOpened("an", 5, 3, 3)),
    ("08:01", "an", agenda.ItemStarted("i1")),
    ("08:02", "em", stage.PaperShown("p1", 1)),
    ("08:03", "em", pairs.PairShown({"paper": "p1", "page": 5}, {"paper": "p1", "page": 7})),
    ("08:03", "em", stage.PageTurned("p1", 2)),
    ("08:03", "em", exhibits.CaseAttached("c1", "Vụ án Lương Tuấn Kiệt")),
    ("08:03", "em", map_stage.MapShown("c1", "m1", 7, "Nội dung vụ án", "N1", "Gốc")),
    ("08:03", "em", map_stage.NodeShown("N43", "Lời khai của A")),
    ("08:03", "em", evidence.EvidenceShown("e1", 4, "84", "3", "N43", "c1", "Bản cung", 40)),
    ("08:03", "em", evidence.EvidenceTurned("e1", 5, "85", "3")),
    ("08:03", "em", media_stage.MediaShown("c1", "v1", "Hỏi cung", "video", 90.0, "84", "3", clip=(5.0, 65.0))),
    ("08:03", "em", media_stage.MediaPlayed(5.0, 1.5, 0)),
    ("08:03", "em", media_stage.MediaSought(30.0)),
    ("08:03", "em", media_stage.MediaPlayedOn("everywhere")),
    ("08:03", "em", playing.MediaPaused(40.0)),
    ("08:03", "", removed_exhibits.ExhibitRemoved("c1", media="v1", title="Hỏi cung")),
    ("08:04", "em", ink.InkDrawn("d1", 2, strokes("s00001", "s00002", "s00003"))),
    ("08:05", "em", ink.InkErased("d1", 2, ("s00001",))),
    ("08:06", "em", ink.InkDrawn("d1", 3, strokes("s00004"))),
    ("08:07", "em", ink.InkCleared("d1", 3)),
    ("08:07", "em", ink.InkRestored("d1", 3)),
    ("08:08", "em", ink.InkDrawn("d1", 4, strokes("s00005"))),
    ("08:08", "em", ink.InkCleared("d1", 4)),
    (
        "08:09",
        "mai",
        versions.PaperReplaced("p1", "d2", "Báo cáo năm 2026", 9, (), ((1, 1, 9, "same"),), "Sửa số liệu"),
    ),
    ("08:10", "ich", roll.CheckedIn("ich", "online")),
    ("08:20", "an", floor.FloorGranted("giang", 300, item="i1")),
    ("08:25", "an", floor.SpeechEnded("giang", 300)),
    ("08:26", "ich", floor.OpinionRecorded("r1", "ich", "Cần bổ sung.", "i1")),
    ("08:27", "giang", questions.QuestionAsked("q1", "giang", "B biết gì?")),
    ("08:27", "em", questions.QuestionAnswered("q1", "a1", "em", "B có biết.", bl="121")),
    ("08:28", "em", opinions.ProposalPut("n1", "PA1", "Trả hồ sơ.")),
    ("08:28", "giang", opinions.OpinionGiven("giang", "agree", "", "n1")),
    ("08:29", "giang", opinions.OpinionReserved("giang", "Không đủ căn cứ.")),
    ("08:29", "an", decision.DirectionConcluded("Trả hồ sơ để điều tra bổ sung.", "n1")),
    ("08:29", "em", decision.UnderstandingConfirmed("em")),
    ("08:30", "an", lifecycle.MeetingAdjourned()),
    ("08:40", "an", lifecycle.MeetingResumed()),
    ("08:41", "mai", ballot("b1", "Thông qua")),
    ("08:41", "mai", ballot_edit.BallotEdited(**vars(ballot("b1", "Thông qua Kế hoạch")))),
    ("08:41", "mai", ballot_drafts.Recused("b1", "giang")),
    ("08:42", "an", ballots.BallotOpened("b1", ("an", "em"))),
    ("08:42", "em", ballots.VoteCast("b1", "em", ("no",))),
    (
        "08:43",
        "an",
        ballot_count.BallotClosed("b1", {"yes": 1, "no": 1}, 2, 2, "adopted", 2, 2, "majority", False, SENTENCE),
    ),
    ("08:44", "an", ballot_results.DecisionRecorded("b1", "Giao Phòng 1.")),
    ("08:44", "an", ballot_results.ResultPublished("b1")),
    ("08:45", "mai", ballot("b2", "Bỏ phiếu lại")),
    ("08:45", "an", ballots.BallotOpened("b2", ("an", "em"))),
    ("08:46", "an", ballot_results.BallotAnnulled("b2", "sai danh sách")),
    ("08:47", "mai", ballot("b3", "Thăm dò")),
    ("08:47", "an", ballots.BallotOpened("b3", ("an", "em"))),
    ("08:48", "an", ballot_count.BallotClosed("b3", {"yes": 1}, 2, 1, "rejected", 2, 2, "short", False, SENTENCE)),
    ("08:48", "an", ballot_results.ResultKept("b3")),
    ("08:50", "mai", record.NoteRecorded("i1", "Thống nhất.")),
    ("08:51", "mai", conclusions.ConclusionRecorded("k1", "Ban hành kế hoạch")),
    ("08:52", "mai", conclusions.ConclusionEdited("k1", "Ban hành Kế hoạch năm 2027")),
    ("08:52", "mai", conclusions.ConclusionRecorded("k9", "Bỏ")),
    ("08:52", "mai", conclusions.ConclusionRemoved("k9")),
    ("08:55", "an", agenda.ItemFinished("i1")),
    ("08:56", "an", agenda.ItemStarted("i2")),
    ("09:00", "em", roll.CheckedOut("em")),
    ("09:01", "mai", series.ItemCarried("i4", "repeat", "Không tới hai")),
    ("09:02", "an", agenda.ItemFinished("i2")),
    ("09:02", "an", agenda.ItemStarted("i5")),
    ("09:02", "an", agenda.FollowupShown("i5", ({"unit": "Phòng 1", "text": "Tập huấn", "due": "2026-12-01"},))),
    ("09:03", "an", stage.FollowupTurned("i5")),
    ("09:04", "an", recall.PapersRecalled("q1", ("p1",), "Hết giờ đọc", 3)),
    ("09:06", "an", recall.RecallClosed("q1", {"asked": 3, "signed": 2, "failed": 0})),
    ("11:00", "an", lifecycle.MeetingClosed()),
    ("11:30", "mai", record.MinutesEdited({"place": "Hội trường tầng 3, VKSND tỉnh Lạc Giang"})),
)


# What is said later in other words: looked at without these.
OVERWRITTEN = {lifecycle.MeetingCreated: lifecycle.MeetingEdited, sites.SiteAdded: sites.SiteEdited}


def text(facts) -> list:
    minutes = minutes_of(*facts)
    return [minutes.title, *((block.text, block.aside) for block in blocks(minutes, words("vi")))]


def without(facts, *kinds) -> list:
    return [entry for entry in facts if not isinstance(entry[2], kinds)]


def kinds(in_minutes: bool) -> list:
    """The kinds of facts of which the minutes speak (in a sentence, or from the state at the end), or the others."""
    return [
        kind for kind in wire.events().values() if (NOT_IN_MINUTES.get(kind, AT_THE_END) == AT_THE_END) == in_minutes
    ]


@pytest.mark.parametrize("kind", wire.events().values(), ids=lambda kind: kind.__name__)
def test_every_fact_has_its_sentence_or_the_reason_why_not(kind):
    handler = narrate.dispatch(kind)
    assert handler is not narrate.dispatch(object), f"the minutes do not know {kind.__name__}"
    assert (handler is ignore) == (kind in NOT_IN_MINUTES)
    assert NOT_IN_MINUTES.get(kind, "a sentence").strip()


@pytest.mark.parametrize("kind", kinds(in_minutes=True), ids=lambda kind: kind.__name__)
def test_what_the_minutes_tell_of_would_be_missed(kind):
    """Without the facts of one kind the text is another one (or the rest makes no sense any more)."""
    assert any(isinstance(fact, kind) for _, _, fact in MORNING), f"no {kind.__name__} in the morning"
    morning = without(MORNING, OVERWRITTEN.get(kind, ()))
    try:
        left = text(without(morning, kind))
    except (KeyError, Refused):
        return
    assert left != text(morning), f"{kind.__name__} leaves no trace"


@pytest.mark.parametrize("kind", kinds(in_minutes=False), ids=lambda kind: kind.__name__)
def test_what_the_minutes_are_silent_about_has_a_reason_in_words(kind):
    assert len(NOT_IN_MINUTES[kind].split()) > 3


def test_the_story_is_told_without_a_gap():
    story = " ".join(line for line, _ in text(MORNING)[1:])
    for words_of_it in (
        "đồng chí Đặng Văn Giang phát biểu (05 phút)",
        "gửi ý kiến bằng văn bản: “Cần bổ sung”",
        "Không tham gia biểu quyết do có liên quan: đồng chí Đặng Văn Giang.",
        SENTENCE["vi"],
        "08 giờ 46: hủy lần biểu quyết “Bỏ phiếu lại”; lý do: sai danh sách.",
        "Giao Phòng 1.",
        "đồng chí Phan Văn Nam, Phó Viện trưởng dự thay",
        "Có mặt 03/05 thành viên, đủ điều kiện tiến hành",
    ):
        assert words_of_it in story, words_of_it
