"""Of every command the round that lets most of it stay in a meeting: what test_bounds.py repeats all day long."""

from meetingroom.meeting import (
    agenda,
    approval,
    archiving,
    ballot_count,
    ballot_drafts,
    ballot_edit,
    ballot_results,
    ballots,
    conclusions,
    floor,
    lifecycle,
    notices,
    pairs,
    papers,
    people,
    readers,
    record,
    roll,
    sites,
    stage,
)
from meetingroom.meeting.kernel import Actor
from tests.given import AN, EM, HOUR, KHACH, MAI, NINE, PROGRAM
from tests.meeting import rounds_exhibits, rounds_floor, rounds_media, rounds_report, rounds_series  # noqa: F401
from tests.meeting.repeating import FOUR, repeated, rounds
from tests.meeting.rounds_record import FOLLOWING

# The programme


@repeated
def add_item(meeting, n):
    meeting.does(MAI, agenda.AddItem(f"Nội dung {n}", 5, (f"Bà {n}",)))


@repeated
def edit_item(meeting, n):
    meeting.does(MAI, agenda.EditItem("i1", f"Nội dung {n}", n % 60, (f"Bà {n}",)))


@repeated
def move_item(meeting, n):
    meeting.does(MAI, agenda.MoveItem(f"i{n % 3 + 1}"))


@repeated
def remove_item(meeting, n):
    meeting.does(MAI, agenda.AddItem(f"Nội dung {n}"))
    item = meeting.state.agenda.order[-1]
    meeting.does(MAI, record.RecordNote(item, f"Ghi chép {n}"))
    meeting.does(MAI, agenda.RemoveItem(item))


@repeated
def start_item(meeting, n):
    meeting.does(AN, agenda.StartItem(f"i{n % 3 + 1}"))


@repeated
def finish_item(meeting, n):
    start_item(meeting, n)
    meeting.does(AN, floor.CloseFloor())
    meeting.does(AN, agenda.FinishItem(meeting.state.agenda.current))


# The minutes


@repeated
def approve_minutes(meeting, n):
    version = meeting.state.record.version
    meeting.does(AN, approval.ApproveMinutes(version, f"d{n}", f"d{n}", {"issuing": "VKSND tỉnh"}))
    meeting.does(AN, approval.UnlockMinutes(f"Sửa lần {n}"))


@repeated
def checkpoint_note(meeting, n):
    meeting.does(MAI, record.CheckpointNote(f"i{n % 3 + 1}", f"Ghi chép {n}", f"w{n}", n, f"sha{n}"))


@repeated
def record_note(meeting, n):
    meeting.does(MAI, record.RecordNote(f"i{n % 3 + 1}", f"Ghi chép {n}", window=f"w{n}"))


@repeated
def record_conclusion(meeting, n):
    meeting.does(MAI, conclusions.RecordConclusion(f"Kết luận {n}", "Phòng 1", ("Phòng 2",), "2026-12-23", "Báo cáo"))


@repeated
def edit_conclusion(meeting, n):
    if not meeting.state.record.order:
        record_conclusion(meeting, n)
    meeting.does(MAI, conclusions.EditConclusion(meeting.state.record.order[0], f"Kết luận {n}"))


@repeated
def remove_conclusion(meeting, n):
    record_conclusion(meeting, n)
    meeting.does(MAI, conclusions.RemoveConclusion(meeting.state.record.order[-1]))


@repeated
def submit_conclusions(meeting, n):
    edit_conclusion(meeting, n)
    meeting.does(MAI, conclusions.SubmitConclusions())


@repeated
def return_conclusions(meeting, n):
    submit_conclusions(meeting, n)
    meeting.does(AN, conclusions.ReturnConclusions(f"Sửa lần {n}"))


@repeated
def approve_conclusions(meeting, n):
    submit_conclusions(meeting, n)
    meeting.does(AN, conclusions.ApproveConclusions(conclusions.digest_of(meeting.state.record)))


@repeated
def edit_minutes(meeting, n):
    meeting.does(MAI, record.EditMinutes(number=f"{n}/BB-VKS", recipients=f"- Nơi {n};"))


# Ballots


@repeated
def draft_ballot(meeting, n):
    meeting.drafts(n, opened=False)


@repeated
def edit_ballot(meeting, n):
    if not meeting.ballot:
        draft_ballot(meeting, n)
    meeting.does(AN, ballot_edit.EditBallot(meeting.ballot, f"Thông qua {n}?", (f"Phòng {n}", "Phòng khác")))


@repeated
def drop_ballot(meeting, n):
    draft_ballot(meeting, n)
    meeting.does(AN, ballot_drafts.DropBallot(meeting.ballot))


@repeated
def recuse(meeting, n):
    if not meeting.ballot:
        draft_ballot(meeting, n)
    meeting.does(AN, ballot_drafts.Recuse(meeting.ballot, FOUR[n % 4], back=n % 3 == 0))


@repeated
def open_ballot(meeting, n):
    meeting.drafts(n)
    meeting.does(AN, ballot_results.AnnulBallot(meeting.ballot, f"Nhầm {n}"))


@repeated
def cast_vote(meeting, n):
    if not meeting.ballot:
        meeting.drafts(n)
    meeting.does(EM, ballots.CastVote(meeting.ballot, ("yes", "no", "other")[n % 3], f"Ý kiến {n}"))


@repeated
def close_ballot(meeting, n):
    meeting.votes(n)


@repeated
def enter_count(meeting, n):
    meeting.drafts(n)
    counted = ballot_count.EnterCount(meeting.ballot, {"yes": 1}, ("Lê Văn Cường", f"Bà {n}"), despite=True)
    meeting.does(MAI, counted)


@repeated
def publish_result(meeting, n):
    meeting.votes(n)
    meeting.does(AN, ballot_results.PublishResult(meeting.ballot))


@repeated
def keep_result(meeting, n):
    meeting.votes(n)
    meeting.does(AN, ballot_results.KeepResult(meeting.ballot))


@repeated
def record_decision(meeting, n):
    if not meeting.ballot:
        meeting.votes(n, "UBKS_AN")
    meeting.does(AN, ballot_results.RecordDecision(meeting.ballot, f"Quyết định {n}"))


# The meeting itself


@repeated
def create_meeting(meeting, n):
    meeting.does(PROGRAM, lifecycle.CreateMeeting(f"Hội nghị {n}", "conference", NINE, NINE + HOUR))


@repeated
def edit_meeting(meeting, n):
    meeting.does(MAI, lifecycle.EditMeeting(f"Hội nghị {n}", place=f"Phòng {n}"))


@repeated
def publish_meeting(meeting, n):
    meeting.does(MAI, lifecycle.PublishMeeting())


@repeated
def open_meeting(meeting, n):
    meeting.does(AN, lifecycle.OpenMeeting())


@repeated
def adjourn_meeting(meeting, n):
    meeting.does(AN, lifecycle.AdjournMeeting())
    meeting.does(AN, lifecycle.ResumeMeeting())


@repeated
def close_meeting(meeting, n):
    meeting.does(AN, lifecycle.CloseMeeting())


@repeated
def archive_meeting(meeting, n):
    meeting.does(AN, lifecycle.ArchiveMeeting(without_minutes="Họp nhanh"))


@repeated
def seal_archive(meeting, n):
    if meeting.state.meeting.status != "archived":
        meeting.does(AN, lifecycle.CloseMeeting())
        meeting.does(AN, lifecycle.ArchiveMeeting(without_minutes="Họp nhanh"))
    meeting.does(PROGRAM, archiving.SealArchive("hop.zip", "a" * 64, 12))


@repeated
def redact_fact(meeting, n):
    meeting.does(AN, archiving.RedactFact(2, "Mật", "admin", "s" * 64))


@repeated
def cancel_meeting(meeting, n):
    meeting.does(AN, lifecycle.CancelMeeting(f"Lý do {n}"))


# Messages


@repeated
def send_notice(meeting, n):
    meeting.does(MAI, notices.SendNotice(f"Thông báo {n}", ("all", "chair", "em")[n % 3]))


@repeated
def take_notice_back(meeting, n):
    send_notice(meeting, n)
    meeting.does(MAI, notices.TakeNoticeBack(meeting.state.notices.order[-1]))


@repeated
def call_service(meeting, n):
    meeting.does(EM, notices.CallService("help", f"Việc {n}"))


@repeated
def answer_call(meeting, n):
    call_service(meeting, n)
    meeting.does(MAI, notices.AnswerCall(meeting.call))


@repeated
def cancel_call(meeting, n):
    call_service(meeting, n)
    meeting.does(EM, notices.CancelCall(meeting.call))


# Papers


@repeated
def attach_paper(meeting, n):
    meeting.does(MAI, papers.AttachPaper("i1", f"new{n}", f"Báo cáo {n}", 2, ((1, 595.0, 842.0),)))


@repeated
def withdraw_paper(meeting, n):
    attach_paper(meeting, n)
    meeting.does(MAI, papers.WithdrawPaper(next(reversed(meeting.state.papers))))


@repeated
def edit_paper(meeting, n):
    meeting.does(MAI, papers.EditPaper("p1", f"Báo cáo {n}", download=bool(n % 2)))


@repeated
def set_readers(meeting, n):
    named = tuple(f"person:{each}" for each in ("em", "phuong", "khach")[: n % 3 + 1])
    meeting.does(MAI, readers.SetReaders("p1", ("open", "view")[n % 2], named, until=meeting.state.at + 2000))


@repeated
def ring_reading(meeting, n):
    set_readers(meeting, n)
    for _ in range(3):  # seconds go by
        meeting.does(MAI, papers.EditPaper("p2", f"Báo cáo {n}-{_}"))
    meeting.does(PROGRAM, readers.RingReading("p1"))


@repeated
def renew_text(meeting, n):
    meeting.does(PROGRAM, papers.RenewText("p1", n + 2))


@repeated
def hold_paper(meeting, n):
    meeting.does(PROGRAM, papers.HoldPaper("p1", n + 1, "MẬT"))
    meeting.does(MAI, papers.EditPaper("p1", readers="members", reason="Báo cáo công khai, chữ trên sơ đồ"))


@repeated
def move_paper(meeting, n):
    meeting.does(MAI, papers.MovePaper("p1", f"i{n % 3 + 1}"))


# People


@repeated
def invite(meeting, n):
    """Six at a time: a hall may be large."""
    for k in range(6):
        meeting.does(MAI, people.Invite(f"u{n}-{k}", "delegate", name=f"Bà {n}", title="Kiểm sát viên"))


@repeated
def change_role(meeting, n):
    meeting.does(MAI, people.ChangeRole("em", ("delegate", "guest", "cochair")[n % 3], "s1" if n % 2 else ""))


@repeated
def remove_person(meeting, n):
    meeting.does(MAI, people.Invite(f"u{n}", "delegate", name=f"Bà {n}"))
    new = Actor(f"u{n}", "delegate")
    meeting.does(new, floor.RequestFloor(note="Xin phát biểu"))
    meeting.does(new, notices.CallService("water"))
    meeting.does(MAI, people.RemovePerson(f"u{n}"))


@repeated
def move_person(meeting, n):
    meeting.does(MAI, people.MovePerson(FOUR[n % 4]))


@repeated
def check_in(meeting, n):
    meeting.does(KHACH, roll.CheckIn(mode=("onsite", "online")[n % 2]))


@repeated
def excuse(meeting, n):
    meeting.does(KHACH, roll.Excuse(f"Bận việc {n}"))


@repeated
def check_out(meeting, n):
    check_in(meeting, n)
    meeting.does(KHACH, roll.CheckOut())


@repeated
def call_roll(meeting, n):
    meeting.does(MAI, roll.CallRoll(FOUR, ("onsite", "online")[n % 2]))


@repeated
def propose_substitute(meeting, n):
    meeting.does(EM, roll.ProposeSubstitute(f"Bà {n}", f"Phó phòng {n}"))


@repeated
def accept_substitute(meeting, n):
    propose_substitute(meeting, n)
    meeting.does(AN, roll.AcceptSubstitute("em"))


@repeated
def decline_substitute(meeting, n):
    propose_substitute(meeting, n)
    meeting.does(AN, roll.DeclineSubstitute("em"))


@repeated
def set_quorum(meeting, n):
    meeting.does(MAI, roll.SetQuorum(("gt_half", "none")[n % 2]))


# Places


@repeated
def add_site(meeting, n):
    meeting.does(MAI, sites.AddSite(f"Khu vực {n}", f"KV{n}", contact=f"Ông {n}"))


@repeated
def edit_site(meeting, n):
    meeting.does(MAI, sites.EditSite("s1", f"Khu vực {n}", contact=f"Ông {n}"))


@repeated
def remove_site(meeting, n):
    add_site(meeting, n)
    meeting.does(MAI, sites.RemoveSite(meeting.state.sites.order[-1]))


# The stage


@repeated
def show_paper(meeting, n):
    meeting.does(AN, stage.ShowPaper(f"p{n % 2 + 1}", n % 9 + 1))


@repeated
def show_pair(meeting, n):
    left, right = ({"paper": f"p{each}", "page": n % 9 + each} for each in (1, 2))
    meeting.does(AN, pairs.ShowPair(left, right))


@repeated
def turn_page(meeting, n):
    if meeting.state.stage.kind == "title":
        show_paper(meeting, n)
    meeting.does(AN, stage.TurnPage(n % 9 + 1))


@repeated
def zoom(meeting, n):
    turn_page(meeting, n)
    meeting.does(AN, stage.Zoom((0.1, 0.1, 0.5, n % 5 / 10 + 0.2)))


@repeated
def show_title(meeting, n):
    show_paper(meeting, n)
    meeting.does(AN, stage.ShowTitle())


@repeated
def cover_stage(meeting, n):
    turn_page(meeting, n)
    meeting.does(AN, stage.CoverStage())


@repeated
def uncover_stage(meeting, n):
    cover_stage(meeting, n)
    meeting.does(AN, stage.UncoverStage())


@repeated
def give_stage(meeting, n):
    meeting.does(AN, stage.GiveStage(FOUR[n % 4]))


@repeated
def take_stage(meeting, n):
    give_stage(meeting, n)
    meeting.does(AN, stage.TakeStage())


@repeated
def return_stage(meeting, n):
    give_stage(meeting, n)
    meeting.does(PROGRAM, stage.ReturnStage())


@repeated
def call_back(meeting, n):
    meeting.does(AN, stage.CallBack("s1" if n % 2 else ""))


# The other half of a pair.
rounds |= {"unlock_minutes": approve_minutes, "annul_ballot": open_ballot}
rounds |= {"resume_meeting": adjourn_meeting}
rounds |= FOLLOWING
