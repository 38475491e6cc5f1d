"""What is repeated after the meeting: the review of the minutes, their numbers and documents (as rounds.py)."""

from meetingroom.meeting import approval, issuing, reopening, review, stamping
from meetingroom.meeting.lifecycle import MeetingClosed
from tests.given import AN, EM, MAI, PROGRAM
from tests.meeting.repeating import BEGUN, Meeting, beginnings, repeated

AFTER = [BEGUN, MeetingClosed()]


@repeated
def send_minutes(meeting: Meeting, n: int):
    meeting.does(MAI, review.SendMinutes(("em", "phuong"), meeting.state.at + 60_000, f"d{n}"))
    meeting.does(MAI, review.EndReview())


@repeated
def comment_minutes(meeting: Meeting, n: int):
    if not review.open_round(meeting.state):
        meeting.does(MAI, review.SendMinutes("staff", meeting.state.at + review.LONGEST_ROUND, f"d{n}"))
    for who in (AN, MAI):
        meeting.does(who, review.CommentMinutes("i1", f"Ý kiến {n}", f"đoạn {n}"))


@repeated
def answer_comment(meeting: Meeting, n: int):
    comment_minutes(meeting, n)
    for comment in list(meeting.state.review.comments)[-2:]:
        meeting.does(MAI, review.AnswerComment(comment, "explained", f"Giải trình {n}"))


@repeated
def withdraw_comment(meeting: Meeting, n: int):
    comment_minutes(meeting, n)
    for who in (AN, MAI):
        meeting.does(who, review.WithdrawComment(next(reversed(meeting.state.review.comments), "")))


@repeated
def agree_minutes(meeting: Meeting, n: int):
    meeting.does(MAI, review.SendMinutes(("em",), meeting.state.at + 60_000, f"d{n}"))
    meeting.does(EM, review.AgreeMinutes())
    meeting.does(MAI, review.EndReview())


@repeated
def submit_minutes(meeting: Meeting, n: int):
    meeting.does(MAI, review.SubmitMinutes(f"d{n}"))
    meeting.does(AN, review.ReturnMinutes(f"Sửa lần {n}"))


@repeated
def finalise_minutes(meeting: Meeting, n: int):
    version = meeting.state.record.version
    meeting.does(AN, approval.ApproveMinutes(version, f"d{n}", f"d{n}"))
    meeting.does(MAI, review.FinaliseMinutes(version, f"d{n}", f"p{n}", f"w{n}"))
    meeting.does(AN, review.AcknowledgeMinutes())
    meeting.does(AN, approval.UnlockMinutes(f"Sửa lần {n}"))


@repeated
def make_document(meeting: Meeting, n: int):
    meeting.does(MAI, issuing.MakeDocument("chuong_trinh", pdf=f"p{n}", docx=f"w{n}"))
    meeting.does(MAI, issuing.IssueDocument(next(reversed(meeting.state.issuing.documents), "")))


@repeated
def replace_document(meeting: Meeting, n: int):
    make_document(meeting, n)
    *_, old, new = ["", "", *meeting.state.issuing.documents]
    meeting.does(MAI, issuing.ReplaceDocument(old, new, f"Sai lần {n}"))


@repeated
def take_number(meeting: Meeting, n: int):
    meeting.does(MAI, issuing.TakeNumber("bien_ban", "bb", 2026, n + 1, f"{n + 1:02}/BB-VKS"))
    meeting.does(MAI, issuing.VoidNumber(n + 1, f"Hủy lần {n}"))


@repeated
def reopen_minutes(meeting: Meeting, n: int):
    version = meeting.state.record.version
    meeting.does(AN, approval.ApproveMinutes(version, f"d{n}", f"d{n}"))
    meeting.does(MAI, issuing.TakeNumber("bien_ban", "bb", 2026, n + 1, f"{n + 1:02}/BB-VKS"))
    meeting.does(MAI, review.FinaliseMinutes(version, f"d{n}", f"p{n}", f"w{n}"))
    meeting.does(MAI, issuing.IssueDocument("bien_ban"))
    meeting.does(AN, reopening.ReopenMinutes(f"Sai lần {n}"))


@repeated
def withdraw_reopening(meeting: Meeting, n: int):
    if not meeting.state.issuing.documents:
        reopen_minutes(meeting, n)
        meeting.does(AN, reopening.WithdrawReopening())
    meeting.does(AN, reopening.ReopenMinutes(f"Sai lần {n}"))
    meeting.does(AN, reopening.WithdrawReopening())


@repeated
def stamp_number(meeting: Meeting, n: int):
    make_document(meeting, n)
    newest = next(reversed(meeting.state.issuing.documents), "")
    meeting.does(MAI, stamping.StampNumber(newest, "2026-12-16", f"s{n}"))
    meeting.does(MAI, issuing.MakeDocument("danh_sach", pdf=f"p{n}", docx=f"w{n}"))
    newest = next(reversed(meeting.state.issuing.documents), "")
    meeting.does(MAI, stamping.StampNumber(newest, "2026-12-16", f"s{n}"))


@repeated
def add_signature(meeting: Meeting, n: int):
    if not meeting.state.issuing.documents:
        make_document(meeting, n)
    document = next(iter(meeting.state.issuing.documents))
    meeting.does(PROGRAM, issuing.AddSignature(document, f"f{n}", "ThuKy", "Lý Thị Mai", f"{n}", n, "whole"))


FOLLOWING = {
    "end_review": send_minutes,
    "return_minutes": submit_minutes,
    "acknowledge_minutes": finalise_minutes,
    "issue_document": make_document,
    "void_number": take_number,
}
WORDS = (
    "send_minutes", "comment_minutes", "answer_comment", "withdraw_comment", "agree_minutes", "submit_minutes",
    "finalise_minutes", "make_document", "replace_document", "take_number", "add_signature",
    "reopen_minutes", "withdraw_reopening", "stamp_number",
)  # fmt: skip
beginnings.update(dict.fromkeys((*FOLLOWING, *WORDS), AFTER))
