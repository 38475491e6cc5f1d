"""What tablets say between two beats; what single sockets are still to be told; messages and their version."""

from types import SimpleNamespace

import pytest

from meetingroom.edge.beat import Beat
from meetingroom.edge.centre import Centre
from meetingroom.edge.gathering import Gathered
from meetingroom.edge.hearing import Hearing
from meetingroom.edge.line import Turned, Unheard
from meetingroom.edge.people import People, Seat
from meetingroom.edge.sockets import HEAD, LONGEST, Sockets
from meetingroom.live.edges import UNHEARD, Edges, Outbox
from meetingroom.live.envelope import Channels, OtherVersion, body_of, pack, spoken, unpack


def test_of_each_tablet_the_last_page_counts():
    said = Gathered()
    said.paints("a", {"page": 1})
    said.paints("b", {"page": 1})
    said.paints("a", {"page": 2})
    assert said.take() == ([["b", "painted", {"page": 1}], ["a", "painted", {"page": 2}]], [])
    assert said.take() == ([], [])


def test_who_leaves_or_goes_has_no_page_any_more():
    said = Gathered()
    said.paints("a", {"page": 1})
    said.leaves("a", {"meeting": "m"})
    said.paints("b", {"page": 1})
    said.goes("b")
    said.goes("a")
    assert said.take() == ([["a", "leave", {"meeting": "m"}]], ["b", "a"])


def test_what_could_not_be_said_is_said_later_unless_it_is_no_longer_true():
    said = Gathered()
    for sid in "abc":
        said.paints(sid, {"page": 1})
    taken = said.take()
    said.paints("a", {"page": 2})
    said.goes("b")
    said.put_back(*taken)
    again, gone = said.take()
    assert (sorted(again), gone) == ([["a", "painted", {"page": 2}], ["c", "painted", {"page": 1}]], ["b"])


def test_a_page_painted_in_another_meeting_is_not_said_of_this_one():
    said = Gathered()
    said.paints("a", {"meeting": "one", "page": 1})
    said.joins("a")
    assert said.take() == ([], [])


@pytest.mark.parametrize(("refusal", "again"), [(Turned(413, "too_large"), 0), (Unheard("no line"), 1)])
def test_what_is_too_much_is_not_said_again_and_again(refusal, again):
    sockets = SimpleNamespace(
        gathered=Gathered(), known=0, centre=Centre(1e12), rooms=SimpleNamespace(meetings=[])
    )  # fmt: skip
    sockets.gathered.paints("a", {"page": 1})

    def ask(*_):
        raise refusal

    Beat(sockets, SimpleNamespace(ask=ask), SimpleNamespace(well=True)).once()
    assert len(sockets.gathered.take()[0]) == again


def test_a_tablet_that_says_too_much_of_itself_is_not_asked_about():
    """Fifty are asked about at once: one of them would keep the others out."""
    asked, long = [], {"HTTP_COOKIE": "x" * (HEAD + 1)}
    edge = Sockets.__new__(Sockets)
    edge.may_come_in = asked.append
    assert not edge.connect("a", long)
    edge.seats = {"a": SimpleNamespace()}
    answer = edge.join("a", {"meeting": "m", "device": "x" * LONGEST})
    assert (answer["error"]["code"], asked) == ("malformed", [])


@pytest.fixture
def cut_off(monkeypatch):
    """An edge whose line was cut at noon. `away(minutes)`: em was let in in the morning, and left so long before."""
    now = [0.0]
    monkeypatch.setattr("meetingroom.edge.people.time.monotonic", lambda: now[0])
    edge = Sockets.__new__(Sockets)
    edge.people, edge.centre = People(lambda *_: 1 / 0, lambda *_: 1 / 0), Centre(heard=12 * 3600.0, since=1)
    edge.rooms, edge.gathered = SimpleNamespace(leave=lambda *_: None), Gathered()
    seat = Seat("s1", {"cookie": "em"}, "m", "members")
    edge.seats, edge.newcomers, edge.unknown = {"s1": seat}, {}, False
    now[0] = 8 * 3600.0
    edge.people.remember(seat)
    now[0] = 12 * 3600.0 + 5

    def away(minutes: int) -> None:
        now[0] = 12 * 3600.0 - minutes * 60
        edge.disconnect("s1")

    return edge, away


def test_while_the_line_is_cut_who_was_here_comes_back_and_nobody_is_asked(cut_off):
    edge, away = cut_off
    again, other = Seat("s2", {"cookie": "em"}), Seat("s3", {"cookie": "lan"})
    assert edge.may_come_in(again), "the first line of theirs is not known to be dead"
    assert edge.place(again, "m", {}) == {"audience": "members"}
    assert edge.unknown, "the origin is told when it is heard: else it could not put them out"
    away(-30)
    assert edge.may_come_in(again), "they slept after it was cut"
    assert not edge.may_come_in(other)
    with pytest.raises(Unheard):
        edge.place(again, "another", {})


@pytest.mark.parametrize(("minutes", "back"), [(9, True), (11, False)])
def test_who_was_away_before_the_line_was_cut_may_have_been_put_out(cut_off, minutes, back):
    edge, away = cut_off
    away(minutes)
    assert edge.may_come_in(Seat("s2", {"cookie": "em"})) is back


def test_who_was_put_out_is_not_remembered_by_the_end_of_their_socket(cut_off):
    edge, away = cut_off
    edge.people.forget(edge.seats["s1"])
    away(-1)
    assert not edge.may_come_in(Seat("s2", {"cookie": "em"}))


@pytest.fixture
def at_the_door():
    """An edge whose origin answers with what is put into `answers`; nobody has left; `asked` are questions."""
    edge, asked, answers = Sockets.__new__(Sockets), [], []

    def ask(question):
        asked.append(question)
        answer = answers.pop(0)
        return answer() if callable(answer) else answer

    edge.people = SimpleNamespace(ask=ask, sees=lambda _: None, forget=lambda _: None, remember=lambda _: None)
    edge.rooms, edge.gathered, edge.centre = SimpleNamespace(leave=lambda *_: None), Gathered(), Centre(heard=0.0)
    edge.seats, edge.newcomers, edge.unknown, ended = {}, {}, False, []
    edge.server = SimpleNamespace(disconnect=ended.append)
    edge.begin = lambda act, *about: act(*about)
    edge.is_there = lambda sid: sid in edge.seats
    return SimpleNamespace(edge=edge, asked=asked, answers=answers, ended=ended)


def test_who_comes_in_and_joins_is_asked_about_once(at_the_door):
    at_the_door.answers.append({"audience": "members", "seq": 1})
    edge, seated = at_the_door.edge, []
    edge.rooms.find = lambda *place: place
    edge.seated = lambda seat, held, after: seated.append(held)
    assert not edge.connect("s0", {}), "nothing by which the origin could know them"
    assert edge.connect("s1", {"HTTP_COOKIE": "em"})
    assert edge.known == 0
    edge.join("s1", {"meeting": "m"})
    assert (seated, edge.known) == ([("m", "members")], 1)
    edge.ask_about_newcomers()
    assert [question["join"] for question in at_the_door.asked] == [{"meeting": "m"}]


@pytest.mark.parametrize(("answer", "ended"), [({}, []), ({"error": {"code": "not_signed_in"}}, ["s1"])])
def test_who_comes_in_and_does_not_join_is_asked_about_soon(at_the_door, answer, ended):
    edge = at_the_door.edge
    at_the_door.answers.append(answer)
    edge.connect("s1", {"HTTP_COOKIE": "em"})
    edge.ask_about_newcomers()
    assert not at_the_door.asked, "it has just come"
    edge.newcomers["s1"] -= 1
    edge.ask_about_newcomers()
    edge.ask_about_newcomers()
    assert (len(at_the_door.asked), at_the_door.ended) == (1, ended)


def test_who_is_signed_in_no_more_is_told_and_ended(at_the_door):
    edge = at_the_door.edge
    at_the_door.answers.append({"error": {"code": "not_signed_in"}})
    edge.connect("s1", {"HTTP_COOKIE": "em"})
    assert edge.join("s1", {"meeting": "m"})["error"]["code"] == "not_signed_in"
    assert at_the_door.ended == ["s1"]


def test_who_is_removed_while_their_room_is_asked_for_does_not_come_in(at_the_door):
    """The origin has let them in, and out again, before the view of the room has come over the line."""
    edge = at_the_door.edge
    at_the_door.answers.append({"audience": "members", "seq": 1})
    edge.connect("s1", {"HTTP_COOKIE": "em"})
    edge.rooms.held = {}
    out = {"method": "leave_room", "sid": "s1", "room": "m/members"}
    edge.rooms.find = lambda *_: edge.act(out, "")
    edge.seated = lambda *_: 1 / 0
    assert edge.join("s1", {"meeting": "m"})["error"]["code"] == "not_found"


def test_an_ear_that_could_not_ask_for_a_room_begins_anew():
    """The line reads on: without that the edge would take itself for deaf for as long as it runs."""
    mine = Hearing("redis://127.0.0.1:1/0", Channels("x"), "b1", None, None)
    mine._begun, looks = False, []

    def subscribe(*channels):
        if looks:
            raise OSError("not now")

    def get_message(timeout):
        looks.append(timeout)
        if len(looks) == 1:
            return {"type": "subscribe", "channel": mine.own.encode()}
        assert len(looks) == 2, "it listens on"
        mine.want("m/staff")
        return None

    line = SimpleNamespace(subscribe=subscribe, get_message=get_message, channels={})
    redis = SimpleNamespace(Redis=SimpleNamespace(from_url=lambda *_, **__: SimpleNamespace(pubsub=lambda: line)))
    with pytest.raises(ConnectionError):
        mine._listen(redis)


def test_an_edge_is_told_again_what_it_has_not_confirmed():
    box = Outbox(kept=3)
    assert [box.add(word) for word in "xyz"] == [1, 2, 3]
    assert box.after(1) == [(2, "y"), (3, "z")]
    assert box.after(3) == []
    assert box.after(7) is None, "a number of an earlier life"
    for word in "abcd":
        box.add(word)
    assert box.after(3) is None, "too much was missed: it brings its people anew"


def edges():
    at = [0.0]
    said = []
    return at, said, Edges(lambda boot, message: said.append((boot, message)), lambda: at[0])


def test_a_socket_is_spoken_to_where_it_is():
    _, said, found = edges()
    one = found.heard("b1", "site")
    assert found.take(one, "s1")
    assert not found.take(found.heard("b2", "other"), "s1"), "nobody speaks for a socket of another edge"
    assert found.tell("s1", {"method": "disconnect"})
    assert not found.tell("s2", {"method": "disconnect"})
    assert said == [("b1", {"method": "disconnect", "n": 1})]


def test_what_is_said_once_reaches_every_edge_though_redis_forgets():
    _, said, found = edges()
    boxes = [found.heard(boot, boot).outbox for boot in ("b1", "b2")]
    found.tell_all({"method": "emit", "event": "preload", "room": "m/members"})
    assert [boot for boot, _ in said] == ["b1", "b2"]
    assert [box.after(0)[0][1]["event"] for box in boxes] == ["preload", "preload"]


def test_two_edges_of_one_name_are_seen_and_one_that_was_started_again_is_none():
    at, _, found = edges()
    found.heard("b1", "site")
    at[0] = 2
    found.heard("b2", "site")
    assert found.names_twice() == set()
    found.heard("b1", "site")
    assert found.names_twice() == {"site"}


def test_an_edge_that_is_not_heard_has_lost_its_tablets_and_brings_them_again():
    at, _, found = edges()
    found.take(found.heard("b1", "site"), "s1")
    at[0] = UNHEARD
    assert found.missed() == []
    at[0] += 0.1
    assert found.missed() == ["s1"]
    assert list(found.silent) == ["site"]
    assert found.heard("b1", "site").sids == set()
    assert not found.silent


def test_an_edge_started_again_is_not_missed_under_its_name():
    at, _, found = edges()
    found.heard("b1", "site")
    at[0] = UNHEARD
    found.heard("b2", "site")
    at[0] += 1
    found.missed()
    assert not found.silent


def test_a_message_says_what_it_said():
    raw = pack(spoken(), {"method": "emit", "event": "patch", "room": "m/staff"}, '2["patch",{"seq":4}]')
    about, text = unpack(spoken(), raw)
    assert about == {"method": "emit", "event": "patch", "room": "m/staff"}
    assert body_of(text) == {"seq": 4}


@pytest.mark.parametrize("raw", [b"", b"{}\n", b"[]\n", b'{"v":"1"', pack(spoken(), {"method": "delete"})])
def test_what_is_no_message_is_not_guessed_at(raw):
    with pytest.raises(ValueError):
        unpack(spoken(), raw)


def test_a_message_of_another_version_is_refused():
    with pytest.raises(OtherVersion):
        unpack(spoken(), pack("0.9.0/1", {"method": "emit"}))


def test_two_agencies_at_one_redis_do_not_hear_each_other():
    assert Channels("a" * 16).room("m/staff") != Channels("b" * 16).room("m/staff")


def test_the_centre_is_lost_after_two_seconds_and_said_once():
    centre = Centre(heard=0.0)
    centre.clocks.learn(0, 0, 1_000_000, {})
    assert centre.hears(1.0, "first")
    assert not centre.misses(2.5)
    assert centre.misses(3.5)
    assert (centre.lost, centre.since) == (True, 1_001_000)
    assert not centre.misses(9.0)
    assert not centre.hears(10.0, "first"), "the same origin"
    assert not centre.lost
