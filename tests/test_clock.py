"""Time goes on evenly in a meeting, whatever is done to the computer's clock; afterwards the program follows it."""

from types import SimpleNamespace

import pytest

from meetingroom import clock, database, log
from meetingroom.config import Settings
from meetingroom.live import clock_sync
from meetingroom.meeting.agenda import AddItem
from meetingroom.meeting.floor import EndSpeech, GrantFloor, SpeechEnded
from meetingroom.meeting.kernel import Actor, replay
from meetingroom.meeting.lifecycle import AdjournMeeting, CloseMeeting, ResumeMeeting
from tests.log.conftest import AN, MAI, open_meeting

HOUR = 3_600_000
NOON = 1_797_393_600_000


class Computer:
    """Its clock, and the counter since its start."""

    def __init__(self):
        self.wall, self.counter = NOON, 5_000

    def passes(self, ms: int) -> None:
        self.wall += ms
        self.counter += ms

    def restarts(self) -> None:
        self.counter = 1_000

    def clock(self) -> clock.Clock:
        return clock.Clock(lambda: self.wall, lambda: self.counter)


@pytest.fixture
def computer(monkeypatch):
    found = Computer()
    monkeypatch.setattr(clock, "program", found.clock())
    monkeypatch.setattr(clock_sync, "boot_id", lambda: "first start")
    monkeypatch.setattr(clock_sync, "_logged", 0)
    return found


@pytest.fixture
def room(tmp_path, computer, monkeypatch):
    """An open meeting "m1" in a data folder of its own."""
    monkeypatch.setattr(log, "fillers", {})
    settings = Settings(data=tmp_path, testing=True)
    database.prepare(settings.database)
    pool = database.Pool(settings.database)
    open_meeting(pool)
    done = iter(range(1000))

    def does(actor: Actor, command):
        computer.passes(1)
        return log.handle(pool, "m1", command, actor, f"w{next(done)}")

    def look():
        clock_sync.compare_clocks(settings, pool, [log.state(pool, "m1")])

    def spoken() -> int:
        with pool.lend() as db:
            return [fact.event.spoken for fact in log.read(db, "m1") if isinstance(fact.event, SpeechEnded)][-1]

    def times() -> list[int]:
        with pool.lend() as db:
            return [fact.at for fact in log.read(db, "m1")]

    yield SimpleNamespace(settings=settings, pool=pool, does=does, look=look, spoken=spoken, times=times)
    log.forget_heads(pool)
    pool.close()


@pytest.mark.parametrize("set_by", [-2 * HOUR, 2 * HOUR, -26 * 365 * 24 * HOUR])
def test_a_speech_is_as_long_as_it_was_while_somebody_sets_the_clock(room, computer, set_by, caplog):
    room.does(AN, GrantFloor(person="em", seconds=300))
    computer.passes(60_000)
    computer.wall += set_by
    room.look()
    computer.passes(60_000)
    room.look()
    room.does(AN, EndSpeech())
    assert room.spoken() == 120
    assert sorted(room.times()) == room.times()
    assert len([line for line in caplog.messages if "keeps its time" in line]) == 1


def test_the_house_follows_the_clock_as_soon_as_nothing_is_in_session(room, computer, caplog):
    computer.wall -= 2 * HOUR
    room.look()
    assert clock.now() > computer.wall
    room.does(AN, CloseMeeting())
    room.look()
    assert clock.now() == computer.wall
    assert any("was set by -7200 s" in line for line in caplog.messages)


def test_what_the_network_corrects_in_passing_is_no_matter(room, computer, caplog):
    computer.wall += 400
    room.look()
    assert caplog.messages == []


def test_a_meeting_that_somebody_forgot_to_close_keeps_nobody_from_the_right_time(room, computer):
    computer.passes(20 * HOUR)
    computer.wall += HOUR
    room.look()
    assert clock.now() == computer.wall


def test_after_a_break_in_which_the_clock_went_back_no_time_goes_back_and_none_stands_still(room, computer):
    room.does(AN, AdjournMeeting())
    computer.wall -= 2 * HOUR
    room.look()
    assert clock.now() == computer.wall
    room.does(AN, ResumeMeeting())
    room.does(AN, GrantFloor(person="em"))
    computer.passes(90_000)
    room.does(AN, EndSpeech())
    assert room.spoken() == 90
    assert sorted(room.times()) == room.times()


def test_a_restart_of_the_computer_with_a_clock_that_is_behind_lets_time_go_on_from_the_last_fact(
    room, computer, monkeypatch
):
    room.does(AN, GrantFloor(person="em", seconds=300))
    computer.restarts()
    computer.wall -= 2 * HOUR
    monkeypatch.setattr(clock, "program", computer.clock())
    log.forget_heads(room.pool)
    state = log.state(room.pool, "m1")
    began = log.meeting_time(room.pool, state)
    computer.passes(60_000)
    assert log.meeting_time(room.pool, state) == began + 60_000
    room.does(AN, EndSpeech())
    assert room.spoken() == 60
    assert sorted(room.times()) == room.times()


def test_a_server_that_is_started_again_goes_on_with_the_time_of_its_meeting(room, computer, monkeypatch, caplog):
    states = [log.state(room.pool, "m1")]
    clock_sync.begin_clock(room.settings, states)
    before = clock.now()
    computer.wall += 2 * HOUR
    computer.passes(3000)
    monkeypatch.setattr(clock, "program", computer.clock())
    clock_sync.begin_clock(room.settings, states)
    assert clock.now() == before + 3000
    assert any("while the server was away" in line for line in caplog.messages)
    monkeypatch.setattr(clock, "program", computer.clock())
    clock_sync.begin_clock(room.settings, [])
    assert clock.now() == computer.wall, "without a meeting the computer's clock counts"


def test_after_a_restart_of_the_computer_its_clock_is_all_there_is(room, computer, monkeypatch):
    states = [log.state(room.pool, "m1")]
    clock_sync.begin_clock(room.settings, states)
    computer.wall += HOUR
    monkeypatch.setattr(clock, "program", computer.clock())
    monkeypatch.setattr(clock_sync, "boot_id", lambda: "second start")
    clock_sync.begin_clock(room.settings, states)
    assert clock.now() == computer.wall


def test_the_worker_has_the_time_of_the_server(room, computer, monkeypatch):
    clock_sync.begin_clock(room.settings, [])
    servers = clock.now()
    computer.wall += 2 * HOUR
    monkeypatch.setattr(clock, "program", computer.clock())
    clock_sync.follow_clock(room.settings)
    assert clock.now() == servers


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"boot": 1}', '{"boot": "first start", "offset": "x"}', "\x00"])
def test_a_file_that_is_no_time_is_left_alone(room, computer, text):
    clock_sync.clock_file(room.settings).write_text(text)
    before = clock.now()
    clock_sync.follow_clock(room.settings)
    clock_sync.begin_clock(room.settings, [log.state(room.pool, "m1")])
    assert clock.now() == before


def test_preparations_with_a_clock_that_was_a_year_ahead_do_not_give_the_minutes_another_year(room, computer):
    with room.pool.lend() as db:
        facts = [fact for fact in log.read(db, "m1") if type(fact.event).__name__ != "MeetingOpened"]
    prepared = replay(log.MeetingState(id="m2"), facts)
    computer.wall -= 365 * 24 * HOUR
    clock.program.take_over()
    assert log.meeting_time(room.pool, prepared) == clock.now()


def test_who_is_signed_in_stays_so_as_long_when_the_house_follows_another_clock(room, computer):
    ends = clock.now() + 14 * 24 * HOUR
    row = {"user": "u1", "created_at": 0, "seen_at": clock.now(), "address": "", "agent": "", "origin": ""}
    with room.pool.writing() as db:
        db.conn.execute("pragma defer_foreign_keys = on")
        db["users"].insert({"id": "u1", "username": "mai", "name": "Mai", "role": "member", "active": 1})
        db["sessions"].insert({"id": "s1", **row, "expires_at": ends, "kind": "", "meeting": ""})
        db["sessions"].insert({"id": "s2", **row, "expires_at": ends, "kind": "card", "meeting": "m1"})
    room.does(AN, CloseMeeting())
    computer.wall += 30 * 24 * HOUR
    room.look()
    with room.pool.lend() as db:
        kept = dict(db.conn.execute("select id, expires_at from sessions").fetchall())
    assert kept == {"s1": pytest.approx(ends + 30 * 24 * HOUR, abs=5), "s2": ends}


def test_facts_of_two_processes_never_go_back(room, computer, monkeypatch):
    room.does(MAI, AddItem("Một"))
    other = computer.clock()
    other.offset -= 700  # another process that read the computer's clock a moment earlier
    monkeypatch.setattr(clock, "program", other)
    room.does(MAI, AddItem("Hai"))
    assert sorted(room.times()) == room.times()
