"""A crowd at the door, and one who does not listen: real sockets, a real server."""

import json
import re
import socket as sockets
import threading

import pytest
import websocket

from tests.conftest import first_paper

pytestmark = pytest.mark.journey
MANY = 200


class Tablet:
    """A tablet on a bare WebSocket: joins, then reads when asked to."""

    def __init__(self, room, username="em", listens=True):
        self.room = room
        cookies = "; ".join(f"{c.name}={c.value}" for c in room.person(username).session.cookies)
        small = [] if listens else [(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)]
        address = room.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        self.line = websocket.create_connection(address, cookie=cookies, timeout=30, sockopt=small)
        self.line.recv()  # 0{…}: open
        self.line.send("40")
        self.line.recv()  # 40{…}: connected
        self.line.send("420" + json.dumps(["join", {"meeting": room.meeting}]))
        answer = self.line.recv()
        while not answer.startswith("430"):
            answer = self.line.recv()
        (self.joined,) = json.loads(answer[3:])

    def patch(self) -> dict:
        """The next patch."""
        while not (text := self.line.recv()).startswith('42["patch"'):
            if text == "2":
                self.line.send("3")
        return json.loads(text[2:])[1]


def figures(room) -> dict[str, float]:
    text = room.person("admin").get("/metrics").text
    return {name: float(value) for name, value in re.findall(r"^(meetingroom_\w+) (\S+)$", text, re.MULTILINE)}


def test_two_hundred_who_come_at_once_are_all_on_the_page_and_turn_with_the_chair(opened):
    opened.person("em")
    barrier, tablets, failed = threading.Barrier(MANY), [], []

    def come():
        barrier.wait()
        try:
            tablets.append(Tablet(opened))
        except Exception as error:
            failed.append(error)

    crowd = [threading.Thread(target=come) for _ in range(MANY)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)
    assert not failed
    assert len(tablets) == MANY
    assert {tablet.joined["view"]["stage"]["page"] for tablet in tablets} == {1}
    seq = opened.person("an").does("turn_page", page=3)["seq"]
    assert {(body["seq"], body["patch"]["stage"]["page"]) for body in map(Tablet.patch, tablets)} == {(seq, 3)}


def test_a_tablet_that_does_not_read_is_let_go_and_comes_back_whole(opened):
    an = opened.person("an")
    deaf, other = Tablet(opened, listens=False), Tablet(opened)
    turns = 0
    while figures(opened)["meetingroom_screens"] > 1:  # until the bound, or a slow machine until its ping is missed
        for _ in range(100):
            turns += 1
            an.does("turn_page", page=turns % 5 + 1)
            assert other.patch()["patch"]["stage"]["page"] == turns % 5 + 1
        assert turns < 5000, "it is never let go"
        assert figures(opened)["meetingroom_queued_bytes"] < 100_000, "what waits for it grows without bound"
    assert figures(opened)["meetingroom_queued_bytes"] == 0
    with pytest.raises((websocket.WebSocketException, OSError)):
        while True:
            deaf.line.recv()
    view = Tablet(opened).joined["view"]
    assert view == opened.person("em").read_view()
    assert first_paper(an) == view["stage"]["paper"]
