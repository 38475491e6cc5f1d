"""Who is present, where, and since when."""

from meetingroom.meeting.lifecycle import MeetingClosed
from meetingroom.meeting.people import RoleChanged
from meetingroom.meeting.roll import CheckedIn, CheckedOut, CheckIn, CheckOut, Excuse, Excused
from meetingroom.meeting.sites import SiteAdded
from meetingroom.meeting.view import view
from tests.given import AN, DRAFT, EM, MAI, OPENED, PUBLISHED, THO, given, state_of

AT_SITE = [
    SiteAdded("s1", "Khu vực 1", "ĐC01"),
    RoleChanged("tho", "technician", "s1"),
    RoleChanged("em", "delegate", "s1"),
]


def test_one_checks_oneself_in_on_site_or_online():
    given(OPENED).when(EM, CheckIn()).then(CheckedIn("em", "onsite"))
    given(OPENED).when(EM, CheckIn(mode="online")).then(CheckedIn("em", "online")).when(
        EM, CheckIn(mode="online")
    ).then()
    given(OPENED).when(EM, CheckIn(mode="asleep")).refused("not_a_choice")


def test_the_roll_can_be_called_before_the_opening_but_not_of_a_draft_or_after_the_end():
    given(PUBLISHED).when(MAI, CheckIn("em")).then(CheckedIn("em", "onsite"))
    given(DRAFT).when(MAI, CheckIn("em")).refused("not_published")
    given(OPENED, MeetingClosed()).when(MAI, CheckIn("em")).refused("meeting_over")


def test_the_secretary_checks_everybody_in_a_delegate_only_themselves():
    given(OPENED).when(MAI, CheckIn("em")).then(CheckedIn("em", "onsite"))
    given(OPENED).when(AN, Excuse("dự phiên tòa", "em")).then(Excused("em", "dự phiên tòa"))
    given(OPENED).when(EM, CheckIn("phuong")).refused("not_for_others")


def test_the_technician_calls_the_roll_of_their_own_site_only():
    given(OPENED, AT_SITE).when(THO, CheckIn("em", "online")).then(CheckedIn("em", "online"))
    given(OPENED, AT_SITE).when(THO, CheckIn("phuong", "online")).refused("not_for_others")
    given(OPENED).when(THO, CheckIn("em")).refused("not_for_others")


def test_who_leaves_was_there():
    given(OPENED, CheckedIn("em", "onsite")).when(EM, CheckOut()).then(CheckedOut("em"))
    given(OPENED).when(EM, CheckOut()).refused("not_present")


def test_an_absence_has_a_reason_which_only_the_staff_reads():
    given(OPENED).when(MAI, Excuse(" ", "em")).refused("empty")
    state = state_of(OPENED, Excused("em", "ốm"))
    assert view(state, "staff")["roll"]["people"]["em"]["reason"] == "ốm"
    assert "reason" not in view(state, "members")["roll"]["people"]["em"]


def test_the_counts_add_up_and_leave_technicians_out():
    state = state_of(
        OPENED,
        CheckedIn("an", "onsite"),
        CheckedIn("em", "online"),
        Excused("phuong", "ốm"),
        CheckedIn("tho", "onsite"),
    )
    counts = view(state, "screens")["roll"]["counts"]
    assert counts == {"members": 7, "present": 2, "onsite": 1, "online": 1, "excused": 1, "left": 0, "waiting": 4}


def test_coming_back_wipes_the_leaving():
    state = state_of(OPENED, CheckedIn("em", "onsite"), CheckedOut("em"), CheckedIn("em", "online"))
    seen = view(state, "staff")["roll"]["people"]["em"]
    assert seen["state"] == "online"
    assert "left_at" not in seen


def test_screens_are_told_how_many_are_at_each_site_and_never_who():
    main = SiteAdded("s0", "Hội trường tầng 3", "ĐC00", True)
    state = state_of(
        OPENED, main, AT_SITE, CheckedIn("em", "online"), CheckedIn("tho", "onsite"), CheckedIn("an", "onsite")
    )
    seen = view(state, "screens")["roll"]
    assert seen["sites"] == {"s0": {"members": 6, "present": 1}, "s1": {"members": 1, "present": 1}}
    assert "people" not in seen
