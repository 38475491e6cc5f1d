"""The meeting of twenty days ago: the whole morning from the first arrival to the seal, as the log remembers it."""

from datetime import timedelta

from meetingroom import clock
from meetingroom.config import Settings
from meetingroom.demo import directives, signed
from meetingroom.demo import past_texts as texts
from meetingroom.demo.agenda import TITLE
from meetingroom.demo.announcement import announce, release
from meetingroom.demo.live import ballots
from meetingroom.demo.people import COMMITTEE
from meetingroom.demo.play import DAY, HOUR, MINUTE, Play
from meetingroom.documents import made_file_store as made_files
from meetingroom.meeting.agenda import StartItem
from meetingroom.meeting.approval import ApproveMinutes
from meetingroom.meeting.ballot_count import CloseBallot, EnterCount
from meetingroom.meeting.ballot_results import PublishResult
from meetingroom.meeting.ballots import CastVote, OpenBallot
from meetingroom.meeting.floor import EndSpeech, GrantFloor, RecordOpinion, RequestFloor
from meetingroom.meeting.issuing import MINUTES, IssueDocument, minutes_document
from meetingroom.meeting.lifecycle import AdjournMeeting, ArchiveMeeting, CloseMeeting, OpenMeeting, ResumeMeeting
from meetingroom.meeting.papers import AttachPaper
from meetingroom.meeting.record import EditMinutes, RecordNote
from meetingroom.meeting.review import FinaliseMinutes
from meetingroom.meeting.roll import CheckIn, CheckOut
from meetingroom.meeting.stage import CallBack, GiveStage, ShowPaper, ShowTitle, TakeStage, TurnPage, Zoom
from meetingroom.minutes import approval
from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.pdf import minutes_pdf

BEFORE = "mdemo-before"
DAYS_BACK = 20
PAST_TITLE = f"{TITLE} (phiên trù bị)"
ARRIVALS = (
    ("07:25", "secretary", "onsite"), ("07:30", "organiser", "onsite"), ("07:40", "delegate5", "onsite"),
    ("07:44", "delegate9", "online"), ("07:45", "delegate10", "online"), ("07:46", "delegate11", "online"),
    ("07:47", "delegate13", "online"), ("07:48", "chair", "onsite"), ("07:50", "delegate6", "online"),
    ("07:51", "delegate7", "online"), ("07:52", "cochair", "onsite"), ("07:53", "delegate12", "online"),
    ("07:54", "delegate14", "online"), ("07:55", "delegate1", "onsite"), ("07:58", "delegate2", "onsite"),
    ("07:59", "delegate3", "onsite"),
)  # fmt: skip


def starts_at(first_run: int) -> int:
    """08:00 of the day twenty days before the first run."""
    day = clock.local(first_run) - timedelta(days=DAYS_BACK)
    return round(day.replace(hour=8, minute=0, second=0, microsecond=0).timestamp() * 1000)


class Morning:
    """A `Play` by the clock on the wall: `morning("chair", "08:01", ShowPaper(…))`."""

    def __init__(self, play: Play, starts: int):
        self.play, self.midnight = play, starts - 8 * HOUR

    def __call__(self, who: str, time: str, command) -> None:
        hours, minutes = time.split(":")
        self.play(who, self.midnight + int(hours) * HOUR + int(minutes) * MINUTE, command)

    def show(self, who: str, time: str, document: str, page: int = 1) -> None:
        self(who, time, ShowPaper(self.play.paper(document), page))

    def turn(self, who: str, from_minute: str, pages) -> None:
        """One page a minute."""
        hour, minute = map(int, from_minute.split(":"))
        for k, page in enumerate(pages):
            later = hour * 60 + minute + k
            self(who, f"{later // 60:02}:{later % 60:02}", TurnPage(page))


def play_through(play: Play, first_run: int, documents: dict[str, tuple[int, str]]) -> None:
    """Everything. `documents`: key of the paper → (number of its item, id of the document, ready)."""
    starts = starts_at(first_run)
    announce(play, PAST_TITLE, starts)
    for item, document in documents.values():
        play("secretary", starts - 4 * DAY - HOUR, AttachPaper(play.item(item), document))
    release(play, starts)
    two_ballots = ballots(play)
    for ballot in two_ballots:
        play("secretary", starts - DAY, ballot)
    morning = Morning(play, starts)
    shown = {key: document for key, (_, document) in documents.items()}
    opening(morning, shown)
    reports(morning, shown)
    contributions(morning, shown)
    discussion(morning, shown)
    votes(morning)
    conclusion(morning, starts)
    directives.follow_up(play, starts)
    afterwards(play, starts)


def opening(morning: Morning, shown: dict[str, str]) -> None:
    for time, who, mode in ARRIVALS:
        morning(who, time, CheckIn(mode=mode))
    morning("chair", "08:00", OpenMeeting())
    morning("chair", "08:00", StartItem(morning.play.item(1)))
    morning.show("chair", "08:02", shown["programme"])
    morning("chair", "08:05", TurnPage(2))
    morning("delegate4", "08:06", CheckIn())
    morning("chair", "08:08", ShowTitle())
    note(morning, "08:09", 1)


def reports(morning: Morning, shown: dict[str, str]) -> None:
    """Items 2 and 3, each presented by its author, who has the stage for that long."""
    morning("chair", "08:11", StartItem(morning.play.item(2)))
    morning("chair", "08:11", GiveStage(morning.play.people["cochair"]))
    morning.show("cochair", "08:12", shown["year"])
    morning.turn("cochair", "08:13", (4, 5, 8, 9, 10, 11, 12, 14, 15, 17))
    morning("cochair", "08:23", Zoom((0.1, 0.08, 0.8, 0.4)))
    morning("cochair", "08:24", Zoom())
    morning.show("cochair", "08:25", shown["appendix"], 2)
    morning.turn("cochair", "08:26", (4, 7))
    morning("chair", "08:28", CallBack())
    morning.show("cochair", "08:29", shown["year"], 36)
    morning.turn("cochair", "08:31", (38, 40, 43))
    note(morning, "08:34", 2)
    morning("chair", "08:35", TakeStage())
    morning("chair", "08:36", StartItem(morning.play.item(3)))
    morning("chair", "08:36", GiveStage(morning.play.people["delegate5"]))
    morning.show("delegate5", "08:37", shown["computing"])
    morning.turn("delegate5", "08:39", (3, 4, 5, 6, 8, 9))
    morning.show("delegate5", "08:46", shown["survey"])
    morning.show("delegate5", "08:50", shown["computing"], 12)
    morning("delegate5", "08:54", TurnPage(16))
    note(morning, "08:55", 3)
    morning("chair", "08:56", TakeStage())


def contributions(morning: Morning, shown: dict[str, str]) -> None:
    morning("chair", "08:57", StartItem(morning.play.item(4)))
    morning("chair", "08:57", GiveStage(morning.play.people["delegate2"]))
    morning.show("delegate2", "08:57", shown["deck"])
    morning("delegate6", "08:58", RequestFloor(note="Đường truyền yếu tại một số điểm cầu"))
    morning.turn("delegate2", "08:59", (2, 3, 5, 6, 7, 10, 11, 12, 13, 14, 17))
    morning("delegate3", "09:10", RequestFloor())
    morning.turn("delegate2", "09:11", (19, 21, 23))
    morning("chair", "09:14", GiveStage(morning.play.people["delegate7"]))
    morning("delegate11", "09:15", RequestFloor())
    morning.show("delegate7", "09:15", shown["speech"])
    morning.turn("delegate7", "09:17", (2, 3, 4, 5, 7))
    morning("chair", "09:25", TakeStage())
    note(morning, "09:26", 4)
    morning("chair", "09:27", ShowTitle())
    morning("chair", "09:27", AdjournMeeting())


def discussion(morning: Morning, shown: dict[str, str]) -> None:
    """Three speak; the fourth is not reached and hands in what he wanted to say."""
    morning("chair", "09:37", ResumeMeeting())
    morning("chair", "09:37", StartItem(morning.play.item(5)))
    morning("delegate4", "09:38", RequestFloor())
    request = morning.play.made("request")
    morning.show("chair", "09:38", shown["plan"])
    for who, begins, ends in (
        ("delegate6", "09:40", "09:45"),
        ("delegate3", "09:46", "09:50"),
        ("delegate11", "09:52", "09:58"),
    ):
        morning("chair", begins, GrantFloor(person=morning.play.people[who], seconds=300))
        morning("chair", ends, EndSpeech())
    morning.turn("chair", "10:00", (2, 3, 4))
    morning("chair", "10:06", TurnPage(10))
    morning("delegate10", "10:09", CheckOut())
    morning("secretary", "10:12", RecordOpinion(request, texts.OPINION))
    note(morning, "10:13", 5)


def votes(morning: Morning) -> None:
    """The plan by an open ballot of the committee; the flag by a secret one on paper, counted by two tellers."""
    plan, flag = morning.play.state.ballots.order
    morning("chair", "10:15", OpenBallot(plan))
    for who in COMMITTEE:
        choice, text = {"delegate4": ("no", ""), "delegate2": ("other", texts.OTHER_VIEW)}.get(who, ("yes", ""))
        morning(who, "10:17", CastVote(plan, choice, text))
    morning("chair", "10:20", CloseBallot(plan))
    morning("chair", "10:21", PublishResult(plan))
    morning("chair", "10:24", OpenBallot(flag))
    counts = {"o1": 3, "o2": 5, "o3": 1, "invalid": 1}
    morning("secretary", "10:38", EnterCount(flag, counts, ("Bùi Thị Hạnh", "Lý Thị Mai")))
    morning("chair", "10:39", PublishResult(flag))
    morning("chair", "10:40", ShowTitle())


def conclusion(morning: Morning, starts: int) -> None:
    item = morning.play.item(6)
    morning("chair", "10:45", StartItem(item))
    directives.record(morning, item, clock.local(starts).date())
    note(morning, "10:58", 6)
    directives.approve(morning)
    morning("chair", "11:00", CloseMeeting())


def afterwards(play: Play, starts: int) -> None:
    """The minutes are finished, approved, made into files and signed the next day, and a notice of the conclusions goes
    out; two days later the meeting is archived, for as long as its record is kept, and the worker seals its package."""
    if play.state.meeting.status == "archived":
        return
    play("secretary", starts + DAY, RecordNote("general", texts.GENERAL))
    play("secretary", starts + DAY + HOUR, EditMinutes(**texts.HEAD))
    finish_record(play, starts + DAY + 2 * HOUR)
    signed.sign_minutes(play, starts + DAY + 4 * HOUR)
    play("secretary", starts + DAY + 6 * HOUR, IssueDocument(MINUTES))
    signed.send_notice(play, starts + DAY + 6 * HOUR)
    play("secretary", starts + 2 * DAY, ArchiveMeeting(code="VV"))


def finish_record(play: Play, at: int) -> None:
    """The chair approves the minutes as they are; an hour later they are final, as PDF and DOCX."""
    with play.pool.lend() as db:
        text = approval.digest_of(approval.read_minutes(db, play.meeting).minutes(approval.OFFICIAL))
    play("chair", at, ApproveMinutes(play.state.record.version, text))
    final_files(play)
    play("secretary", at + HOUR, FinaliseMinutes(play.state.record.version))


def final_files(play: Play) -> None:
    """What the server makes before this command."""
    settings = Settings(data=play.pool.path.parent)
    with play.pool.lend() as db:
        now = approval.read_minutes(db, play.meeting)
    minutes = now.minutes(approval.OFFICIAL)
    made = {made_files.PDF: minutes_pdf(minutes, "vi"), made_files.DOCX: minutes_docx(minutes, "vi")}
    kept = {form: made_files.keep(settings, file) for form, file in made.items()}
    with play.pool.writing() as db:
        for form, file in made.items():
            made_files.note(db, kept[form], form, minutes_document(now.state), len(file), meeting=play.meeting,
                            source=approval.digest_of(minutes))  # fmt: skip


def note(morning: Morning, time: str, number: int) -> None:
    morning("secretary", time, RecordNote(morning.play.item(number), texts.NOTES[number]))
