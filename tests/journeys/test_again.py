"""The same head again on one connection (live/again.py): answered from its body alone, and never otherwise than before.

Heads and bodies are written by hand, so that a connection and what comes over it are known to the byte.
"""

import json
import socket

import pytest

pytestmark = pytest.mark.journey
LENGTH = 120  # of every body here: blanks behind it make it so


class Hand:
    """One connection of somebody who is signed in."""

    def __init__(self, person, **headers):
        self.person, room = person, person.room
        cookies = "; ".join(f"{each.name}={each.value}" for each in person.session.cookies)
        more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        self.head = (
            f"POST /api/meetings/{room.meeting}/commands HTTP/1.1\r\nHost: x\r\nX-Meetingroom: 1\r\n{more}"
            f"Content-Type: application/json\r\nCookie: {cookies}\r\nContent-Length: {LENGTH}\r\n\r\n"
        ).encode()
        self.line = socket.create_connection(("127.0.0.1", room.port), timeout=45)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.got = self.line.makefile("rb")

    def body(self, id: str, name: str = "turn_page", **args) -> bytes:
        return fitted({"id": id, "name": name, "args": args})

    def says(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.line.sendall(piece)
            self.person.get("/healthz")  # it is read before the next one comes

    def hears(self) -> tuple[int, dict, dict]:
        """(status, headers, body) of the next answer."""
        status = int(self.got.readline().split()[1])
        lines = iter(self.got.readline, b"\r\n")
        headers = dict(line.decode().strip().split(": ", 1) for line in lines)
        return status, headers, json.loads(self.got.read(int(headers["Content-Length"])))

    def does(self, *said, **args) -> tuple[int, dict, dict]:
        self.line.sendall(self.head + self.body(*said, **args))
        return self.hears()


def fitted(wish: dict) -> bytes:
    """A body of LENGTH bytes, without blanks around it."""
    found = json.dumps(wish).encode()
    return found.replace(b'"args":', b'"args":' + b" " * (LENGTH - len(found)))


def test_whoever_says_the_same_head_again_is_answered_as_at_first(opened):
    an, hand = opened.person("an"), Hand(opened.person("an"), Connection="keep-alive")
    (first, *heads) = [hand.does(f"c{n}", page=n % 4 + 1) for n in range(1, 6)]
    assert [status for status, _, _ in (first, *heads)] == [200] * 5
    assert [body["seq"] for *_, body in (first, *heads)] == [first[2]["seq"] + n for n in range(5)]
    moves = ("Date", "X-Request-Id", "Content-Length")
    for _, headers, _ in heads:
        assert {key: value for key, value in headers.items() if key not in moves} == {
            key: value for key, value in first[1].items() if key not in moves
        }
        assert {"Date", "X-Request-Id", "Keep-Alive"} <= headers.keys()
    assert len({headers["X-Request-Id"] for _, headers, _ in heads}) == 4
    assert hand.does("c3", page=4)[2] == heads[1][2], "the same command again has the same answer"
    assert an.read_view()["stage"]["page"] == 2


def test_what_is_wrong_the_second_time_is_said_as_at_first(opened):
    hand = Hand(opened.person("an"))
    assert hand.does("c1", page=2)[0] == 200
    wrong = [
        ("w1", "turn_page", {"page": 99}),
        ("w2", "turn_page", {"page": "x"}),
        ("w3", "fly", {}),
        ("a b", "cover", {}),
    ]
    for id, name, args in wrong:
        fresh = Hand(opened.person("an")).does(f"{id}" if " " in id else f"{id}f", name, **args)
        again = hand.does(id, name, **args)
        assert again[0] == fresh[0] >= 400
        assert again[2] == fresh[2]
        assert hand.does(f"{id[0]}{id[-1]}ok", page=3)[0] == 200, "the connection stays"
    hand.says(hand.head, b"[" * LENGTH)
    assert hand.hears()[0] == 400


def test_pieces_and_two_at_once_are_read_whole(opened):
    hand = Hand(opened.person("an"))
    whole = [hand.does(f"c{n}", page=2)[2]["seq"] for n in range(2)]
    one, two = (hand.head + hand.body(f"d{n}", page=n + 1) for n in range(2))
    hand.says(one[:10], one[10:-30], one[-30:-1], one[-1:])
    assert hand.hears()[2]["seq"] == whole[-1] + 1
    hand.says(one.replace(b'"d0"', b'"e0"') + two)
    assert [hand.hears()[2]["seq"] for _ in range(2)] == [whole[-1] + 2, whole[-1] + 3]


def test_whoever_was_signed_out_meanwhile_does_nothing_more_on_their_old_connection(opened):
    an = opened.person("an")
    hand = Hand(an, X_Meetingroom_As=an.id)
    assert [hand.does(f"c{n}", page=2)[0] for n in range(3)] == [200] * 3
    before = an.read_view()["stage"]
    assert an.delete("/api/session").status_code < 400
    status, _, body = hand.does("late", page=3)
    assert (status, body["error"]["code"]) == (401, "not_signed_in")
    assert opened.person("mai").read_view()["stage"] == before
