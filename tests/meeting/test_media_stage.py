"""A recording of a case on the stage: on every big screen at the same second, for who comes late as well."""

from dataclasses import replace

from hypothesis import given as whatever
from hypothesis import strategies as st

from meetingroom.meeting.ballots import BallotOpened, OpenBallot
from meetingroom.meeting.evidence import EvidenceShown
from meetingroom.meeting.exhibits import CaseReleased, DetachCase
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.lifecycle import AdjournMeeting, MeetingAdjourned, MeetingClosed
from meetingroom.meeting.map_stage import Back, NodeShown
from meetingroom.meeting.media_stage import (
    MediaPlayed,
    MediaPlayedOn,
    MediaSought,
    Pause,
    Play,
    PlayOn,
    Seek,
    ShowMedia,
)
from meetingroom.meeting.opinions import OpinionNamesShown, ShowOpinionNames
from meetingroom.meeting.playing import MediaPaused, bounds, position_at
from meetingroom.meeting.questions import QuestionShown, ShowQuestion, place_on_stage
from meetingroom.meeting.script_stage import ShowStep, StepShown
from meetingroom.meeting.sides import key_of
from meetingroom.meeting.stage import (
    CoverStage,
    StageCovered,
    StageGiven,
    StageTaken,
    StageUncovered,
    TurnPage,
    UncoverStage,
    Zoom,
    Zoomed,
)
from meetingroom.meeting.view import patch, view
from tests.given import AN, BINH, EM, MAI, NINE, given, state_of
from tests.meeting.repeating import BEGUN
from tests.meeting.rounds_exhibits import CASE, MAP, ROLES
from tests.meeting.rounds_media import VIDEO, about
from tests.meeting.strategies import BALLOT
from tests.meeting.test_case_report import ASKED
from tests.meeting.test_case_report import RUNS as REPORTED

READY = [*BEGUN, CASE, StageGiven("em")]
SHOWN = [*READY, VIDEO]
RUNS = [*SHOWN, MediaPlayed(10.0, 1.0, NINE + 60_000)]
PHOTO = replace(VIDEO, media="f1", media_kind="photo", seconds=0.0)


def later(actor, seconds: float):
    """Somebody, so long after the film began."""
    return replace(actor, at=NINE + 60_000 + int(seconds * 1000))


def stage(*facts, audience="members"):
    return view(state_of(*facts), audience)["stage"]


def show(**more) -> ShowMedia:
    return ShowMedia("c1", "v1", **{"node": "N43", **about(), **more})


def test_a_recording_is_shown_still_under_its_number_by_who_may_show_it():
    given(READY).when(EM, show()).then(VIDEO)
    given(READY).when(EM, show(clip=(5, 200))).then(replace(VIDEO, clip=(5.0, 90.0)))
    given(READY).when(EM, show(clip=(0, 90))).then(VIDEO)
    for clip in ((30, 20), (95, 99), (5, 5.05)):
        given(READY).when(EM, show(clip=clip)).refused("bad_clip")
    given(READY).when(AN, show()).refused("not_the_holder")
    given(READY).when(AN, show(take=True)).then(StageTaken("an"), VIDEO)
    given(READY).when(EM, show(about=None)).refused("no_such_media")
    given(READY).when(EM, show(**about(state="working"))).refused("media_not_ready")
    given(READY).when(EM, replace(show(), case="c9")).refused("no_such_case")
    for audience in ("staff", "members", "screens"):
        seen = stage(SHOWN, audience=audience)
        assert (seen["kind"], seen["key"]) == ("media", "media:v1")
        of_it = {"case": "c1", "media": "v1", "title": "Hỏi cung bị can A", "kind": "video", "seconds": 90.0}
        assert seen["media"] == of_it | {"label": "84", "volume": "3", "from_node": "N43", "rate": 1.0}


def test_who_is_on_no_list_shows_what_is_released():
    own = [*BEGUN, CASE, StageGiven("binh")]
    given(own).when(BINH, show()).then(VIDEO)  # a map refers to it
    given(own).when(BINH, show(**about(anchored=0))).refused("no_such_media")
    given(own, CaseReleased("c1", "shown")).when(BINH, show()).refused("no_such_media")
    given(own, CaseReleased("c1", "shown"), VIDEO).when(BINH, show(**about(anchored=0))).then(VIDEO)
    given(own, CaseReleased("c1", "whole")).when(BINH, show(**about(anchored=0))).then(VIDEO)


def test_what_was_shown_stays_with_the_case():
    seen = view(state_of(SHOWN), "members")["exhibits"]["c1"]
    assert seen["media"] == {
        "v1": {"title": "Hỏi cung bị can A", "kind": "video", "label": "84", "volume": "3", "at": state_of(SHOWN).at}
    }
    given(SHOWN).when(EM, DetachCase("c1", ROLES)).refused("case_was_shown")
    ticked = view(state_of(READY, MAP, NodeShown("N43", "Lời khai"), VIDEO), "members")["exhibits"]["c1"]["visited"]
    assert ticked["m1"]["N43"] == 2


def test_it_runs_a_little_after_the_word_and_from_there_on_by_the_clock():
    given(SHOWN).when(later(EM, 0), Play()).then(MediaPlayed(0.0, 1.0, NINE + 60_300))
    given(SHOWN).when(later(EM, 0), Play(12.5, 2)).then(MediaPlayed(12.5, 2, NINE + 60_300))
    media = state_of(RUNS).stage.media
    assert [position_at(media, NINE + 60_000 + ms) for ms in (-500, 0, 1500, 200_000)] == [10, 10, 11.5, 90]
    assert position_at(replace(media, rate=2, clip=(5, 14)), NINE + 61_500) == 13
    assert position_at(replace(media, rate=2, clip=(5, 14)), NINE + 65_000) == 14
    given(RUNS).when(later(EM, 5), Play()).then()
    given(RUNS).when(later(EM, 5), Play(rate=1.5)).then(MediaPlayed(15.0, 1.5, NINE + 65_000))
    given(RUNS).when(later(EM, 200), Play()).then(MediaPlayed(0.0, 1.0, NINE + 260_300))  # it was over
    for rate in (0.4, 2.1, -1):
        given(SHOWN).when(EM, Play(rate=rate)).refused("bad_rate")
    given(SHOWN).when(AN, Play()).refused("not_the_holder")
    given(READY).when(EM, Play()).refused("no_media_shown")
    given(READY, PHOTO).when(EM, Play()).refused("no_media_shown")


def test_it_stands_still_at_one_second_everywhere():
    given(RUNS).when(later(EM, 5.25), Pause()).then(MediaPaused(15.25))
    given(RUNS).when(later(EM, 5.25), Pause(15.2)).then(MediaPaused(15.2)).when(EM, Pause()).then()
    given(RUNS).when(later(EM, 3), Seek(40)).then(MediaSought(40, NINE + 63_600))
    given(RUNS).when(later(EM, 3), Seek(-4)).then(MediaSought(0, NINE + 63_600))
    given(SHOWN).when(EM, Seek(500)).then(MediaSought(90)).when(EM, Seek(90)).then()
    clipped = [*READY, replace(VIDEO, clip=(20.0, 30.0))]
    assert stage(clipped)["media"]["position"] == 20
    given(clipped).when(EM, Seek(5)).then()
    given(clipped).when(EM, Seek(31)).then(MediaSought(30))


def test_it_stops_under_a_cover_and_in_a_break_and_playing_takes_the_cover_off():
    given(RUNS).when(later(EM, 2), CoverStage()).then(MediaPaused(12.0), StageCovered())
    given(RUNS).when(later(AN, 2), AdjournMeeting()).then(MediaPaused(12.0), MeetingAdjourned())
    given(RUNS).when(later(AN, 200), AdjournMeeting()).then(MeetingAdjourned())  # it had ended by itself
    covered = [*RUNS, MediaPaused(12.0), StageCovered()]
    assert stage(covered)["covered"]
    given(covered).when(EM, UncoverStage()).then(StageUncovered())
    assert "covered" not in stage(covered, MediaPlayed(12.0, 1.0, NINE))


def test_it_stops_under_a_ballot_a_question_and_names_on_the_big_screen():
    opened = given(RUNS, BALLOT).when(later(AN, 2), OpenBallot("b1")).outcome
    assert [opened[0], type(opened[1])] == [MediaPaused(12.0), BallotOpened]
    report = [*REPORTED, CASE, StageGiven("em"), ASKED, *RUNS[-2:]]
    given(report).when(later(AN, 2), ShowQuestion("q1")).then(MediaPaused(12.0), QuestionShown("q1"))
    given(report).when(later(AN, 2), ShowOpinionNames(True)).then(MediaPaused(12.0), OpinionNamesShown(True))
    # Taking it away hides nothing.
    given(report, QuestionShown("q1")).when(later(AN, 2), ShowQuestion()).then(QuestionShown())


def test_nothing_leads_back_to_it_once_the_meeting_is_closed():
    assert state_of(RUNS, MediaPaused(12.0), MeetingClosed()).stage.media is None


def test_tablets_stay_still_until_the_chair_or_the_presenter_says_otherwise():
    given(RUNS).when(EM, PlayOn("everywhere")).then(MediaPlayedOn("everywhere"))
    given(RUNS).when(AN, PlayOn("everywhere")).then(MediaPlayedOn("everywhere")).when(AN, PlayOn("everywhere")).then()
    given(RUNS).when(MAI, PlayOn("everywhere")).refused("not_the_holder")
    given(RUNS).when(AN, PlayOn("nowhere")).refused("not_a_choice")
    given(READY, PHOTO).when(AN, PlayOn("screens")).refused("no_media_shown")
    assert stage(RUNS, MediaPlayedOn("everywhere"))["media"]["everywhere"]
    assert "everywhere" not in stage(RUNS, MediaPlayedOn("everywhere"), VIDEO)["media"]


def test_a_photo_has_a_part_enlarged_and_nothing_of_it_is_turned():
    given(READY, PHOTO).when(EM, Zoom((0.1, 0.1, 0.5, 0.5))).then(Zoomed((0.1, 0.1, 0.5, 0.5)))
    assert stage(READY, PHOTO, Zoomed((0.1, 0.1, 0.5, 0.5)))["rect"] == [0.1, 0.1, 0.5, 0.5]
    assert "rect" not in stage(READY, PHOTO, Zoomed((0.1, 0.1, 0.5, 0.5)), VIDEO)
    for shown in (PHOTO, VIDEO):
        given(READY, shown).when(EM, TurnPage(2)).refused("nothing_shown")
    given(SHOWN).when(EM, Zoom((0.1, 0.1, 0.5, 0.5))).refused("nothing_shown")


def test_back_leads_to_the_map_and_the_recording_is_gone():
    state = given(READY, MAP, NodeShown("N43", "Lời khai", 5), RUNS[-2:]).when(EM, Back())
    state.then(NodeShown("N43", "Lời khai", 5))
    after = state_of(READY, MAP, NodeShown("N43", "Lời khai", 5), RUNS[-2:], NodeShown("N43", "Lời khai", 5))
    assert key_of(after) == "map:m1/7/N43"
    assert "media" not in view(after, "members")["stage"]
    page = EvidenceShown("e1", 4, "84", "3", "", "c1", "Bản cung", 40)
    assert "media" not in stage(RUNS, page)


def test_a_step_of_the_script_shows_its_part_of_a_recording():
    known = about()
    said = {"media": "v1", "clip": (5.0, 30.0), "about_media": known["about"], "listed": known["people"]}
    step = ShowStep("c1", "s1", kind="media", script="k1", n=3, of=9, **said)
    facts = [replace(VIDEO, clip=(5.0, 30.0), node=""), StepShown("c1", "k1", "s1", 3, 9)]
    given(READY).when(EM, step).then(*facts)
    given(READY).when(AN, replace(step, take=True)).then(StageTaken("an"), *facts)
    given(READY).when(EM, replace(step, about_media=None)).refused("no_such_media")


def test_a_question_is_about_the_recording_that_everybody_sees():
    of_it = {"key": "media:v1", "title": "Hỏi cung bị can A", "label": "84", "volume": "3"}
    assert place_on_stage(state_of(RUNS)) == of_it
    assert place_on_stage(state_of(RUNS, StageCovered())) == {}


def test_a_word_about_it_is_short():
    before, after = (view(state_of(*facts), "screens") for facts in (SHOWN, RUNS))
    assert len(str(patch(before, after))) < 200


@whatever(
    st.lists(
        st.tuples(
            st.sampled_from(["play", "pause", "seek"]),
            st.one_of(st.none(), st.floats(-10, 200)),
            st.one_of(st.none(), st.floats(0.5, 2)),
            st.integers(0, 30_000),
        ),
        max_size=12,
    ),
    st.sampled_from([None, (5.0, 30.0)]),
)
def test_whatever_is_pressed_it_stays_within_what_is_shown_and_never_jumps_by_itself(presses, clip):
    story = given(READY, replace(VIDEO, clip=clip))
    now = NINE + 100_000
    for what, position, rate, passed in presses:
        now += passed
        actor = replace(EM, at=now)
        command = {"play": Play(position, rate), "pause": Pause(position), "seek": Seek(position or 0.0)}[what]
        before = story.when(actor, command).state.stage.media
        first, last = bounds(before)
        assert first <= position_at(before, now) <= last
        assert position_at(before, now) <= position_at(before, now + 500) <= last
        if before.playing and what == "pause" and position is None:
            story.then(MediaPaused(position_at(before, now)))
    assert not isinstance(story.outcome, Refused)
