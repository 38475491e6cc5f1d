"""Today's meeting: open since half an hour, item 2 under way, the report on every screen as soon as it is drawn."""

from meetingroom import clock
from meetingroom.demo.agenda import TITLE
from meetingroom.demo.announcement import announce, release
from meetingroom.demo.past_texts import NOTES
from meetingroom.demo.people import COMMITTEE
from meetingroom.demo.play import MINUTE, Play
from meetingroom.meeting.agenda import StartItem
from meetingroom.meeting.ballot_drafts import DraftBallot
from meetingroom.meeting.floor import RequestFloor
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.lifecycle import OpenMeeting
from meetingroom.meeting.record import RecordNote
from meetingroom.meeting.roll import CheckIn
from meetingroom.meeting.stage import ShowPaper

QUARTER = 15 * MINUTE
RUNNING = 26 * MINUTE  # how long the meeting has been going at the first run

# Who came, and when: minutes after the meeting's hour. The other sites are still to be called: a site with people and
# no screen would be shown as lost, and whoever looks around has something to do.
ARRIVALS = (
    ("secretary", -35, "onsite"), ("organiser", -30, "onsite"), ("delegate5", -20, "onsite"),
    ("chair", -12, "onsite"), ("delegate6", -10, "online"), ("delegate7", -9, "online"), ("cochair", -8, "onsite"),
    ("delegate1", -5, "onsite"), ("delegate2", -2, "onsite"), ("delegate3", -1, "onsite"),
)  # fmt: skip
FIRST_ITEM = 11 * MINUTE


def starts_at(first_run: int) -> int:
    """The quarter of an hour at or before the opening."""
    return (first_run - RUNNING) // QUARTER * QUARTER


def announced(play: Play, first_run: int) -> None:
    """Everything before the day itself."""
    announce(play, TITLE, starts_at(first_run))
    release(play, starts_at(first_run))


def opened(play: Play, first_run: int) -> None:
    """Two ballots are drafted, people arrive, the chair opens; item 1 is done, item 2 has begun, two wish to speak."""
    hour, opening = starts_at(first_run), first_run - RUNNING
    for ballot in ballots(play):
        play("secretary", hour - 40 * MINUTE, ballot)
    for who, minutes, mode in ARRIVALS:
        play(who, hour + minutes * MINUTE, CheckIn(mode=mode))
    play("chair", opening, OpenMeeting())
    play("chair", opening, StartItem(play.item(1)))
    play("delegate4", opening + 6 * MINUTE, CheckIn())
    play("secretary", opening + 9 * MINUTE, RecordNote(play.item(1), NOTES[1].split("\n")[0]))
    play("chair", opening + FIRST_ITEM, StartItem(play.item(2)))
    play("delegate6", first_run - 4 * MINUTE, RequestFloor(note="Đường truyền yếu tại một số điểm cầu"))
    play("delegate3", first_run - 2 * MINUTE, RequestFloor())


def ballots(play: Play) -> tuple[DraftBallot, DraftBallot]:
    """The two votes of item 5: the plan, open, by the committee; the emulation flag, secret, by the ten present."""
    voters = tuple(play.people[who] for who in COMMITTEE)
    plan = "Thông qua Kế hoạch ứng dụng CNTT, chuyển đổi số năm 2027 của VKSND hai cấp"
    flag = "Phiếu giới thiệu tập thể đề nghị tặng Cờ thi đua (chọn 01 trong 03)"
    return (
        DraftBallot(plan, preset="UBKS_NQ", voters=voters, item=play.item(5)),
        DraftBallot(
            flag,
            ("Phòng 1", "VKSND khu vực 4", "VKSND khu vực 1"),
            preset="THAM_KHAO",
            voters=(*voters, play.people["delegate6"], play.people["delegate7"]),
            item=play.item(5),
        ),
    )


def show(play: Play, document: str) -> None:
    """The first page of the report, unless somebody has already taken the meeting in hand."""
    state = play.state
    untouched = (
        state.meeting.status == "live" and state.stage.kind == "title" and state.stage.holder == play.people["chair"]
    )
    if not untouched or state.agenda.current != play.item(2):
        return
    try:
        play("chair", clock.now(), ShowPaper(play.paper(document)))
    except (Refused, StopIteration):
        # Somebody was quicker, or the paper was taken back: then the stage is theirs.
        return
