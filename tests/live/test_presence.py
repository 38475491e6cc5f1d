"""The board of who has the page: who belongs to it, and the four states of a device."""

import pytest

from meetingroom import clock
from meetingroom.live.presence import LOST_FOR, LOST_OF_ONE, Presence, Screen
from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.evidence import EvidenceShown
from meetingroom.meeting.exhibits import CaseAttached
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.lifecycle import MeetingAdjourned
from meetingroom.meeting.map_stage import MapShown
from meetingroom.meeting.pairs import PairShown
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.people import PersonRemoved
from meetingroom.meeting.roll import CheckedOut
from meetingroom.meeting.stage import PageTurned, PaperShown
from tests.given import OPENED, state_of

PAPER = [ItemAdded("i1", "Khai mạc"), PaperAttached("p1", "d1", "i1", "Báo cáo", 48)]
SHOWN = [OPENED, PAPER, PaperShown("p1", 1)]
EIGHT = ("an", "binh", "mai", "dung", "em", "phuong", "khach", "tho")


class Hall:
    """A meeting with page 1 on the stage, and a clock that one turns by hand."""

    def __init__(self, monkeypatch):
        self.now, self.presence, self.facts = 1_000_000, Presence(), [*SHOWN]
        monkeypatch.setattr(clock, "now", lambda: self.now)

    @property
    def state(self):
        return state_of(self.facts)

    def joins(self, who, device="", **more):
        person = who if who in EIGHT else ""
        self.presence.arrived(f"{who}{device}", Screen("m1", "members", person, device=device, **more), self.state)
        return self

    def paints(self, who, page=1, **more):
        self.presence.painted(who, "p1", page, **more)
        return self

    def happens(self, fact):
        before = self.state
        self.facts.append(fact)
        self.presence.heard("m1", before, self.state, Recorded(99, self.now, "an", fact))
        self.now += 10
        return self

    def board(self, *keys):
        seen = self.presence.summary("m1", "s0")
        return tuple(seen[key] for key in keys or ("screens", "on_page", "loading", "browsing", "lost"))


@pytest.fixture
def hall(monkeypatch):
    return Hall(monkeypatch)


@pytest.fixture
def full(hall):
    for who in EIGHT:
        hall.joins(who).paints(who)
    assert hall.board() == (8, 8, 0, 0, 0)
    return hall


def test_two_tablets_whose_line_fails_do_not_make_the_others_complete(full):
    full.presence.vanished("em")
    full.presence.vanished("phuong")
    assert full.board() == (8, 6, 0, 0, 2)
    assert full.board("states") == ({"em": "lost", "phuong": "lost"},)
    full.happens(PageTurned("p1", 2))
    for who in EIGHT[:4]:
        full.paints(who, 2)
    assert full.board() == (8, 4, 2, 0, 2)
    (site,) = full.board("sites")[0].values()
    assert (site["here"], site["on_page"], site["loading"], site["lost"]) == (8, 4, 2, 2)


def test_who_comes_back_is_no_longer_missed(full):
    full.presence.vanished("em")
    full.joins("em").paints("em")
    assert full.board() == (8, 8, 0, 0, 0)


def test_another_tablet_of_the_same_person_takes_the_place_of_the_lost_one(hall):
    hall.joins("em", "a").joins("em", "b")
    hall.presence.vanished("ema")
    hall.presence.vanished("emb")
    assert hall.board() == (2, 0, 0, 0, 2)
    hall.joins("em", "b")
    assert [one.device for one in hall.presence.lost["m1"].values()] == ["a"]
    hall.joins("em", "c")
    assert hall.board() == (2, 0, 2, 0, 0)


def test_a_line_that_came_back_before_the_old_one_was_given_up_is_one_device(hall):
    hall.joins("em", "a").joins("an", "a")
    hall.presence.arrived("new socket", Screen("m1", "members", "em", device="a"), hall.state)
    assert hall.board("screens") == (2,)
    hall.presence.vanished("ema")
    assert hall.board("screens", "lost") == (2, 0)


def test_who_leaves_properly_is_not_missed(full):
    full.presence.left("em")
    assert full.board() == (7, 7, 0, 0, 0)


def test_a_lost_device_goes_with_its_person(full):
    for who in ("em", "phuong", "khach"):
        full.presence.vanished(who)
    full.happens(PersonRemoved("em")).happens(CheckedOut("phuong"))
    assert full.board() == (6, 5, 0, 0, 1)
    full.happens(CheckedOut("tho"))
    full.presence.vanished("tho")
    assert full.board("lost") == (1,), "who had left is not missed when the tablet sleeps"


def test_a_lost_device_is_waited_for_an_hour(full):
    full.presence.vanished("em")
    full.now += LOST_FOR - 1000
    full.presence.tidy()
    assert full.board("lost") == (1,)
    full.presence.changed.clear()
    full.now += 2000
    full.presence.tidy()
    assert full.board() == (7, 7, 0, 0, 0)
    assert full.presence.changed == {"m1"}, "the chair is told"
    assert full.presence.lost == {}


def test_nobody_fills_the_board_with_devices_that_never_existed(hall):
    for n in range(50):
        hall.joins("em", str(n))
    for n in range(50):
        hall.presence.vanished(f"em{n}")
    assert hall.board("lost") == (LOST_OF_ONE,)


def test_a_delegate_who_browses_does_not_have_the_page(full):
    full.paints("em", 7, browsing=True)
    full.paints("phuong", 1, browsing=True)
    assert full.board() == (8, 6, 0, 2, 0)
    full.paints("em").paints("phuong")
    assert full.board() == (8, 8, 0, 0, 0)


def test_a_tablet_that_paints_another_page_than_the_stage_browses_one_that_is_behind_loads(full):
    full.happens(PageTurned("p1", 2))
    full.paints("em", 1).paints("phuong", 9)
    assert full.board() == (8, 0, 7, 1, 0)


def test_who_browses_does_not_have_the_title_card_either(full):
    full.paints("em", 7, browsing=True).happens(MeetingAdjourned())
    assert full.board() == (8, 7, 0, 1, 0)
    assert full.board("page") == (0,)


def test_a_page_about_the_meeting_is_no_device_of_the_room(full):
    full.presence.arrived("prepare", Screen("m1", "staff", "dung", onlooker=True), full.state)
    assert full.board() == (8, 8, 0, 0, 0)
    full.presence.vanished("prepare")
    assert full.board() == (8, 8, 0, 0, 0)


def test_the_big_screen_is_told_apart_with_what_it_shows(full):
    full.joins("wall", role="screen", id="w1", name="Hội trường")

    def wall():
        ((found,),) = full.board("projectors")
        return found

    assert full.board() == (8, 8, 0, 0, 0)
    assert (wall()["name"], wall()["state"]) == ("Hội trường", "loading")
    full.paints("wall", 1, shows="page")
    assert (wall()["state"], wall()["page"]) == ("shown", 1)
    full.paints("wall", 1, shows="ballot")
    assert (wall()["state"], wall()["shows"]) == ("other", "ballot")
    full.paints("wall", 1, shows="page").happens(PageTurned("p1", 2))
    assert (wall()["state"], wall()["page"]) == ("loading", 1)
    full.presence.vanished("wall")
    assert wall()["state"] == "lost"
    full.joins("wall", role="screen", id="w1", name="Hội trường")
    assert wall()["state"] == "loading"
    full.presence.vanished("wall")
    full.presence.let_go("w1")
    assert full.board("projectors") == ([],)


def test_a_screen_that_joins_again_over_its_line_keeps_what_it_shows(full):
    full.joins("em")
    assert full.board() == (8, 8, 0, 0, 0)


def test_only_those_with_a_line_are_slow(full):
    full.happens(PageTurned("p1", 2))
    full.presence.vanished("em")
    for who in EIGHT:
        full.paints(who, 2)
    full.paints("khach", 9, browsing=True)
    full.now += 60_000
    (site,) = full.board("sites")[0].values()
    assert site["late_ms"] < 1000


def test_who_comes_in_is_not_compared_with_everybody_who_is_there(hall):
    asked = []

    class Watched(Screen):
        @property
        def owner(self):
            asked.append(self.person)
            return super().owner

    hall.presence.arrived("first", Watched("m1", "members", "an", device="a"), hall.state)
    asked.clear()
    for n in range(20):
        hall.presence.arrived(f"s{n}", Screen("m1", "members", "em", device=f"d{n}"), hall.state)
    assert not asked
    assert hall.board("screens") == (21,)


def test_a_socket_that_joins_again_as_another_page_is_no_longer_the_first(hall):
    hall.presence.arrived("s", Screen("m1", "members", "em", device="a"), hall.state)
    hall.presence.arrived("s", Screen("m2", "members", "em", device="b"), hall.state)
    hall.presence.arrived("other", Screen("m1", "members", "em", device="a"), hall.state)
    assert {sid: one.meeting for sid, one in hall.presence.screens.items()} == {"s": "m2", "other": "m1"}
    hall.presence.left("s")
    hall.presence.left("other")
    assert not hall.presence._sockets


def test_a_map_and_a_page_of_a_case_are_named_by_their_keys(hall):
    evidence = EvidenceShown("e1", 4, "84", "3", "N2", "c1", "Bản cung", 40)
    hall.joins("em").joins("an").happens(CaseAttached("c1", "Vụ án")).happens(MapShown("c1", "m1", 7, "Sơ đồ", "N2"))
    assert hall.board() == (2, 0, 2, 0, 0)
    hall.presence.painted("em", "", 0, key="map:m1/7/N2")
    assert hall.board() == (2, 1, 1, 0, 0)
    assert hall.board("key", "paper", "page") == ("map:m1/7/N2", "", 0)
    hall.happens(evidence)
    hall.presence.painted("em", "", 0, key="ev:e1/4")
    hall.presence.painted("an", "", 0, browsing=True, key="ev:e1/4")
    assert hall.board() == (2, 1, 0, 1, 0)
    hall.happens(PairShown({"paper": "p1", "page": 3}, {"case": "c1", "document": "e1", "page": 4}))
    assert hall.board("key", "page") == ("p:p1/3|ev:e1/4", 3)
    hall.happens(PaperShown("p1", 5)).paints("em", 5)
    hall.presence.painted("an", "", 0, key="p:p1/5")
    assert hall.board() == (2, 2, 0, 0, 0)
