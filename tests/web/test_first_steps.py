"""The rules of the guided start: which step comes next, what its meeting still needs."""

from meetingroom.desk.first_steps import Plan, my_role, step, to_open, to_prepare
from meetingroom.meeting.agenda import AddItem, StartItem
from meetingroom.meeting.kernel import Actor, decide, evolve
from meetingroom.meeting.lifecycle import MeetingCreated, OpenMeeting, PublishMeeting
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.people import Invite, MovePerson, PersonInvited
from meetingroom.meeting.state import MeetingState

ME, AN, MAI, EM = "me", "an", "mai", "em"
HOUR = 3_600_000


def meeting(*facts) -> MeetingState:
    state = MeetingState()
    for fact in (MeetingCreated("Họp giao ban", "meeting", HOUR, 2 * HOUR), *facts):
        state = evolve(fact, state)
    return state


def here(person, role):
    return PersonInvited(person, person, "", "", role)


def done(state, command, role="system"):
    if isinstance(command, Invite):
        command = Invite(command.person, command.role, name=command.person)
    for fact in decide(command, state, Actor(ME, role, seed="s")):
        state = evolve(fact, state)
    return state


def test_people_come_first_until_somebody_is_there_or_later_was_chosen():
    assert step("people", 0) == "people"
    assert step("people", 3) == "meeting", "a list was imported, by whatever way"
    assert step("meeting", 0) == "meeting"


def test_a_meeting_alone_has_me_as_its_chair_and_one_item():
    plan = Plan(ME, "Nội dung", ME)
    assert my_role(plan) == "chair"
    assert to_prepare(meeting(here(ME, "chair")), plan) == [AddItem("Nội dung")]


def test_chair_secretary_and_everybody_else_are_invited_once():
    plan = Plan(ME, "Nội dung", AN, MAI, (AN, EM, MAI))
    assert my_role(plan) == "organiser"
    state = meeting(here(ME, "organiser"))
    wanted = to_prepare(state, plan)
    assert wanted[:3] == [Invite(AN, "chair"), Invite(EM, "delegate"), Invite(MAI, "secretary")]
    for n, command in enumerate(wanted):
        state = done(state, command)
        assert to_prepare(state, plan) == wanted[n + 1 :], "whoever was interrupted goes on with what is missing"


def test_who_makes_the_first_meeting_stands_on_its_roll_by_rank():
    state = meeting(here(ME, "organiser"))
    plan = Plan(ME, "Nội dung", AN, MAI, (MAI, AN, EM), ranked=(MAI, ME, AN, EM))
    wanted = to_prepare(state, plan)
    assert wanted[3:] == [MovePerson(ME, EM), AddItem("Nội dung")], "the chair is the first, whoever it is"
    for n, command in enumerate(wanted):
        state = done(state, command)
        assert to_prepare(state, plan) == wanted[n + 1 :]
    assert state.roll.order == (AN, MAI, ME, EM)


def test_another_tab_that_chose_another_chair_does_not_make_a_second_one():
    state = meeting(here(ME, "chair"))
    assert to_prepare(state, Plan(ME, "Nội dung", AN))[0] == Invite(AN, "delegate")


def test_the_road_to_the_first_page_goes_on_from_every_place():
    state = done(meeting(here(ME, "chair")), AddItem("Nội dung"))
    (item,) = state.agenda.order
    state = evolve(PaperAttached("p", "d", item, "Báo cáo", 5), state)
    for wanted, role in ((PublishMeeting(), "system"), (OpenMeeting(), "chair"), (StartItem(item), "chair")):
        assert to_open(state, ME) == wanted
        state = done(state, wanted, role)
    assert (state.stage.paper, state.stage.page, state.stage.holder) == ("p", 1, ME)
    assert to_open(state, ME) is None


def test_without_a_paper_the_item_is_left_to_the_room():
    state = done(meeting(here(ME, "chair")), AddItem("Nội dung"))
    state = done(done(state, PublishMeeting()), OpenMeeting(), "chair")
    assert to_open(state, ME) is None


def test_who_does_not_chair_publishes_and_opens_nothing():
    state = meeting(here(ME, "organiser"), here(AN, "chair"))
    assert to_open(state, ME) == PublishMeeting()
    assert to_open(done(state, PublishMeeting()), ME) is None
