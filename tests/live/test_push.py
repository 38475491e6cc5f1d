"""The one door out: a failure stays where it happened, and whoever missed something is told everything."""

import json
import random
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingroom import database, log
from meetingroom.live import push as pushing
from meetingroom.live.push import Push, room_name
from meetingroom.meeting import roles
from meetingroom.meeting import view as views
from meetingroom.meeting.agenda import AddItem
from meetingroom.meeting.people import Invite
from meetingroom.meeting.record import RecordNote
from tests.log.conftest import MAI, PROGRAM, open_meeting

MEETINGS = ("m1", "m2")


class Fault(Exception):
    """What a test lets go wrong."""


class Tablet:
    """Merges as meeting.js does: the next number counts, an old one is ignored, after a hole only a whole view."""

    def __init__(self, hall: "Hall", meeting: str, audience: str):
        self.hall, self.meeting, self.audience = hall, meeting, audience
        self.seq, self.view = hall.push.current(meeting, audience)
        self.whole = 0

    def hears(self, event: str, body: dict) -> None:
        assert body["meeting"] == self.meeting
        if event == "view":
            assert body["audience"] == self.audience
            self.seq, self.view, self.whole = body["seq"], body["view"], self.whole + 1
        elif body["seq"] == self.seq + 1:
            self.seq, self.view = body["seq"], views.merge(self.view, body["patch"])

    @property
    def in_step(self) -> bool:
        state = log.state(self.hall.pool, self.meeting)
        return (self.seq, self.view) == (state.seq, views.view(state, self.audience))


class Hall:
    """Two meetings, two tablets in every room, and a post that delivers to one after the other."""

    def __init__(self, path):
        database.prepare(path)
        self.pool, self.time, self.commands = database.Pool(path), 0.0, 0
        self.faults: dict[str, int] = {}  # where: how many more times it goes wrong there
        self.push = Push(self.pool, self.emit, now=lambda: self.time)
        self.heard: dict[str, list[int]] = defaultdict(list)
        self.renewed: list[tuple[str, int]] = []
        self.push.listeners.append(self.listen)
        self.push.renews.append(lambda meeting, state: self.renewed.append((meeting, state.seq)))
        for meeting in MEETINGS:
            open_meeting(self.pool, meeting)
        self.push.start(lambda *_: None)
        self.tablets = [Tablet(self, m, audience) for m in MEETINGS for audience in roles.AUDIENCES for _ in range(2)]

    def goes_wrong(self, *places: str) -> None:
        for place in places:
            if self.faults.get(place):
                self.faults[place] -= 1
                raise Fault(place)

    def emit(self, event: str, body: dict, to: str) -> None:
        for n, tablet in enumerate(one for one in self.tablets if room_name(one.meeting, one.audience) == to):
            self.goes_wrong(f"{to} {n}", f"emit {n}")
            tablet.hears(event, body)

    def listen(self, meeting, before, after, fact) -> None:
        self.goes_wrong("listen")
        assert after.seq == before.seq + 1 == fact.seq
        self.heard[meeting].append(fact.seq)

    def happens(self, meeting: str, command=None) -> int:
        self.commands += 1
        command = command or AddItem(f"Việc {self.commands}")
        return log.handle(self.pool, meeting, command, MAI, f"c{self.commands}").seq

    def out_of_step(self, meeting: str = "") -> list[str]:
        return [f"{t.meeting}/{t.audience}" for t in self.tablets if meeting in ("", t.meeting) and not t.in_step]

    def later(self, seconds: float = 20.0) -> None:
        self.time += seconds
        self.push.pump()

    def close(self) -> None:
        log.forget_heads(self.pool)
        self.pool.close()


@pytest.fixture
def hall(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "fillers", {})
    found = Hall(tmp_path / "m.db")
    wrong(found, monkeypatch)
    yield found
    found.close()


def wrong(hall: Hall, monkeypatch) -> None:
    """Everything a push does may go wrong where the hall says so."""
    step, following, view, recorded = pushing.step, views.follow, views.view, log.read_row

    def pushed_step(state, fact):
        hall.goes_wrong("step", f"step {state.id}")
        return step(state, fact)

    def drawn(before, old, after, audience):
        hall.goes_wrong("following", f"following {audience}")
        return following(before, old, after, audience)

    def drawn_whole(state, audience):
        hall.goes_wrong("view", f"view {audience}")
        return view(state, audience)

    def read(*row):
        hall.goes_wrong("recorded")
        return recorded(*row)

    monkeypatch.setattr(pushing, "step", pushed_step)
    monkeypatch.setattr(views, "follow", drawn)
    monkeypatch.setattr(views, "view", drawn_whole)
    monkeypatch.setattr(log, "read_row", read)


def test_every_room_has_every_fact_with_its_number(hall):
    for _ in range(3):
        hall.happens("m1")
    hall.push.pump()
    assert hall.out_of_step() == []
    assert all(tablet.whole == 0 for tablet in hall.tablets)


def test_what_was_not_committed_is_told_to_nobody(hall, monkeypatch):
    def fails(*_):
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(log, "remember_answer", fails)
        with pytest.raises(OSError, match="the disk is full"):
            hall.happens("m1", AddItem("Việc không thành"))
    hall.push.now()
    assert hall.out_of_step() == []
    assert hall.heard["m1"] == []
    hall.happens("m1", AddItem("Việc khác"))
    hall.push.now()
    assert hall.out_of_step() == []


def test_what_this_process_committed_goes_out_without_being_read_again(hall):
    hall.faults["recorded"] = 1000  # nothing could be read
    for meeting in ("m1", "m2", "m1"):
        hall.happens(meeting)
        hall.push.now()
    assert hall.out_of_step() == []
    assert hall.heard["m1"] == sorted(hall.heard["m1"])
    assert hall.faults["recorded"] == 1000


def test_a_fact_of_another_process_in_between_keeps_its_place(hall):
    hall.happens("m1")
    hall.happens("m1")
    log.forget_heads(hall.pool)  # both are another's now
    hall.happens("m1")
    hall.happens("m2")
    hall.push.now()
    assert hall.out_of_step() == []
    hall.push.pump()
    assert hall.heard["m1"] == sorted(set(hall.heard["m1"]))


def test_what_is_rolled_back_is_told_to_nobody(hall, monkeypatch):
    def refused(*_):
        raise OSError("no space")

    with monkeypatch.context() as broken:
        broken.setattr(log, "remember_answer", refused)
        with pytest.raises(OSError):
            hall.happens("m1")
    hall.push.now()
    seen = hall.happens("m1")
    hall.push.now()
    assert hall.out_of_step() == []
    assert hall.heard["m1"][-1:] == [seen]


def test_a_room_that_cannot_be_told_keeps_no_other_room_from_its_fact(hall):
    hall.faults["m1/staff 0"] = 1
    hall.happens("m1")
    hall.push.pump()
    assert hall.out_of_step() == []
    assert {(t.meeting, t.audience) for t in hall.tablets if t.whole} == {("m1", "staff")}


def test_a_room_that_cannot_be_told_for_a_while_is_told_everything_afterwards(hall):
    hall.faults["m1/members 1"] = 5
    hall.happens("m1")
    hall.push.pump()
    hall.happens("m1")
    hall.push.pump()
    assert set(hall.out_of_step()) == {"m1/members"}
    assert hall.push.hurt == ["m1"]
    for _ in range(6):
        hall.later()
    assert hall.out_of_step() == []
    assert hall.push.hurt == []
    hall.happens("m1")
    hall.push.pump()
    assert hall.out_of_step() == []


def test_a_fact_that_could_not_be_applied_is_not_skipped(hall):
    hall.faults["step"] = 1
    first, second = hall.happens("m1"), hall.happens("m1")
    hall.push.pump()
    assert hall.out_of_step() == []
    assert hall.push.current("m1", "staff")[0] == second == first + 1


def test_a_view_that_could_not_be_drawn_holds_up_nobody_else(hall):
    hall.faults["following members"] = 1
    hall.happens("m1")
    hall.push.pump()
    assert hall.out_of_step() == []
    assert {t.audience for t in hall.tablets if t.whole} == {"members"}


def test_a_broken_meeting_stops_no_other_and_is_tried_ever_more_rarely(hall):
    hall.faults["following members"] = hall.faults["view members"] = 1000
    hall.happens("m1")
    hall.happens("m2")
    hall.push.pump()
    tried = hall.faults["view members"]
    for _ in range(100):
        hall.later(0.1)
    assert tried - hall.faults["view members"] < 20
    hall.faults.clear()
    hall.later(11)
    assert hall.out_of_step() == []


def test_a_log_that_cannot_be_read_for_one_meeting_leaves_the_others_alone(hall):
    hall.happens("m1")
    hall.happens("m2")
    with hall.pool.writing() as db:
        held = db.conn.execute("select id, data from events where meeting = 'm1' order by id desc limit 1").fetchone()
        db.conn.execute("update events set data = '{' where id = ?", [held["id"]])
    hall.push.pump()
    assert hall.out_of_step("m2") == []
    hall.happens("m2")
    hall.push.pump()
    assert hall.out_of_step("m2") == []
    assert hall.push.hurt == ["m1"]
    with hall.pool.writing() as db:
        db.conn.execute("update events set data = ? where id = ?", [held["data"], held["id"]])
    hall.later()
    assert hall.out_of_step() == []


def test_a_number_that_is_missing_is_seen(hall):
    hall.happens("m1")
    with hall.pool.lend() as db:
        hall.push._mark = db.conn.execute("select max(id) from events").fetchone()[0]  # as after a fault of ours
    last = hall.happens("m1")
    hall.push.pump()
    assert hall.out_of_step() == []
    assert all(tablet.whole == 1 for tablet in hall.tablets if tablet.meeting == "m1")
    assert hall.push.current("m1", "members")[0] == last


def test_what_is_left_of_a_batch_does_not_wait_for_the_next_write(hall, monkeypatch):
    monkeypatch.setattr(pushing, "AT_ONCE", 2)
    hall.faults["step m1"] = 1
    for _ in range(3):
        hall.happens("m1")
        hall.happens("m2")
    hall.push.pump()
    assert hall.out_of_step() == []


def test_the_tail_tries_again_by_itself(hall):
    """One look of the tail fails before it has read anything, and nobody writes after that."""
    real, looks = hall.push.pump, []

    def pump():
        looks.append(1)
        if len(looks) == 1:
            raise Fault("the disk")
        real()
        hall.push.stop()

    hall.push.pump = pump
    hall.happens("m1")
    hall.push._run()
    assert len(looks) == 2
    assert hall.out_of_step() == []


def test_the_house_hears_what_it_missed_as_a_whole(hall):
    hall.faults["listen"] = 1
    seq = hall.happens("m1")
    hall.push.pump()
    assert hall.renewed == [("m1", seq)]
    assert all(tablet.whole == 0 for tablet in hall.tablets), "the screens had everything"


def test_who_comes_back_gets_no_patches_over_a_hole(hall):
    seq = hall.happens("m1")
    hall.push.pump()
    assert len(hall.push.since("m1", "members", seq - 1)) == 1
    hall.faults["step"] = 1
    last = hall.happens("m1")
    hall.push.pump()
    assert hall.push.since("m1", "members", seq) is None
    assert hall.push.since("m1", "members", last) == []
    assert hall.push.current("m1", "members")[0] == last


def test_all_who_join_at_one_number_are_told_the_same_words_made_once(hall, monkeypatch):
    made = []
    real = pushing.encode
    monkeypatch.setattr(pushing, "encode", lambda view: made.append(1) or real(view))
    seq = hall.happens("m1")
    for _ in range(3):
        state, text = hall.push.snapshot("m1", "members")
        assert (state.seq, json.loads(text)) == (seq, views.view(log.state(hall.pool, "m1"), "members"))
    assert made == [1]
    hall.happens("m1")
    assert json.loads(hall.push.snapshot("m1", "members")[1]) == hall.push.current("m1", "members")[1]
    assert made == [1, 1]


def test_what_another_process_wrote_is_in_what_a_newcomer_sees(hall):
    hall.push.current("m1", "members")
    other = database.Pool(hall.pool.path)
    log.forget_heads(hall.pool)
    seq = log.handle(other, "m1", AddItem("Từ tiến trình khác"), MAI, "elsewhere").seq
    assert hall.push.snapshot("m1", "members")[0].seq == seq
    other.close()


def test_who_joins_while_a_room_is_owed_its_view_sees_what_is(hall):
    hall.faults["m1/members 0"] = 3
    seq = hall.happens("m1")
    assert hall.push.current("m1", "members") == (seq, views.view(log.state(hall.pool, "m1"), "members"))


PLACES = [
    *(f"{room_name(m, a)} {n}" for m in MEETINGS for a in roles.AUDIENCES for n in (0, 1)),
    *("step", "following", "view", "recorded", "listen", "emit 0", "emit 1"),
]
HAPPENS = st.tuples(st.sampled_from(MEETINGS), st.sampled_from(["item", "note", "person"]), st.booleans())
FAULTS = st.dictionaries(st.sampled_from(PLACES), st.integers(1, 4), max_size=3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(st.tuples(FAULTS, HAPPENS), min_size=1, max_size=12), seed=st.integers(0, 2**16))
def test_after_any_failures_every_screen_sees_what_a_fresh_one_would(story, seed, tmp_path_factory):
    chance = random.Random(seed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(log, "fillers", {})
        hall = Hall(tmp_path_factory.mktemp("hall") / "m.db")
        wrong(hall, patched)
        try:
            for faults, (meeting, kind, at_once) in story:
                command = {
                    "item": AddItem("Việc"),
                    "note": RecordNote("general", f"Ghi {chance.random()}"),
                    "person": Invite(f"p{hall.commands}", "delegate", name="Một người", title="", unit=""),
                }[kind]
                hall.faults = {}  # the log itself is written without a fault
                if kind == "person":
                    log.handle(hall.pool, meeting, command, PROGRAM, f"p{hall.commands}")
                    hall.commands += 1
                else:
                    hall.happens(meeting, command)
                hall.faults = dict(faults)
                if at_once:
                    hall.time += chance.choice([0, 0.05, 1])
                    hall.push.now()
            hall.faults = {}
            for _ in range(3):
                hall.later()
            assert hall.out_of_step() == []
            assert hall.push.hurt == []
        finally:
            hall.close()
