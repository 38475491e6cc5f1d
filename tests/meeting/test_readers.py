"""Who may read a paper, how, and when."""

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.papers import EditPaper, HoldPaper, PaperAttached, PaperHeld, of_person
from meetingroom.meeting.people import Invite
from meetingroom.meeting.readers import ReadersSet, ReadingEnded, ReadingOpened, RingReading, SetReaders, rings_at
from meetingroom.meeting.rights import may_open, without_right
from meetingroom.meeting.stage import PaperShown, ShowPaper, StageCovered, TurnPage, UncoverStage
from meetingroom.meeting.view import view
from meetingroom.meeting.wire import args_of, command_from, data_of, event_from
from tests.given import AN, EM, HOUR, MAI, NINE, OPENED, PROGRAM, PUBLISHED, given, state_of

PAPER = [ItemAdded("i1", "Báo cáo"), PaperAttached("p1", "d1", "i1", "Kết luận điều tra", 5)]
READY = [*PUBLISHED, *PAPER]
PHONG = {"u3": "Phòng 3", "u31": "Tổ 1"}


def limited(*readers, mode="open", opens=0, until=0, units=None):
    return ReadersSet("p1", mode, readers, opens, until, "none", units or {})


def test_the_secretary_names_who_may_read():
    given(READY).when(MAI, SetReaders("p1", readers=("role:guest", "person:em"))).then(
        limited("role:guest", "person:em")
    )
    given(READY).when(EM, SetReaders("p1", readers=("person:em",))).refused("not_allowed")


def test_a_paper_without_readers_is_refused():
    given(READY).when(MAI, SetReaders("p1", readers=())).refused("readers_empty")
    for reader in ("person:nobody", "role:king", "unit:u9", "everybody", "none "):
        given(READY).when(MAI, SetReaders("p1", readers=(reader,))).refused("not_a_choice")


def test_the_widest_reader_wins():
    given(READY).when(MAI, SetReaders("p1", readers=("person:em", "all"))).then(limited("all"))


def test_only_whom_it_names_has_it_and_the_others_hear_no_title():
    state = state_of(READY, limited("person:em"))
    assert may_open(state, "p1", "em")
    assert may_open(state, "p1", "mai")
    assert not may_open(state, "p1", "phuong")
    assert not may_open(state, "p1", "nobody")
    assert view(state, "members")["papers"] == {"limited": state.seq}
    assert "Kết luận" not in str(view(state, "members"))
    assert "Kết luận" not in str(view(state, "screens"))
    assert of_person(state, "em", NINE)["p1"]["title"] == "Kết luận điều tra"
    assert of_person(state, "phuong", NINE) == {}
    assert view(state, "staff")["papers"]["p1"]["rights"] == {"readers": ["person:em"], "standing": "open"}


def test_a_unit_reads_with_all_below_it_by_its_id_or_as_it_was_called_then():
    command = SetReaders("p1", readers=("unit:u3",), units=PHONG)
    set_ = given(READY).when(MAI, command).then(limited("unit:u3", units=PHONG)).after()
    state = state_of(READY, limited("unit:u3", units=PHONG))
    assert may_open(state, "p1", "phuong")
    assert not may_open(state, "p1", "em")
    assert set_


def test_a_unit_of_the_same_name_is_another_unit():
    moved = given(READY, limited("unit:u3", units=PHONG)).when(
        MAI, Invite("kim", "delegate", "", "Kim", "", "Phòng 3", "u9")
    )
    state = moved.when(MAI, Invite("lan", "delegate", "", "Lan", "", "Tổ 1", "u31")).when(MAI, EditPaper("p1")).state
    assert may_open(state, "p1", "lan")
    assert not may_open(state, "p1", "kim")


def test_what_was_written_of_old_keeps_its_meaning():
    state = state_of(READY, limited("person:em"))
    edited = given(READY, limited("person:em")).when(MAI, EditPaper("p1", readers="members"))
    edited.when(MAI, SetReaders("p1", until=NINE + HOUR)).then(limited("all", until=NINE + HOUR))
    renamed = given(READY, limited("person:em")).when(MAI, EditPaper("p1", title="Khác")).when(MAI, EditPaper("p1"))
    assert may_open(renamed.state, "p1", "em")
    assert not may_open(renamed.state, "p1", "phuong")
    assert state.papers["p1"].readers == "some"
    given(READY).when(MAI, SetReaders("p1", readers=("none",))).then(limited("none"))
    assert not may_open(state_of(READY, limited("none")), "p1", "em")


def test_time_opens_and_closes_by_the_bell_and_by_the_clock_as_well():
    begins, ends = NINE + HOUR, NINE + 2 * HOUR
    window = limited("all", opens=begins, until=ends)
    state = state_of(READY, window)
    assert "p1" not in view(state, "members")["papers"]
    assert rings_at(state.papers["p1"]) == begins
    assert [may_open(state, "p1", "em", at) for at in (begins - 1, begins, ends - 1, ends)] == [
        False,
        True,
        True,
        False,
    ]
    bell = Actor("", "system", begins)
    given(READY, window).when(Actor("", "system", begins - 1), RingReading("p1")).then()
    given(READY, window).when(bell, RingReading("p1")).then(ReadingOpened("p1"))
    opened = state_of(READY, window, ReadingOpened("p1"))
    assert "p1" in view(opened, "members")["papers"]
    assert rings_at(opened.papers["p1"]) == ends
    late = Actor("", "system", ends)
    given(READY, window).when(late, RingReading("p1")).then(ReadingOpened("p1"), ReadingEnded("p1"))
    given(READY, window, ReadingOpened("p1"), ReadingEnded("p1")).when(late, RingReading("p1")).then()
    ended = state_of(READY, window, ReadingOpened("p1"), ReadingEnded("p1"))
    assert "p1" not in view(ended, "members")["papers"]
    assert may_open(ended, "p1", "mai")
    assert not may_open(ended, "p1", "em")
    assert rings_at(ended.papers["p1"]) == 0
    given(READY).when(AN, RingReading("p1")).refused("not_allowed")


def test_a_window_must_end_after_it_begins():
    given(READY).when(MAI, SetReaders("p1", from_=NINE + HOUR, until=NINE + HOUR)).refused("ends_before_start")
    given(READY).when(MAI, SetReaders("p1", from_=-1)).refused("bad_time")
    for after in ("0", "-1", "soon", "99999", "١"):
        given(READY).when(MAI, SetReaders("p1", recall_after=after)).refused("not_a_choice")


def test_a_new_window_begins_anew():
    past = limited("all", until=NINE + 1)
    state = state_of(READY, past)
    assert state.papers["p1"].rights.ended
    again = state_of(READY, past, limited("all", until=NINE + 10 * HOUR))
    assert "p1" in view(again, "members")["papers"]


def test_a_limited_paper_is_shown_to_all_only_on_purpose():
    live = [*OPENED, *PAPER, limited("person:em")]
    given(live).when(AN, ShowPaper("p1")).refused("not_for_all")
    assert "phuong" in without_right(state_of(live), "p1")
    assert "em" not in without_right(state_of(live), "p1")
    given(live).when(AN, ShowPaper("p1", 2, to_all=True)).then(PaperShown("p1", 2))
    given(OPENED, PAPER, limited("all")).when(AN, ShowPaper("p1")).then(PaperShown("p1", 1))


def test_an_ended_reading_is_not_shown_by_the_way():
    live = [*OPENED, *PAPER, limited("all", until=NINE + 1)]
    given(live).when(AN, ShowPaper("p1")).refused("not_for_all")


def test_modes_go_with_downloads():
    restricted = given(READY).when(MAI, SetReaders("p1", mode="restricted")).then(limited("all", mode="restricted"))
    restricted.when(MAI, EditPaper("p1", download=True)).refused("restricted")
    viewed = state_of(READY, limited("all", mode="view")).papers["p1"]
    assert (viewed.mode, viewed.download) == ("view", False)
    given(READY).when(MAI, SetReaders("p1", mode="secret")).refused("not_a_choice")


def test_on_the_wire_its_beginning_is_called_from():
    command = command_from("set_readers", {"paper": "p1", "readers": ["all"], "from": 5})
    assert command == SetReaders("p1", readers=("all",), from_=5)
    assert args_of(command) == {"paper": "p1", "readers": ["all"], "from": 5}
    event = limited("all", opens=7)
    assert data_of(event)["from"] == 7
    assert event_from("ReadersSet", data_of(event)) == event


def test_the_bell_is_the_programs():
    given(READY).when(PROGRAM, RingReading("p1")).then()


def test_a_paper_that_is_held_for_its_stamp_is_shown_and_given_to_nobody_without_a_reason():
    held = [*OPENED, *PAPER, PaperShown("p1", 1), PaperHeld("p1", 2, "MẬT")]
    for command in (ShowPaper("p1", to_all=True), TurnPage(3), SetReaders("p1", readers=("person:em",))):
        given(held).when(AN, command).refused("held_for_stamp")
    given(held).when(AN, SetReaders("p1", until=NINE + HOUR)).then(limited("none", until=NINE + HOUR))
    assert view(state_of(held), "staff")["papers"]["p1"]["held"] == "MẬT"
    assert "held" not in view(state_of(held), "members")["papers"]["p1"], (
        "it is on the stage, and nothing is said of it"
    )
    why = "Mẫu dấu trong phụ lục"
    released = ReadersSet("p1", "open", ("person:em",), units={}, reason=why)
    after = given(held).when(AN, SetReaders("p1", readers=("person:em",), reason=why)).then(released).after()
    assert after.papers["p1"].held == ""


def test_a_stamp_found_on_what_is_shown_covers_it():
    shown = [*OPENED, *PAPER, PaperShown("p1", 1)]
    given(shown).when(PROGRAM, HoldPaper("p1", 2, "MẬT")).then(PaperHeld("p1", 2, "MẬT"), StageCovered())
    given([*shown, PaperHeld("p1", 2, "MẬT"), StageCovered()]).when(AN, UncoverStage()).refused("held_for_stamp")


def test_rights_that_were_chosen_end_when_the_paper_is_held():
    state = state_of(READY, limited("person:em"), PaperHeld("p1", 2, "MẬT"))
    assert not may_open(state, "p1", "em")
    assert (state.papers["p1"].readers, state.papers["p1"].held) == ("staff", "MẬT")
    again = state_of(READY, limited("person:em"), PaperHeld("p1", 2, "MẬT"), limited("none", until=NINE + HOUR))
    assert again.papers["p1"].held == "MẬT", "what keeps it with the staff releases nothing"
