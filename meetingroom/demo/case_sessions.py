"""The demo's case before its leaders: reported twelve days ago, with its record, and registered again for today."""

from datetime import date, timedelta

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.cases import store_maps
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.demo import notebook, people
from meetingroom.demo.case_file import CASE, DAYS_LEFT, DAYS_SINCE, MAP, OWNER
from meetingroom.demo.past import finish_record
from meetingroom.demo.play import DAY, HOUR, MINUTE, Play
from meetingroom.meeting.agenda import AddItem, StartItem
from meetingroom.meeting.case_report import KIND, RegisterReport
from meetingroom.meeting.conclusions import ApproveConclusions, EditConclusion, SubmitConclusions, digest_of
from meetingroom.meeting.decision import ConcludeDirection, ConfirmUnderstanding, DraftDirection, SplitDirection
from meetingroom.meeting.exhibits import AttachCase, ReleaseCase, ShowCallout, ShowEvidence
from meetingroom.meeting.lifecycle import CloseMeeting, CreateMeeting, OpenMeeting, PublishMeeting
from meetingroom.meeting.map_stage import Back, ShowMap, ShowNode
from meetingroom.meeting.opinions import GiveOpinion, PutProposal, ReserveOpinion
from meetingroom.meeting.people import Invite
from meetingroom.meeting.questions import AnswerQuestion, AskQuestion
from meetingroom.meeting.roll import CheckIn, SetQuorum
from meetingroom.meeting.stage import GiveStage, TakeStage

BEFORE, TODAY = "mdemo-case-before", "mdemo-case-today"
TITLE = "Báo cáo án: vụ Nguyễn Văn A, Trần Thị B"
PLACE = "Phòng báo cáo án, tầng 2, VKSND tỉnh Lạc Giang"
HEAD = "delegate3"
# Named people only: who chairs, who writes, who reports and helps, who is asked.
SEATS = (("chair", "chair"), ("secretary", "secretary"), ("delegate1", "delegate"), (OWNER, "organiser"),
         (HEAD, "delegate"), ("assistant", "delegate"))  # fmt: skip
QUESTION = "Trả hồ sơ để điều tra bổ sung hay quyết định truy tố các bị can?"
AGAIN = "Kết quả điều tra bổ sung đã đủ căn cứ để quyết định truy tố hay chưa?"
SENT_BACK = (
    "Trả hồ sơ cho Cơ quan điều tra để điều tra bổ sung, làm rõ mức độ biết của Trần Thị B, tài khoản thứ hai của"
    " Nguyễn Văn A và nguồn phôi giấy (Điều 245 Bộ luật Tố tụng hình sự)."
)
CHARGED = (
    "Truy tố Nguyễn Văn A theo điểm a khoản 4 Điều 174 và điểm c khoản 2 Điều 341; Trần Thị B đồng phạm theo"
    " khoản 4 Điều 174 Bộ luật Hình sự."
)
OTHER = "Chứng cứ đã đủ để truy tố; nội dung đối chất có thể làm rõ tại phiên tòa, không cần trả hồ sơ."
RESERVED = (
    "Tôi bảo lưu ý kiến: tin nhắn trích xuất ngày 15/01/2026 đã đủ chứng minh ý thức của Trần Thị B (BL 341-352)."
)
DIRECTION = (
    "1. Trả hồ sơ cho Cơ quan điều tra để điều tra bổ sung.\n"
    "2. Tiến hành đối chất giữa Nguyễn Văn A và Trần Thị B về mức độ biết của B.\n"
    "3. Thu sao kê tài khoản thứ hai của Nguyễn Văn A tại Ngân hàng Y.\n"
    "4. Làm rõ nguồn phôi giấy dùng để in Giấy chứng nhận giả.\n"
    "5. Kiểm sát viên hoàn thiện sơ đồ vụ án, báo cáo lại trước thời hạn."
)
LEAD, UNIT, DELIVERABLE = "Phòng 1", "P1", "Văn bản, tài liệu kèm theo"


def starts_at(first_run: int, days_back: int) -> int:
    """14:00, so many days before the first run."""
    day = clock.local(first_run) - timedelta(days=days_back)
    return round(day.replace(hour=14, minute=0, second=0, microsecond=0).timestamp() * 1000)


def play_both(settings: Settings, pool: Pool) -> None:
    """Both sessions; what was played already adds nothing."""
    first_run = notebook.begin(settings).first_run
    with pool.lend() as db:
        names = people.ids(db)
    past = Play(pool, BEFORE, names, "case-past")
    report(past, first_run)
    registered(Play(pool, TODAY, names, "case-today"), first_run)


def register(play: Play, title: str, question: str, starts: int, at: int, deadline: date) -> None:
    """The owner registers it: a meeting in draft with named people, and the case attached to it."""
    play(OWNER, at, CreateMeeting(title, KIND, starts, starts + 2 * HOUR, PLACE), role="system")
    for username, role in SEATS:
        play(OWNER, at + MINUTE, Invite(play.people[username], role), role="system")
    wish = RegisterReport(
        CASE, question, "prosecution", deadline.isoformat(), "Hạn quyết định việc truy tố",
        play.people[OWNER], play.people[HEAD],
    )  # fmt: skip
    play(OWNER, at + 2 * MINUTE, wish)
    play(OWNER, at + 2 * MINUTE, SetQuorum("none"))
    play(OWNER, at + 3 * MINUTE, AttachCase(CASE))
    play(OWNER, at + 4 * MINUTE, AddItem("Kiểm sát viên báo cáo tóm tắt vụ án bằng sơ đồ", 30, (play.people[OWNER],)))
    play(OWNER, at + 5 * MINUTE, AddItem("Hỏi, trả lời; ý kiến của lãnh đạo; kết luận chỉ đạo", 60))


def report(play: Play, first_run: int) -> None:
    """The session of twelve days ago, from its registration to its record."""
    starts = starts_at(first_run, DAYS_SINCE)
    deadline = clock.local(first_run).date() + timedelta(days=DAYS_LEFT)
    register(play, TITLE, QUESTION, starts, starts - 2 * DAY, deadline)
    play(OWNER, starts - 2 * DAY + HOUR, PublishMeeting())
    play(HEAD, starts - DAY, GiveOpinion("other", "Phòng đề nghị trả hồ sơ để điều tra bổ sung."))

    def at(minute: int) -> int:
        return starts + minute * MINUTE

    for n, (username, _) in enumerate(SEATS):
        play(username, at(-12 + n), CheckIn())
    play("chair", at(0), OpenMeeting())
    play("chair", at(0), ReleaseCase(CASE, "anchored"))
    play("chair", at(1), StartItem(play.item(1)))
    play("chair", at(1), GiveStage(play.people[OWNER]))
    summary(play, at)
    questions(play, at)
    decide(play, at)
    finish_record(play, starts + DAY)


def summary(play: Play, at) -> None:
    """The map, node by node; three pages are opened from it, and the way back leads to the same node."""
    play(OWNER, at(2), ShowMap(CASE, MAP))
    for minute, node in ((3, "N02"), (5, "N04"), (6, "N09"), (7, "N10")):
        play(OWNER, at(minute), ShowNode(node))
    evidence(play, at(8), "84", "N10")
    play(OWNER, at(9), ShowCallout(((0.14, 0.2, 0.72, 0.14),)))
    play(OWNER, at(10), Back())
    for minute, node in ((11, "N17"), (12, "N23"), (14, "N42"), (15, "N43")):
        play(OWNER, at(minute), ShowNode(node))
    evidence(play, at(16), "121", "N43")
    evidence(play, at(17), "133", "N43")
    play(OWNER, at(18), Back())
    play(OWNER, at(19), ShowNode("N47"))
    play("chair", at(24), TakeStage())


def evidence(play: Play, at: int, label: str, node: str) -> None:
    with play.pool.lend() as db:
        page = store_maps.anchors_of(db, CASE, label)[0]
    play(OWNER, at, ShowEvidence(CASE, page["document"], page["page"], node))


def questions(play: Play, at) -> None:
    play("chair", at(25), StartItem(play.item(2)))
    play("chair", at(26), AskQuestion("Vì sao đến nay chưa đối chất giữa A và B?", bl="BL 225"))
    first = play.made("question")
    text = "Cơ quan điều tra mới đối chất giữa A và E; đã có yêu cầu điều tra nhưng chưa thực hiện."
    play(OWNER, at(28), AnswerQuestion(first, text, bl="BL 225"))
    play("delegate1", at(30), AskQuestion("Tin nhắn giữa A và B nói gì về việc B có biết hay không?", bl="BL 341-352"))
    second = play.made("question")
    text = "Bản trích xuất ngày 15/01/2026 có tin “có khách mới”; phù hợp bản cung 2, mâu thuẫn với bản cung 5 của B."
    play("assistant", at(32), AnswerQuestion(second, text, bl="BL 121, 133"))


def decide(play: Play, at) -> None:
    """Two ways to decide, an opinion of each by name, and the direction of the one who has the power to decide."""
    play(OWNER, at(35), PutProposal(SENT_BACK, "BL 133, 225"))
    back = play.made("proposal")
    play(OWNER, at(36), PutProposal(CHARGED, "BL 441-460"))
    play(OWNER, at(38), GiveOpinion("agree", "", back))
    play(HEAD, at(40), GiveOpinion("agree", "Phòng đồng ý với Kiểm sát viên.", back))
    play("delegate1", at(42), GiveOpinion("other", OTHER))
    play("delegate1", at(44), ReserveOpinion(RESERVED))
    play("secretary", at(50), DraftDirection(DIRECTION, back))
    play("chair", at(52), ConcludeDirection(DIRECTION, back))
    play("secretary", at(53), SplitDirection())
    play(OWNER, at(53), ConfirmUnderstanding())
    due = clock.local(at(0)).date() + timedelta(days=DAYS_SINCE + DAYS_LEFT - 2)
    with play.pool.lend() as db:
        unit = next(row["id"] for row in account_store.list_units(db) if row["short"] == UNIT)
    for key in play.state.record.order:
        wish = EditConclusion(key, None, LEAD, (), due.isoformat(), DELIVERABLE, play.item(2), unit)
        play("secretary", at(54), wish)
    play("secretary", at(56), SubmitConclusions())
    play("chair", at(57), ApproveConclusions(digest_of(play.state.record)))
    play("chair", at(60), CloseMeeting())


def registered(play: Play, first_run: int) -> None:
    """Today's session: what became of the file that was sent back; the head of the unit has said the first word."""
    starts = starts_at(first_run, 0)
    deadline = clock.local(first_run).date() + timedelta(days=DAYS_LEFT)
    register(play, f"{TITLE} (lần 2)", AGAIN, starts, starts - DAY, deadline)
    play(OWNER, starts - DAY + HOUR, PublishMeeting())
    play(HEAD, starts - DAY + 2 * HOUR, GiveOpinion("other", "Phòng đề nghị quyết định truy tố theo kết quả bổ sung."))
