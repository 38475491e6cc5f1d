"""The guided start: agency, people, a first meeting with a paper. Which step comes next, and what the meeting still
needs. Pure: what is done already is seen in the meeting itself, so that whoever was interrupted goes on from there."""

from dataclasses import dataclass

from meetingroom.meeting.agenda import AddItem, StartItem
from meetingroom.meeting.kernel import Command
from meetingroom.meeting.lifecycle import OpenMeeting, PublishMeeting
from meetingroom.meeting.people import Invite, MovePerson
from meetingroom.meeting.roles import CHAIR
from meetingroom.meeting.state import MeetingState, place_in_order

NUMBER = {"people": 2, "meeting": 3}
BEFORE = ("none", "draft", "published")  # statuses of a meeting that this guide still has to do with


@dataclass(frozen=True)
class Plan:
    """What the form of the first meeting says. `people` are all that are invited besides `me`, by rank; `ranked` is
    everybody by rank, `me` too."""

    me: str
    item: str
    chair: str
    secretary: str = ""
    people: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()


def step(kept: str, others: int) -> str:
    """The step to go on with: "people" until it was passed, or somebody is there besides the administrator."""
    return "meeting" if kept == "meeting" or others else "people"


def my_role(plan: Plan) -> str:
    return "chair" if plan.chair == plan.me else "organiser"


def to_prepare(state: MeetingState, plan: Plan) -> list[Command]:
    """What is missing before papers can come: chair and secretary, the others, one item. Nothing twice, no second
    chair (another tab may have chosen somebody else)."""
    chaired = any(person.role == "chair" for person in state.roll.people.values())
    roles = {plan.chair: "delegate" if chaired else "chair"} | ({plan.secretary: "secretary"} if plan.secretary else {})
    wanted = dict.fromkeys((plan.chair, *plan.people, *roles))
    invited = [Invite(who, roles.get(who, "delegate")) for who in wanted if who not in (plan.me, *state.roll.people)]
    return [*invited, *to_rank(state, plan, invited), *([] if state.agenda.order else [AddItem(plan.item)])]


def to_rank(state: MeetingState, plan: Plan, invited: list[Invite]) -> list[Command]:
    """Who makes a meeting is the first on its roll; `me` goes behind the chair, to those of the same rank."""
    if plan.me not in plan.ranked or plan.me == plan.chair:
        return []
    roll = (*state.roll.order, *(command.person for command in invited))
    lower = plan.ranked[plan.ranked.index(plan.me) + 1 :]
    before = next((who for who in roll if who in lower and who != plan.chair), "")
    return [MovePerson(plan.me, before)] if place_in_order(roll, plan.me, before) != roll else []


def to_open(state: MeetingState, me: str) -> Command | None:
    """The next thing on the way to the first page on every screen; None when there is no more to do for `me`."""
    if state.meeting.status == "draft":
        return PublishMeeting()
    person = state.roll.people.get(me)
    if person is None or person.role not in CHAIR:
        return None  # the chair opens
    if state.meeting.status == "published":
        return OpenMeeting()
    # Its first paper comes onto the stage with it.
    waiting = state.meeting.status == "live" and not state.agenda.current and state.agenda.order
    return StartItem(state.agenda.order[0]) if waiting and state.papers else None
