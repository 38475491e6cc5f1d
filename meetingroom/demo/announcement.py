"""What both meetings of the demo begin with: created, sites, people, programme, published."""

from meetingroom.demo.agenda import ITEMS, MOTTO, PLACE
from meetingroom.demo.people import PEOPLE
from meetingroom.demo.play import DAY, HOUR, MINUTE, Play
from meetingroom.meeting.agenda import AddItem
from meetingroom.meeting.lifecycle import CreateMeeting, PublishMeeting
from meetingroom.meeting.people import Invite
from meetingroom.meeting.record import EditMinutes
from meetingroom.meeting.roll import AcceptSubstitute, Excuse, ProposeSubstitute
from meetingroom.meeting.sites import AddSite

LENGTH = 3 * HOUR
PARENT = "Viện kiểm sát nhân dân tối cao"
CONTACT = "Kỹ thuật viên trực từ 60 phút trước giờ khai mạc"
SITES = (
    ("Hội trường tầng 3, VKSND tỉnh Lạc Giang", "ĐC00"),
    *((f"VKSND khu vực {n}", f"ĐC0{n}") for n in range(1, 10)),
)


def announce(play: Play, title: str, starts_at: int) -> None:
    """From the first draft five days before to the programme released three working days before."""
    at = starts_at - 5 * DAY
    play(
        "organiser",
        at,
        CreateMeeting(title, "conference", starts_at, starts_at + LENGTH, PLACE, "none", motto=MOTTO),
        role="system",
    )
    for name, short in SITES:
        main = short == "ĐC00"
        play("organiser", at + MINUTE, AddSite(name, short, main, "" if main else CONTACT), role="system")
    state = play.state
    places = {site.short: key for key, site in state.sites.sites.items()}
    for person in PEOPLE:
        invite = Invite(play.people[person.username], person.role, places[person.site])
        play("organiser", at + 5 * MINUTE, invite, role="system")
    for item in ITEMS:
        presenters = tuple(play.people[username] for username in item.presenters)
        play("organiser", at + 20 * MINUTE, AddItem(item.title, item.minutes, presenters))
    play("secretary", at + HOUR, EditMinutes(parent=PARENT))


def release(play: Play, starts_at: int) -> None:
    """The programme goes out; one of those invited cannot come and sends somebody."""
    play("organiser", starts_at - 4 * DAY, PublishMeeting())
    lam = play.people["delegate8"]
    play("delegate8", starts_at - 2 * DAY, Excuse("Dự phiên tòa hình sự sơ thẩm theo lịch đã ấn định"))
    play(
        "delegate8", starts_at - 2 * DAY + MINUTE, ProposeSubstitute("Trịnh Văn Sơn", "Phó Viện trưởng VKSND khu vực 9")
    )
    play("chair", starts_at - 2 * DAY + HOUR, AcceptSubstitute(lam))
