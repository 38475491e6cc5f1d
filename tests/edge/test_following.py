"""What an edge knows of a room, by values alone: order, holes, one's own messages, the origin's time."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.edge.following import Clocks, Followed, Inbox


def patch(seq: int, page: int | None = None) -> dict:
    return {"meeting": "m", "seq": seq, "patch": {"stage": {"page": page or seq}}, "at": 0}


def room(seq: int = 10) -> Followed:
    found = Followed("m", "members")
    found.replace(seq, {"stage": {"page": seq}})
    return found


def test_the_next_number_goes_out_and_is_merged():
    here = room()
    assert here.take(patch(11), "eleven") == ["eleven"]
    assert (here.seq, here.view, here.hole) == (11, {"stage": {"page": 11}}, False)
    assert json.loads(here.as_json()) == here.view


def test_what_comes_over_a_hole_waits_for_the_number_between():
    here = room()
    assert here.take(patch(12), "twelve") == []
    assert here.hole
    assert here.seq == 10
    assert here.take(patch(11), "eleven") == ["eleven", "twelve"]
    assert not here.hole


def test_an_old_number_is_not_said_again():
    here = room()
    here.take(patch(11), "eleven")
    assert here.take(patch(11), "again") == here.take(patch(7), "long ago") == []


def test_nothing_goes_out_before_there_is_a_view():
    assert Followed("m", "members").take(patch(1), "one") == []


def test_a_whole_view_ends_a_hole_and_what_had_come_ahead_follows_it():
    here = room()
    here.take(patch(14), "fourteen")
    here.take(patch(12), "twelve")
    assert here.replace(13, {"stage": {"page": 13}})
    assert here.follow_on() == ["fourteen"]
    assert (here.seq, here.hole) == (14, False)


def test_the_same_view_is_no_news():
    here = room()
    assert not here.replace(10, {"stage": {"page": 10}})
    assert here.replace(10, {"stage": {"page": 3}}), "another, under the same number: a backup was restored"


def test_who_was_away_for_a_moment_gets_what_they_missed_and_else_the_view():
    here = room()
    for seq in (11, 12, 13):
        here.take(patch(seq), seq)
    assert [body["seq"] for body in here.since(11)] == [12, 13]
    assert here.since(13) == []
    assert here.since(10) is not None
    assert here.since(9) is None
    assert here.since(14) is None
    assert here.since("11") is None


@settings(max_examples=40)
@given(st.permutations(range(11, 31)), st.sets(st.integers(11, 30)))
def test_whatever_is_lost_or_overtakes_what_went_out_has_no_hole(order, lost):
    here, out = room(), []
    for seq in order:
        if seq not in lost:
            out += here.take(patch(seq), seq)
    for seq in sorted(lost):  # asked of the origin
        out += here.take(patch(seq), seq)
    assert out == list(range(11, 31))
    assert here.view == {"stage": {"page": 30}}


def test_what_is_meant_for_one_socket_is_done_once_and_in_order():
    mine = Inbox()
    assert mine.take(2, "second") == []
    assert mine.take(1, "first") == ["first", "second"]
    assert mine.take(1, "first") == mine.take(2, "second") == []
    mine.restart()
    assert mine.take(1, "of a new origin") == ["of a new origin"]


def test_the_time_of_the_origin_is_that_of_the_quickest_answer_of_late():
    clocks = Clocks()
    assert clocks.now(0) is None
    clocks.learn(1000, 1100, 5_000_050, {"m": 5_000_000})
    assert clocks.now(1100) == 5_000_100
    clocks.learn(2000, 2900, 5_001_800, {"m": 5_001_750})  # half of a slow answer may be all of the way here
    assert clocks.now(3000) == 5_002_000
    assert clocks.now(3000, "m") == 5_001_950
