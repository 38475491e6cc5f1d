"""A case is reported to leaders: who is there, what is asked and said by name, and who decides."""

from meetingroom.meeting import archiving, decision, opinions, questions, sites
from meetingroom.meeting.approval import ApproveMinutes
from meetingroom.meeting.archiving import FactWithheld
from meetingroom.meeting.case_report import PermitSites, RegisterReport, ReportRegistered, SitesPermitted
from meetingroom.meeting.conclusions import ConclusionRecorded
from meetingroom.meeting.decision import (
    ConcludeDirection,
    ConfirmUnderstanding,
    DirectionConcluded,
    SplitDirection,
    UnderstandingConfirmed,
)
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import EditMeeting, MeetingClosed, MeetingEdited, MeetingOpened, MeetingPublished
from meetingroom.meeting.opinions import (
    GiveOpinion,
    OpinionGiven,
    OpinionNamesShown,
    OpinionReserved,
    ProposalPut,
    PutProposal,
    ReserveOpinion,
    WithdrawProposal,
)
from meetingroom.meeting.people import RemovePerson
from meetingroom.meeting.questions import AnswerQuestion, AskQuestion, EditQuestion, QuestionAsked, QuestionEdited
from meetingroom.meeting.view import view
from tests.given import AN, BINH, DRAFT, DUNG, EM, HOUR, KHACH, MAI, NINE, PHUONG, THO, given, state_of
from tests.meeting.test_stage import WITH_PAPER

KIND = MeetingEdited("Báo cáo án", "case_report", NINE, NINE + HOUR)
CHARGE = {"law": "Bộ luật Hình sự", "article": "174", "clause": "4", "point": "a", "name": "Lừa đảo"}
KNOWN = {"owner": "dung", "open": True, "code": "LG-2026-017", "title": "Vụ án A", "charges": (CHARGE,)}
REGISTERED = ReportRegistered(
    "c1", "LG-2026-017", "Vụ án A", "Trả hồ sơ hay truy tố?", "prosecution", "2026-12-23", "Hạn", (CHARGE,),
    reporter="dung", head="em",
)  # fmt: skip
DRAFTED = [*DRAFT, KIND, REGISTERED]
RUNS = [*DRAFTED, MeetingPublished(), MeetingOpened("an")]
PA1, PA2 = ProposalPut("n1", "PA1", "Trả hồ sơ."), ProposalPut("n2", "PA2", "Truy tố.")
ASKED = QuestionAsked("q1", "em", "B biết gì?")


def seen(*facts, audience="screens") -> dict:
    return view(state_of(*facts), audience)["report"]


def test_only_the_owner_registers_a_case_and_its_nearest_deadline_comes_with_it():
    deadlines = ({"name": "Tạm giam", "date": "2027-01-05"}, {"name": "Hạn", "date": "2026-12-23"})
    wish = RegisterReport("c1", "Trả hồ sơ hay truy tố?", "prosecution", head="em", deadlines=deadlines, **KNOWN)
    given(DRAFT, KIND).when(DUNG, wish).then(REGISTERED).when(DUNG, wish).then()
    given(DRAFT, KIND).when(MAI, wish).refused("no_such_case")
    given(DRAFT, KIND).when(EM, wish).refused("not_allowed")
    given(DRAFT, KIND).when(DUNG, RegisterReport("c1", "?", **{**KNOWN, "open": False})).refused("case_closed")
    given(DRAFT, KIND).when(DUNG, RegisterReport("c1", "?", head="ai", **KNOWN)).refused("no_such_person")
    given(DRAFT, KIND).when(DUNG, RegisterReport("c1", "?", deadline="23/12", **KNOWN)).refused("bad_date")
    given(DRAFT).when(DUNG, wish).refused("not_a_case_report")
    given(DRAFTED).when(DUNG, RegisterReport("c2", "?", **KNOWN)).refused("another_case")


def test_a_case_report_has_no_other_site_unless_the_chair_allows_it():
    site = sites.AddSite("Khu vực 1", "KV1")
    room = given(DRAFTED).when(MAI, site).refused("sites_not_permitted")
    room.when(MAI, PermitSites()).refused("not_allowed")
    given(DRAFTED).when(AN, PermitSites()).then(SitesPermitted(True))
    allowed = given(DRAFTED, SitesPermitted(True)).when(MAI, site)
    assert [type(fact).__name__ for fact in allowed.outcome] == ["SiteAdded"]
    given(DRAFT, sites.SiteAdded("s1", "KV1", "KV1")).when(MAI, EditMeeting(kind="case_report")).refused(
        "sites_not_permitted"
    )
    given(DRAFTED).when(MAI, EditMeeting(kind="briefing")).refused("report_registered")


def test_a_question_keeps_the_place_it_was_asked_at_and_how_it_read_before():
    shown = given(RUNS, WITH_PAPER).when(EM, AskQuestion("B biết gì?", place="p:p1/2"))
    assert shown.outcome[0].where == {"key": "p:p1/2", "title": "Báo cáo", "page": 2}
    given(RUNS).when(THO, AskQuestion("?")).refused("not_allowed")
    given(RUNS).when(EM, AskQuestion("?", person="phuong")).refused("not_said_by_you")
    entered = given(RUNS).when(MAI, AskQuestion("?", person="em")).outcome[0]
    assert (entered.person, entered.entered) == ("em", True)
    edited = given(RUNS, ASKED).when(MAI, EditQuestion("q1", "Bị can B biết những gì?"))
    edited.then(QuestionEdited("q1", "Bị can B biết những gì?")).when(EM, EditQuestion("q1", "?")).refused(
        "not_allowed"
    )
    asked = (RUNS, ASKED, QuestionEdited("q1", "Bị can B biết những gì?"))
    question = seen(*asked, audience="members")["questions"]["items"]["q1"]
    assert question["before"][0]["text"] == "B biết gì?"
    answered = given(RUNS, ASKED).when(DUNG, AnswerQuestion("q1", "Có biết", bl="BL 121"))
    assert answered.outcome[0].bl == "BL 121"
    answered.when(EM, questions.WithdrawQuestion("q1")).refused("question_answered")
    given(RUNS, ASKED).when(PHUONG, questions.WithdrawQuestion("q1")).refused("not_your_question")


def test_opinions_are_by_name_and_a_change_stands_beside_what_was_said_first():
    room = given(RUNS, PA1, PA2).when(EM, GiveOpinion("agree")).refused("proposal_needed")
    room.when(EM, GiveOpinion("agree", proposal="n1")).then(OpinionGiven("em", "agree", "", "n1"))
    room.when(EM, GiveOpinion("other")).refused("empty")
    room.when(EM, GiveOpinion("other", "Đối chất trước")).then(OpinionGiven("em", "other", "Đối chất trước"))
    room.when(MAI, GiveOpinion("no", person="phuong")).then(OpinionGiven("phuong", "no", entered=True))
    room.when(AN, GiveOpinion("no", person="phuong")).refused("not_said_by_you")
    room.when(KHACH, GiveOpinion("no")).refused("not_allowed")
    facts = (RUNS, PA1, OpinionGiven("em", "agree", "", "n1"), OpinionGiven("em", "no"))
    opinion = seen(*facts, audience="members")["opinions"]["em"]
    assert (opinion["stance"], opinion["before"][0]["stance"]) == ("no", "agree")
    given(*facts).when(MAI, WithdrawProposal("n1")).refused("proposal_in_use")
    given(*facts).when(MAI, RemovePerson("em")).refused("took_part")


def test_the_head_of_the_unit_gives_the_first_opinion_before_the_session():
    given(DRAFTED).when(EM, GiveOpinion("agree")).then(OpinionGiven("em", "agree"))
    given(DRAFTED).when(PHUONG, GiveOpinion("agree")).refused("meeting_not_open")


def test_the_wall_shows_opinions_only_if_the_chair_says_and_a_question_only_once_it_is_shown():
    facts = (RUNS, PA1, ASKED, OpinionGiven("em", "no"), OpinionReserved("em", "Không có lỗi."))
    assert not {"opinions", "questions", "reserved", "missing"} & set(seen(*facts))
    assert seen(*facts)["proposals"]["items"]["n1"]["text"] == "Trả hồ sơ."
    given(*facts).when(MAI, opinions.ShowOpinionNames()).refused("not_allowed")
    assert seen(*facts, OpinionNamesShown(True))["opinions"]["em"]["stance"] == "no"
    assert "q1" in seen(*facts, questions.QuestionShown("q1"))["questions"]["items"]
    assert seen(*facts, audience="staff")["missing"] == ["binh", "phuong"]


def test_nobody_changes_or_withholds_a_reserved_opinion():
    words = "  Tôi bảo lưu:\n bị can B không biết.  "
    room = (
        given(RUNS).when(EM, ReserveOpinion(words)).then(OpinionReserved("em", "Tôi bảo lưu:\n bị can B không biết."))
    )
    room.when(EM, ReserveOpinion("Thêm nữa"))
    state = room.state
    kept = state.report.reserved
    after = given(RUNS, OpinionReserved("em", "Không."), DirectionConcluded("Trả hồ sơ."), MeetingClosed())
    seq = after.state.report.reserved[0].seq
    for who in (AN, BINH, MAI, DUNG, EM):
        after.when(who, archiving.RedactFact(seq, "nhầm", "quản trị", "ab" * 32))
        assert after.outcome.code in ("opinion_is_reserved", "not_allowed")
    assert kept[0].text.startswith("Tôi bảo lưu")
    # After the close, too; whoever is there.
    after.when(KHACH, ReserveOpinion("Ý kiến khách")).then(OpinionReserved("khach", "Ý kiến khách"))


def test_the_chair_alone_decides_by_a_proposal_or_in_own_words_and_nothing_is_counted():
    room = given(RUNS, PA1, PA2, OpinionGiven("em", "no"), OpinionGiven("phuong", "no"))
    room.when(BINH, ConcludeDirection("Truy tố")).refused("not_allowed")
    room.when(MAI, ConcludeDirection("Truy tố")).refused("not_allowed")
    room.when(AN, ConcludeDirection()).refused("empty")
    room.when(AN, ConcludeDirection(proposal="n1")).then(DirectionConcluded("Trả hồ sơ.", "n1"))
    room.when(EM, GiveOpinion("agree", proposal="n1")).refused("direction_concluded")
    room.when(EM, ReserveOpinion("Tôi bảo lưu")).then(OpinionReserved("em", "Tôi bảo lưu"))
    given(DRAFTED).when(AN, ConcludeDirection("Truy tố")).refused("meeting_not_open")


def test_who_carries_the_direction_out_may_confirm_once_that_it_is_clear():
    given(RUNS).when(DUNG, ConfirmUnderstanding()).refused("no_direction")
    room = given(RUNS, DirectionConcluded("Trả hồ sơ.")).when(EM, ConfirmUnderstanding())
    room.refused("not_who_carries_it_out")
    assert "understood" not in seen(*RUNS, DirectionConcluded("Trả hồ sơ."))
    room.when(DUNG, ConfirmUnderstanding()).then(UnderstandingConfirmed("dung"))
    room.when(DUNG, ConfirmUnderstanding()).then()
    # Of another direction that is another word.
    given(RUNS, DirectionConcluded("Trả hồ sơ."), UnderstandingConfirmed("dung"), DirectionConcluded("Truy tố.")).when(
        DUNG, ConfirmUnderstanding()
    ).then(UnderstandingConfirmed("dung"))


def test_without_a_direction_the_minutes_are_not_final():
    approve = ApproveMinutes(1, "d", "d")
    given(RUNS, MeetingClosed()).when(AN, approve).refused("no_direction")
    room = given(RUNS, MeetingClosed()).when(AN, ConcludeDirection("Trả hồ sơ.")).then(DirectionConcluded("Trả hồ sơ."))
    assert [type(fact).__name__ for fact in room.when(AN, approve).outcome] == ["MinutesApproved"]


def test_the_points_of_a_direction_become_conclusions_once():
    text = (
        "Trả hồ sơ để điều tra bổ sung:\n(1) đối chất A–B; (2) thu sao kê tài khoản thứ hai.\n3. Báo cáo lại trước hạn"
    )
    assert decision.points(text) == ["đối chất A–B", "thu sao kê tài khoản thứ hai", "Báo cáo lại trước hạn"]
    assert decision.points("Trả hồ sơ theo Điều 174. Hạn 10 ngày.") == ["Trả hồ sơ theo Điều 174. Hạn 10 ngày"]
    room = given(RUNS, DirectionConcluded(text)).when(MAI, SplitDirection())
    assert [type(fact) for fact in room.outcome] == [ConclusionRecorded] * 3
    room.when(MAI, SplitDirection()).then()
    given(RUNS).when(MAI, SplitDirection()).refused("no_direction")


def test_only_who_reports_or_prepares_proposes():
    given(RUNS).when(PHUONG, PutProposal("Truy tố")).refused("not_who_reports")
    reporter = Actor("dung", "organiser", NINE, "t")
    assert given(RUNS).when(reporter, PutProposal("Truy tố")).outcome[0].label == "PA1"


def test_a_number_whose_words_are_withheld_is_given_to_nothing_else():
    reporter = Actor("dung", "organiser", NINE, "t")
    gone, question = FactWithheld("s", "ProposalPut"), FactWithheld("s", "QuestionAsked")

    def label(*facts) -> str:
        return given(RUNS, *facts).when(reporter, PutProposal("Đình chỉ.")).outcome[0].label

    assert label(gone) == label(PA1) == "PA2"
    assert label(gone, PA2) == label(PA1, gone) == label(PA1, PA2) == "PA3"
    reads_otherwise = ProposalPut("n1", "PA1", "Trả hồ sơ, bổ sung.")
    assert label(gone, reads_otherwise) == label(PA1, reads_otherwise) == "PA2"
    assert label(PA1, gone, PA2) == "PA3"  # it was PA1, read otherwise
    assert state_of(RUNS, question, ASKED).report.questions["q1"].number == 2
