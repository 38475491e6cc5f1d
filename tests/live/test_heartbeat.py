"""One thread asks everybody whether they live."""

from types import SimpleNamespace

import engineio
import pytest

from meetingroom.live import heartbeat


class Client:
    """As engineio holds it; `answers` says whether it is still there."""

    def __init__(self, hall, answers=True, fails=False):
        self.hall, self.answers, self.fails = hall, answers, fails
        self.sid = f"c{len(hall.engine.sockets)}"
        self.closing = self.closed = False
        self.last_ping = None
        self.pinged: list[float] = []
        self.writer = self
        self.upgraded = self.admitted = True
        self.lined_up: list = []
        hall.engine.sockets[self.sid] = self
        hall.heart.expect(self)

    def write(self, frame: bytes):
        if self.fails:
            raise ConnectionResetError
        assert frame == b"\x81\x012"
        self.pinged.append(self.hall.now)
        if self.answers:
            self.last_ping = None
            self.hall.heart.expect(self)

    def send(self, item):
        self.lined_up.append(item)

    def close(self, **_):
        self.closed = True


class Hall:
    def __init__(self):
        self.now = 1000.0
        self.engine = SimpleNamespace(ping_interval=14, ping_timeout=10, sockets={}, reason=engineio.Server.reason)
        self.heart = heartbeat.Heartbeat(self.engine, now=lambda: self.now, admitted=lambda client: client.admitted)

    def later(self, seconds: float) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now += heartbeat.BEAT
            self.heart.beat()


@pytest.fixture
def hall():
    return Hall()


def test_everybody_is_asked_once_in_an_interval(hall):
    clients = [Client(hall) for _ in range(50)]
    hall.later(12)
    assert not any(client.pinged for client in clients)
    hall.later(2.5)
    assert {len(client.pinged) for client in clients} == {1}
    hall.later(14)
    assert all(12.5 <= client.pinged[1] - client.pinged[0] <= 14.5 for client in clients)


def test_who_came_together_is_not_asked_together(hall):
    clients = [Client(hall) for _ in range(200)]
    hall.later(15)
    moments = [client.pinged[0] for client in clients]
    assert max(moments.count(moment) for moment in moments) < 100


def test_who_does_not_answer_is_closed_in_time_and_forgotten(hall):
    gone, there = Client(hall, answers=False), Client(hall)
    hall.later(25)
    assert (gone.closed, there.closed) == (True, False)
    assert list(hall.engine.sockets) == [there.sid]


def test_who_has_left_is_not_asked_and_nothing_of_them_stays(hall):
    left = Client(hall)
    left.closed = True
    hall.later(15)
    assert (left.pinged, hall.engine.sockets) == ([], {})


def test_one_broken_connection_does_not_keep_the_others_waiting(hall):
    Client(hall, fails=True)
    other = Client(hall)
    hall.later(15)
    assert len(other.pinged) == 1


def test_who_never_came_in_or_was_put_out_is_closed(hall):
    stranger, guest = Client(hall), Client(hall)
    stranger.admitted = False
    hall.later(15)
    assert (stranger.closed, stranger.pinged, guest.closed) == (True, [], False)
    assert list(hall.engine.sockets) == [guest.sid]


def test_who_is_in_the_middle_of_an_upgrade_is_not_asked_where_they_do_not_listen_yet(hall):
    changing = Client(hall)
    changing.upgraded = False
    hall.later(15)
    assert (changing.pinged, len(changing.lined_up)) == ([], 1)


def test_the_dead_are_found_also_when_the_clock_is_set_back(hall, monkeypatch):
    monkeypatch.setattr(heartbeat.time, "time", lambda: 5000.0 - hall.now)
    gone = Client(hall, answers=False)
    hall.later(25)
    assert gone.closed


def test_nothing_of_those_who_left_stays_in_the_heap(hall):
    for _ in range(20):
        Client(hall).closed = True
    hall.later(15)
    assert not hall.heart._due
