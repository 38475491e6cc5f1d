"""Who founds a meeting and chairs it alone prepares it too: somebody has to."""

import pytest

from meetingroom.meeting import roles
from meetingroom.meeting.agenda import AddItem, EditItem
from meetingroom.meeting.lifecycle import PublishMeeting
from meetingroom.meeting.people import Invite
from meetingroom.meeting.sites import AddSite
from tests.given import AN, CREATED, DRAFT, EM, PEOPLE, given, state_of

CHAIR, COCHAIR, SECRETARY, ORGANISER, DELEGATE = PEOPLE[:5]
ALONE = [CREATED, CHAIR, DELEGATE]
COMMANDS = [AddItem("Nội dung"), AddSite("Điểm cầu 1", "ĐC 1"), PublishMeeting()]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_a_chair_without_secretary_and_organiser_prepares(command):
    assert given(ALONE).when(AN, command).outcome
    given(DRAFT).when(AN, command).refused("not_allowed")
    for other in (SECRETARY, ORGANISER):
        given(ALONE, other).when(AN, command).refused("not_allowed")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_nobody_else_does(command):
    given(ALONE).when(EM, command).refused("not_allowed")
    assert not any(roles.prepares(role, state_of(ALONE)) for role in roles.ROLES - roles.PREPARERS - {"chair"})


def test_an_item_that_the_chair_wrote_the_chair_can_mend():
    story = given(ALONE).when(AN, AddItem("Nôi dung"))
    (item,) = story.outcome
    assert given(ALONE, item).when(AN, EditItem(item.item, title="Nội dung")).outcome


def test_with_a_secretary_the_preparation_is_the_secretarys(monkeypatch):
    story = given(ALONE).when(AN, Invite("mai", "secretary", name="Lý Thị Mai"))
    given(ALONE, story.outcome).when(AN, AddItem("Nội dung")).refused("not_allowed")
