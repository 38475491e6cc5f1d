"""The rounds of a case report: what people do there who do it all day."""

from meetingroom.meeting import case_report, decision, lifecycle, opinions, questions
from tests.given import AN, DUNG, EM, HOUR, MAI, NINE
from tests.meeting.repeating import BEGUN, beginnings, repeated

REPORTED = [
    BEGUN[0],
    *BEGUN[1:6],
    lifecycle.MeetingEdited("Báo cáo án", "case_report", NINE, NINE + HOUR),
    case_report.ReportRegistered("c1", "LG-2026-017", "Vụ án A", "Trả hồ sơ?", reporter="dung", head="em"),
]


@repeated
def register_report(meeting, n):
    known = {"owner": "dung", "open": True, "code": "LG-2026-017", "title": "Vụ án A"}
    meeting.does(DUNG, case_report.RegisterReport("c1", f"Câu hỏi {n}", **known))


@repeated
def permit_sites(meeting, n):
    meeting.does(AN, case_report.PermitSites(n % 2 == 0))


@repeated
def ask_question(meeting, n):
    meeting.does(EM, questions.AskQuestion(f"Vì sao {n}?"))


@repeated
def answer_question(meeting, n):
    meeting.does(EM, questions.AskQuestion(f"Vì sao {n}?"))
    for question in meeting.state.report.order[:2]:
        meeting.does(DUNG, questions.AnswerQuestion(question, f"Vì {n}."))


@repeated
def edit_question(meeting, n):
    if not meeting.state.report.order:
        meeting.does(EM, questions.AskQuestion("Vì sao?"))
    meeting.does(MAI, questions.EditQuestion(meeting.state.report.order[0], f"Vì sao {n}?"))


@repeated
def withdraw_question(meeting, n):
    meeting.does(EM, questions.AskQuestion(f"Vì sao {n}?"))
    meeting.does(EM, questions.WithdrawQuestion(meeting.state.report.order[-1]))


@repeated
def show_question(meeting, n):
    if not meeting.state.report.order:
        meeting.does(EM, questions.AskQuestion("Vì sao?"))
    meeting.does(AN, questions.ShowQuestion(meeting.state.report.order[0] if n % 2 else ""))


@repeated
def put_proposal(meeting, n):
    meeting.does(DUNG, opinions.PutProposal(f"Cách {n}"))


@repeated
def withdraw_proposal(meeting, n):
    meeting.does(DUNG, opinions.PutProposal(f"Cách {n}"))
    for proposal in list(meeting.state.report.proposals):
        meeting.does(DUNG, opinions.WithdrawProposal(proposal))


@repeated
def give_opinion(meeting, n):
    meeting.does(EM, opinions.GiveOpinion("other", f"Ý kiến {n}"))


@repeated
def reserve_opinion(meeting, n):
    meeting.does(EM, opinions.ReserveOpinion(f"Bảo lưu {n}"))


@repeated
def show_opinion_names(meeting, n):
    meeting.does(AN, opinions.ShowOpinionNames(n % 2 == 0))


@repeated
def draft_direction(meeting, n):
    meeting.does(MAI, decision.DraftDirection(f"Kết luận {n}"))


@repeated
def conclude_direction(meeting, n):
    meeting.does(AN, decision.ConcludeDirection(f"Kết luận {n}"))


@repeated
def split_direction(meeting, n):
    meeting.does(AN, decision.ConcludeDirection(f"1. Việc {n}. 2. Việc khác {n}."))
    meeting.does(MAI, decision.SplitDirection())


@repeated
def confirm_understanding(meeting, n):
    meeting.does(AN, decision.ConcludeDirection(f"Kết luận {n}"))
    meeting.does(DUNG, decision.ConfirmUnderstanding())


NAMES = (
    "ask_question answer_question edit_question withdraw_question show_question put_proposal withdraw_proposal"
    " give_opinion reserve_opinion show_opinion_names draft_direction conclude_direction split_direction"
    " confirm_understanding register_report permit_sites"
)
for name in NAMES.split(" "):
    beginnings[name] = REPORTED
