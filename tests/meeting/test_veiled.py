"""What a screen is told of a meeting that is not announced yet."""

from dataclasses import replace

import pytest

from meetingroom.meeting.state import Frame, MeetingState, Person, Roll, Site, Sites
from meetingroom.meeting.view import follow, merge, patch, view

PEOPLE = Roll(people={"an": Person("Nguyễn Văn An", role="chair")}, order=("an",))
PLACES = Sites(sites={"s": Site("Điểm cầu Kín", main=True)}, order=("s",))
FRAME = Frame("Họp kín", status="draft", starts_at=1, ends_at=2, place="P.301")
DRAFT = MeetingState("m1", 3, meeting=FRAME, roll=PEOPLE, sites=PLACES)
SECRETS = ("Họp kín", "P.301", "Nguyễn Văn An", "Điểm cầu Kín")


@pytest.mark.parametrize("audience", ["members", "screens"])
@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_what_was_never_announced_is_told_to_the_staff_alone(audience, status):
    state = replace(DRAFT, meeting=replace(FRAME, status=status, reason="Họp kín"))
    assert not any(secret in str(view(state, audience)) for secret in SECRETS)
    assert all(secret in str(view(state, "staff")) for secret in SECRETS)


@pytest.mark.parametrize("audience", ["members", "screens", "staff"])
def test_with_the_announcement_a_patch_brings_everything(audience):
    before = view(DRAFT, audience)
    announced = replace(DRAFT, seq=4, meeting=replace(FRAME, status="published", published_at=9))
    after = follow(DRAFT, before, announced, audience)
    assert after == view(announced, audience)
    assert merge(before, patch(before, after)) == after
    assert "Điểm cầu Kín" in str(after)


def test_what_was_announced_and_called_off_is_told():
    off = replace(DRAFT, meeting=replace(FRAME, status="cancelled", published_at=9, reason="Bão"))
    assert "Bão" in str(view(off, "members"))
