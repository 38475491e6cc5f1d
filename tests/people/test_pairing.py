"""Screens and shared tablets that wait to be let in: nothing is kept of strangers, and codes are not guessed."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from meetingroom import clock
from meetingroom.devices import pairing
from meetingroom.devices.pairing import IN_ALL, LIVES, PER_ADDRESS, SILENT, STILL_GOOD, Waiting
from tests.people.conftest import empty_app, hashed  # noqa: F401
from tests.web.conftest import desk  # noqa: F401

START = 1_800_000_000_000


@pytest.fixture
def at(monkeypatch):
    """`at(ms)`: it is so many milliseconds after the start."""

    def set_clock(ms):
        monkeypatch.setattr(clock, "now", lambda: START + ms)

    set_clock(0)
    return set_clock


def test_a_device_keeps_its_code_while_it_asks_and_the_code_leads_to_it(at):
    waiting = Waiting()
    code = waiting.code_of("wall", "10.0.0.9")
    assert len(code) == 6
    for ms in range(0, LIVES, SILENT):
        at(ms)
        assert waiting.code_of("wall", "10.0.0.9") == code
    assert waiting.behind(code) == "wall"


def test_who_does_not_ask_any_more_is_forgotten(at):
    waiting = Waiting()
    code = waiting.code_of("wall", "10.0.0.9")
    at(SILENT + 1)
    assert waiting.behind(code) is None


def test_a_code_is_short_lived_but_not_taken_from_under_a_typing_finger(at):
    waiting = Waiting()
    old = waiting.code_of("wall", "a")
    for ms in range(0, LIVES + 1000, 60_000):
        at(ms)
        waiting.code_of("wall", "a")
    at(LIVES + 1000)
    new = waiting.code_of("wall", "a")
    assert new != old
    assert (waiting.behind(new), waiting.behind(old)) == ("wall", "wall")
    at(LIVES + 1000 + STILL_GOOD + 1)
    assert waiting.code_of("wall", "a") == new
    assert (waiting.behind(new), waiting.behind(old)) == ("wall", None)


def test_a_code_lets_in_once(at):
    waiting = Waiting()
    code = waiting.code_of("wall", "a")
    waiting.leave("wall")
    assert waiting.behind(code) is None


def test_one_address_cannot_take_the_codes_of_the_others(at):
    waiting = Waiting()
    code = waiting.code_of("wall", "10.0.0.9")
    for number in range(3 * PER_ADDRESS):
        waiting.code_of(f"stranger {number}", "10.0.0.66")
    assert waiting.behind(code) == "wall"
    assert len(waiting._devices) == PER_ADDRESS + 1


def test_all_addresses_together_take_a_bounded_number(at):
    waiting = Waiting()
    for number in range(IN_ALL + 500):
        waiting.code_of(f"stranger {number}", f"10.0.{number}")
    assert len(waiting._devices) == IN_ALL
    assert len(waiting._by_code) == IN_ALL


def test_ten_wrong_guesses_a_minute_are_enough():
    waiting = Waiting()
    for _ in range(10):
        assert waiting.too_many_guesses("mai") == 0
        waiting.guessed_wrong("mai")
    assert 0 < waiting.too_many_guesses("mai") <= 61
    assert waiting.too_many_guesses("an") == 0


class AnyDay(RuleBasedStateMachine):
    """Whatever devices do: every code shown leads to who shows it, and nobody else."""

    def __init__(self):
        super().__init__()
        self.waiting, self.now, self.shown = Waiting(), START, {}
        self.real, clock.now = clock.now, lambda: self.now

    def teardown(self):
        clock.now = self.real

    @rule(device=st.sampled_from("abcd"), address=st.sampled_from("xy"))
    def asks(self, device, address):
        self.shown[device] = (self.waiting.code_of(device, address), self.now)

    @rule(device=st.sampled_from("abcd"))
    def is_let_in(self, device):
        self.waiting.leave(device)
        self.shown.pop(device, None)

    @rule(ms=st.sampled_from([1, SILENT // 2, SILENT + 1, LIVES]))
    def time_goes_by(self, ms):
        self.now += ms

    @invariant()
    def codes_lead_to_who_shows_them(self):
        for device, (code, at) in self.shown.items():
            assert self.waiting.behind(code) in {device, None}
            if self.now - at <= SILENT:
                assert self.waiting.behind(code) == device
        assert set(self.waiting._by_code.values()) <= set(self.waiting._devices)


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=40, stateful_step_count=25)


@pytest.mark.parametrize("address", ["/projector", "/tablet"])
def test_a_stranger_who_opens_the_page_a_hundred_times_writes_nothing(desk, address):  # noqa: F811
    for _ in range(100):
        assert desk.browser().get(address).status_code == 200
    for table in ("screens", "tablets"):
        assert desk.read(lambda db, table=table: db[table].count) == 0


@pytest.mark.parametrize(("path", "more"), [("screens", {}), ("tablets", {"people": 2})])
def test_codes_cannot_be_tried_one_after_the_other(desk, path, more):  # noqa: F811
    desk.opened("m1")
    people = [desk.people["em"], desk.people["an"]]
    body = {"code": "no", "people": people}
    mai = desk.browser("mai")
    answers = [mai.api("POST", f"/api/meetings/m1/{path}", body) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert desk.browser("an").api("POST", f"/api/meetings/m1/{path}", body).status_code == 422


def test_a_screen_that_is_let_go_or_whose_meeting_is_long_over_leaves_no_row(desk, monkeypatch):  # noqa: F811
    def rows():
        return desk.read(lambda db: [tuple(row) for row in db.conn.execute("select meeting from screens")])

    def paired(meeting):
        wall = desk.browser()
        wall.get("/projector")
        code = wall.api("GET", "/api/screen").json["code"]
        return desk.browser("mai").api("POST", f"/api/meetings/{meeting}/screens", {"code": code}).json["id"], wall

    desk.opened("m1")
    desk.opened("m2")
    screen, wall = paired("m1")
    assert wall.api("GET", "/api/screen").json["meeting"] == "m1"
    assert desk.browser("mai").api("DELETE", f"/api/meetings/m1/screens/{screen}").status_code == 204
    assert rows() == []
    assert len(wall.api("GET", "/api/screen").json["code"]) == 6
    paired("m1")
    desk.does("m1", "an", "chair", "close_meeting")
    later = clock.now() + 40 * 86_400_000
    monkeypatch.setattr(clock, "now", lambda: later)
    paired("m2")
    assert rows() == [("m2",)]


def test_a_code_is_read_however_it_was_typed():
    assert pairing.read_digits(" 123 456 ") == "123456"
    assert pairing.read_digits("١٢٣456") == "456"
    assert pairing.read_digits(["1"] * 1000) == "1" * 8
